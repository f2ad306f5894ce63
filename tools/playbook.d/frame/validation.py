# title: validation
# ==== regression ====
# All that learns is fitted inside the folds, on the other folds' rows only.
from sklearn.pipeline import make_pipeline


def predict(member, rows, frame):
    """Fit a member on some training rows, predict another frame."""
    encoding, model = member
    pipeline = make_pipeline(make_features(), encoding(), make_selection(),
                             model())
    pipeline.fit(X.iloc[rows], forward(y[rows]))
    return pipeline.predict(frame)


def out_of_fold(splits):
    """Each member's predictions, by models that never saw the row."""
    P = np.zeros((len(members), len(y)))
    for fit, rows in splits:
        for i, member in enumerate(members):
            P[i, rows] = predict(member, fit, X.iloc[rows])
    return P


def blended(P, splits):
    """The blend, learnt on the other folds' predictions."""
    out = np.zeros(P.shape[1:])
    for fit, rows in splits:
        out[rows] = fit_blend(P[:, fit], forward(y[fit]))(P[:, rows])
    return backward(out)


def solve():
    """Predictions of the training rows, once a repeat, and of the test."""
    raw = [out_of_fold(splits) for splits in folds]
    blend = fit_blend(np.concatenate(raw, axis=1),
                      np.tile(forward(y), len(raw)))
    every = np.arange(len(y))
    final = blend(np.stack([predict(m, every, X_test) for m in members]))
    return [blended(P, s) for P, s in zip(raw, folds)], backward(final)
# ==== classification ====
# All that learns is fitted inside the folds, on the other folds' rows only.
from sklearn.pipeline import make_pipeline


def predict(member, rows, frame):
    """Fit a member on some training rows, predict another frame."""
    encoding, model = member
    pipeline = make_pipeline(make_features(), encoding(), make_selection(),
                             model())
    pipeline.fit(X.iloc[rows], y[rows])
    p = np.zeros((len(frame), len(classes)))
    p[:, pipeline.classes_] = pipeline.predict_proba(frame)
    return p


def out_of_fold(splits):
    """Each member's predictions, by models that never saw the row."""
    P = np.zeros((len(members), len(y), len(classes)))
    for fit, rows in splits:
        for i, member in enumerate(members):
            P[i, rows] = predict(member, fit, X.iloc[rows])
    return P


def blended(P, splits):
    """The blend, learnt on the other folds' predictions."""
    out = np.zeros(P.shape[1:])
    for fit, rows in splits:
        out[rows] = fit_blend(P[:, fit], y[fit])(P[:, rows])
    return out


def solve():
    """Predictions of the training rows, once a repeat, and of the test."""
    raw = [out_of_fold(splits) for splits in folds]
    blend = fit_blend(np.concatenate(raw, axis=1), np.tile(y, len(raw)))
    every = np.arange(len(y))
    final = blend(np.stack([predict(m, every, X_test) for m in members]))
    return [blended(P, s) for P, s in zip(raw, folds)], final
