"""read-task: metric, target and tables from the task's text and the data."""
import glob
import json
import os
import re

import book


def reply(inputs, request):
    text = re.sub(r"<!--.*?-->", "", inputs["task"], flags=re.S)
    data = json.loads(inputs["data"])
    tables = {f["path"]: f for f in data.get("files", [])
              if f.get("kind") == "table"}
    train, test, sample = files(tables, text)
    if not train:
        raise book.Refusal("it has no training table" + book.pile(data))
    target, ident = columns(text, train, test, sample)
    known = json.loads(inputs.get("known") or "{}")
    alone(known.get("target") or target, train, test, sample)
    given = known.get("metric") or "exec:"
    metric, direction, labels = measure(
        text if given.startswith("exec:") else "Metric: " + given)
    column = {}
    if train and target:
        column = ([c for c in train["columns"] if c["name"] == target[0]]
                  + [{}])[0]
    problem = kind(metric, labels, column)
    if problem == "regression":
        labels = "number"
    if metric is None and sample and problem == "binary":
        labels = guess(sample, target)
    return json.dumps({
        "metric": metric, "direction": direction, "problem": problem,
        "target": target, "id": ident,
        "train": train and train["path"], "test": test and test["path"],
        "sample": sample and sample["path"], "labels": labels or "label"},
        indent=2)


def alone(target, train, test, sample):
    """The playbook predicts one column, for each row of the test file."""
    many = target if len(target) > 1 else asked(train, test, sample)
    if len(many) > 1:
        raise book.Refusal("it has %d targets, %s, and the playbook predicts"
                           " one" % (len(many), listed(many)))
    if test and sample and test["rows"] != sample["rows"]:
        raise book.Refusal("its sample submission, %s, has %d rows, %s has %d"
                           % (sample["path"], sample["rows"], test["path"],
                              test["rows"]))


def listed(names):
    if len(names) > 3:
        names = names[:2] + ["%d more" % (len(names) - 2)]
    return ", ".join(names[:-1]) + " and " + names[-1]


def asked(train, test, sample):
    """The columns of the sample that only the training table has."""
    there = book.names(train)
    return [c for c in (book.names(sample) if test and sample else [])
            if c in there and c not in book.names(test)]


def line(text, word, there):
    """The names that a line such as "Target: `a`, `b`" gives: in backticks,
    as JSON, or bare; None if it does not say."""
    found = re.search(r"^%ss?:[ \t]*(\S.*)$" % word, text, re.M)
    if not found:
        return None
    said = found.group(1).strip()
    if said == "none":
        return []
    try:
        names = [a or json.loads(b) for a, b in re.findall(
            r"`([^`]+)`|(\"(?:[^\"\\]|\\.)*\")", said)] or [said]
    except ValueError:
        return None
    exact = {name.strip(): name for name in there}
    names = [n if n in there else exact.get(n.strip()) for n in names]
    return None if None in names else names


def absent_from(test, train):
    """The columns of the training table that the test file lacks.  Runs of
    columns may be cut elsewhere where a column less is before them."""
    runs = [sum(c.get("columns", 0) for c in t["columns"])
            for t in (train, test)]
    return [c["name"] for c in train["columns"]
            if c["name"] not in book.names(test)
            and not (c.get("columns") and runs[0] == runs[1])]


def files(tables, text):
    """The training, test and sample tables, as lines such as "Train: `a.csv`"
    say, else as guessed."""
    guess = guess_files(tables)
    told = [line(text, w, tables) for w in ("Train", "Test", "Sample")]
    return [g if t is None else tables.get((t + [None])[0])
            for g, t in zip(guess, told)]


def guess_files(tables):
    """By name, else by columns."""
    def named(*parts):
        found = [p for p in sorted(tables) if any(
            part in os.path.basename(p).lower() for part in parts)]
        return min(found, key=len) if found else None

    sample = named("sample", "submission")
    rest = {p: t for p, t in tables.items() if p != sample}

    def pick(*parts):
        found = [p for p in sorted(rest) if any(
            part in os.path.basename(p).lower() for part in parts)]
        return min(found, key=len) if found else None

    test = pick("test", "holdout", "predict")
    train = pick("train")
    left = [p for p in sorted(rest) if p not in (train, test)]
    if not train and left:
        train = max(left, key=lambda p: (len(rest[p]["columns"]),
                                         rest[p]["rows"]))
    if not test and train:
        for p in left:
            if p != train and set(book.names(rest[p])) < set(
                    book.names(rest[train])):
                test = p
    return tables.get(train), tables.get(test), tables.get(sample)


def columns(text, train, test, sample):
    """The target columns and the id column."""
    if not train:
        return [], None
    told = line(text, "Target", book.names(train))
    name = line(text, "Id", [c for t in (train, test, sample) if t
                             for c in book.names(t)])
    target, ident = guess_columns(text, train, test, sample)
    return told or target, ident if name is None else (name + [None])[0]


