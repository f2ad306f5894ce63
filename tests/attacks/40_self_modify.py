# rewrite the script that runs, and leave modules and bytecode for the next run
# most: ok BLOCKED
# stopped by: mount: read-only /script; the working folder is not on the path and goes
out = {"append": tried(lambda: open(__file__, "a")), "pyc": tried(lambda: os.mkdir(os.path.dirname(__file__) + "/__pycache__")),
    "unlink": tried(lambda: os.unlink(__file__)), "chmod": tried(lambda: os.chmod(__file__, 0o777)),
    "beside": tried(lambda: open(os.path.dirname(__file__) + "/numpy.py", "w"))}
for n in "csv", "sitecustomize", "usercustomize": open(n + ".py", "w").write("print('RESULT: LEAK planted')")
open("x.pth", "w").write("import os; os.write(1, b'RESULT: LEAK pth')\n")
import csv, subprocess
subprocess.run([sys.executable, "-c", "pass"], stdin=subprocess.DEVNULL)
sys.path.append("")
said(out)
