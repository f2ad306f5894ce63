# title: decision
# when: accuracy f1 macro-f1 qwk logloss
# what: from probabilities to the answer. fit_decision(p, y) learns from rows
#   and returns a function of the probabilities of others.
# ==== most likely ====
# when: accuracy f1 macro-f1 qwk
# plan: Answer the class with the highest probability.
def fit_decision(p, y):
    return lambda p: p.argmax(axis=1)
# ==== tuned weights ====
# when: accuracy f1 macro-f1 qwk
# plan: Multiply each class's probability by a weight, found one class at a
#   time by the score on the other folds, then answer the highest.
def fit_decision(p, y):
    weights = np.ones(p.shape[1])
    best = score(y, p.argmax(axis=1))
    for c in list(range(1, p.shape[1])) + [0]:
        for w in (0.5, 0.7, 0.85, 1.2, 1.45, 2.0):
            trial = weights.copy()
            trial[c] *= w
            now = score(y, (p * trial).argmax(axis=1))
            if now > best + 1e-3:
                best, weights = now, trial
    return lambda p: (p * weights).argmax(axis=1)
# ==== half balanced ====
# when: accuracy f1 macro-f1 qwk
# plan: Divide probabilities by the square root of the class's frequency, so
#   that rare classes are answered more often.
def fit_decision(p, y):
    prior = np.bincount(y, minlength=p.shape[1]) / len(y) + 1e-9
    return lambda p: (p / np.sqrt(prior)).argmax(axis=1)
# ==== balanced ====
# when: accuracy f1 macro-f1 qwk
# plan: Divide probabilities by the class's frequency, as if classes were
#   equally common.
def fit_decision(p, y):
    prior = np.bincount(y, minlength=p.shape[1]) / len(y) + 1e-9
    return lambda p: (p / prior).argmax(axis=1)
# ==== frequencies kept ====
# when: accuracy f1 macro-f1 qwk
# plan: Weight classes so that each is answered as often as it occurs in the
#   training rows, by a few rounds of adjusting.
def fit_decision(p, y):
    prior = np.bincount(y, minlength=p.shape[1]) / len(y) + 1e-9
    weights = np.ones(p.shape[1])
    for _ in range(30):
        given = np.bincount((p * weights).argmax(axis=1),
                            minlength=p.shape[1]) / len(y) + 1e-3
        weights *= (prior / given) ** 0.3
    return lambda p: (p * weights).argmax(axis=1)
# ==== rounded mean ====
# when: qwk
# plan: Round the expected class number; near misses cost little under
#   quadratic weights, so the middle of the distribution is safest.
def fit_decision(p, y):
    return lambda p: np.rint(p @ np.arange(p.shape[1])).astype(int)
# ==== cut points ====
# when: qwk
# plan: Cut the expected class number at points that give each class its
#   training frequency.
def fit_decision(p, y):
    share = np.cumsum(np.bincount(y, minlength=p.shape[1])) / len(y)
    mean = p @ np.arange(p.shape[1])
    cuts = np.quantile(mean, share[:-1])
    return lambda p: np.searchsorted(cuts, p @ np.arange(p.shape[1]))
# ==== plain probabilities ====
# when: logloss
# plan: Answer the probabilities as they are.
def fit_decision(p, y):
    return lambda p: p
# ==== temperature ====
# when: logloss
# plan: Raise probabilities to one power, found by the score on the other
#   folds, and normalise: it cools models that are too sure.
def fit_decision(p, y):
    def heat(p, power):
        q = np.clip(p, 1e-6, 1) ** power
        return q / q.sum(axis=1, keepdims=True)

    powers = np.geomspace(0.4, 2.5, 25)
    power = min(powers, key=lambda t: score(y, heat(p, t)))
    return lambda p: heat(p, power)
# ==== logistic calibration ====
# when: logloss
# plan: Fit a logistic regression from the log probabilities of the other
#   folds to the class, which corrects slope and offset.
def fit_decision(p, y):
    from sklearn.linear_model import LogisticRegression as Map

    def logs(p):
        return np.log(np.clip(p, 1e-4, 1))

    fitted = Map(C=1.0, max_iter=500).fit(logs(p), y)
    return lambda p: fitted.predict_proba(logs(p))
# ==== shrunk ====
# when: logloss
# plan: Mix probabilities with the class frequencies, the share found by the
#   score on the other folds.
def fit_decision(p, y):
    prior = np.bincount(y, minlength=p.shape[1]) / len(y)
    shares = np.linspace(0, 0.3, 16)
    share = min(shares, key=lambda s: score(y, (1 - s) * p + s * prior))
    return lambda p: (1 - share) * p + share * prior
# ==== floor ====
# when: logloss
# plan: Keep probabilities between 0.01 and 0.99, a bound on the price of a
#   confident mistake.
def fit_decision(p, y):
    def bound(p):
        q = np.clip(p, 0.01, 0.99)
        return q / q.sum(axis=1, keepdims=True)
    return bound
