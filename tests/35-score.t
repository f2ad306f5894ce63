#!/bin/sh
# score: the table of metrics beside formulas in plain Python, what is awkward,
# and what is hostile.
. "${0%/*}/lib.sh"
python=${PYTHON:-/usr/bin/python3}
"$python" -c 'import pandas, sklearn' 2>/dev/null || skip "$python has no scikit-learn"

compared() { # reads "sentence<TAB>got<TAB>wanted" lines
	while IFS='	' read -r sentence got wanted; do
		is "$sentence" "$got" "$wanted"
	done
}

# Every metric: a right, a noisy, a constant and a malformed submission
cat >"$TMP/table.py" <<'END'
import json, math, os, random, re, sys
sys.dont_write_bytecode = True
sys.path.insert(0, "tools")
import score
TMP = os.environ["TMP"]
TABLE = {m["name"]: m for m in json.load(open("mk/metrics.json"))["metrics"]}

def attempt(metric, truth, submission, target=("y",), key="id", seed=1, problem=None):
    """Of tables as lists of rows, the header first."""
    files = TMP + "/t.csv", TMP + "/s.csv"
    for name, rows in zip(files, (truth, submission)):
        with open(name, "w") as f:
            f.writelines(",".join(map(str, r)) + "\n" for r in rows)
    k = re.search(r"\d+", metric.replace("r2", "").replace("f1", ""))
    name = metric.replace(k[0], "k") if k else metric
    return score.attempt({"metric": name, "k": int(k[0]) if k else 0, "seed": seed,
        "holds": TABLE[name]["holds"], "target": list(target), "id": key, "problem": problem}, *files)

def show(v):
    if isinstance(v, dict):
        v = v.get("value", v.get("finding", "error: %s" % v.get("bad")))
    return v if isinstance(v, str) else "%.9g" % (v + 0.0)

def tell(sentence, got, want):
    print(sentence, show(got), show(want), sep="\t")

def table(columns, *rows):
    return [["id"] + columns] + [[i + 1, *r] for i, r in enumerate(zip(*rows))]

# Formulas, of lists of numbers y and p
mean = lambda v: sum(v) / len(v)
mse = lambda y, p: mean([(a - b) ** 2 for a, b in zip(y, p)])
def pearson(y, p):
    a, b = mean(y), mean(p)
    up = sum((u - a) * (v - b) for u, v in zip(y, p))
    down = math.sqrt(sum((u - a) ** 2 for u in y) * sum((v - b) ** 2 for v in p))
    return up / down if down else 0
ranked = lambda v: [mean([i for i, w in enumerate(sorted(v)) if w == u]) for u in v]
def qwk(y, p):
    p, c = [round(v) for v in p], range(int(min(y + p)), int(max(y + p)) + 2)
    w = lambda pairs: sum((a - b) ** 2 for a, b in pairs)
    return 1 - w(zip(y, p)) * len(y) / w((a, b) for a in y for b in p)
NUMBERS = {
    "rmse": lambda y, p: math.sqrt(mse(y, p)), "mse": mse,
    "mae": lambda y, p: mean([abs(a - b) for a, b in zip(y, p)]),
    "rmsle": lambda y, p: math.sqrt(mse([math.log(1 + a) for a in y], [math.log(1 + b) for b in p])),
    "mape": lambda y, p: mean([abs(a - b) / abs(a) for a, b in zip(y, p)]),
    "smape": lambda y, p: 100 * mean([2 * abs(a - b) / (abs(a) + abs(b)) for a, b in zip(y, p)]),
    "r2": lambda y, p: 1 - mse(y, p) / mse(y, [mean(y)] * len(y)),
    "pearson": pearson, "spearman": lambda y, p: pearson(ranked(y), ranked(p)), "qwk": qwk,
}

# Of labels
share = lambda v: mean([1 if x else 0 for x in v])
def f1_of(c):
    def f(y, p):
        both, told, there = (sum(x) for x in zip(*((a == c == b, b == c, a == c) for a, b in zip(y, p))))
        return 2 * both / (told + there)
    return f
def mcc(y, p):
    n, c = len(y), sum(a == b for a, b in zip(y, p))
    t, q = ([v.count(l) for l in sorted(set(y + p))] for v in (y, p))
    dot = lambda u, v: sum(a * b for a, b in zip(u, v))
    down = math.sqrt((n * n - dot(q, q)) * (n * n - dot(t, t)))
    return (c * n - dot(t, q)) / down if down else 0
