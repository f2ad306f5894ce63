"""refine: the block rewritten as the plan says."""
import re

import book


def reply(inputs, request):
    text, plan = inputs["block"].strip("\n"), inputs["plan"]
    kind, member, facts, _ = book.read_block(text)
    options = book.choices(text)
    if not options:
        return book.fence(tune(text, plan))
    pick = [s for s in options if plan.strip().startswith(s.title + ":")]
    if pick:
        code = book.block(name(kind, member), pick[0], facts, member)
    else:
        near = max(options, key=lambda s: nearness(plan, s))
        code = book.block(name(kind, member), near, facts, member)
        code += ("\n# The plan names no alternative the playbook knows; this"
                 " is the nearest.")
    return book.fence(code)


def name(kind, member):
    return (kind + " " + member).strip()


def nearness(plan, s):
    wanted = book.words(plan)
    head, rest = book.words(s.title), book.words(s.plan())
    return len(wanted & head) * 3 + len(wanted & rest) / (1 + len(rest)) ** 0.5



FACTORS = {"more trees": (r"n_estimators|max_iter|n_iter", 1.5),
           "fewer trees": (r"n_estimators|max_iter|n_iter", 0.5),
           "larger leaves": (r"min_samples_leaf|min_child_samples", 2),
           "smaller leaves": (r"min_samples_leaf|min_child_samples", 0.5)}


def tune(text, plan):
    """A block not in the playbook's form: its numbers are turned."""
    for title, (names, factor) in FACTORS.items():
        if not plan.strip().startswith(title):
            continue
        def turn(m):
            return m.group(1) + str(max(1, round(int(m.group(2)) * factor)))
        new = re.sub(r"\b((?:%s)\s*=\s*)(\d+)" % names, turn, text)
        if title == "more trees":
            new = re.sub(r"\b(learning_rate\s*=\s*)([\d.]+)", lambda m:
                         m.group(1) + str(float(m.group(2)) / 2), new)
        if new != text:
            return new
    return text + "\n# The playbook knows no alternative for this block."
