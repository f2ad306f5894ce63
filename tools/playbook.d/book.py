"""What the stages share: the facts of a task, snippets, scripts in blocks.

A snippet file holds alternatives.  Its opening comment has lines
"# key: value"; each alternative begins "# ==== title ====", may have key
lines of its own, and goes on as code.  In code, NAME stands for the member's
name and KIND for Regressor or Classifier.

A script is a row of blocks; each begins with a marker line
"# --- block: NAME (FACTS) ---" and, where alternatives exist, a second line
"# TITLE: plan".  FACTS repeat what plan and refine, which see only the block,
must know of the task.
"""
import glob
import json
import os
import random
import re
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
MARK = re.compile(r"^# --- block: ([a-z0-9_ ]+?)(?: \((.*)\))? ---$", re.M)


class Refusal(Exception):
    """This task is not for the playbook; says why."""


def die(text):
    sys.stderr.write("playbook: " + text + "\n")
    sys.exit(100)


def fence(code):
    return "```python\n" + code.strip("\n") + "\n```"


def fences(text):
    return re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)


def dice(request, *more):
    """A random generator that depends on the seed and on `more` only."""
    return random.Random("/".join(map(str, (request.get("seed", 1),) + more)))


# --- facts ---


class Facts:
    """What of a task decides which alternatives apply."""

    def __init__(self, problem, metric, rows, columns, classes, traits):
        self.problem, self.metric, self.rows = problem, metric, rows
        self.columns, self.classes = columns, classes
        self.traits = traits  # some of gaps, texts

    def __str__(self):
        kind = "%d classes" % self.classes
        if self.problem == "regression":
            kind = "regression"
        return ", ".join(["%s, %s, %d x %d" % (
            kind, self.metric, self.rows, self.columns)] + self.traits)

    @staticmethod
    def parse(text):
        found = re.search(r"(regression|(\d+) classes), ([\w-]+), (\d+) x "
                          r"(\d+)((?:, \w+)*)", text or "")
        if not found:
            return None
        kind, classes, metric, rows, columns, traits = found.groups()
        problem = "regression"
        if classes:
            problem = "binary" if classes == "2" else "multiclass"
        return Facts(problem, metric, int(rows), int(columns),
                     int(classes or 1), traits.split(", ")[1:])

    def allow(self, keys):
        """Do the keys of an alternative (when, rows, work) let it be used?"""
        when = keys.get("when", "").split()
        if when and not {self.problem, self.metric} & set(when):
            return False
        if self.metric in keys.get("unless", "").split():
            return False
        low, _, high = keys.get("rows", "0-").partition("-")
        if not int(low) <= self.rows <= int(high or 1e12):
            return False
        work = self.rows * self.columns * (
            self.classes if self.problem == "multiclass" else 1)
        return work <= float(keys.get("work", "inf"))


class Task:
    """The brief, parsed: task.json, data.json and packages.json."""

    def __init__(self, brief):
        self.json = {}
        for name in ("Facts", "Data", "Packages"):
            found = re.findall(r"^# %s\s*?\n.*?^```json\n(.*?)^```" % name,
                               brief, re.M | re.S)
            try:
                self.json[name] = json.loads(found[-1]) if found else {}
            except ValueError:
                self.json[name] = {}
        self.text = brief.split("\n# Facts", 1)[0]
        facts, self.packages = self.json["Facts"], self.json["Packages"]
        self.tables = {f["path"]: f for f in self.json["Data"].get("files", [])
                       if f.get("kind") == "table"}
        self.metric, self.problem = facts.get("metric"), facts.get("problem")
        self.target = facts.get("target") or []
        if isinstance(self.target, str):
            self.target = [self.target]
        self.id, self.labels = facts.get("id"), facts.get("labels")
        self.sample = self.tables.get(facts.get("sample"))
        self.train = self.tables.get(facts.get("train"))
        self.test = self.tables.get(facts.get("test"))
        self.check(facts)
        self.facts = Facts(self.problem, self.metric, self.train["rows"],
                           sum(c.get("columns", 1) for c in self.inputs()),
                           self.classes(), self.traits())

    def check(self, facts):
        if not self.train:
            raise Refusal("it has no training table"
                          + pile(self.json["Data"]))
        if not self.test:
            raise Refusal("it has no test table")
        if len(self.target) != 1:
            raise Refusal("it has %d target columns" % len(self.target))
        if self.target[0] not in names(self.train) and not any(
                c.get("columns") for c in self.train["columns"]):
            raise Refusal("its training table has no column '%s'"
                          % self.target[0])
        if not os.path.exists("%s/metrics/%s.py" % (HERE, self.metric)):
            raise Refusal("its metric '%s' is not one of mine" % self.metric)
        if self.problem not in ("regression", "binary", "multiclass"):
            raise Refusal("its problem is '%s'" % self.problem)
        if not self.inputs():
            raise Refusal("its training table has no column to learn from"
                          + pile(self.json["Data"]))

    def inputs(self):
        """The columns to learn from: in both tables, neither id nor target.
        One item may stand for many alike ("columns": how many)."""
        there = set(names(self.test)) - {self.id, self.target[0]}
        many = any(c.get("columns") for c in self.test["columns"])
        return [c for c in self.train["columns"] if c["name"] in there
                or c.get("columns") and many]

    def traits(self):
        """What asks for imputation or encoding: gaps, texts."""
        inputs = self.inputs()
        gaps = any(c.get("missing") for c in inputs)
        texts = any(c["type"] in ("text", "boolean") for c in inputs)
        return ["gaps"] * gaps + ["texts"] * texts

    def answer(self):
        """What is known of the target column."""
        for c in self.train["columns"]:
            if c["name"] == self.target[0]:
                return c
        return {"type": "number"}

    def classes(self):
        n = str(self.answer().get("distinct", 3)).rstrip("+")
        return 2 if self.problem == "binary" else max(3, int(n))