accuracy = lambda y, p: share([a == b for a, b in zip(y, p)])
LABELS = {
    "accuracy": accuracy, "micro-f1": accuracy, "mcc": mcc,
    "balanced-accuracy": lambda y, p: mean([share([b == c for a, b in zip(y, p) if a == c]) for c in set(y)]),
    "macro-f1": lambda y, p: mean([f1_of(c)(y, p) for c in set(y + p)]),
    "weighted-f1": lambda y, p: mean([f1_of(c)(y, p) for c in y]),
}

# Of probabilities: y is 1 or 0
def auc(y, p):
    return mean([(a > b) + (a == b) / 2 for a, u in zip(p, y) if u for b, v in zip(p, y) if not v])
def ap(y, p):
    precision = lambda t: share([u for u, v in zip(y, p) if v >= t])
    return sum(precision(v) for u, v in zip(y, p) if u) / sum(y)
logloss = lambda y, p: -mean([math.log(max(v if u else 1 - v, 1e-15)) for u, v in zip(y, p)])
PROBABILITIES = {"auc": auc, "average-precision": ap, "logloss": logloss}
rest = lambda f: lambda y, p: mean([f([a == c for a in y], [q[c] for q in p]) for c in range(len(p[0]))])

# Of rankings: y are sets
def apk(y, p, k):
    p = [w for i, w in enumerate(p[:k])]
    hits = [w in y and w not in p[:i] for i, w in enumerate(p)]
    return sum(sum(hits[:i + 1]) / (i + 1) for i, h in enumerate(hits) if h) / min(len(y), k)
def ndcg(y, p, k):
    gain = lambda i: 1 / math.log2(i + 2)
    return sum(gain(i) for i, w in enumerate(p[:k]) if w in y and w not in p[:i]) \
        / sum(map(gain, range(min(len(y), k))))

r, n = random.Random(5), 90
y = [round(r.uniform(1, 9), 1) for _ in range(n)]
noisy = [round(v + r.gauss(0, 0.8), 1) for v in y]
noisy = [max(v, 0.1) for v in noisy]
for m, f in NUMBERS.items():
    t, s = y, noisy
    if m == "qwk":
        t, s = [round(v) for v in y], noisy
    got = lambda p: attempt(m, table(["y"], t), table(["y"], p))
    tell(m + ": right", got(t), 1 if TABLE[m]["direction"] == "higher" else 0)
    tell(m + ": noisy", got(s), f(t, s))
    tell(m + ": constant", got([3] * n), f(t, [3] * n))
    tell(m + ": malformed", got(s[:5] + ["x"] + s[6:]), "row 6: 'y' is 'x', not a number")
tell("r2: the mean is 0", attempt("r2", table(["y"], y), table(["y"], [mean(y)] * n)), 0)
tell("pearson: so is what never changes", attempt("pearson", table(["y"], y), table(["y"], [2] * n)), 0)

classes = ["ash", "elm", "oak"]
y = [r.choice(classes) for _ in range(n)]
noisy = [v if r.random() < .7 else r.choice(classes) for v in y]
for m, f in LABELS.items():
    got = lambda p: attempt(m, table(["y"], y), table(["y"], p))
    tell(m + ": right", got(y), 1)
    tell(m + ": noisy", got(noisy), f(y, noisy))
    tell(m + ": constant", got(["elm"] * n), f(y, ["elm"] * n)
         if "f1" not in m or m == "micro-f1" else
         2 * y.count("elm") / (y.count("elm") + n) * (1 / 3 if m == "macro-f1" else y.count("elm") / n))
    tell(m + ": malformed", got(noisy[:5] + [""] + noisy[6:]), "row 6: 'y' is empty")
y2, p2 = ([int(v == "oak") for v in x] for x in (y, noisy))
got = lambda p: attempt("f1", table(["y"], y2), table(["y"], p))
tell("f1: right", got(y2), 1)
tell("f1: noisy", got(p2), f1_of(1)(y2, p2))
tell("f1: constant", got([1] * n), 2 * sum(y2) / (sum(y2) + n))
tell("f1: none is 0", got([0] * n), 0)
tell("f1: malformed", got([0.5] * n), "row 1: 'y' is '0.5', a class that was never seen; the classes are '0', '1'")
tell("mcc of two classes", attempt("mcc", table(["y"], y2), table(["y"], p2)), mcc(y2, p2))

