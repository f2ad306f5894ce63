# title: random forest
# tier: 4
# encoding: ordinal
# ==== random forest ====
# plan: A random forest of a hundred trees.
from sklearn.ensemble import RandomForestKIND


def NAME():
    return RandomForestKIND(100, min_samples_leaf=2, max_features=0.4,
                            random_state=SEED)
# ==== smooth forest ====
# plan: A random forest with five rows a leaf, for noisy targets.
from sklearn.ensemble import RandomForestKIND


def NAME():
    return RandomForestKIND(100, min_samples_leaf=5, max_features=0.5,
                            random_state=SEED)
# ==== varied forest ====
# plan: A random forest that tries the square root of the columns at a split:
#   more variety between trees.
from sklearn.ensemble import RandomForestKIND


def NAME():
    return RandomForestKIND(150, min_samples_leaf=1, max_features="sqrt",
                            random_state=SEED)
# ==== half samples forest ====
# plan: A random forest whose trees see a random half of the rows.
from sklearn.ensemble import RandomForestKIND


def NAME():
    return RandomForestKIND(150, max_samples=0.5, max_features=0.5,
                            random_state=SEED)
# ==== greedy forest ====
# plan: A random forest that tries most columns at a split, fully grown.
from sklearn.ensemble import RandomForestKIND


def NAME():
    return RandomForestKIND(80, min_samples_leaf=1, max_features=0.8,
                            random_state=SEED)
