"""check-usage: does the script use every table and column?  By rule."""
import re

import book
import compose

DONE = "All the provided information is used."


def reply(inputs, request):
    script = inputs["script"]
    try:
        task = book.Task(inputs["task"])
    except book.Refusal:
        return DONE
    known = {t["path"] for t in (task.train, task.test, task.sample) if t}
    for path, table in sorted(task.tables.items()):
        if path in known or path in script:
            continue
        key = shared(task, table)
        if key and book.own(script):
            return book.fence(add(script, table, key, task))
    return DONE


def shared(task, table):
    """The column by which another table's rows belong to rows of ours."""
    ours = set(book.names(task.train)) & set(book.names(task.test))
    common = [c for c in book.names(table) if c in ours]
    others = [c for c in table["columns"] if c["name"] not in common
              and c["name"] != task.target[0]
              and c["type"] in ("integer", "number", "boolean")]
    if task.id in common:
        return task.id if others else None
    return common[0] if common and others else None


def add(script, table, key, task):
    """Joins the table's means for each key to both frames."""
    name = re.sub(r"\W+", "_", table["path"].rsplit(".", 1)[0]).strip("_")
    join = [
        "# %s: its numbers, averaged for each %s, join the columns"
        % (table["path"], key),
        "%s = %s" % (name, compose.reader(table, task)),
        "%s = %s.drop(columns=TARGET, errors=\"ignore\")" % (name, name),
        "%s = %s.groupby(%r).mean(numeric_only=True)" % (name, name, key),
        "%s = %s.add_prefix(%r)" % (name, name, name + " "),
        "train = train.join(%s, on=%r)" % (name, key),
        "test = test.join(%s, on=%r)" % (name, key)]
    line = "train = train[train[TARGET].notna()].reset_index(drop=True)"
    return script.replace(line, line + "\n" + "\n".join(join), 1)