p2 = [round(min(max(v * .4 + r.uniform(.1, .5), 0), 1), 1) for v in y2]       # with ties
codes = [classes.index(v) for v in y]
p3 = [[r.choice([1, 2, 3]) + 4 * (c == v) for c in range(3)] for v in codes]
sums = [[v / sum(q) for v in q] for q in p3]
for m, f in PROBABILITIES.items():
    got = lambda p: attempt(m, table(["y"], y2), table(["y"], p))
    of3 = lambda p: attempt(m, table(["y"], y), table(["p_ash", "p_elm", "p_oak"], *zip(*p)))
    tell(m + ": right", round(got(y2)["value"], 9), 0 if m == "logloss" else 1)
    tell(m + ": noisy", got(p2), f(y2, p2))
    tell(m + ": constant", got([.5] * n),
         {"auc": .5, "average-precision": mean(y2), "logloss": math.log(2)}[m])
    tell(m + ": malformed", got(p2[:5] + ["nan"] + p2[6:]), "row 6: 'y' is NaN")
    if m == "logloss":
        tell(m + " of three classes: noisy", of3(sums), -mean([math.log(q[v]) for q, v in zip(sums, codes)]))
        tell(m + ": rows that do not sum to 1", of3([[v / 7 for v in q] for q in p3]), of3(sums))
        tell(m + ": rows of zeros", of3([[0, 0, 0]] * n), math.log(3))
        tell(m + ": certain and wrong", got([1 - v for v in y2]), -math.log(1e-15))
    else:
        tell(m + " of three classes: noisy", of3(p3), rest(f)(codes, p3))
    tell(m + " of three classes: constant", of3([[.2, .3, .5]] * n),
         {"auc": .5, "average-precision": 1 / 3}.get(m)
         or -mean([math.log([.2, .3, .5][v]) for v in codes]))
got = lambda p, k=2: attempt("top-%d-accuracy" % k, table(["y"], y), table(["ash", "elm", "oak"], *zip(*p)))
p3 = [[v + c / 10 for c, v in enumerate(q)] for q in p3]                # without ties
tell("top-2-accuracy: right", got([[.2 + (c == v) + c / 9 for c in range(3)] for v in codes]), 1)
tell("top-1-accuracy: right", got([[int(c == v) for c in range(3)] for v in codes], 1), 1)
tell("top-2-accuracy: noisy", got(p3), share([sorted(q)[1] <= q[v] for q, v in zip(p3, codes)]))
tell("top-2-accuracy: constant", got([[.5, .3, .2]] * n), share([v != 2 for v in codes]))
tell("top-2-accuracy: malformed", got([[1, 1, "inf"]] * n), "row 1: 'oak' is infinite")
tell("top-9-accuracy of three", got(p3, 9), 1)

truth = [" ".join(r.sample("abcde", r.choice([1, 1, 2]))) for _ in range(n)]
noisy = [" ".join(r.choice("abcde") for _ in range(4)) for _ in truth]
for m, f in ("map@3", apk), ("ndcg@3", ndcg):
    each = lambda p: mean([f(set(a.split()), b.split(), 3) for a, b in zip(truth, p)])
    got = lambda p: attempt(m, table(["y"], truth), table(["y"], p))
    tell(m + ": right", got(truth), 1)
    tell(m + ": noisy", got(noisy), each(noisy))
    tell(m + ": constant", got(["a b c"] * n), each(["a b c"] * n))
    tell(m + ": malformed", got(noisy[:5] + [""] + noisy[6:]), "row 6: 'y' is empty")
    tell(m + ": a column for each place", attempt(m, table(["y"], ["a", "b"]), table(["first", "second"], "ac", "cb")),
         mean([1, .5 if m == "map@3" else 1 / math.log2(3)]))
tell("map@3, by hand", attempt("map@3", table(["y"], ["a", "b", "c"]), table(["y"], ["a b", "a b", "b b c"])), 11 / 18)
tell("map@3: labels never seen", attempt("map@3", table(["y"], ["a"]), table(["y"], ["A B"])),
     "row 1: 'y' is 'A B', and no row holds a label that was ever seen")