def names(table):
    return [c["name"] for c in table["columns"]]


def pile(data):
    """The commonest sort of files that are no tables, in words."""
    sorts = {}
    for folder in data.get("folders", []):
        for ext, n in folder.get("extensions", {}).items():
            sorts[ext] = sorts.get(ext, 0) + n
    for f in data.get("files", []):
        ext = os.path.splitext(f["path"])[1]
        if f.get("kind") != "table":
            sorts[ext] = sorts.get(ext, 0) + 1
    if not sorts:
        return ""
    ext = max(sorted(sorts), key=sorts.get)
    where = "a folder of " if data.get("folders") else ""
    return " (%s%d %s files)" % (where, sorts[ext], ext or "nameless")


# --- snippets ---


class Snippet:
    """One alternative: its title, its keys, its code."""

    def __init__(self, file, title, keys, code):
        self.file, self.title, self.keys, self.code = file, title, keys, code

    def plan(self):
        return "%s: %s" % (self.title, self.keys.get("plan", ""))


def cut_keys(text):
    """The "# key: value" lines a text begins with, and the rest."""
    keys, lines = {}, text.strip("\n").split("\n")
    while lines and re.match(r"#( [a-z]+:|   )", lines[0]):
        line = lines.pop(0)
        if line.startswith("#   "):
            keys[last] += " " + line[1:].strip()
            continue
        last, _, value = line[2:].partition(":")
        keys[last] = value.strip()
    return keys, "\n".join(lines).strip("\n")


def snippets(path):
    """All alternatives of a snippet file."""
    with open("%s/%s.py" % (HERE, path)) as f:
        head, *parts = re.split(r"^# ==== (.*) ====$", f.read(), flags=re.M)
    base, code = cut_keys(head)
    if not parts:
        return [Snippet(path, base.get("title", path), base, code)]
    found = []
    for title, body in zip(parts[::2], parts[1::2]):
        keys, code = cut_keys(body)
        found.append(Snippet(path, title, dict(base, **keys), code))
    return found


def alternatives(path, facts):
    return [s for s in snippets(path) if facts is None or facts.allow(s.keys)]


def families(facts, packages=None):
    """The names of the model families that suit, best first."""
    found = []
    for path in sorted(glob.glob(HERE + "/models/*.py")):
        name = os.path.basename(path)[:-3]
        fit = alternatives("models/" + name, facts)
        needs = fit and fit[0].keys.get("needs")
        if fit and (not needs or needs in (packages or {})):
            found.append((float(fit[0].keys.get("tier", 9)), name))
    return [name for _, name in sorted(found)]


# --- scripts ---


def blocks(script):
    """A script's blocks in order: (name, text); text after name None is
    what stands before the first marker."""
    marks = list(MARK.finditer(script))
    if not marks:
        return []
    ends = [m.start() for m in marks[1:]] + [len(script)]
    found = [(None, script[:marks[0].start()])]
    for m, end in zip(marks, ends):
        found.append((m.group(1), script[m.start():end].strip("\n")))
    return found


def join(parts):
    """The script of such a list; the opening comment keeps its place."""
    return "\n\n\n".join(t.strip("\n") for _, t in parts if t.strip()) + "\n"


def own(script):
    """Is this a script in the playbook's blocks (not an ensemble)?"""
    there = [name for name, _ in blocks(script)]
    return {"data", "folds", "features", "members", "validation", "score",
            "submission"} <= set(there)


def block(name, snippet, facts, member=""):
    """A block's text from an alternative."""
    kind = "Regressor" if facts.problem == "regression" else "Classifier"
    code = snippet.code.replace("KIND", kind)
    code = re.sub(r"\bNAME(?=\b|_)", member, code)
    lines = ["# --- block: %s (%s) ---" % (name, facts)]
    lines += wrap(snippet.plan())
    return "\n".join(lines) + "\n" + code


def wrap(text):
    import textwrap
    return textwrap.wrap(text, 77, initial_indent="# ",
                         subsequent_indent="# ")


def read_block(text):
    """Of a block: (kind, member, facts, title of its alternative); kind is
    None for a text that is no block of the playbook's."""
    m = MARK.match(text.strip("\n"))
    if not m:
        return None, "", None, ""
    kind, _, member = m.group(1).partition(" ")
    line = (text.strip("\n").split("\n") + [""])[1]
    title = line[2:].partition(":")[0] if line.startswith("# ") else ""
    return kind, member, Facts.parse(m.group(2)), title


def shelf(kind, member):
    """The snippet file of a kind of block, None where there is none."""
    if kind == "model":
        path = "models/" + re.sub(r"\d+$", "", member)
    else:
        path = "blocks/" + str(kind)
    return path if os.path.exists("%s/%s.py" % (HERE, path)) else None


def choices(text):
    """The alternatives that suit a block, relatives of its present one
    first, that one itself left out."""
    kind, member, facts, title = read_block(text)
    path = shelf(kind, member)
    if not path or not facts:
        return []
    found = [s for s in alternatives(path, facts) if s.title != title]
    family = shelf("model", member)
    if kind == "encoding" and family:  # what trees like spoils the others
        if snippets(family)[0].keys.get("encoding") == "scaled":
            found = [s for s in found if "unscaled" not in s.keys]
    return sorted(found, key=lambda s: (
        bool(set(s.keys.get("for", "").split()) - set(facts.traits)),
        not words(s.title) & words(title)))


def words(text):
    return set(re.findall(r"[a-z0-9]{3,}", text.lower()))
