# title: lightgbm
# tier: 1
# needs: lightgbm
# work: 500000
# encoding: ordinal
# ==== lightgbm ====
# plan: Boosted trees on samples of rows and columns, with a penalty.
from lightgbm import LGBMKIND


def NAME():
    return LGBMKIND(
        n_estimators=250, learning_rate=0.05, max_depth=4, min_child_samples=5,
        subsample=0.7, subsample_freq=1, colsample_bytree=0.7,
        reg_lambda=3.0, verbose=-1, n_jobs=1, random_state=SEED)
# ==== shallow lightgbm ====
# plan: Trees of depth two, nearly additive, for small or noisy data.
from lightgbm import LGBMKIND


def NAME():
    return LGBMKIND(
        n_estimators=300, learning_rate=0.05, max_depth=2, min_child_samples=10,
        subsample=0.7, subsample_freq=1, colsample_bytree=0.7,
        reg_lambda=10.0, verbose=-1, n_jobs=1, random_state=SEED)
# ==== slower lightgbm ====
# plan: Half the learning rate and twice the trees.
from lightgbm import LGBMKIND


def NAME():
    return LGBMKIND(
        n_estimators=500, learning_rate=0.025, max_depth=4, min_child_samples=5,
        subsample=0.7, subsample_freq=1, colsample_bytree=0.7,
        reg_lambda=3.0, verbose=-1, n_jobs=1, random_state=SEED)
# ==== deep lightgbm ====
# plan: Trees of depth six, for interactions of many columns.
from lightgbm import LGBMKIND


def NAME():
    return LGBMKIND(
        n_estimators=250, learning_rate=0.04, max_depth=6, min_child_samples=3,
        subsample=0.7, subsample_freq=1, colsample_bytree=0.7,
        reg_lambda=5.0, verbose=-1, n_jobs=1, random_state=SEED)
# ==== smooth lightgbm ====
# plan: Large leaves and a strong penalty, for noise.
from lightgbm import LGBMKIND


def NAME():
    return LGBMKIND(
        n_estimators=250, learning_rate=0.04, max_depth=4, min_child_samples=20,
        subsample=0.7, subsample_freq=1, colsample_bytree=0.7,
        reg_lambda=30.0, verbose=-1, n_jobs=1, random_state=SEED)