# Several targets: the mean of the columns
two, told = table(["u", "v"], [0, 1, 0, 1], [1, 2, 3, 5]), table(["v", "u"], [1, 2, 3, 4], [0, 1, 1, 1])
tell("two targets", attempt("rmse", two, told, "uv"), .5)
tell("two targets of other names are in order", attempt("rmse", two, table(["a", "b"], [0, 1, 1, 1], [1, 2, 3, 4]), "uv"), .5)
tell("but not if one has its name", attempt("rmse", two, table(["v", "b"], [0, 1, 1, 1], [1, 2, 3, 4]), "uv"), "column 'u' is missing")
tell("two targets: a column is missing", attempt("rmse", two, [r[:2] for r in told], "uv"), "column 'u' is missing")
two = table(["u", "v"], [0, 1, 0, 1], [0, 1, 0, 1])
tell("two targets: auc", attempt("auc", two, table(["u", "v"], [.1, .2, .3, .4], [0, 1, 0, 1]), "uv"), .875)

# What is awkward: rows
rows = lambda *ids: [["id", "y"]] + [[i, 2] for i in ids]
for sentence, truth, ids, want in [
    ("ids in another order", "abc", "cab", 0), ("ids as 3.0", "123", ["3.0", 1, "2e0"], 0),
    ("ids as 003", "123", ["003", "002", "001"], 0), ("ids as text and number", "12a", "a21", 0),
    ("ids that differ by zeros only", ["3", "03"], ["03", "3"], 0),
    ("long ids", ["12345678901234567", "12345678901234568"], ["12345678901234568", "12345678901234567"], 0),
    ("longer ids", ["123456789012345678901", "123456789012345678902"],
     ["123456789012345678902", "123456789012345678901"], 0),
    ("an id is missing", "123", "12", "id 3 is missing"),
    ("ids are missing", "1234", "12", "2 ids are missing, first 3"),
    ("an id is too much", "123", "1239", "id 9 is not asked for"),
    ("ids of another table", "123", "789", "3 ids are missing, first 1; 3 ids are not asked for, first 7"),
    ("an id occurs twice", "123", "1232", "id 2 occurs twice, in rows 2 and 4"),
    ("an id is empty", "123", ["1", "", "3"], "row 2: 'id' is empty"),
    ("the truth holds an id twice", "121", "211", "error: id 1 occurs twice"),
    ("but in the same order it matters not", "121", "121", 0),
]:
    tell(sentence, attempt("mae", rows(*truth), rows(*ids)), want)
y3 = [["y"], [1], [2], [3]]
tell("no id: rows are in order", attempt("mae", y3, [["y"], [1], [2], [6]], key=None), 1)
tell("no id: rows are missing", attempt("mae", y3, [["y"], [1], [2]], key=None), "it has 2 rows, 3 are asked for")
tell("a submission without the id", attempt("mae", table(["y"], [1, 2]), [["y"], [1], [3]]), .5)
tell("a finding tells the row as it stands in the file",
     attempt("mae", rows(1, 2, 3), [["id", "y"], [3, 1], [1, "x"], [2, 1]]), "row 2: 'y' is 'x', not a number")

# columns
y3 = table(["y"], [1, 2, 3])
tell("a column of another name", attempt("mae", y3, table(["Prediction"], [1, 2, 3])), 0)
tell("of another case, among others", attempt("mae", y3, table(["a", "Y"], [0, 0, 0], [1, 2, 3])), 0)
tell("two of other names", attempt("mae", y3, table(["a", "b"], [0, 0, 0], [1, 2, 3])), "column 'y' is missing")
tell("one name twice", attempt("mae", y3, table(["y", "y"], [1, 2, 3], [1, 2, 3])), "column 'y' is there twice")
tell("names with commas", attempt("mae", y3, table(['"x, kg"', '"z, kg"', "y"], *[[1, 2, 3]] * 3)), 0)
tell("too many", attempt("mae", y3, table(["y"] * 200000, [1])), "it has more than 100000 columns")
tell("no column", attempt("mae", y3, [["id"], [1], [2], [3]]), "it has no column of predictions")
abc, even = table(["y"], "abc"), [[.5, .2, .2], [.3, .6, .2], [.2, .2, .6]]
for sentence, names, want in [
    ("named after their classes", "abc", 1), ("in any order", "cab", "other"), ("as class_A", ["class_a", "class_b", "class_c"], 1),
    ("as P(a)", ["P a", "P b", "P c"], 1), ("without a mark", ["pa", "pb", "pc"], 1), ("in sorted order", "xyz", 1),
    ("one misnamed", "abx", "no column is named after class 'c'; the columns are 'a', 'b', 'x'"),
    ("one more for a class never seen", "abcd", 1),
    ("one less", "ab", "no column is named after class 'c'; the columns are 'a', 'b'")]:
    got = attempt("auc", abc, table(list(names), *(even + [[0, 0, 0]])[:len(names)]))
    if want == "other":
        want = rest(auc)([0, 1, 2], list(zip(even[1], even[2], even[0])))
    tell("classes' columns " + sentence, got, want)
