# title: submission
# ==== number ====
os.makedirs("./final", exist_ok=True)
submission = {{ids}}
submission[{{column}}] = final
submission.to_csv("./final/submission.csv", index=False)
# ==== label ====
os.makedirs("./final", exist_ok=True)
submission = {{ids}}
submission[{{column}}] = classes[final]
submission.to_csv("./final/submission.csv", index=False)
# ==== probability ====
os.makedirs("./final", exist_ok=True)
submission = {{ids}}
submission[{{column}}] = final[:, {{positive}}]
submission.to_csv("./final/submission.csv", index=False)
# ==== probabilities ====
os.makedirs("./final", exist_ok=True)
submission = {{ids}}
for column in {{class_columns}}:
    # a class's column bears its name, or ends with it
    fits = [i for i, c in enumerate(classes)
            if column.lower().endswith(str(c).lower())]
    best = max(fits, key=lambda i: len(str(classes[i])))
    submission[column] = final[:, best]
submission.to_csv("./final/submission.csv", index=False)
