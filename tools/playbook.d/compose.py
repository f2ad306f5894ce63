"""Writes whole scripts from the snippets in frame/, blocks/ and models/."""
import json
import re

import book
from book import names


def frame(name, title, slots={}):
    """A fixed block, its {{slots}} filled."""
    for s in book.snippets("frame/" + name):
        if s.title == title:
            code = re.sub(r"{{(\w+)}}", lambda m: str(slots[m.group(1)]),
                          s.code)
            return "# --- block: %s ---\n%s" % (name, code)
    raise KeyError(name + " " + title)


def spelled(task):
    """The id and the target if numbers or booleans would lose how they are
    written, as in 007 or TRUE."""
    def loses(c):
        return any(re.fullmatch(r"0\d+", e) or e.lower() in ("true", "false")
                   and e not in ("True", "False") for e in c.get("examples", []))
    wanted = [task.id] + task.target * (task.problem != "regression")
    tables = [t for t in (task.train, task.test, task.sample) if t]
    return {c["name"] for t in tables for c in t["columns"]
            if c["name"] in wanted and loses(c)}


def lacking(table):
    """What pandas has to be told to take for missing, by column."""
    told = {c["name"]: [w for w in c["missing_as"] if w in ("None", "?")]
            for c in table["columns"] if "missing_as" in c}
    if any(c.get("columns") for c in table["columns"]):
        return sorted({w for words in told.values() for w in words})
    return {name: words for name, words in told.items() if words}


def blanks(table):
    """Are there blanks for a missing number?"""
    return any(" " in c.get("missing_as", []) for c in table["columns"])


def name_of(table, column):
    """What pandas calls it."""
    return column or "Unnamed: %d" % names(table).index(column)


def separator(table):
    return "\t" if table.get("format") == "tsv" else table.get("delimiter")


def reader(table, task):
    """The expression that reads a table of ./input."""
    path = "./input/" + table["path"]
    if table.get("format") == "jsonl":
        return 'pd.read_json("%s", lines=True)' % path
    mark = separator(table)
    more = ", sep=%s" % json.dumps(mark) if mark else ""
    if table.get("encoding") not in (None, "utf-8"):
        name = {"utf-8-bom": "utf-8-sig"}.get(table["encoding"],
                                              table["encoding"])
        more += ', encoding="%s"' % name
    if any("fields" in p for p in table.get("problems", [])):
        more += ', on_bad_lines="skip"'
    if lacking(table):
        more += ", na_values=%r" % lacking(table)
    if blanks(table) and not any(n[:1] == " " for n in names(table)):
        more += ", skipinitialspace=True"
    text = sorted(spelled(task) & set(names(table)))
    if text:
        more += ", dtype=%r" % {name: "str" for name in text}
    return 'pd.read_csv("%s"%s)' % (path, more)


def data(task, seed):
    """The block that reads the tables."""
    target = task.target[0]
    column = task.answer()
    y = ("classes, y = np.unique(train[TARGET].to_numpy(), "
         "return_inverse=True)")
    if task.problem == "regression":
        y = "y = train[TARGET].to_numpy(float)"
    elif (column.get("missing") and column["type"] == "integer"
          and target not in spelled(task)):
        y = y.replace("to_numpy()", "to_numpy(int)")
    inputs = task.inputs()
    dates = [c["name"] for c in inputs if c["type"] == "date"]
    plain = all(c["type"] in ("integer", "number")
                for c in inputs) and not blanks(task.train)
    others = ["TARGET"] + [repr(task.id)] * bool(task.id)
    if "" in names(task.train):
        others.append(repr(name_of(task.train, "")))
    return frame("data", "numbers" if plain else "table", {
        "seed": seed, "target": repr(target), "y": y, "dates": dates,
        "train": reader(task.train, task), "test": reader(task.test, task),
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
        there = names(task.test)
        sample = names(task.sample)
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
            begin = reader(task.sample, task)
            if task.sample["rows"] != task.test["rows"]:
                begin = "test.reindex(columns=%s.columns)" % begin
            elif ids and set(ids) <= set(there) - {""} and sample[0] in ids:
                # its rows may be in another order
                begin = "test[%r].merge(%s.drop_duplicates(%r), how='left')" % (
                    ids, begin, ids)
    if ids and not begin.startswith(("pd.read", "test")):
        begin = "test[%r].copy()" % [name_of(task.test, c) for c in ids]
    if task.sample and "" in names(task.sample):
        begin += ".rename(columns={%r: ''})" % name_of(
            task.sample if begin.startswith("pd.read") else task.test, "")
    mark = separator(task.sample or {})
    return frame("submission", kind, {
        "begin": begin, "column": repr(answers[0]), "ids": ids,
        "sep": ", sep=%s" % json.dumps(mark) if mark else ""})


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
