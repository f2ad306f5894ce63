# title: macro-f1
# direction: higher
# labels: label
# names: macro-averaged f1, macro averaged f1, macro-average f1, macro average
#   f1, macro-f1, macro f1, f1 macro, f1-macro, f1_macro, f1 score (macro), f1
#   (macro), f1-score (macro), macro-averaged f-score, f1 score
#   (macro-averaged), f1 score with macro averaging, unweighted mean of the f1
from sklearn.metrics import f1_score


def score(y, p):
    return f1_score(y, p, average="macro")
