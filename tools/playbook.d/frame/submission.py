# title: submission
# ==== number ====
os.makedirs("./final", exist_ok=True)
submission = {{begin}}
submission[{{column}}] = final
submission.to_csv("./final/submission.csv", index=False{{sep}})
# ==== label ====
os.makedirs("./final", exist_ok=True)
submission = {{begin}}
submission[{{column}}] = classes[final]
submission.to_csv("./final/submission.csv", index=False{{sep}})
# ==== probability ====
os.makedirs("./final", exist_ok=True)
submission = {{begin}}
submission[{{column}}] = final[:, 1]
submission.to_csv("./final/submission.csv", index=False{{sep}})
# ==== probabilities ====
os.makedirs("./final", exist_ok=True)
submission = {{begin}}
for column in submission.columns.difference({{ids}}):
    # a class's column bears its name, or ends with it
    fits = [i for i, c in enumerate(classes)
            if column.lower().endswith(str(c).lower())]
    if fits:
        best = max(fits, key=lambda i: len(str(classes[i])))
        submission[column] = final[:, best]
submission.to_csv("./final/submission.csv", index=False{{sep}})
