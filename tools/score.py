"""What a submission is worth.  score(1) runs this in a sandbox with a call of
main() behind it; metrics are scikit-learn's and SciPy's but for smape and
map@k.  What is wrong with the submission is a Finding, with the truth Bad."""
import csv
import io
import json
import math
import os
import re
import sys
import warnings

try:
    import numpy as np
    import pandas as pd
    from sklearn import metrics as sk
except ImportError as e:
    sys.exit(f"import {e.name}: {sys.executable} has none (Debian:"
             " python3-sklearn, python3-pandas)")

TRUTH, SUBMISSION = "input/truth.csv", "input/submission.csv"
RESAMPLES, DRAWN, WIDEST = 200, 20000, 100000
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


class Bad(Exception):
    pass


class Finding(Exception):
    pass


# Tables and their cells

def shown(s):
    """An id, in quotes if need be."""
    return s if re.fullmatch(r"[\w.-]{1,40}", s) else quote(s)


def quote(s):
    s = "".join(c if c.isprintable() else "?" for c in str(s)[:41])
    return f"'{s[:40]}{'...' if s[40:] else ''}'"


def unreadable(e):
    """pandas' words for a table that is none, in ours."""
    s = str(e).strip().split("\n")[0]
    m = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", s)
    if m:
        return f"row {int(m[2]) - 1} has {m[3]} fields, the header {m[1]}"
    m = re.search(r"EOF inside string starting at row (\d+)", s)
    if m:
        return f"row {m[1]}: a quote is not closed"
    if "does not match length of data" in s:
        return "a row has more fields than the header"
    return s


def check_header(line, delimiter, wrong):
    """The names; pandas takes those that are there often, or many, very slowly."""
    if line.count(delimiter) >= WIDEST:
        raise wrong(f"it has more than {WIDEST} columns")
    try:
        header = next(csv.reader([line], delimiter=delimiter))
    except csv.Error as e:
        raise wrong(f"its header: {e}") from None
    names = [n.strip() for n in header]
    if len(set(names)) < len(names):
        twice = next(n for n in names if names.count(n) > 1)
        raise wrong(f"column {quote(twice)} is there twice")
    return header


def read(name, wrong, text=()):
    """A table; its columns that hold nothing but numbers are numbers, those in
    text are not."""
    try:
        with open(name, "rb") as f:
            data = f.read().removeprefix(b"\xef\xbb\xbf")
    except OSError as e:
        raise wrong(e.strerror) from None
    if data[:2] in (b"\x1f\x8b", b"PK"):
        raise wrong("it is compressed, not plain CSV")
    if b"\0" in data:
        raise wrong("it is no text: it holds NUL bytes")
    head = data[:data.find(b"\n") + 1] or data
    if not head.strip():
        raise wrong("it is empty" if not data.strip() else "its header is empty")
    delimiter = max(",;\t|", key=lambda c: head.count(c.encode()))
    names = check_header(head.decode(errors="replace"), delimiter, wrong)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            table = pd.read_csv(
                io.BytesIO(data), sep=delimiter, index_col=False,
                encoding_errors="replace", keep_default_na=False,
                low_memory=False, dtype={c: str for c in names if c.strip() in text})
    except (ValueError, pd.errors.ParserWarning, OverflowError) as e:
        raise wrong(unreadable(e)) from None
    table.columns = [str(c).strip() for c in table.columns]
    return table


def plain(value):
    """The same text for 3, 3.0 and 003; for True and true."""
    s = str(value).strip()
    if len(s) < 300 and NUMBER.fullmatch(s):
        if re.fullmatch(r"[+-]?\d+", s):
            return str(int(s))
        v = float(s)
        return str(int(v)) if abs(v) < 1e15 and v == int(v) else repr(v)
    return s.lower() if s.lower() in ("true", "false") else s


def complain(wrong, column, i, why=None):
    """Names the cell, by its row in the file; without a reason it is no finite
    number."""
    v = column.iloc[i]
    s = "" if isinstance(v, float) and math.isnan(v) else str(v).strip()
    if why is None:
        why = "empty" if not s else "NaN" if s.lower() == "nan" else \
            "infinite" if re.fullmatch("[+-]?inf(inity)?", s.lower()) else \
            f"{quote(s)}, not a number"
    raise wrong(f"row {column.index[i] + 1}: {quote(column.name)} is {why}")


