"""Rules that find training on what a script validates with, by its syntax.

Looked at are the statements of the module and of each function, in order,
up to the one that prints the score.  A split is train_test_split, a
splitter's .split() or a cross_val function.
"""
import ast
import re

SPLITS = {"train_test_split", "split", "cross_val_score", "cross_val_predict",
          "cross_validate"}
LEARNS = {"fit", "fit_transform", "fit_resample", "partial_fit"}
STATISTICS = {"mean", "median", "std", "var", "mode", "quantile"}
# learn no more than which categories there are
LISTS = {"LabelEncoder", "LabelBinarizer"}
CATEGORIES = LISTS | {"OneHotEncoder", "OrdinalEncoder"}


class Leak:
    """What leaks: rule, statement, the scope's facts, the lines."""

    def __init__(self, rule, node, scope, last=None):
        self.rule, self.node, self.scope = rule, node, scope
        lines = scope.lines[node.lineno - 1:(last or node).end_lineno]
        self.block = "\n".join(lines)


def find(script):
    """The leaks of a script, in order."""
    try:
        tree = ast.parse(script)
    except SyntaxError:
        return []
    scopes = [tree] + [n for n in ast.walk(tree)
                       if isinstance(n, ast.FunctionDef)]
    inside = {f for c in ast.walk(tree) if isinstance(c, ast.ClassDef)
              for f in c.body}
    found = []
    for node in scopes:
        if node not in inside:
            found += Scope(node, script).leaks()
    return [k for k in found if script.count(k.block) == 1]


def calls(node):
    return [n for n in ast.walk(node) if isinstance(n, ast.Call)]


