# title: rmse
# direction: lower
# labels: number
# names: root mean squared error, root mean square error,
#   root-mean-squared-error, root mse, rms error, rmse
from sklearn.metrics import mean_squared_error


def score(y, p):
    return np.sqrt(mean_squared_error(y, p))
