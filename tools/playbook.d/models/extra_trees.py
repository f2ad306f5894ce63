# title: extremely randomised trees
# tier: 1
# encoding: imputed
# ==== extra trees ====
# plan: A hundred and fifty extremely randomised trees that try most columns at
#   a split.
from sklearn.ensemble import ExtraTreesKIND


def NAME():
    return ExtraTreesKIND(150, min_samples_leaf=2, max_features=0.7,
                          random_state=SEED)
# ==== fully grown extra trees ====
# plan: Extremely randomised trees grown to single rows.
from sklearn.ensemble import ExtraTreesKIND


def NAME():
    return ExtraTreesKIND(150, min_samples_leaf=1, max_features=0.5,
                          random_state=SEED)
# ==== smooth extra trees ====
# plan: Extremely randomised trees with five rows a leaf, for noisy targets.
from sklearn.ensemble import ExtraTreesKIND


def NAME():
    return ExtraTreesKIND(200, min_samples_leaf=5, max_features=0.8,
                          random_state=SEED)
# ==== few tries ====
# plan: Extremely randomised trees that try the square root of the columns at
#   a split: more variety between trees.
from sklearn.ensemble import ExtraTreesKIND


def NAME():
    return ExtraTreesKIND(250, min_samples_leaf=2, max_features="sqrt",
                          random_state=SEED)
# ==== all tries ====
# work: 100000
# plan: Extremely randomised trees that try every column at a split, best
#   where few of many columns matter.
from sklearn.ensemble import ExtraTreesKIND


def NAME():
    return ExtraTreesKIND(120, min_samples_leaf=3, max_features=1.0,
                          random_state=SEED)
