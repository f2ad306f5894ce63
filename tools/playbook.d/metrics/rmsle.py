# title: rmsle
# direction: lower
# labels: number
# names: root mean squared logarithmic error, root mean squared log error, root
#   mean square logarithmic error, root mean square log error, rms log error,
#   rmsle
from sklearn.metrics import mean_squared_log_error


def score(y, p):
    return np.sqrt(mean_squared_log_error(y, np.maximum(p, 0)))
