# title: logloss
# direction: lower
# labels: probability
# names: multi-class logarithmic loss, logarithmic loss, log loss, log-loss,
#   logloss, cross entropy, cross-entropy, crossentropy, negative log
#   likelihood
from sklearn.metrics import log_loss


def score(y, p):
    return log_loss(y, np.clip(p, 1e-6, 1), labels=range(len(classes)))