tell("one column for three classes", attempt("auc", abc, table(["y"], [.1, .2, .3])),
     "it has one column of probabilities, 3 are asked for: 'a', 'b', 'c'")
tell("eleven classes, named by numbers", attempt("top-1-accuracy", table(["y"], range(11)),
     table(["c%d" % c for c in range(11)], *([int(i == c) for i in range(11)] for c in range(11)))), 1)

# values
yn = table(["y"], ["no", "yes", "no"])
tell("two columns of two classes", attempt("logloss", yn, table(["p_yes", "p_no"], [.2, .8, .2], [.8, .2, .8])), -math.log(.8))
tell("one column is of the class that sorts last", attempt("auc", yn, table(["y"], [.1, .9, .2])), 1)
tell("ties count half", attempt("auc", yn, table(["y"], [.5, .5, .1])), .75)
tell("auc takes any numbers", attempt("auc", yn, table(["y"], [-3, 40, 7])), 1)
tell("logloss none above 1", attempt("logloss", yn, table(["y"], [.1, 1.5, .7])), "row 2: 'y' is 1.5, not a probability from 0 to 1")
tell("nor below 0", attempt("logloss", yn, table(["y"], [.1, .5, -.7])), "row 3: 'y' is -0.7, not a probability from 0 to 1")
tell("labels for probabilities", attempt("auc", yn, yn), "row 1: 'y' is 'no', not a number")
tell("labels may be numbers or text", attempt("accuracy", table(["y"], "123"), table(["y"], ["1.0", " 2", "03"])), 1)
tell("or boolean", attempt("f1", table(["y"], ["True", "False", "False"]), table(["y"], ["true", "false", "true"])), 2 / 3)
tell("a class never seen is wrong", attempt("accuracy", abc, table(["y"], "abd")), 2 / 3)
tell("and has an F1 of 0", attempt("macro-f1", abc, table(["y"], "abd")), 2 / 4)
tell("a finding if all are", attempt("accuracy", abc, table(["y"], "ABC")),
     "row 1: 'y' is 'A', a class that was never seen; the classes are 'a', 'b', 'c'")
tell("or if there are two classes", attempt("accuracy", yn, table(["y"], ["no", "yes", "maybe"])),
     "row 3: 'y' is 'maybe', a class that was never seen; the classes are 'no', 'yes'")
tell("but for the task's word that there are more", attempt("accuracy", yn, table(["y"], ["no", "yes", "maybe"]),
     problem="multiclass"), 2 / 3)
tell("or where all are whole numbers", attempt("accuracy", table(["y"], [1, 2, 3]), table(["y"], [1, 2, 2.5])),
     "row 3: 'y' is '2.5', a class that was never seen; the classes are '1', '2', '3'")
