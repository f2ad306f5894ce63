# title: score
# ==== direct ====
oof, final = solve()
print("Final Validation Performance:",
      round(float(np.mean([score(y, p) for p in oof])), 6))
# ==== decided ====
oof, final = solve()
print("Final Validation Performance:",
      round(float(np.mean([score(y, decided(p, s))
                           for p, s in zip(oof, folds)])), 6))
final = fit_decision(np.concatenate(oof), np.tile(y, len(oof)))(final)
