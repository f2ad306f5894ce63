# title: support vector machine
# tier: 3
# rows: 0-5000
# work: 2000000
# encoding: scaled
# ==== support vectors ====
# when: regression
# plan: Support vector regression with a Gaussian kernel on a scaled target.
from sklearn.compose import TransformedTargetRegressor
from sklearn.preprocessing import StandardScaler as Even
from sklearn.svm import SVR


def NAME():
    return TransformedTargetRegressor(SVR(C=2.0, epsilon=0.1),
                                      transformer=Even())
# ==== stiff support vectors ====
# when: regression
# plan: Support vector regression with a wide kernel: smoother, for noise.
from sklearn.compose import TransformedTargetRegressor
from sklearn.preprocessing import StandardScaler as Even
from sklearn.svm import SVR


def NAME():
    smooth = SVR(C=1.0, epsilon=0.3, gamma=0.02)
    return TransformedTargetRegressor(smooth, transformer=Even())
# ==== bold support vectors ====
# when: regression
# plan: Support vector regression with a small penalty on errors left: follows
#   the data closely.
from sklearn.compose import TransformedTargetRegressor
from sklearn.preprocessing import StandardScaler as Even
from sklearn.svm import SVR


def NAME():
    return TransformedTargetRegressor(SVR(C=10.0, epsilon=0.05),
                                      transformer=Even())
# ==== kernel ridge ====
# when: regression
# rows: 0-3000
# plan: Kernel ridge regression with a Gaussian kernel on a scaled target.
from sklearn.compose import TransformedTargetRegressor
from sklearn.kernel_ridge import KernelRidge
from sklearn.preprocessing import StandardScaler as Even


def NAME():
    return TransformedTargetRegressor(KernelRidge(alpha=0.3, kernel="rbf"),
                                      transformer=Even())
# ==== laplacian ridge ====
# when: regression
# rows: 0-3000
# plan: Kernel ridge regression with a Laplacian kernel, which allows kinks.
from sklearn.compose import TransformedTargetRegressor
from sklearn.kernel_ridge import KernelRidge
from sklearn.preprocessing import StandardScaler as Even


def NAME():
    kinky = KernelRidge(alpha=0.2, kernel="laplacian")
    return TransformedTargetRegressor(kinky, transformer=Even())
# ==== support vectors ====
# when: binary multiclass
# plan: A support vector machine with a Gaussian kernel, its margins made
#   probabilities by a calibration inside the fold.
from sklearn.calibration import CalibratedClassifierCV
from sklearn.svm import SVC


def NAME():
    return CalibratedClassifierCV(SVC(C=2.0), cv=3, ensemble=False)
# ==== bold support vectors ====
# when: binary multiclass
# plan: A support vector machine with little penalty on its bends: follows
#   the data closely.
from sklearn.calibration import CalibratedClassifierCV
from sklearn.svm import SVC


def NAME():
    return CalibratedClassifierCV(SVC(C=10.0), cv=3, ensemble=False)
# ==== stiff support vectors ====
# when: binary multiclass
# plan: A support vector machine with a strong penalty on its bends, for noise.
from sklearn.calibration import CalibratedClassifierCV
from sklearn.svm import SVC


def NAME():
    return CalibratedClassifierCV(SVC(C=0.4), cv=3, ensemble=False)
# ==== wide support vectors ====
# when: binary multiclass
# plan: A support vector machine with a kernel three times as wide.
from sklearn.calibration import CalibratedClassifierCV
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import SVC


def NAME():
    narrow = FunctionTransformer(lambda X: np.asarray(X) / X.shape[1] ** 0.5)
    machine = chain(narrow, SVC(C=10.0, gamma=0.3))
    return CalibratedClassifierCV(machine, cv=3, ensemble=False)
# ==== cubic support vectors ====
# when: binary multiclass
# plan: A support vector machine with a cubic kernel.
from sklearn.calibration import CalibratedClassifierCV
from sklearn.svm import SVC


def NAME():
    return CalibratedClassifierCV(SVC(C=1.0, kernel="poly", coef0=1.0),
                                  cv=3, ensemble=False)
