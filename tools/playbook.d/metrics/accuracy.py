# title: accuracy
# direction: higher
# labels: label
# names: accuracy, classification accuracy, categorization accuracy, share of
#   correct, percentage of correct, percent correct, proportion of correct,
#   fraction of correct
from sklearn.metrics import accuracy_score


def score(y, p):
    return accuracy_score(y, p)