tell("classes called NA, nan and None", attempt("accuracy", table(["y"], ["NA", "nan", "None"]), table(["y"], ["NA", "nan", "None"])), 1)
tell("rmsle: predictions below 0 are 0", attempt("rmsle", table(["y"], [0, 0]), table(["y"], [-5, 0])), 0)
tell("smape: 0 of 0", attempt("smape", table(["y"], [0, 1]), table(["y"], [0, 3])), 50)
tell("qwk: a class that nobody has", attempt("qwk", table(["y"], [0, 1, 4]), table(["y"], [0, 2, 4])), qwk([0, 1, 4], [0, 2, 4]))
tell("qwk: a wild number", attempt("qwk", y3, table(["y"], [1, 2, 1e9])), "row 3: 'y' is 1e+09, far from the classes 1 to 3")
tell("too large to be squared", attempt("rmse", y3, table(["y"], [1, 2, 1e200])), "the score is inf: predictions are too large")
tell("a number that is none", attempt("rmse", y3, table(["y"], [1, 2, "1,5"])), "row 3 has 3 fields, the header 2")
tell("a field too few", attempt("rmse", y3, [["id", "y"], [1, 2], [2], [3, 1]]), "row 2: 'y' is empty")
tell("a field too many in each row", attempt("rmse", y3, [["id", "y"], [1, 2, 3], [2, 3, 4], [3, 4, 5]]), "a row has more fields than the header")
tell("a quote left open", attempt("rmse", y3, [["id", "y"], [1, 2], [2, '"3'], [3, 4]]), "row 2: a quote is not closed")
tell("only a header", attempt("rmse", y3, [["id", "y"]]), "3 ids are missing, first 1")

# the truth
for m in "auc", "average-precision", "mcc", "top-1-accuracy":
    tell(m + " of one class", attempt(m, table(["y"], [1, 1]), table(["y"], [1, 1])),
         "error: 'y' holds one class only, '1': %s has no value" % re.sub("[0-9]", "k", m))
tell("f1 of one class", attempt("f1", table(["y"], "aa"), table(["y"], "aa")), "error: 'y' holds one class only, 'a': f1 has no value")
tell("but of 0 or 1 it has", attempt("f1", table(["y"], [1, 1, 1]), table(["y"], [1, 1, 0])), .8)
tell("and logloss", attempt("logloss", table(["y"], [0, 0]), table(["y"], [.5, .5])), math.log(2))
tell("accuracy of one class", attempt("accuracy", table(["y"], [1, 1]), table(["y"], [1, 1])), 1)
tell("f1 of three", attempt("f1", abc, abc), "error: 'y' holds 3 classes: f1 is of two; say macro-f1, micro-f1 or weighted-f1")
tell("r2 of one value", attempt("r2", table(["y"], [2, 2]), table(["y"], [2, 3])), "error: 'y' holds one value only: r2 has no value")
tell("rmsle of negative numbers", attempt("rmsle", table(["y"], [2, -2]), table(["y"], [2, 3])), "error: row 2: 'y' is negative: rmsle has no value")
tell("a truth that lacks a value", attempt("mae", table(["y"], [2, ""]), table(["y"], [1, 2])), "error: row 2: 'y' is empty")
tell("or a column", attempt("mae", y3, y3, ["z"]), "error: column 'z' is missing")

# The standard error, beside the formula of a mean's
ratio = lambda got, want: str(.85 < got["se"] / want < 1.15)
for n in 400, 60000:            # of more than 20000 rows a part is drawn
    y = [r.gauss(0, 1) for _ in range(n)]
    got = attempt("mae", table(["y"], [0] * n), table(["y"], y))
    e = [abs(v) for v in y]
    tell("se of a mean of %d is sd/sqrt(n)" % n, ratio(got, math.sqrt(mse(e, [mean(e)] * n) / n)), "True")
    p = [v > .8 for v in y]
    got = attempt("accuracy", table(["y"], [0] * (n - 1) + [1]), table(["y"], [int(v) for v in p]))
    tell("of a share sqrt(p(1-p)/n)", ratio(got, math.sqrt(share(p) * (1 - share(p)) / n)), "True")
y = [r.choice([0, 1]) for _ in range(400)]
p = [v + r.gauss(0, 1) for v in y]
a, q = auc(y, p), sum(y)        # Hanley and McNeil
var = a * (1 - a) + (q - 1) * (a / (2 - a) - a * a) + (400 - q - 1) * (2 * a * a / (1 + a) - a * a)
tell("of an area as by Hanley and McNeil", ratio(attempt("auc", table(["y"], y), table(["y"], p)),
     math.sqrt(var / q / (400 - q))), "True")
se = [attempt("auc", table(["y"], y[:50]), table(["y"], p[:50]), seed=s)["se"] for s in (1, 1, 2)]
tell("the same seed, the same error", se[0], se[1])
tell("another, another", str(se[0] == se[2]), "False")
tell("one row has none", str(attempt("mae", table(["y"], [1]), table(["y"], [1]))["se"]), "None")
END
"$python" "$TMP/table.py" >"$TMP/table" || tell 'not ok' 'the table of metrics'
compared <"$TMP/table"
is 'each metric of the table is among them' "$(jq -r '.metrics[].name' mk/metrics.json |
	sed 's/top-k-/top-2-/; s/@k/@3/' | while read -r m; do
	for kind in right noisy constant malformed; do
		grep -q "^$m: $kind	" "$TMP/table" || echo "$m: $kind"
	done
