# title: k nearest neighbours
# tier: 4
# rows: 0-20000
# encoding: scaled
# ==== neighbours ====
# plan: The ten nearest rows, nearer ones weighing more.
from sklearn.neighbors import KNeighborsKIND


def NAME():
    return KNeighborsKIND(10, weights="distance")
# ==== more neighbours ====
# plan: The twenty-five nearest rows, nearer ones weighing more: smoother.
from sklearn.neighbors import KNeighborsKIND


def NAME():
    return KNeighborsKIND(25, weights="distance")
# ==== fewer neighbours ====
# plan: The five nearest rows, nearer ones weighing more.
from sklearn.neighbors import KNeighborsKIND


def NAME():
    return KNeighborsKIND(5, weights="distance")
# ==== city-block neighbours ====
# plan: The twelve nearest rows by the sum of absolute differences, which one
#   odd column spoils less.
from sklearn.neighbors import KNeighborsKIND


def NAME():
    return KNeighborsKIND(12, weights="distance", p=1)
# ==== bagged neighbours ====
# plan: Twenty times the five nearest rows, each time in a random half of
#   the columns.
from sklearn.ensemble import BaggingKIND
from sklearn.neighbors import KNeighborsKIND


def NAME():
    return BaggingKIND(KNeighborsKIND(8, weights="distance"), 20,
                       max_features=0.5, max_samples=0.8, bootstrap=False,
                       random_state=SEED)