def numbers(column, wrong):
    if column.dtype.kind in "iuf":
        v = column.to_numpy(float)
    else:
        v = pd.to_numeric(column.astype(str), errors="coerce").to_numpy(float)
    bad = ~np.isfinite(v)
    if bad.any():
        complain(wrong, column, bad.argmax())
    return v


def labels(column, wrong):
    """(codes, texts): the cells are texts[codes]."""
    codes, values = pd.factorize(column)
    texts = [plain(v) for v in values]
    bad = (codes < 0) | np.isin(codes, [i for i, t in enumerate(texts)
                                        if not t])
    if bad.any():
        complain(wrong, column, bad.argmax(), "empty")
    merged = sorted(set(texts), key=size)
    code = {t: i for i, t in enumerate(merged)}
    return np.array([code[t] for t in texts], int)[codes], merged


def size(text):
    """Sorts labels: numbers by value, before other text."""
    return (0, float(text), "") if NUMBER.fullmatch(text) else (1, 0, text)


def some(texts):
    return ", ".join(map(quote, texts[:10])) + (" .." if texts[10:] else "")


# Rows and columns that belong together

def indexed(ids, other):
    """Both as indexes that can be compared: numbers, text as it is where that
    tells all ids apart and finds them, else text that is the same for 3 and
    3.0."""
    if ids.dtype.kind in "iuf" and other.dtype.kind in "iuf":
        return pd.Index(ids), pd.Index(other)
    a, b = (pd.Index(c.astype(str).str.strip()) for c in (ids, other))
    if a.is_unique and (a.get_indexer(b) >= 0).all():
        return a, b
    same = a.map(plain)
    return (same, b.map(plain)) if same.is_unique else (a, b)


def lost(ids, what):
    if len(ids) > 1:
        return f"{len(ids)} ids are {what}, first {shown(plain(ids[0]))}"
    return f"id {shown(plain(ids[0]))} is {what}" if len(ids) else None


def order(truth, submission, key):
    """Which rows of the submission answer those of the truth; None: in order."""
    if key is None or key not in submission:
        if len(truth) != len(submission):
            raise Finding(f"it has {len(submission)} rows, {len(truth)} are"
                          " asked for")
        return None
    if np.array_equal(truth[key].to_numpy(), submission[key].to_numpy()):
        return None
    ids = submission[key]
    empty = ids.isna() | (ids.astype(str).str.strip() == "")
    if empty.any():
        complain(Finding, ids, empty.argmax())
    want, have = indexed(truth[key], ids)
    if not want.is_unique:
        raise Bad(f"{key} {plain(want[want.duplicated()][0])} occurs twice")
    found = [lost(want[~want.isin(have)], "missing"),
             lost(have[~have.isin(want)], "not asked for")]
    if not have.is_unique:
        i = have.duplicated().argmax()
        first = (have == have[i]).argmax()
        found.append(f"{key} {shown(plain(have[i]))} occurs twice, in rows"
                     f" {first + 1} and {i + 1}")
    if any(found):
        raise Finding("; ".join(filter(None, found)))
    return have.get_indexer(want)


def named(name, columns):
    for same in (lambda c: c == name), (lambda c: c.lower() == name.lower()):
        found = [c for c in columns if same(c)]
        if found:
            return found[0]
    return None


def columns_of(targets, holds, submission, key):
    """The submission's columns for each target: by name; if none is named so and
    there are as many as targets, by order.  Of one target, several may be its
    classes' probabilities or the places of its ranking."""
    rest = [c for c in submission if c != key]
    if not rest:
        raise Finding("it has no column of predictions")
    if len(targets) == 1 and len(rest) > 1 and (
            holds == "probability"
            or holds == "rank" and not named(targets[0], rest)):
        return [rest]
    found = [named(t, rest) for t in targets]
    if not any(found) and len(rest) == len(targets):
        found = rest
    if None in found:
        raise Finding(f"column {quote(targets[found.index(None)])} is missing")
    return [[c] for c in found]


