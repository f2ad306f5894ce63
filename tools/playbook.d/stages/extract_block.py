"""extract-block: the part that mattered most and was not refined before."""
import ast
import json
import re

import book
import parts as part_rules

LINE = (r"^- ([a-z0-9_ ]+): with (.+?) instead of .+?, (better|worse|equal)"
        r" by ([\d.]+)\.$")


def reply(inputs, request):
    script = inputs["script"]
    there = dict(book.blocks(script))
    if not book.own(script):
        return answer(*foreign(script, inputs.get("blocks", "")))
    done = {m.group(1) for m in book.MARK.finditer(inputs.get("blocks", ""))}
    wanted = part_rules.order(script, request)
    wanted = [p for p in wanted if p not in done] or wanted
    best, plans = [], {}
    for part, title, word, size in re.findall(LINE, inputs["summary"], re.M):
        if part not in wanted:
            continue
        if word == "better":
            best.append((0, -float(size), part))
            plans[part] = title
        elif word == "worse" and off(there[part], title):
            best.append((1, -float(size), part))
    part = min(best)[2] if best else wanted[0]
    text = there[part]
    options = book.choices(text)
    found = [s for s in options if s.title == plans.get(part)]
    if not found:
        tried = set(re.findall(r"^- %s: with (.+?) instead of" % part,
                               inputs["summary"], re.M))
        found = [s for s in options if s.title not in tried] or options
    return answer(text, found[0].plan())


def off(text, title):
    """Was this variation the part switched off, not another try at it?"""
    kind, member, facts, _ = book.read_block(text)
    return book.alternatives(book.shelf(kind, member), facts)[0].title == title


def answer(block, plan):
    return json.dumps([{"code_block": block, "plan": plan}], indent=2)


def foreign(script, done):
    """Of a script not in blocks: a statement that makes an estimator."""
    try:
        nodes = list(ast.walk(ast.parse(script)))
    except SyntaxError:
        nodes = []
    lines = script.split("\n")
    for node in nodes:
        if not isinstance(node, ast.Assign) or node.col_offset:
            continue
        text = "\n".join(lines[node.lineno - 1:node.end_lineno])
        if (re.search(r"(Regressor|Classifier|Regression|Ridge|Lasso)\w*\(",
                      text) and script.count(text) == 1 and text not in done):
            return text, TUNE
    text = [t for t in lines if t.strip() and script.count(t) == 1]
    return (text or [script])[-1], TUNE


TUNE = ("more trees: Raise the number of trees or rounds by half and halve the"
        " learning rate, where the block has them.")
