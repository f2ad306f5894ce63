"""parts.py FOLDER N: N tables at random, parted at random; tells what of them is
not what went in.  Every row must be in train or in test and truth, as it was."""
import csv
import gzip
import io
import json
import os
import random
import subprocess
import sys

FIELDS = ["", " ", "0", "-1.5e3", "a,b", "a;b", "a\tb", "a|b", 'q"uote', '"',
          '""', "line\nbreak", "\n", "cr\rx", "crlf\r\n", "=1+1", "NA", "NaN",
          "é", "ß ü", " lead", "trail ", "\ttab\t", "'", "\\", "\\n", "#", "x" * 3000]
WIDE = ["名前", "😀", "\u2028", "\ufeff", "Ωμέγα"]      # not in latin-1
NAMES = ["id", "Größe", "a b", "x,y", 'q"', "nl\nx", "t\tt", "y;y", "été", "\\",
         " blank", "0", "-g", "--"]
random.seed(1)


def line(fields, mark, eol, always):
    """Quoted where it has to be; else at random."""
    out = []
    for f in fields:
        odd = f.strip(" \t") != f or any(c in f for c in ',;\t|"\r\n')
        if odd or always or random.random() < .1 or f == "" and len(fields) == 1:
            f = '"' + f.replace('"', '""') + '"'
        out.append(f)
    return mark.join(out) + eol


class Shape:
    def __init__(self):
        self.mark = random.choice(",,;\t|")
        self.eol = random.choice(["\n", "\n", "\r\n"])
        self.code = random.choice(["utf-8", "utf-8", "utf-8-sig", "latin-1"])
        self.packed = random.random() < .3
        self.name = random.choice(["{}.csv", "{}.tsv"]) if self.mark == "\t" \
            else "{}.csv"

    def write(self, folder, name, lines):
        name = self.name.format(name) + ".gz" * self.packed
        text = "".join(lines).encode(self.code)
        with open(f"{folder}/{name}", "wb") as f:
            f.write(gzip.compress(text, 1) if self.packed else text)
        return name

    def read(self, raw):
        if self.packed:
            raw = gzip.decompress(raw)
        return raw.decode(self.code)

    def rows(self, raw):
        text = io.StringIO(self.read(raw), newline="")
        return list(csv.reader(text, delimiter=self.mark))


def run(*args):
    return subprocess.run(args, stdout=subprocess.PIPE, check=True).stdout


def one(folder):
    train, test, sample = Shape(), Shape(), Shape()
    fields = FIELDS + (WIDE if train.code != "latin-1" else [])
    if train.code == "latin-1":     # or describe takes it for UTF-8
        fields = fields + ["é"] * 20
    elif "latin-1" in (test.code, sample.code):
        fields = FIELDS[:18]
    names = random.sample(NAMES, random.randint(2, len(NAMES)))
    if not any("é" in n or "ö" in n for n in names):
        names.append("é")
    n = random.randint(1, 40)
    table = [[random.choice(fields) for _ in names] for _ in range(n)]
    key, target = random.choice([names[0], None]), names[1]
    for i, row in enumerate(table):
        row[0] = f"{random.choice(fields)}{i}"
    always = random.random() < .2
    head = line(names, train.mark, train.eol, always)
    raw = [line(r, train.mark, train.eol, always) for r in table]
    if random.random() < .3:
        raw[-1] = raw[-1].rstrip("\r\n") if raw[-1][-3:-2] != '"' else raw[-1]
    blanks = [random.choice(["", "", "", train.eol]) for _ in raw]
    shown = [c for c in names if c != target or random.random() < .1]
    random.shuffle(shown)
    asked = ([key] if key else []) + [target]
    random.shuffle(asked)
    some = [["7"] * len(c) for c in (shown, asked)]
    task = {"train": train.write(folder, "train",
                                 [head] + [b + r for b, r in zip(blanks, raw)]),
            "id": key, "target": [target]}
    for name, shape, columns, row in (("test", test, shown, some[0]),
                                      ("sample", sample, asked, some[1])):
        task[name] = shape.write(folder, name, [
            line(columns, shape.mark, shape.eol, False),
            line(row, shape.mark, shape.eol, False)])
    held = [random.random() < .4 for _ in table]
    rows = {"score": "measured", "rows": n, "fit": n - sum(held),
            "holdout": sum(held), "held": "".join("01"[h] for h in held)}
    data = run("describe", folder)
    described = {f["path"]: f for f in json.loads(data)["files"]}
    if described[task["train"]]["rows"] != n:
        return f"describe counts {described[task['train']]['rows']} rows, not {n}"
    for shape, name in (test, "test"), (sample, "sample"):
        if described[task[name]]["encoding"] == "utf-8":
            shape.code = "utf-8"        # of ASCII all that one can say
    for name, document in ("task", task), ("rows", rows):
        with open(f"{folder}.{name}", "w", encoding="utf-8") as f:
            json.dump(document, f)
    with open(f"{folder}.data", "wb") as f:
        f.write(data)
    got = {k: run("part", k, f"{folder}.rows", f"{folder}.task",
                  f"{folder}.data", folder)
           for k in ("train", "test", "sample", "truth")}
    out = [r for r, h in zip(table, held) if h]
    if train.read(got["train"]) != head + "".join(
            r for r, h in zip(raw, held) if not h):
        return "train is not the other rows as they were"
    if test.rows(got["test"]) != [shown] + [
            [r[names.index(c)] for c in shown] for r in out]:
        return "test is not the rows held out"
    if sample.rows(got["sample"]) != [asked] + [
            [r[0] if c == key else "7" for c in asked] for r in out]:
        return "sample is not its first row with these ids"
    plain = list(csv.reader(io.StringIO(got["truth"].decode(), newline="")))
    if plain != [[key] * bool(key) + [target]] + [
            [r[0]] * bool(key) + [r[1]] for r in out]:
        return "truth is not these rows' targets"
    columns = list(csv.reader(io.StringIO(
        run("columns", f"{folder}/{task['train']}").decode(), newline="")))
    if columns != [names] + table:
        return "columns are not the table"
    return None


for i in range(int(sys.argv[2])):
    os.mkdir(f"{sys.argv[1]}/{i}")
    why = one(f"{sys.argv[1]}/{i}")
    if why:
        print(f"table {i}: {why}")
