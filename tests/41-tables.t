#!/bin/sh
# Tables as people have them, from make new to a submission, by the playbook.
. "${0%/*}/lib.sh"
py=${PYTHON:-/usr/bin/python3}
"$py" -c 'import pandas, sklearn' 2>/dev/null || skip "$py has no scikit-learn"
checkout
unset MODEL
cat >"$TMP/make.py" <<'END'
import os, random
random.seed(1)

def table(name, rows, end="\n"):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "w", newline="") as f:
        f.writelines(r + end for r in rows)

def days(i):                    # 05.03.2021: the fifth of March
    return "%02d.%02d.2021" % (i % 28 + 1, i * 7 % 12 + 1)

# An export of a European office: the price depends on city, size and month.
city = {"Wien": 3.0, "Bern": -3.0, "Rom": 0.0}
rows = []
for i in range(300):
    name, size = random.choice(sorted(city)), random.random()
    price = city[name] + size + (i * 7 % 12) / 2 + random.gauss(0, 0.1)
    rows.append(("%05d" % i, "%-8s" % name, "?" if i % 40 == 0 else "%.3f" % size,
                 "   " if i % 50 == 0 else "%.2f" % random.random(), days(i), "%.3f" % price))
head = "id;city;size;noise;day"
table("office/train.csv", [head + ";price"] + [";".join(r) for r in rows[:200]], "\r\n")
table("office/test.csv", [head] + [";".join(r[:-1]) for r in rows[200:]], "\r\n")
asked = [r[0] for r in rows[200:]]
random.shuffle(asked)
table("office/sample_submission.csv", ["id;price"] + [i + ";0.5" for i in asked], "\r\n")
table("office.answers.csv", ["id;price"] + [r[0] + ";" + r[-1] for r in rows[200:]])
for litter in ".DS_Store", ".~lock.train.csv#":
    open("office/" + litter, "w").write("x")

# Blanks in the header and before the fields, labels as R writes them.
rows = []
for i in range(240):
    x, y = random.gauss(0, 1), random.gauss(0, 1)
    rows.append((str(i), "%.3f" % x, "%.3f" % y, "TRUE" if x + y > 0 else "FALSE"))
table("blanks/train.csv", ["id, x, y, over"] + [", ".join(r) for r in rows[:180]])
table("blanks/test.csv", ["id, x, y"] + [", ".join(r[:-1]) for r in rows[180:]])
table("blanks/sample_submission.csv", ["id, over"] + [r[0] + ", FALSE" for r in rows[180:]])
table("blanks.answers.csv", ["id, over"] + [r[0] + ", " + r[-1] for r in rows[180:]])

# A class called None, and an id without a name.
rows = []
for i in range(240):
    x = random.gauss(0, 1)
    rows.append((str(i), "%.3f" % x, "None" if x < -0.5 else "Low" if x < 0.5 else "High"))
table("classes/train.csv", [",x,kind"] + [",".join(r) for r in rows[:180]])
table("classes/test.csv", [",x"] + [",".join(r[:-1]) for r in rows[180:]])
table("classes/sample_submission.csv", [",kind"] + [r[0] + ",Low" for r in rows[180:]])
table("classes.answers.csv", [",kind"] + [r[0] + "," + r[-1] for r in rows[180:]])
END
(cd "$TMP" && "$py" make.py)
for t in office blanks classes; do
	make new TASK=$t DATA="$TMP/$t" >"$TMP/new.said" 2>&1 || sed "s/^/# /" "$TMP/new.said" >&2
	cp "$TMP/$t.answers.csv" work/$t/answers.csv
	make TASK=$t L=1 M=1 T=0 R=0 >"$TMP/$t.said" 2>&1 || sed 's/^/# /' "$TMP/$t.said" >&2
done
facts() { # task: metric, how many rows are held out, what they were scored by
	jq -c '[.score, .holdout]' "work/$1/run/split/rows.json" | tr '\n' ' '
	jq -r '"\(.metric) \(.problem) \(.target[0])"' "work/$1/run/task.json"
}
is 'an export with semicolons, padded text, ? and blanks: measured' "$(facts office)" \
	'["measured",40] rmse regression price'
ok 'and well: its scripts see cells as they are in the file' \
	jq -e '.score < 0.5' work/office/run/ensemble/best.json
ok 'the ids of its submission are written as the sample'\''s' \
	sh -c "sed 1d work/office/run/submission.csv | grep -qv '^00[0-9]*;'; test \$? = 1"
is 'it is graded by these, in whatever order the sample has them' \
	"$(make grade TASK=office 2>&1 | awk '$1 == "rmse" { print ($2 < 0.5) }')" 1
is 'a header with blanks' "$(facts blanks)" '["measured",36] accuracy binary  over'
is 'labels are written as they are' "$(sed 1d work/blanks/run/submission.csv | cut -d, -f2 | sort -u | tr '\n' ' ')" \
	' FALSE  TRUE '
is 'and graded' "$(make grade TASK=blanks 2>&1 | awk '$1 == "accuracy" { print ($2 > 0.8) }')" 1
is 'a class called None' "$(facts classes)" '["measured",36] accuracy multiclass kind'
is 'and an id without a name' "$(head -n 1 work/classes/run/submission.csv
	sed 1d work/classes/run/submission.csv | cut -d, -f2 | sort -u | tr '\n' ' ')" ',kind
High Low None '
is 'and graded, too' "$(make grade TASK=classes 2>&1 | awk '$1 == "accuracy" { print ($2 > 0.8) }')" 1
done_testing
