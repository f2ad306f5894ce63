# title: folds
# ==== regression ====
# The same in every script of a run, so that scores compare.
from sklearn.model_selection import KFold as Folds

FOLDS, REPEATS = {{folds}}
folds = [list(Folds(FOLDS, shuffle=True, random_state=SEED + r).split(X, y))
         for r in range(REPEATS)]
# ==== classification ====
# The same in every script of a run, so that scores compare.
from sklearn.model_selection import StratifiedKFold as Folds

FOLDS, REPEATS = {{folds}}
folds = [list(Folds(FOLDS, shuffle=True, random_state=SEED + r).split(X, y))
         for r in range(REPEATS)]