def called(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def root(node):
    """The name an expression such as X[c].values begins with."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return getattr(node, "id", None)


def learner(s, call):
    """The name of what learns, in m.fit(X) and in m = Model().fit(X)."""
    if isinstance(call.func.value, ast.Call) and isinstance(s, ast.Assign):
        return ast.unparse(s.targets[0])
    return ast.unparse(call.func.value)


class Scope:
    def __init__(self, node, script):
        self.lines = script.split("\n")
        self.statements = list(self.flat(node.body))
        self.split = self.printed = None
        self.whole, self.parts, self.both = set(), {}, set()
        self.made, self.target = {}, set()
        for i, s in enumerate(self.statements):
            self.look(i, s)

    def flat(self, body):
        """The statements of a body, those of loops and ifs included."""
        for s in body:
            if isinstance(s, (ast.FunctionDef, ast.ClassDef)):
                continue
            yield s
            for field in ("body", "orelse"):
                if not isinstance(s, ast.Expr):
                    yield from self.flat(getattr(s, field, []))

    def head(self, s):
        """The part of a statement that is not other statements."""
        if isinstance(s, (ast.For,)):
            return s.iter
        if isinstance(s, (ast.If, ast.While)):
            return s.test
        if isinstance(s, (ast.With, ast.Try)):
            return ast.Pass()
        return s

    def look(self, i, s):
        text = ast.unparse(self.head(s))
        if self.printed is None and "Final Validation Performance" in text:
            self.printed = i
        if isinstance(s, ast.Assign):
            name = root(s.targets[0])
            if isinstance(s.value, ast.Call):
                self.made[name] = called(s.value)
                if called(s.value) == "concat" and not self.whole & {
                        root(a) for a in ast.walk(s.value)
                        if isinstance(a, ast.Name)}:
                    if re.search(r"train.*test|test.*train", text):
                        self.both.add(name)
            pairs = [(s.targets[0], s.value)]
            if isinstance(s.targets[0], ast.Tuple) and isinstance(
                    s.value, ast.Tuple):
                pairs = zip(s.targets[0].elts, s.value.elts)
            for to, value in pairs:
                while isinstance(value, (ast.Call, ast.Attribute)):
                    value = getattr(value, "func", None) or value.value
                if root(to) in ("y", "target") and isinstance(
                        value, ast.Subscript):
                    self.target.add(ast.unparse(value.slice))
        for call in calls(self.head(s)):
            if called(call) not in SPLITS or not call.args:
                continue
            if called(call) == "split" and (isinstance(
                    call.args[0], ast.Constant) or not isinstance(
                    call.func, ast.Attribute)):
                continue
            if self.split is None:
                self.split = i
            frames = [root(a) for a in call.args]
            if called(call).startswith("cross"):
                frames = frames[1:]
            self.whole |= {f for f in frames if f}
            if called(call) == "train_test_split" and isinstance(
                    s, ast.Assign) and isinstance(s.targets[0], ast.Tuple):
                outs = [ast.unparse(t) for t in s.targets[0].elts]
                for n, frame in enumerate(frames):
                    if 2 * n + 1 < len(outs):
                        self.parts[frame] = outs[2 * n:2 * n + 2]

    def leaks(self):
        if self.printed is None and self.split is None:
            return []
        end = len(self.statements)
        if self.printed is not None:
            end = self.printed
        found = []
        for i, s in enumerate(self.statements[:end]):
            if self.split is not None and i < self.split:
                found += self.early(i, s, end)
            elif self.split is not None and i > self.split:
                found += self.late(i, s, end)
        if self.split is None:
            found += self.unsplit(end)
        return found

    def early(self, i, s, end):
        """Something learns from all rows before they are split."""
        at = self.statements[self.split]
        last = at if self.parts and at.col_offset == s.col_offset else None
        text = ast.unparse(self.head(s))
        for call in calls(self.head(s)):
            if called(call) in LEARNS and isinstance(call.func, ast.Attribute):
                maker = self.made.get(root(call.func.value)) or root(
                    call.func.value)
                if maker in (LISTS if last else CATEGORIES):
                    continue
                if called(call) == "fit" and not self.used(
                        learner(s, call), i, end):
                    continue
                return [Leak("fit before split", s, self, last)]
        target = [t for t in self.target | {"TARGET", "target"}
                  if "[%s]" % t in text]
        if "groupby(" in text and target and re.search(
                r"['\"]?(mean|median|std|target)['\"]?\)?\(?", text):
            return [Leak("target encoding", s, self)]
        if re.search(r"\.(%s)\(" % "|".join(STATISTICS), text) and (
                ".fillna(" in text or re.search(r"[-/] *\w*\(?\w+(\[[^]]*\])?"
                                                r"\.(mean|std|median)\(",
                                                text)):
            return [Leak("statistics before split", s, self, last)]
        return []

    def late(self, i, s, end):
        """After the split something learns from all or validation rows."""
        held = {p[1] for p in self.parts.values()}
        for call in calls(self.head(s)):
            if called(call) not in LEARNS or not call.args or not isinstance(
                    call.func, ast.Attribute):
                continue
            frame = call.args[0]
            plain = isinstance(frame, ast.Name)
            if plain and frame.id in held | self.both:
                return [Leak("fit on validation", s, self)]
            if plain and frame.id in self.whole and self.used(
                    learner(s, call), i, end):
                return [Leak("fit on all rows", s, self)]
        return []

    def used(self, model, i, end):
        """Does what was fitted in statement i answer before the score?"""
        for s in self.statements[i:end]:
            for call in calls(self.head(s)):
                if isinstance(call.func, ast.Attribute) and ast.unparse(
                        call.func.value) == model:
                    if s is not self.statements[i] and called(
                            call) in LEARNS:
                        return False
                    if called(call) in ("predict", "predict_proba", "score",
                                        "transform", "decision_function"):
                        return True
        return False

    def unsplit(self, end):
        """No split at all: the rows fitted are those predicted."""
        fitted = {}
        for s in self.statements[:end]:
            for call in calls(self.head(s)):
                if not call.args or not isinstance(call.func, ast.Attribute):
                    continue
                model = ast.unparse(call.func.value)
                frame = ast.unparse(call.args[0])
                if called(call) in LEARNS:
                    fitted[model] = [ast.unparse(a) for a in call.args]
                elif called(call) in ("predict", "predict_proba") and (
                        fitted.get(model, [""])[0] == frame):
                    leak = Leak("scored on training rows", s, self)
                    leak.fitted = fitted[model]
                    return [leak]
        return []
