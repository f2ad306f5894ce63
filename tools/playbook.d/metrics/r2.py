# title: r2
# direction: higher
# labels: number
# names: r2, r^2, r², r squared, r-squared, r2 score, coefficient of
#   determination
from sklearn.metrics import r2_score


def score(y, p):
    return r2_score(y, p)
