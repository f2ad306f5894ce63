# title: additive splines
# tier: 2
# encoding: scaled
# work: 60000
# ==== spline ridge ====
# when: regression
# plan: An additive model: cubic splines of every column, then ridge
#   regression, its penalty chosen by leave-one-out.
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import SplineTransformer


def NAME():
    bends = SplineTransformer(n_knots=6, knots="quantile",
                              extrapolation="linear")
    return chain(bends, RidgeCV(alphas=np.logspace(-2, 3, 12)))
# ==== crossed splines ====
# when: regression
# plan: Cubic splines of every column and products of their columns in a
#   random kernel map, then ridge regression: bends and interactions.
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import SplineTransformer


def NAME():
    bends = SplineTransformer(n_knots=6, knots="quantile",
                              extrapolation="linear")
    cross = Nystroem(kernel="poly", degree=2, n_components=300,
                     random_state=SEED)
    return chain(bends, cross, RidgeCV(alphas=np.logspace(-4, 2, 12)))
# ==== coarse splines ====
# when: regression
# plan: An additive model of few knots, for noisy or few data.
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import SplineTransformer


def NAME():
    bends = SplineTransformer(n_knots=3, degree=2, knots="quantile",
                              extrapolation="linear")
    return chain(bends, RidgeCV(alphas=np.logspace(-2, 3, 12)))
# ==== fine splines ====
# when: regression
# plan: An additive model of many knots.
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import SplineTransformer


def NAME():
    bends = SplineTransformer(n_knots=12, knots="quantile",
                              extrapolation="linear")
    return chain(bends, RidgeCV(alphas=np.logspace(-2, 3, 12)))
# ==== polynomial ridge ====
# when: regression
# plan: Squares and products of all columns, then ridge regression, its
#   penalty chosen by leave-one-out.
# work: 30000
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import PolynomialFeatures, StandardScaler as Even


def NAME():
    return chain(PolynomialFeatures(2, include_bias=False), Even(),
                 RidgeCV(alphas=np.logspace(-1, 5, 13)))
# ==== sparse splines ====
# when: regression
# plan: An additive model whose splines are chosen by a lasso regression.
from sklearn.linear_model import LassoCV
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import SplineTransformer, StandardScaler as Even


def NAME():
    bends = SplineTransformer(n_knots=5, knots="quantile",
                              extrapolation="linear")
    return chain(bends, Even(), LassoCV(n_alphas=25, cv=3, max_iter=2000,
                                        random_state=SEED))
# ==== spline logistic ====
# when: binary multiclass
# plan: An additive model: cubic splines of every column, then logistic
#   regression.
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import SplineTransformer


def NAME():
    bends = SplineTransformer(n_knots=5, knots="quantile",
                              extrapolation="linear")
    return chain(bends, LogisticRegression(C=0.3, max_iter=1000))
# ==== coarse spline logistic ====
# when: binary multiclass
# plan: An additive logistic model of few knots, for noisy or few data.
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import SplineTransformer


def NAME():
    bends = SplineTransformer(n_knots=3, degree=2, knots="quantile",
                              extrapolation="linear")
    return chain(bends, LogisticRegression(C=0.1, max_iter=1000))
# ==== sparse spline logistic ====
# when: binary
# plan: An additive logistic model whose splines are chosen by an L1 penalty.
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import SplineTransformer


def NAME():
    bends = SplineTransformer(n_knots=4, knots="quantile",
                              extrapolation="linear")
    return chain(bends, LogisticRegression(penalty="l1", solver="liblinear",
                                           C=0.3, random_state=SEED))
# ==== polynomial logistic ====
# when: binary multiclass
# work: 30000
# plan: Squares and products of all columns, then logistic regression with a
#   strong penalty.
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import PolynomialFeatures, StandardScaler as Even


def NAME():
    return chain(PolynomialFeatures(2, include_bias=False), Even(),
                 LogisticRegression(C=0.02, max_iter=1000))
# ==== crossed spline logistic ====
# when: binary multiclass
# plan: Cubic splines and their products in a random kernel map, then
#   logistic regression: bends and interactions.
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import SplineTransformer, StandardScaler as Even


def NAME():
    bends = SplineTransformer(n_knots=5, knots="quantile",
                              extrapolation="linear")
    cross = Nystroem(kernel="poly", degree=2, n_components=200,
                     random_state=SEED)
    return chain(bends, cross, Even(),
                 LogisticRegression(C=0.01, max_iter=500))
# ==== binned logistic ====
# when: binary multiclass
# plan: Every column cut into five bins, then logistic regression: steps
#   instead of bends.
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import KBinsDiscretizer


def NAME():
    return chain(KBinsDiscretizer(5, encode="onehot-dense"),
                 LogisticRegression(C=0.1, max_iter=1000))