def places(classes, names):
    """For each class its column: A or class_A for A; if none is named so, and
    there are as many columns as classes, in the order of the sorted classes."""
    mark, alike = re.compile(r"\W|_"), len(os.path.commonprefix(names))
    ways = (plain, lambda n: plain(mark.split(n, 1)[-1]),
            lambda n: plain(mark.split(n)[-1]), lambda n: plain(n[alike:]))
    told = set()
    for way in ways:
        found = {}
        for n in names:
            found.setdefault(way(n), []).append(n)
        if all(len(found.get(c, [])) == 1 for c in classes):
            return [found[c][0] for c in classes]
        told |= found.keys()
    if len(names) == len(classes) and not told & set(classes):
        return list(names)
    absent = [c for c in classes if c not in told] or classes
    raise Finding(f"no column is named after class {quote(absent[0])}; the"
                  f" columns are {some(names)}")


# Metrics.  Each gives f: of rows i (a slice or indexes), the score.

def rmsle(y, p):
    return math.sqrt(sk.mean_squared_log_error(y, p.clip(0)))


def smape(y, p):
    """In percent, 0 to 200; where both are 0 the error is."""
    sizes = np.abs(y) + np.abs(p)
    errors = np.abs(y - p)
    return 200 * np.mean(np.divide(errors, sizes, where=sizes > 0,
                                   out=np.zeros(len(y))))


def correlation(how):
    """Constant predictions are of no use: 0."""
    def f(y, p):
        from scipy import stats
        if (p == p[0]).all():
            return 0.0
        return float(getattr(stats, how)(y, p)[0])
    return f


OF_NUMBERS = {
    "rmse": lambda y, p: math.sqrt(sk.mean_squared_error(y, p)),
    "mse": sk.mean_squared_error,
    "mae": sk.mean_absolute_error,
    "rmsle": rmsle,
    "mape": sk.mean_absolute_percentage_error,
    "smape": smape,
    "r2": sk.r2_score,
    "pearson": correlation("pearsonr"),
    "spearman": correlation("spearmanr"),
}


def of_numbers(job, truth, answer):
    metric = job["metric"]
    y, p = numbers(truth, Bad), numbers(answer.iloc[:, 0], Finding)
    if metric == "rmsle" and (y < 0).any():
        complain(Bad, truth, (y < 0).argmax(), "negative: rmsle has no value")
    if metric in ("r2", "pearson", "spearman") and (y == y[0]).all():
        raise Bad(f"{quote(truth.name)} holds one value only: {metric} has no"
                  " value")
    return lambda i: OF_NUMBERS[metric](y[i], p[i])


def qwk(job, truth, answer):
    """Rounded; classes between the lowest and the highest count, too."""
    y = np.rint(numbers(truth, Bad)).astype(int)
    v = np.rint(numbers(answer.iloc[:, 0], Finding))
    if (y == y[0]).all():
        raise Bad(f"{quote(truth.name)} holds one class only: qwk has no value")
    far = np.abs(v - np.median(y)) > 1000 + np.ptp(y)
    if far.any():
        complain(Finding, answer.iloc[:, 0], far.argmax(),
                 f"{v[far][0]:g}, far from the classes {y.min()} to {y.max()}")
    if np.ptp(y) > 1000:
        raise Bad(f"{quote(truth.name)} has more than 1000 classes")
    p = v.astype(int)
    span = np.arange(min(y.min(), p.min()), max(y.max(), p.max()) + 1)
    return lambda i: sk.cohen_kappa_score(y[i], p[i], labels=span,
                                          weights="quadratic")


def two_classes(metric, name, classes):
    """One class alone may be enough if it is 0 or 1."""
    if classes in (["0"], ["1"]) and metric in ("f1", "logloss"):
        return ["0", "1"]
    if len(classes) == 1:
        raise Bad(f"{quote(name)} holds one class only, {quote(classes[0])}:"
                  f" {metric} has no value")
    return classes


def averaged(average):
    return lambda y, p: sk.f1_score(y, p, average=average, zero_division=0)


OF_LABELS = {
    "accuracy": sk.accuracy_score,
    "balanced-accuracy": sk.balanced_accuracy_score,
    "f1": averaged("binary"),
    "macro-f1": averaged("macro"),
    "micro-f1": averaged("micro"),
    "weighted-f1": averaged("weighted"),
    "mcc": sk.matthews_corrcoef,
}


