# title: regularised linear model
# tier: 2
# encoding: scaled
# ==== ridge ====
# when: regression
# plan: Ridge regression, its penalty chosen by leave-one-out.
from sklearn.linear_model import RidgeCV


def NAME():
    return RidgeCV(alphas=np.logspace(-2, 4, 25))
# ==== lasso ====
# when: regression
# plan: Lasso regression, its penalty chosen by cross-validation inside the
#   fold: drops columns that tell nothing.
from sklearn.linear_model import LassoCV


def NAME():
    return LassoCV(n_alphas=40, cv=5, max_iter=3000, random_state=SEED)
# ==== elastic net ====
# when: regression
# plan: Elastic net, between ridge and lasso, its penalty chosen by
#   cross-validation inside the fold.
from sklearn.linear_model import ElasticNetCV


def NAME():
    return ElasticNetCV(l1_ratio=[0.3, 0.8], n_alphas=30, cv=4,
                        max_iter=3000, random_state=SEED)
# ==== bayesian ridge ====
# when: regression
# plan: Bayesian ridge regression, its penalty found by the evidence.
from sklearn.linear_model import BayesianRidge


def NAME():
    return BayesianRidge()
# ==== huber ====
# when: regression
# plan: Huber regression, on which outliers have less pull.
from sklearn.linear_model import HuberRegressor


def NAME():
    return HuberRegressor(epsilon=1.5, alpha=0.01, max_iter=300)
# ==== least angle lasso ====
# when: regression
# plan: Lasso along the least-angle path, its length chosen by the Bayesian
#   information criterion.
from sklearn.linear_model import LassoLarsIC


def NAME():
    return LassoLarsIC(criterion="bic")
# ==== logistic tuned ====
# when: binary
# work: 200000
# plan: Logistic regression, its penalty chosen by the log loss in a
#   cross-validation inside the fold.
from sklearn.linear_model import LogisticRegressionCV


def NAME():
    return LogisticRegressionCV(Cs=np.logspace(-3, 1.5, 8), cv=4,
                                scoring="neg_log_loss", max_iter=1000)
# ==== logistic ====
# when: binary multiclass
# plan: Logistic regression with a moderate penalty.
from sklearn.linear_model import LogisticRegression


def NAME():
    return LogisticRegression(C=0.3, max_iter=1000)
# ==== logistic strong ====
# when: binary multiclass
# plan: Logistic regression with a strong penalty, for many columns or noise.
from sklearn.linear_model import LogisticRegression


def NAME():
    return LogisticRegression(C=0.02, max_iter=1000)
# ==== logistic weak ====
# when: binary multiclass
# plan: Logistic regression with a weak penalty.
from sklearn.linear_model import LogisticRegression


def NAME():
    return LogisticRegression(C=5.0, max_iter=2000)
# ==== sparse logistic ====
# when: binary
# plan: Logistic regression with an L1 penalty: drops columns that tell
#   nothing.
from sklearn.linear_model import LogisticRegression


def NAME():
    return LogisticRegression(penalty="l1", solver="liblinear", C=0.15,
                              max_iter=1000, random_state=SEED)
# ==== discriminant ====
# when: binary multiclass
# plan: Linear discriminant analysis with a shrunk covariance.
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis


def NAME():
    return LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")
# ==== quadratic discriminant ====
# when: multiclass binary
# plan: Quadratic discriminant analysis with a regularised covariance for
#   each class.
from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis


def NAME():
    return QuadraticDiscriminantAnalysis(reg_param=0.2)
