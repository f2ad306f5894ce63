# title: solutions
# ==== plain ====
parts = [{{calls}}]
raw = [np.stack([oof[r] for oof, _ in parts]) for r in range(REPEATS)]


def solve():
    """The blend of the solutions: out of fold, and of the test rows."""
    oof = []
    for P, splits in zip(raw, folds):
        out = np.zeros(P.shape[1:])
        for fit, rows in splits:
            out[rows] = fit_blend(P[:, fit], y[fit])(P[:, rows])
        oof.append(out)
    blend = fit_blend(np.concatenate(raw, axis=1), np.tile(y, REPEATS))
    return oof, blend(np.stack([final for _, final in parts]))
# ==== logarithms ====
# The metric compares logarithms, so these are what is blended.
parts = [{{calls}}]
raw = [np.log1p(np.maximum(np.stack([oof[r] for oof, _ in parts]), 0))
       for r in range(REPEATS)]


def solve():
    """The blend of the solutions: out of fold, and of the test rows."""
    oof, logs = [], np.log1p(y)
    for P, splits in zip(raw, folds):
        out = np.zeros(P.shape[1:])
        for fit, rows in splits:
            out[rows] = fit_blend(P[:, fit], logs[fit])(P[:, rows])
        oof.append(np.expm1(out))
    blend = fit_blend(np.concatenate(raw, axis=1), np.tile(logs, REPEATS))
    final = np.log1p(np.maximum(np.stack([f for _, f in parts]), 0))
    return oof, np.expm1(blend(final))