def of_labels(job, truth, answer):
    """A class that the truth does not hold is wrong, as any wrong one; but a
    finding if there can be no other, or if it is no class by its looks."""
    metric = job["metric"]
    y, known = labels(truth, Bad)
    p, told = labels(answer.iloc[:, 0], Finding)
    classes = known
    if metric in ("f1", "mcc"):
        classes = two_classes(metric, truth.name, known)
    if metric == "f1" and len(classes) > 2:
        raise Bad(f"{quote(truth.name)} holds {len(classes)} classes: f1 is of"
                  " two; say macro-f1, micro-f1 or weighted-f1")
    code = {c: i for i, c in enumerate(classes)}
    strange = [c for c in told if c not in code]
    whole = all(re.fullmatch("-?\\d+", c) for c in classes)
    two = len(classes) == 2 and job["problem"] != "multiclass"
    odd = [c for c in strange if two or len(strange) == len(told)
           or whole and not re.fullmatch("-?\\d+", c)]
    if odd:
        complain(Finding, answer.iloc[:, 0], (p == told.index(odd[0])).argmax(),
                 f"{quote(odd[0])}, a class that was never seen; the classes"
                 f" are {some(classes)}")
    code.update((c, len(classes) + i) for i, c in enumerate(strange))
    y = np.array([code[c] for c in known])[y]
    p = np.array([code[c] for c in told])[p]
    return lambda i: OF_LABELS[metric](y[i], p[i])


def each_class(area):
    """The mean of each class against the rest, of two the last one's."""
    def f(y, p):
        if p.shape[1] == 2:
            return area(y == 1, p[:, 1])
        both = [c for c in range(y.max() + 1) if 0 < (y == c).sum() < len(y)]
        return np.mean([area(y == c, p[:, c]) for c in both])
    return f


def probabilities(classes, answer):
    """A column for each class, those of classes that were never seen last."""
    names = list(answer)
    if len(names) == 1:
        if len(classes) > 2:
            raise Finding(f"it has one column of probabilities, {len(classes)}"
                          f" are asked for: {some(classes)}")
        v = numbers(answer.iloc[:, 0], Finding)
        return np.column_stack([1 - v, v]), names
    names = places(classes, names)
    names = list(dict.fromkeys(names + list(answer)))
    return np.column_stack([numbers(answer[c], Finding) for c in names]), names


def logloss(y, p):
    return sk.log_loss(y, p, labels=np.arange(p.shape[1]))


def top(k):
    def f(y, p):
        if k >= p.shape[1]:
            return 1.0
        return sk.top_k_accuracy_score(y, p[:, 1] if p.shape[1] == 2 else p,
                                       k=k, labels=np.arange(p.shape[1]))
    return f


def of_probabilities(job, truth, answer):
    metric = job["metric"]
    y, seen = labels(truth, Bad)
    classes = two_classes(metric, truth.name, seen)
    code = {c: i for i, c in enumerate(classes)}
    y = np.array([code[c] for c in seen])[y]
    p, names = probabilities(classes, answer)
    if metric == "logloss":
        bad = (p < 0) | (p > 1)
        if bad.any():
            i, c = np.argwhere(bad)[0]
            cell = answer[names[min(c, len(names) - 1)]]
            complain(Finding, cell, i, f"{cell.iloc[i]}, not a probability from"
                     " 0 to 1")
        p = p.clip(1e-15, 1 - 1e-15)
        p = p / p.sum(axis=1, keepdims=True)
    f = {"auc": each_class(sk.roc_auc_score),
         "average-precision": each_class(sk.average_precision_score),
         "logloss": logloss, "top-k-accuracy": top(job["k"])}[metric]
    return lambda i: f(y[i], p[i])


def lists(table, wrong, k=None):
    """The labels of each row, the first k: blanks part those of one column."""
    if table.shape[1] > 1:
        columns = [[t[c] for c in codes] for codes, t in
                   (labels(table[n], wrong) for n in list(table)[:k])]
        return list(zip(*columns))
    codes, texts = labels(table.iloc[:, 0], wrong)
    parted = [[plain(w) for w in t.split()[:k]] for t in texts]
    return [parted[c] for c in codes]


