# title: mae
# direction: lower
# labels: number
# names: mean absolute error, mean absolute deviation, average absolute error,
#   mae
from sklearn.metrics import mean_absolute_error


def score(y, p):
    return mean_absolute_error(y, p)
