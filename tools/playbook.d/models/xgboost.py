# title: xgboost
# tier: 1
# needs: xgboost
# work: 500000
# encoding: ordinal
# ==== xgboost ====
# plan: Boosted trees on samples of rows and columns, with a penalty.
from xgboost import XGBKIND


def NAME():
    return XGBKIND(
        n_estimators=250, learning_rate=0.05, max_depth=4, min_child_weight=5,
        subsample=0.7, colsample_bytree=0.7,
        reg_lambda=3.0, tree_method="hist", n_jobs=1, random_state=SEED)
# ==== shallow xgboost ====
# plan: Trees of depth two, nearly additive, for small or noisy data.
from xgboost import XGBKIND


def NAME():
    return XGBKIND(
        n_estimators=300, learning_rate=0.05, max_depth=2, min_child_weight=10,
        subsample=0.7, colsample_bytree=0.7,
        reg_lambda=10.0, tree_method="hist", n_jobs=1, random_state=SEED)
# ==== slower xgboost ====
# plan: Half the learning rate and twice the trees.
from xgboost import XGBKIND


def NAME():
    return XGBKIND(
        n_estimators=500, learning_rate=0.025, max_depth=4, min_child_weight=5,
        subsample=0.7, colsample_bytree=0.7,
        reg_lambda=3.0, tree_method="hist", n_jobs=1, random_state=SEED)
# ==== deep xgboost ====
# plan: Trees of depth six, for interactions of many columns.
from xgboost import XGBKIND


def NAME():
    return XGBKIND(
        n_estimators=250, learning_rate=0.04, max_depth=6, min_child_weight=3,
        subsample=0.7, colsample_bytree=0.7,
        reg_lambda=5.0, tree_method="hist", n_jobs=1, random_state=SEED)
# ==== smooth xgboost ====
# plan: Large leaves and a strong penalty, for noise.
from xgboost import XGBKIND


def NAME():
    return XGBKIND(
        n_estimators=250, learning_rate=0.04, max_depth=4, min_child_weight=20,
        subsample=0.7, colsample_bytree=0.7,
        reg_lambda=30.0, tree_method="hist", n_jobs=1, random_state=SEED)
