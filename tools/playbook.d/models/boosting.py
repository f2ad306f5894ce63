# title: histogram gradient boosting
# tier: 1
# work: 200000
# rows: 50-
# encoding: ordinal
# ==== slow boosting ====
# plan: Histogram gradient boosting with a low learning rate, small trees and
#   an L2 penalty.
from sklearn.ensemble import HistGradientBoostingKIND


def NAME():
    return HistGradientBoostingKIND(
        learning_rate=0.07, max_iter=120, max_leaf_nodes=12,
        min_samples_leaf=15, l2_regularization=5.0, random_state=SEED)
# ==== deep boosting ====
# plan: Boosting with larger trees of few rows a leaf, at the same low rate,
#   for interactions of many columns.
from sklearn.ensemble import HistGradientBoostingKIND


def NAME():
    return HistGradientBoostingKIND(
        learning_rate=0.07, max_iter=120, max_leaf_nodes=24,
        min_samples_leaf=8, l2_regularization=10.0, random_state=SEED)
# ==== slower boosting ====
# work: 80000
# plan: Boosting with half the learning rate and twice the trees.
from sklearn.ensemble import HistGradientBoostingKIND


def NAME():
    return HistGradientBoostingKIND(
        learning_rate=0.035, max_iter=240, max_leaf_nodes=12,
        min_samples_leaf=15, l2_regularization=5.0, random_state=SEED)
# ==== shallow boosting ====
# plan: Boosting with trees of four leaves and large leaves, nearly additive,
#   for small or noisy data.
from sklearn.ensemble import HistGradientBoostingKIND


def NAME():
    return HistGradientBoostingKIND(
        learning_rate=0.06, max_iter=150, max_leaf_nodes=4,
        min_samples_leaf=25, l2_regularization=10.0, random_state=SEED)
# ==== bagged boosting ====
# work: 50000
# plan: Average four boosted models, each trained on a random 80 % of the
#   rows and columns of the fold's training part, which lowers their variance.
from sklearn.ensemble import BaggingKIND, HistGradientBoostingKIND


def NAME():
    booster = HistGradientBoostingKIND(
        learning_rate=0.08, max_iter=90, max_leaf_nodes=12,
        min_samples_leaf=12, l2_regularization=3.0, random_state=SEED)
    return BaggingKIND(booster, n_estimators=4, max_samples=0.8,
                       max_features=0.8, bootstrap=False, random_state=SEED)
# ==== gradient boosting on samples ====
# work: 30000
# plan: Exact gradient boosting where each tree sees a random half of the
#   rows and of the columns.
from sklearn.ensemble import GradientBoostingKIND


def NAME():
    return GradientBoostingKIND(
        n_estimators=300, learning_rate=0.05, max_depth=5, subsample=0.5,
        max_features=0.5, min_samples_leaf=5, random_state=SEED)
# ==== absolute error boosting ====
# when: mae
# plan: Boosting that minimises the absolute error itself.
from sklearn.ensemble import HistGradientBoostingRegressor


def NAME():
    return HistGradientBoostingRegressor(
        loss="absolute_error", learning_rate=0.06, max_iter=200,
        max_leaf_nodes=12, min_samples_leaf=15, random_state=SEED)
# ==== coarse boosting ====
# plan: Fewer, larger steps: quick, and less prone to follow noise in many
#   columns.
from sklearn.ensemble import HistGradientBoostingKIND


def NAME():
    return HistGradientBoostingKIND(
        learning_rate=0.12, max_iter=60, max_leaf_nodes=8,
        min_samples_leaf=20, l2_regularization=10.0, random_state=SEED)
