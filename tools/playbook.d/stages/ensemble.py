"""ensemble: every solution a function, their predictions blended."""
import re

import book
import compose


def reply(inputs, request):
    scripts = book.fences(inputs["scripts"])
    scores = re.findall(r"score\W+(-?\d[\d.e+-]*)", re.sub(
        r"^```python\n.*?^```", "```", inputs["scripts"], flags=re.M | re.S),
        re.I)
    own = [i for i, s in enumerate(scripts) if book.own(s)]
    best = leader(scripts, scores, own)
    if len(own) < 2:  # nothing the playbook could take apart
        return book.fence(scripts[best])
    own.sort(key=lambda i: i != best)
    base = dict(book.blocks(scripts[best]))
    facts = book.read_block(base["features"])[2]
    options = book.alternatives("blocks/blend", facts)
    plan = inputs["plan"].strip()
    pick = [s for s in options if plan.startswith(s.title + ":")]
    if not pick:
        wanted = book.words(plan)
        pick = [max(options, key=lambda s: len(wanted & book.words(s.plan())))]
    parts = [(None, book.blocks(scripts[best])[0][1].strip().replace(
        "# Predicts", "# An ensemble that predicts", 1))]
    parts += [(k, base[k]) for k in ("data", "folds", "metric") if k in base]
    calls = []
    for n, i in enumerate(sorted(own), 1):
        parts.append(("", solution(n, scripts[i], base["data"])))
        calls.append("solution_%d()" % n)
    parts.append(("blend", book.block("blend", pick[0], facts)))
    kind = "logarithms" if facts.metric == "rmsle" else "plain"
    parts.append(("", compose.frame("solutions", kind,
                                    {"calls": ", ".join(calls)})))
    parts += [(k, base[k]) for k in ("decision", "deciding", "score",
                                     "submission") if k in base]
    return book.fence(book.join(parts))


def leader(scripts, scores, own):
    """The index of the best script, by score and the metric's direction."""
    if len(scores) != len(scripts) or not own:
        return own[0] if own else 0
    facts = book.Facts.parse(scripts[own[0]])
    sign = 1
    if book.snippets("metrics/" + facts.metric)[0].keys[
            "direction"] == "higher":
        sign = -1
    return min(own, key=lambda i: sign * float(scores[i]))


def solution(n, script, data):
    """A script's own blocks, wrapped so that names do not clash."""
    lines = ["# --- block: solution %d ---" % n, "def solution_%d():" % n]
    for name, text in book.blocks(script):
        if name in (None, "folds", "metric", "decision", "deciding", "score",
                    "submission"):
            continue
        if name == "data" and text == data:
            continue
        lines += [("    " + t) if t else t for t in text.split("\n")] + [""]
    return "\n".join(lines + ["    return solve()"])
