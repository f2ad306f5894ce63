"""debug: a fix by the error's text; in the end a plain script that runs."""
import difflib
import os
import re

import book
import compose


def reply(inputs, request):
    script, error = inputs["script"], inputs["error"]
    earlier = inputs.get("earlier", "")
    task = book.Task(inputs["task"])
    for pattern, fix in RULES:
        found = re.search(pattern, error)
        if not found or fix.__name__ + ":" in earlier:
            continue
        new = fix(script, found, task)
        if new and new != script:
            return book.fence("# fixed: %s\n%s" % (
                (fix.__doc__ or "").rstrip("."), new))
    return book.fence(plain(task, request))


def plain(task, request):
    """The plain script: trees on ordinal numbers, nothing that can fail."""
    model = book.alternatives("models/forest", task.facts)[0]
    return compose.draft(task, request.get("seed", 1), "forest", model)


def replace_member(script, found, task):
    """a model whose library is missing gives way to scikit-learn's."""
    module = found.group(1).split(".")[0]
    for name, text in book.blocks(script):
        if name and name.startswith("model ") and re.search(
                r"^(from|import) %s\b" % module, text, re.M):
            facts = book.read_block(text)[2] or task.facts
            pick = (book.alternatives("models/boosting", facts)
                    + book.alternatives("models/forest", facts))[0]
            return script.replace(text, book.block(name, pick, facts,
                                                   name[6:]))
    kind = "Regressor" if task.problem == "regression" else "Classifier"
    names = re.findall(r"^from %s\S* import (\w+)" % module, script, re.M)
    names += re.findall(r"\b%s\.(\w+(?:Regressor|Classifier))" % module,
                        script)
    if names and all(re.search("Regressor|Classifier", n) for n in names):
        script = re.sub(r"^(from|import) %s\b.*$" % module, "from sklearn."
                        "ensemble import HistGradientBoosting%s" % kind,
                        script, flags=re.M)
        return re.sub(r"\b(?:\w+\.)?(?:%s)\((?:[^()]|\([^()]*\))*\)"
                      % "|".join(names),
                      "HistGradientBoosting%s(random_state=1)" % kind, script)
    unused = re.sub(r"^(from|import) %s\b.*\n" % module, "", script,
                    flags=re.M)
    return unused if not re.search(r"\b%s\b" % module, unused) else None


def right_path(script, found, task):
    """a file is read from ./input under its own name."""
    wrong = found.group(1)
    files = {os.path.basename(p): p for p in task.tables}
    near = difflib.get_close_matches(os.path.basename(wrong), files, 1, 0.5)
    return script.replace(wrong, "./input/" + files[near[0]]) if near else None


def right_column(script, found, task):
    """a column is called by its name in the data."""
    wrong = found.group(1)
    there = {c: c for t in task.tables.values() for c in book.names(t)}
    lower = {c.lower(): c for c in there}
    near = lower.get(wrong.lower()) or (difflib.get_close_matches(
        wrong, there, 1, 0.7) or [None])[0]
    if not near or near == wrong:
        return None
    return re.sub(r"(['\"])%s\1" % re.escape(wrong), repr(near), script)


def fill_gaps(script, found, task):
    """missing values are filled before a model that takes none."""
    if re.search(r"make_pipeline\((?!SimpleImputer)", script) and (
            not book.own(script)):
        return ("from sklearn.impute import SimpleImputer\n"
                + script.replace("make_pipeline(",
                                 "make_pipeline(SimpleImputer(), "))
    return None


def know_unseen(script, found, task):
    """categories that only the test has are let pass."""
    new = re.sub(r"OneHotEncoder\((?![^)]*handle_unknown)",
                 'OneHotEncoder(handle_unknown="ignore", ', script)
    return re.sub(r"OrdinalEncoder\((?![^)]*handle_unknown)",
                  'OrdinalEncoder(handle_unknown="use_encoded_value", '
                  "unknown_value=-1, ", new).replace(", )", ")")


def lighter(script, found, task):
    """fewer trees, rounds and repeats, for time and memory."""
    def less(m):
        return m.group(1) + str(max(10, int(m.group(2)) // 4))
    new = re.sub(r"\b((?:n_estimators|max_iter|n_components)\s*=\s*)(\d+)",
                 less, script)
    new = re.sub(r"\b((?:ExtraTrees|RandomForest)\w+\()(\d+)", less, new)
    return re.sub(r"\bn_jobs=-?\d+", "n_jobs=1", new)


def old_names(script, found, task):
    """an argument this version does not know is left out."""
    wrong = found.group(1)
    return re.sub(r",?\s*\b%s\s*=\s*(?:[\w.\"'-]+)" % re.escape(wrong), "",
                  script)


RULES = [
    (r"No module named '([\w.]+)'", replace_member),
    (r"No such file or directory: '([^']+)'", right_path),
    (r"KeyError: \"?\[?'([^']+)'", right_column),
    (r"unexpected keyword argument '(\w+)'", old_names),
    (r"contains NaN|NaN, infinity", fill_gaps),
    (r"[Ff]ound unknown categor", know_unseen),
    (r"(?i)MemoryError|timed? ?out|timeout|time limit|out of memory|\bmemory\b",
     lighter),
]