def guess_columns(text, train, test, sample):
    there = [c["name"] for c in train["columns"] if not c.get("columns")]
    absent = [c for c in (absent_from(test, train) if test else [])
              if c in there]
    ident = None
    if sample and test:
        both = [c for c in book.names(sample) if c in book.names(test)]
        ident = both[0] if both and both[0] not in absent else None
        if not absent:
            absent = [c for c in book.names(sample)
                      if c != ident and c not in book.names(test)]
    if not ident:
        shared = [c for c in there if c not in absent]
        ids = [c for c in shared if re.fullmatch(
            r"(row|sample|record|customer|passenger)?_?id|index", c.lower())]
        ident = ids[0] if ids else None
    answers = [c for c in book.names(sample) if c in absent] if sample else []
    if answers:
        return answers, ident
    options = absent or [c for c in there if c != ident]
    if len(options) > 1 or not absent:
        said = [c for c in options if mentioned(c, text)]
        words = r"(predict|target|label|forecast|estimate|classify)"
        near = [c for c in said if re.search(
            words + r"[^.\n]{0,60}[`'\"]?\b%s\b" % re.escape(c), text, re.I)]
        usual = [c for c in options if c.strip().lower() in (
            "target", "label", "class", "y", "outcome")]
        options = (near or usual or (said if absent else []))[:1]
    return options, ident


def mentioned(name, text):
    return re.search(r"(?<!\w)%s(?!\w)" % re.escape(name), text, re.I)


def flat(text):
    return re.sub(r"[\s_,()-]+", " ", re.sub(r"[*`]", "", text.lower())).strip()


def measures():
    """What metrics are called, by the table and by the playbook: (a pattern,
    title, direction, labels); of one it has no code for, no title."""
    mine = {}
    for path in sorted(glob.glob(book.HERE + "/metrics/*.py")):
        keys = book.snippets("metrics/" + os.path.basename(path)[:-3])[0].keys
        mine[keys["title"]] = keys
    with open(book.HERE + "/../../mk/metrics.json") as f:
        entries = json.load(f)["metrics"]
    names = [(name, e["name"], e["direction"], e["holds"]) for e in entries
             for name in [e["name"]] + e["aliases"]]
    names += [(name, title, None, None) for title, keys in mine.items()
              for name in keys["names"].split(", ")]
    for name, title, direction, labels in names:
        pattern = re.sub(r"\bk\b", r"\\d+", re.escape(flat(name)))
        if title in mine:
            keys = mine[title]
            yield pattern, title, keys["direction"], keys["labels"]
        else:
            yield pattern, None, direction, labels


def measure(text):
    """(metric, direction, labels): what the line "Metric:" says; else the name
    of a metric the text writes, the longest where one contains another, first
    in a sentence on metrics."""
    known = list(measures())
    said = re.search(r"^[ *#]*metric:[ \t]*(\S.*)$", text, re.M | re.I)
    for part in [said[1], re.split(r"[(,;]|\. ", said[1])[0]] if said else []:
        for pattern, title, direction, labels in known:
            if re.fullmatch(pattern, flat(part).rstrip(" .")):
                return title or part, direction, labels
    found = []
    words = flat(text)
    for pattern, title, direction, labels in known:
        for m in re.finditer(r"(?<![a-z0-9])%s(?![a-z0-9])" % pattern, words):
            before = words[max(0, m.start() - 80):m.start()]
            told = re.search(r"metric|evaluat|scor|measure|judged|graded",
                             before)
            other = re.search(r"(?<![a-z])(balanced|weighted|partial|micro|macro"
                              r"|normali[sz]ed|top \d+|pr) $", before)
            facts = title or m[0], direction, labels
            if other:           # of that name, but another metric
                facts = other[0] + m[0], None, None
            found.append((not told, -len(m[0]), m.start(), facts))
    return min(found, key=lambda f: f[:3])[3] if found else (None, None, None)


def kind(metric, labels, column):
    """regression, binary, multiclass or other."""
    distinct = str(column.get("distinct", ""))
    n = int(distinct.rstrip("+") or 0)
    if labels == "number":
        return "regression"
    if metric:
        return "binary" if n == 2 else "multiclass"
    if not column:
        return "other"
    if n == 2:
        return "binary"
    if column["type"] in ("text", "boolean") or n <= 20 and column[
            "type"] == "integer":
        return "multiclass"
    return "regression" if column["type"] in ("number", "integer") else "other"


def guess(sample, target):
    """Labels or probabilities?  What the sample's answers look like."""
    for c in sample["columns"]:
        if c["name"] in target and c["type"] == "number":
            return "probability"
    return "label"
