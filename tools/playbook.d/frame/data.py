# title: data
# ==== table ====
import os

os.environ["OMP_NUM_THREADS"] = "1"  # the same sums on every machine
import numpy as np
import pandas as pd

SEED = {{seed}}
TARGET = {{target}}
train = {{train}}
test = {{test}}
train = train[train[TARGET].notna()].reset_index(drop=True)
{{y}}
columns = [c for c in train.columns if c in test.columns
           and c not in ({{others}},) and train[c].nunique(dropna=False) > 1]


def day_first(column):
    """31.12.2020, 31-12-2020 and 31/12/2020, not 12/31/2020."""
    part = column.astype(str).str.extract(r"^(\d\d)([-/.])(\d\d)[-/.]\d{4}")
    day, month = part[0].astype(float) > 12, part[2].astype(float) > 12
    return bool(day.any() or part[1].isin(["-", "."]).any() and not month.any())


def prepare(frame):
    """Numbers as numbers, everything else as text, dates as their parts."""
    out = {}
    for c in columns:
        kind = train[c].dtype.kind
        if c in {{dates}}:
            when = pd.to_datetime(frame[c], errors="coerce",
                                  dayfirst=day_first(train[c]))
            out[c + " day"] = (when - pd.Timestamp("2000-01-01")).dt.days
            out[c + " year"], out[c + " month"] = when.dt.year, when.dt.month
            out[c + " weekday"] = when.dt.weekday
        elif kind in "biuf":
            out[c] = pd.to_numeric(frame[c], errors="coerce").astype(float)
        elif train[c].nunique() <= 0.8 * len(train):
            text = frame[c].astype(object)
            out[c] = text.where(text.notna(), "missing").astype(str)
    return pd.DataFrame(out).replace([np.inf, -np.inf], np.nan)


X, X_test = prepare(train), prepare(test)
# ==== numbers ====
import os

os.environ["OMP_NUM_THREADS"] = "1"  # the same sums on every machine
import numpy as np
import pandas as pd

SEED = {{seed}}
TARGET = {{target}}
train = {{train}}
test = {{test}}
train = train[train[TARGET].notna()].reset_index(drop=True)
{{y}}
columns = [c for c in train.columns if c in test.columns
           and c not in ({{others}},) and train[c].nunique(dropna=False) > 1]
X, X_test = [frame[columns].astype(float).replace([np.inf, -np.inf], np.nan)
             for frame in (train, test)]
