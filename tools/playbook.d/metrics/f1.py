# title: f1
# direction: higher
# labels: label
# names: f1 score, f1-score, f1 measure, f1, f-score, f-measure, f score, f
#   measure
from sklearn.metrics import f1_score


def score(y, p):
    return f1_score(y, p, average="binary" if len(classes) == 2 else "weighted")