done)" ''

# Names
named() { # what people write: the metric that read-task makes of it
	MODEL='exec:echo "{}"' read-task prompts/read-task.md "$TMP/task.md" "$TMP/data.json" \
		metric="$1" ${2:+"$2"} 2>&1 | jq -r '"\(.metric), \(.direction)"'
}
echo 'Predict y.' >"$TMP/task.md"
echo '{"files": []}' >"$TMP/data.json"
while IFS='|' read -r said metric; do
	is "$said" "$(named "$said")" "$metric"
done <<END
Root Mean Squared Logarithmic Error|rmsle, lower
ROC AUC|auc, higher
Area Under the ROC Curve|auc, higher
QWK|qwk, higher
Quadratic Weighted Kappa|qwk, higher
MAP@3|map@3, higher
Mean Average Precision @ 12|map@12, higher
NDCG@10|ndcg@10, higher
Top-5 Accuracy|top-5-accuracy, higher
R²|r2, higher
Mean Column-wise ROC AUC|auc, higher
MCRMSE|rmse, lower
Matthews Correlation Coefficient (MCC)|mcc, higher
Spearman's rank correlation|spearman, higher
multi-class logarithmic loss|logloss, lower
END
is 'every name and alias is its metric, and no other' "$(jq -r '.metrics[] | . as $m |
	.name, .aliases[] | "\(.)|\($m.name), \($m.direction)"' mk/metrics.json |
	sed 's/\([@ -]\|^\)k\>/\17/g' | while IFS='|' read -r said metric; do
	[ "$(named "$said")" = "$metric" ] || echo "$said: $(named "$said"), not $metric"
done)" ''
is "a program of one's own has the direction that is said" \
	"$(named 'exec:./mine' direction=lower)" 'exec:./mine, lower'

