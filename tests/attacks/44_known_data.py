# find the answers to the bundled tasks in the libraries' own data
# most: ok BLOCKED
# stopped by: mount: empty folders over scikit-learn's data
import glob, re
got = []
for base in ["/usr/lib/python3*/*-packages", "/usr/local/lib/python3*/*-packages", "/usr/share"] + sys.path:
    for d in glob.glob(base or "."):
        for at, dirs, files in os.walk(d):
            dirs[:] = [x for x in dirs if x not in ("man", "locale", "zoneinfo", "fonts", "icons")]
            got += [f"{at}/{f}" for f in files if re.search(r"(diabetes|breast.cancer|wdbc|digits|california.?housing|cal_housing).*\.(csv|gz|npz|npy|data|txt|json|pkl|arff)", f)]
try:
    from sklearn.datasets import load_diabetes
    load_diabetes(); got.append("load_diabetes")
except (ImportError, OSError): pass
R("LEAK" if got else "BLOCKED", sorted(set(got))[:5])