def ranks(job, truth, answer):
    """Of a label that is ranked twice the first place counts."""
    k = job["k"]
    told = lists(answer, Finding, k)
    if answer.shape[1] > 1:
        codes, texts = labels(truth, Bad)
        right = [{texts[c]} for c in codes]
    else:
        right = [set(words) for words in lists(truth.to_frame(), Bad)]
    hit = np.zeros((len(right), k))
    for i, (words, wanted) in enumerate(zip(told, right)):
        for j, w in enumerate(words):
            hit[i, j] = w in wanted and w not in words[:j]
    if not hit.any():
        known = set().union(*right)
        if not any(w in known for words in told for w in words):
            complain(Finding, answer.iloc[:, 0], 0, f"{quote(answer.iloc[0, 0])}"
                     ", and no row holds a label that was ever seen")
    n = np.array([len(r) for r in right])
    if job["metric"] == "map@k":
        precision = hit.cumsum(axis=1) / np.arange(1, k + 1)
        ap = (precision * hit).sum(axis=1) / np.minimum(n, k)
        return lambda i: np.mean(ap[i])
    missed = n - hit.sum(axis=1)
    relevant = np.hstack([hit, np.arange(n.max()) < missed[:, None]])
    place = np.hstack([np.arange(k, 0, -1), np.zeros(n.max())])
    return lambda i: sk.ndcg_score(
        relevant[i], np.broadcast_to(place, relevant[i].shape), k=k,
        ignore_ties=True)


def function(metric):
    for family, f in (OF_NUMBERS, of_numbers), (OF_LABELS, of_labels):
        if metric in family:
            return f
    return {"qwk": qwk, "map@k": ranks, "ndcg@k": ranks}.get(
        metric, of_probabilities)


# The whole

def bootstrap(f, n, width, seed):
    """The standard error of f over n rows, by resamples; many rows are drawn
    from in part, and the error scaled.  None if it cannot be told."""
    rng, values = np.random.default_rng(seed), []
    m = min(n, max(1000, DRAWN // width))
    for _ in range(RESAMPLES):
        try:
            values.append(f(rng.integers(0, n, m)))
        except ValueError:      # of a resample that lacks a class
            continue
    values = [v for v in values if math.isfinite(v)]
    if n < 2 or len(values) < 20:
        return None
    return float(np.std(values, ddof=1)) * math.sqrt(m / n)


def load(job, truth, submission):
    job["target"] = [c.strip() for c in job["target"]]
    key = job["id"] = job["id"] and job["id"].strip()
    t = read(truth, Bad)
    if not len(t):
        raise Bad("it has no rows")
    if key is not None and key not in t:
        raise Bad(f"column {quote(key)} is missing")
    for c in job["target"]:
        if c not in t:
            raise Bad(f"column {quote(c)} is missing")
    if os.path.getsize(submission) > (16 << 20) + (32 << 10) * len(t):
        raise Finding(f"it has {os.path.getsize(submission)} bytes, more than"
                      f" the {len(t)} rows that are asked for can need")
    if key is not None and not t[key].is_unique:
        return read(truth, Bad, [key]), read(submission, Finding, [key])
    return t, read(submission, Finding)


def score(job, truth=TRUTH, submission=SUBMISSION):
    t, s = load(job, truth, submission)
    columns = columns_of(job["target"], job["holds"], s, job["id"])
    at = order(t, s, job["id"])
    if at is not None:
        s = s.iloc[at]
    parts = [function(job["metric"])(job, t[target], s[c])
             for target, c in zip(job["target"], columns)]

    def mean(i):
        return float(np.mean([f(i) for f in parts]))
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        value = mean(slice(None))
        if not math.isfinite(value):
            raise Finding(f"the score is {value}: predictions are too large")
        se = bootstrap(mean, len(t), max(1, sum(map(len, columns))),
                       job["seed"])
    return {"value": value, "se": se, "rows": len(t)}


def attempt(job, *files):
    try:
        return score(job, *files)
    except Bad as e:
        return {"bad": str(e)}
    except Finding as e:
        return {"finding": str(e)}
    except Exception as e:
        return {"finding": f"it cannot be scored: {type(e).__name__}: {e}"}


def main(job):
    print(json.dumps(attempt(json.loads(job))))
