# title: neural network
# tier: 3
# rows: 200-
# encoding: scaled
# work: 1000000
# ==== small network ====
# when: regression
# plan: Three networks of one hidden layer with weight decay on a scaled
#   target, averaged.
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import BaggingRegressor
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import StandardScaler as Even


def NAME():
    net = MLPRegressor((24,), alpha=1.0, solver="lbfgs", max_iter=100,
                       random_state=SEED)
    return TransformedTargetRegressor(
        BaggingRegressor(net, 3, bootstrap=False, random_state=SEED),
        transformer=Even())
# ==== stiff network ====
# when: regression
# plan: Three networks with strong weight decay, averaged: smoother.
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import BaggingRegressor
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import StandardScaler as Even


def NAME():
    net = MLPRegressor((16,), alpha=10.0, solver="lbfgs", max_iter=80,
                       random_state=SEED)
    return TransformedTargetRegressor(
        BaggingRegressor(net, 3, bootstrap=False, random_state=SEED),
        transformer=Even())
# ==== deeper network ====
# when: regression
# plan: Three networks of two hidden layers, averaged.
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import BaggingRegressor
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import StandardScaler as Even


def NAME():
    net = MLPRegressor((24, 12), alpha=2.0, solver="lbfgs", max_iter=100,
                       random_state=SEED)
    return TransformedTargetRegressor(
        BaggingRegressor(net, 3, bootstrap=False, random_state=SEED),
        transformer=Even())
# ==== bagged network ====
# when: regression
# plan: Six networks, each on a random sample of the rows, averaged.
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import BaggingRegressor
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import StandardScaler as Even


def NAME():
    net = MLPRegressor((20,), alpha=1.0, solver="lbfgs", max_iter=70,
                       random_state=SEED)
    return TransformedTargetRegressor(
        BaggingRegressor(net, 6, random_state=SEED), transformer=Even())
# ==== stopped network ====
# when: regression
# plan: Four wider networks whose training stops when a held-out tenth of the
#   fold's rows no longer improves, averaged.
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import BaggingRegressor
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import StandardScaler as Even


def NAME():
    net = MLPRegressor((48,), alpha=0.1, learning_rate_init=0.01,
                       batch_size=64, max_iter=60, early_stopping=True,
                       random_state=SEED)
    return TransformedTargetRegressor(
        BaggingRegressor(net, 4, bootstrap=False, random_state=SEED),
        transformer=Even())
# ==== small network ====
# when: binary multiclass
# plan: Three networks of one hidden layer with weight decay, averaged.
from sklearn.ensemble import BaggingClassifier
from sklearn.neural_network import MLPClassifier


def NAME():
    net = MLPClassifier((24,), alpha=2.0, solver="lbfgs", max_iter=60,
                        random_state=SEED)
    return BaggingClassifier(net, 3, bootstrap=False, random_state=SEED)
# ==== stiff network ====
# when: binary multiclass
# plan: Three networks with strong weight decay, averaged: smoother.
from sklearn.ensemble import BaggingClassifier
from sklearn.neural_network import MLPClassifier


def NAME():
    net = MLPClassifier((16,), alpha=10.0, solver="lbfgs", max_iter=60,
                        random_state=SEED)
    return BaggingClassifier(net, 3, bootstrap=False, random_state=SEED)
# ==== wide network ====
# when: binary multiclass
# plan: Two networks of a wide hidden layer, averaged.
from sklearn.ensemble import BaggingClassifier
from sklearn.neural_network import MLPClassifier


def NAME():
    net = MLPClassifier((64,), alpha=3.0, solver="lbfgs", max_iter=60,
                        random_state=SEED)
    return BaggingClassifier(net, 2, bootstrap=False, random_state=SEED)
# ==== bagged network ====
# when: binary multiclass
# plan: Six networks, each on a random sample of the rows, averaged.
from sklearn.ensemble import BaggingClassifier
from sklearn.neural_network import MLPClassifier


def NAME():
    net = MLPClassifier((20,), alpha=2.0, solver="lbfgs", max_iter=50,
                        random_state=SEED)
    return BaggingClassifier(net, 6, random_state=SEED)
# ==== stopped network ====
# when: binary multiclass
# plan: Four networks whose training stops when a held-out tenth of the
#   fold's rows no longer improves, averaged.
from sklearn.ensemble import BaggingClassifier
from sklearn.neural_network import MLPClassifier


def NAME():
    net = MLPClassifier((48,), alpha=0.1, learning_rate_init=0.01,
                        batch_size=64, max_iter=50, early_stopping=True,
                        random_state=SEED)
    return BaggingClassifier(net, 4, bootstrap=False, random_state=SEED)
