# title: selection
# what: which encoded columns a member sees; make_selection() is a step of
#   every pipeline
# ==== keep all ====
# plan: Keep every column.
def make_selection():
    return "passthrough"
# ==== importance ====
# plan: Keep the columns to which a small forest of extremely randomised trees
#   gives at least half the mean importance, chosen inside each fold.
from sklearn.ensemble import ExtraTreesKIND as Chooser
from sklearn.feature_selection import SelectFromModel


def make_selection():
    forest = Chooser(60, min_samples_leaf=3, random_state=SEED)
    return SelectFromModel(forest, threshold="0.5*mean")
# ==== significance ====
# plan: Keep the columns whose F test against the target has p < 0.1, chosen
#   inside each fold.
# when: binary multiclass
from sklearn.feature_selection import SelectFpr, f_classif


def make_selection():
    return SelectFpr(f_classif, alpha=0.1)
# ==== correlation ====
# plan: Keep the columns whose correlation with the target has p < 0.1, chosen
#   inside each fold.
# when: regression
from sklearn.feature_selection import SelectFpr, f_regression


def make_selection():
    return SelectFpr(f_regression, alpha=0.1)
# ==== few columns ====
# plan: Keep the most important tenth of the columns, at least five, as a
#   small forest ranks them inside each fold.
from sklearn.ensemble import ExtraTreesKIND as Chooser
from sklearn.feature_selection import SelectFromModel


def make_selection():
    forest = Chooser(60, min_samples_leaf=3, random_state=SEED)
    return SelectFromModel(forest, threshold=-np.inf,
                           max_features=lambda X: max(min(5, X.shape[1]),
                                                      X.shape[1] // 10))
# ==== sparse linear ====
# plan: Keep the columns that an L1-penalised logistic regression gives a
#   weight, chosen inside each fold.
# when: binary
# work: 400000
from sklearn.feature_selection import SelectFromModel
from sklearn.linear_model import LogisticRegression as Sparse
from sklearn.pipeline import make_pipeline as steps
from sklearn.preprocessing import MaxAbsScaler


def make_selection():
    chooser = Sparse(penalty="l1", solver="liblinear", C=0.2,
                     random_state=SEED)
    return steps(MaxAbsScaler(), SelectFromModel(chooser, threshold=1e-6))
# ==== sparse linear regression ====
# plan: Keep the columns that a lasso regression gives a weight, chosen inside
#   each fold.
# when: regression
from sklearn.feature_selection import SelectFromModel
from sklearn.linear_model import LassoCV as Sparse
from sklearn.pipeline import make_pipeline as steps
from sklearn.preprocessing import StandardScaler as Even


def make_selection():
    chooser = Sparse(cv=3, random_state=SEED)
    return steps(Even(), SelectFromModel(chooser, threshold=-np.inf,
                 max_features=lambda X: max(1, X.shape[1] // 2)))
# ==== shared information ====
# plan: Keep the half of the columns that share most information with the
#   target, estimated inside each fold.
# when: multiclass
# work: 500000
from functools import partial

from sklearn.feature_selection import SelectPercentile, mutual_info_classif


def make_selection():
    measure = partial(mutual_info_classif, random_state=SEED)
    return SelectPercentile(measure, percentile=50)
