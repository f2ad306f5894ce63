"""Writes whole scripts from the snippets in frame/, blocks/ and models/."""
import json
import re

import book


def frame(name, title, slots={}):
    """A fixed block, its {{slots}} filled."""
    for s in book.snippets("frame/" + name):
        if s.title == title:
            code = re.sub(r"{{(\w+)}}", lambda m: str(slots[m.group(1)]),
                          s.code)
            return "# --- block: %s ---\n%s" % (name, code)
    raise KeyError(name + " " + title)


def reader(table):
    """The expression that reads a table of ./input."""
    path = "./input/" + table["path"]
    if table.get("format") == "jsonl":
        return 'pd.read_json("%s", lines=True)' % path
    mark = "\t" if table.get("format") == "tsv" else table.get("delimiter")
    more = ", sep=%s" % json.dumps(mark) if mark else ""
    if table.get("encoding") not in (None, "utf-8"):
        name = {"utf-8-bom": "utf-8-sig"}.get(table["encoding"],
                                              table["encoding"])
        more += ', encoding="%s"' % name
    if any("fields" in p for p in table.get("problems", [])):
        more += ', on_bad_lines="skip"'
    return 'pd.read_csv("%s"%s)' % (path, more)


def data(task, seed):
    """The block that reads the tables."""
    target = task.target[0]
    column = task.answer()
    y = ("classes, y = np.unique(train[TARGET].to_numpy(), "
         "return_inverse=True)")
    if task.problem == "regression":
        y = "y = train[TARGET].to_numpy(float)"
    elif column.get("missing") and column["type"] == "integer":
        y = y.replace("to_numpy()", "to_numpy(int)")
    inputs = task.inputs()
    dates = [c["name"] for c in inputs if c["type"] == "date"]
    plain = all(c["type"] in ("integer", "number") for c in inputs)
    others = ["TARGET"] + [repr(task.id)] * bool(task.id)
    return frame("data", "numbers" if plain else "table", {
        "seed": seed, "target": repr(target), "y": y, "dates": dates,
        "train": reader(task.train), "test": reader(task.test),
        "others": ", ".join(others)})


def folds(task):
    """The block that splits the rows; few rows are split more often."""
    rows, cells = task.facts.rows, task.facts.rows * task.facts.columns
    n = (5, 1) if rows <= 20000 else (3, 1)
    if rows <= 1000 and cells <= 30000:
        n = (5, 3 if rows <= 500 and cells <= 10000 else 2)
    kind = "regression" if task.problem == "regression" else "classification"
    return frame("folds", kind, {"folds": "%d, %d" % n})


def submission(task):
    """The block that writes ./final/submission.csv like the sample."""
    ids = [task.id] if task.id else []
    answers = [task.target[0]]
    begin = "pd.DataFrame(index=test.index)"
    kind = "number" if task.problem == "regression" else task.labels
    if kind == "number" and task.problem != "regression":
        kind = "label"
    if task.sample:
        there = book.names(task.test)
        sample = book.names(task.sample)
        ids = [c for c in sample if c in there + [task.id]
               and c not in answers]
        others = [c for c in sample if c not in ids]
        many = len(others) > 1 or any(c.get("columns")
                                      for c in task.sample["columns"])
        if answers[0] not in others and others:
            answers = others[-1:]
        if kind == "probability" and many and task.target[0] not in others:
            kind = "probabilities"
        if many or set(ids) - set(there):  # columns of its own
            begin = reader(task.sample)
            if task.sample["rows"] != task.test["rows"]:
                begin = "test.reindex(columns=%s.columns)" % begin
    if ids and not begin.startswith(("pd.read", "test")):
        begin = "test[%r].copy()" % ids
    return frame("submission", kind, {
        "begin": begin, "column": repr(answers[0]), "ids": ids})


def metric(facts):
    code = book.snippets("metrics/" + facts.metric)[0].code
    return "# --- block: metric ---\n" + code


def decides(facts):
    """Does this metric take answers made from probabilities?"""
    return bool(book.alternatives("blocks/decision", facts))


def member(name, facts, model, encoding=None):
    """The two blocks of a member: [(block name, text)]."""
    title = encoding or model.keys.get("encoding", "scaled")
    coder = [s for s in book.alternatives("blocks/encoding", facts)
             if s.title == title][0]
    parts = ["encoding " + name, "model " + name]
    return [(parts[0], book.block(parts[0], coder, facts, name)),
            (parts[1], book.block(parts[1], model, facts, name))]


def members(names):
    """The block that lists the members."""
    lines = ["    (%s_encoding, %s)," % (n, n) for n in names]
    return ("# --- block: members ---\nmembers = [\n" + "\n".join(lines)
            + "\n]")


def member_names(script):
    return [name[6:] for name, _ in book.blocks(script)
            if name and name.startswith("model ")]


def opening(task, names):
    from textwrap import fill
    return fill("# Predicts %s from %s: %s, %s. Members: %s." % (
        task.target[0], task.train["path"], task.problem, task.metric,
        ", ".join(names)), 79, subsequent_indent="# ")


def scale(task):
    """The target block to begin with: a logarithm for long tails."""
    if task.metric == "rmsle":
        return "logarithm"
    column = task.answer()
    low, high, mean = [column.get(k) for k in ("min", "max", "mean")]
    if None not in (low, high, mean) and low >= 0 and high > 8 * mean:
        return "logarithm"
    return "as it is"


def draft(task, seed, name, model):
    """A first script with one member, as text."""
    facts = task.facts
    regression = task.problem == "regression"

    def plain(kind, title=None):
        found = book.alternatives("blocks/" + kind, facts)
        found = [s for s in found if s.title == title] or found
        return kind, book.block(kind, found[0], facts)

    parts = [(None, opening(task, [name])), ("data", data(task, seed)),
             ("folds", folds(task)), ("metric", metric(facts)),
             plain("features")]
    parts += member(name, facts, model) + [plain("selection")]
    if regression:
        parts.append(plain("target", scale(task)))
    parts += [("members", members([name])), plain("blend"),
              ("validation", frame("validation", "regression" if regression
                                   else "classification"))]
    if decides(facts):
        parts += [plain("decision"), ("deciding", frame("deciding",
                                                        "deciding"))]
    parts.append(("score", frame("score", "decided" if decides(facts)
                                 else "direct")))
    parts.append(("submission", submission(task)))
    return book.join(parts)
