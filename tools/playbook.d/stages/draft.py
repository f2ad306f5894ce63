"""draft: the first script with the card's model and nothing else."""
import ast
import re

import book
import compose


def reply(inputs, request):
    task = book.Task(inputs["task"])
    name, model = find(task, inputs["model_name"], inputs["example_code"])
    return book.fence(compose.draft(task, request.get("seed", 1), name, model))


def find(task, title, code):
    """The alternative a card names; a person's card may bring its own."""
    every = [(name, s) for name in book.families(task.facts, {"xgboost": 1,
                                                              "lightgbm": 1})
             for s in book.alternatives("models/" + name, task.facts)]
    for name, s in every:
        if title == "%s (%s)" % (s.title, s.keys["title"]):
            return name, s
    return from_code(title, code) or nearest(title + " " + code, every)


def from_code(title, code):
    """A model built from the first estimator that example code makes."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return None
    imports = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for a in node.names:
                imports[a.asname or a.name] = "from %s import %s" % (
                    node.module, a.name)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        what = getattr(node.func, "id", "")
        simple = all(isinstance(a, ast.Constant) for a in node.args) and all(
            isinstance(k.value, (ast.Constant, ast.Tuple, ast.UnaryOp))
            for k in node.keywords)
        if what in imports and simple and re.search(
                r"(Regress|Classifi|Ridge|Lasso|Elastic|SVR$|SVC$|Bayes|NB$)",
                what):
            text = "%s\n\n\ndef NAME():\n    return %s" % (
                imports[what], ast.unparse(node))
            plan = "The model of the card %s." % title.strip()
            return "card", book.Snippet("", "card", {"plan": plan}, text)
    return None


def nearest(text, every):
    """The alternative that shares most words with a card."""
    wanted = book.words(text)

    def likeness(pair):
        s = pair[1]
        there = book.words(s.title + " " + s.keys["title"])
        return len(wanted & there) / (1 + len(there)) ** 0.5
    return max(every, key=likeness)
