# title: blend
# what: from the predictions of several to one. fit_blend(P, y) learns from
#   rows (P: one array each) and returns a function of others' predictions.
# ==== weighted ====
# plan: Average with the non-negative weights that bring the out-of-fold
#   predictions nearest to the truth, held towards equal ones as far as few
#   rows leave them uncertain (ridge).
from scipy.optimize import nnls


def fit_blend(P, y):
    truth = np.eye(P.shape[-1])[y] if P.ndim == 3 else y
    A, b = np.stack([p.ravel() for p in P], axis=1), truth.ravel()
    hold = np.std(b - A.mean(axis=1)) / 0.3
    A = np.vstack([A, hold * np.eye(len(P))])
    weights = nnls(A, np.append(b, np.full(len(P), hold / len(P))))[0]
    return lambda P: np.tensordot(weights / weights.sum(), P, axes=1)
# ==== average ====
# plan: Average all with equal weights, which cannot overfit.
def fit_blend(P, y):
    return lambda P: P.mean(axis=0)
# ==== half weighted ====
# plan: Average with weights halfway between equal and those of non-negative
#   least squares on the out-of-fold predictions.
from scipy.optimize import nnls


def fit_blend(P, y):
    truth = np.eye(P.shape[-1])[y] if P.ndim == 3 else y
    weights = nnls(np.stack([p.ravel() for p in P], axis=1), truth.ravel())[0]
    weights = (weights / max(weights.sum(), 1e-9) + 1 / len(P)) / 2
    return lambda P: np.tensordot(weights / weights.sum(), P, axes=1)
# ==== stacked ====
# when: regression
# plan: Stack: a ridge regression on the out-of-fold predictions, which may
#   also correct their scale.
from sklearn.linear_model import RidgeCV as Stacker


def fit_blend(P, y):
    scale = np.std(y) + 1e-12
    stacker = Stacker(alphas=np.logspace(-2, 3, 12)).fit(P.T / scale, y)
    return lambda P: stacker.predict(P.T / scale)
# ==== median ====
# when: regression
# plan: Take the median of the predictions, which ignores one that is far off.
def fit_blend(P, y):
    return lambda P: np.median(P, axis=0)
# ==== stacked logistic ====
# when: binary multiclass
# plan: Stack: a logistic regression on the logarithms of the out-of-fold
#   probabilities of all.
from sklearn.linear_model import LogisticRegression as Stacker


def fit_blend(P, y):
    def logs(P):
        return np.hstack(list(np.log(np.clip(P, 1e-3, 1))))

    stacker = Stacker(C=0.1, max_iter=500).fit(logs(P), y)
    return lambda P: stacker.predict_proba(logs(P))
# ==== ranks ====
# when: auc
# plan: Average the ranks of the probabilities instead of the probabilities:
#   only the order counts for this metric.
from scipy.stats import rankdata


def fit_blend(P, y):
    return lambda P: np.mean([rankdata(p, axis=0) / len(p) for p in P], axis=0)
# ==== geometric ====
# when: binary multiclass
# plan: Average the logarithms of the probabilities and normalise, so that a
#   confident member counts more.
def fit_blend(P, y):
    def mean(P):
        q = np.exp(np.log(np.clip(P, 1e-4, 1)).mean(axis=0))
        return q / q.sum(axis=1, keepdims=True)
    return mean
