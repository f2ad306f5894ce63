# title: ablation
# ==== begin ====
# Each variation is measured on three folds and then taken back.
tried = folds[0][:3]
seen = np.concatenate([rows for _, rows in tried])
inner = [(np.intersect1d(fit, seen), rows) for fit, rows in tried]
effects = {}


def predictions(P, which):
    """P with the predictions of some members made again."""
    P = P.copy()
    for i in which:
        for fit, rows in tried:
            P[i, rows] = predict(members[i], fit, X.iloc[rows])
    return P


def measure(P):
    p = blended(P, inner)
    {{decide}}
    return score(y[seen], p[seen])


def report(part, change, value):
    gain = (baseline - value) * {{sign}}
    effects[part] = gain
    print(f"{part} | {change} | {value:.6f} | {gain:+.6f}")


P = predictions({{zeros}}, range(len(members)))
baseline = measure(P)
print(f"baseline | the script as it is | {baseline:.6f} | +0")
# ==== end ====
best = max(effects, key=effects.get)
most = max(effects, key=lambda part: abs(effects[part]))
print("Most important part:", best if effects[best] > 0 else most)
