# title: deciding
# ==== deciding ====
def decided(p, splits):
    """The answers, decided by what the other folds teach."""
    parts = [(rows, fit_decision(p[fit], y[fit])(p[rows]))
             for fit, rows in splits]
    out = np.zeros((len(y),) + parts[0][1].shape[1:], parts[0][1].dtype)
    for rows, part in parts:
        out[rows] = part
    return out
