import json

import numpy as np
import pandas as pd
from PIL import Image
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.svm import SVC

# Reading the data
train = pd.read_csv("input/train.csv", dtype={"id": str})
test = pd.read_csv("input/test.csv", dtype={"id": str})

# Further labels
with open("input/labels.json") as f:
    later = json.load(f)
later = pd.DataFrame({"id": list(later), "label": list(later.values())})
train = pd.concat([train, later], ignore_index=True)

# Features: the grey picture against its ground, brighter or darker
def features(name):
    grey = np.asarray(Image.open(f"input/images/{name}.png").convert("L"), float)
    rim = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    grey -= np.median(rim)
    return (grey / np.abs(grey).max() * np.sign(grey[8:16, 8:16].sum())).ravel()

X = np.array([features(name) for name in train["id"]])
y = train["label"].to_numpy()

# Model
model = SVC(C=10)

# Validation
folds = StratifiedKFold(5, shuffle=True, random_state=0)
score = cross_val_score(model, X, y, cv=folds, scoring="accuracy").mean()
print("Final Validation Performance:", score)

# Submission
model.fit(X, y)
test["label"] = model.predict(np.array([features(name) for name in test["id"]]))
test.to_csv("final/submission.csv", index=False)