# The tool
facts() { # metric: writes task.json
	jq -n --arg m "$1" '{metric: $m, direction: "lower", id: "id", target: ["y"]}' >"$TMP/task.json"
}
scored() { # truth and submission, or those of before: what score says, and its status
	[ $# -eq 0 ] || printf '%s\n' "$1" | tr ' ' '\n' >"$TMP/t.csv"
	[ $# -eq 0 ] || printf '%s\n' "$2" | tr ' ' '\n' >"$TMP/s.csv"
	timeout 60 score "$TMP/task.json" "$TMP/t.csv" "$TMP/s.csv" >"$TMP/said" 2>"$TMP/error"
	status=$?
	jq -c . "$TMP/said" | cat - "$TMP/error"
	[ "$status" = 0 ] || echo "$status"
}
facts 'Mean Absolute Error'
is 'score tells what a submission is worth' "$(scored 'id,y 1,1 2,2 3,3' 'id,y 3,3 1,1 2,5')" \
	"$(jq -cn --argjson se "$(jq .se "$TMP/said")" \
		'{metric: "mae", direction: "lower", value: 1, se: $se, rows: 3}')"
is 'or a finding' "$(scored 'id,y 1,1 2,2 3,3' 'id,y 1,1 2,2')" '{"finding":"id 3 is missing"}'
facts auc
is 'a metric that has no value is an error' "$(scored 'id,y 1,1 2,1' 'id,y 1,1 2,1')" \
	"score: read $TMP/t.csv: 'y' holds one class only, '1': auc has no value
100"
facts zork
is 'so is one that nobody knows' "$(scored)" \
	"score: read $TMP/task.json: no metric is called 'zork'
100"
jq -n '{metric: "a\"\"\"); x = (r\"\"\"\\"}' >"$TMP/task.json"
like 'whatever its name' "$(scored)" "^score: read .* no metric is called"
jq -n '{metric: "mae", id: "i\"\"\"d\\", target: ["\u0027\"\"\"\\", "é"]}' >"$TMP/task.json"
like 'columns of odd names are looked for' "$(scored)" \
	"^score: read .*t.csv: column 'i\"\"\"d.' is missing"
facts mae
is 'no truth' "$(env score "$TMP/task.json" "$TMP/no" "$TMP/s.csv" 2>&1; echo $?)" \
	"score: open $TMP/no: No such file or directory
100"
mkdir "$TMP/bin"
printf '#!/bin/sh\nexec /usr/bin/python3 -S "$@"\n' >"$TMP/bin/python"
chmod +x "$TMP/bin/python"
like 'an interpreter without scikit-learn' \
	"$(PYTHON=$TMP/bin/python PYTHON_BINDS=$TMP/bin scored)" \
	'^score: run score.py: import numpy: /usr/bin/python3 has none \(Debian: python3-sklearn'

case $python in # the user that scripts run as may not reach others
/usr/*)	like 'without a sandbox it is the same' \
		"$(SANDBOX=none scored 'id,y 1,1 2,2' 'id,y 1,1 2,4')" '"value":1,' ;;
esac

# Programs
for each in 'echo the score: 2.5 >&2; echo; echo 3 0.5; echo bye|{"value":3,"se":0.5,"rows":2}' \
	'echo 7 #|{"value":7,"se":null,"rows":2}' \
	'test -f "$1" -a -f "$2" && echo 1 "of 2"|{"value":1,"se":2,"rows":2}' \
	'echo row 3 is wrong; exit 1;|{"finding":"row 3 is wrong"}'; do
	facts "exec:${each%|*}"
	is "a metric exec:${each%|*}" "$(scored 2>&1 | head -n 1 | jq -c 'del(.metric, .direction)')" "${each##*|}"
done
facts 'exec:sleep 9 #'
like 'one that takes too long' "$(TIMEOUT=0.2 scored)" '^score: run exec:sleep 9 #: it took more than 0.2 s \(TIMEOUT\)$'
facts 'exec:exit 3;'
is 'one that fails' "$(scored)" 'score: run exec:exit 3;: it ended with status 3
100'
facts 'exec:kill -9 $$ #'
is 'one that is killed did not take too long' "$(scored)" \
	'score: run exec:kill -9 $$ #: it ended with status 137
100'
facts 'exec:true'
like 'one that says nothing' "$(scored)" 'it printed no number$'

# Hostile submissions: a finding, and soon
found() { # sentence, finding
	is "$1" "$(scored)" "{\"finding\":\"$2\"}"
	rm -rf "$TMP/s.csv"
}
facts mae
printf 'id,y\n1,1\n2,2\n' >"$TMP/t.csv"
rm "$TMP/s.csv"
found 'no submission' 'there is none: the script did not write it'
mkfifo "$TMP/s.csv"
found 'a fifo' 'it is no plain file'
ln -s /etc/passwd "$TMP/s.csv"
found 'a link' 'it is no plain file'
mkdir "$TMP/s.csv"
found 'a folder' 'it is no plain file'
: >"$TMP/s.csv"
found 'nothing' 'it is empty'
truncate -s 1G "$TMP/s.csv"
found 'a gigabyte of zeros' 'it has 1073741824 bytes, more than the 2 rows that are asked for can need'
{ echo id,y; head -c 15000000 /dev/zero | tr '\0' 1; } >"$TMP/s.csv"
found 'one long line' "2 ids are missing, first 1; id '1111111111111111111111111111111111111111...' is not asked for"
head -c 4000000 /dev/zero | gzip >"$TMP/s.csv"
found 'a zip bomb' 'it is compressed, not plain CSV'
printf 'id,y\n1,\0001\n2,2\n' >"$TMP/s.csv"
found 'a NUL byte' 'it is no text: it holds NUL bytes'
printf 'id,y\n1,\377\376\033[2J\n2,2\n' >"$TMP/s.csv"
like 'bytes that are no text' "$(scored)" "row 1: 'y' is '[^a-z]*[?]\[2J', not a number"
head -c 3000 tools/score | tr -d '\0' >"$TMP/s.csv"
like 'a program' "$(scored)" '^{"finding":"'
printf 'id,y\n1,1\n2,2\n' >"$TMP/s.csv"
like 'what takes too much memory' "$(MEMORY=50 scored)" '"finding":"to read and score it takes too much: .*50 MiB'
like 'or too long' "$(TIMEOUT=0.05 scored)" '"finding":"to read and score it takes too much: .*0.05 s'
done_testing
