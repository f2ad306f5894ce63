# title: qwk
# direction: higher
# labels: label
# names: quadratic weighted kappa, quadratically weighted kappa,
#   quadratic-weighted kappa, quadratic weighted cohen, quadratic kappa,
#   weighted kappa, cohen's kappa, qwk
from sklearn.metrics import cohen_kappa_score


def score(y, p):
    return cohen_kappa_score(y, p, weights="quadratic")
