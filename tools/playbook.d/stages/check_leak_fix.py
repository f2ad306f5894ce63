"""check-leak-fix: the leaking block so that it learns from training rows."""
import ast
import re

import book
import leaks


def reply(inputs, request):
    block = inputs["block"].strip("\n")
    for leak in leaks.find(inputs["script"]):
        if leak.block.strip("\n") == block:
            return book.fence(FIXES[leak.rule](leak))
    return book.fence("# The playbook sees no leak in this block.\n" + block)


def indent(leak):
    return re.match(r"\s*", leak.block).group()


def text_of(node):
    return ast.unparse(node)


def swap(text, old, new):
    return re.sub(r"\b%s\b" % re.escape(old), lambda m: new, text)


def learning(s):
    """(the call that learns, the text of what learns)"""
    for call in leaks.calls(s):
        if leaks.called(call) in leaks.LEARNS:
            return call, text_of(call.func.value)
    return None, ""


def learns_early(leak):
    """Move what learns behind the split; without parts to learn from, leave
    it out."""
    s, scope, pad = leak.node, leak.scope, indent(leak)
    call, maker = learning(s)
    frame = leaks.root(call.args[0]) if call.args else None
    out = text_of(s.targets[0]) if isinstance(s, ast.Assign) else None
    own = len(text_of(s).split("\n"))
    if leak.block.count("\n") < own and not holds_split(leak):
        note = pad + "# learnt from all rows, so it is left out: %s\n" % (
            text_of(s).split("\n")[0][:40])
        if out is None or text_of(call.args[0]) == out:
            return note + pad + "pass"
        return note + pad + "%s = %s" % (out, text_of(call.args[0]))
    rest = leak.block.split("\n")[s.end_lineno - s.lineno + 1:]
    if leaks.called(call) == "fit":
        return learns_later(s, scope, pad, call, rest)
    lines = []
    if "(" in maker:  # made in place: give it a name
        lines.append("fitted = " + maker)
        maker = "fitted"
    if out and out != text_of(call.args[0]):
        lines.append("%s = %s" % (out, text_of(call.args[0])))
    lines = [pad + t for t in lines] + rest
    parts = scope.parts.get(leaks.root(s.targets[0]) if out else frame) or (
        scope.parts.get(frame)) or list(scope.parts.values())[0]
    base = frame if out is None else leaks.root(s.targets[0])
    source = text_of(call.args[0])
    extra = "".join(", " + scope.parts.get(text_of(a), [text_of(a)])[0]
                    for a in call.args[1:])

    def of(part):  # X[c] or X as it reads in a part of the rows
        if source == frame or not out or frame != base:
            return part
        return swap(source, base, part)
    train, held = of(parts[0]), of(parts[1])
    if out is None:
        return "\n".join(lines + [pad + "%s.%s(%s%s)" % (
            maker, leaks.called(call), train, extra)])
    whole = out if out != source else source
    lines += [pad + t for t in (
        "%s = %s.fit_transform(%s%s)" % (train, maker, train, extra),
        "%s = %s.transform(%s)" % (held, maker, held),
        "%s = %s.transform(%s)" % (out, maker, whole))]
    return "\n".join(lines)


def learns_later(s, scope, pad, call, rest):
    """Fit on the training part, then transform whatever was transformed."""
    name, base = leaks.learner(s, call), text_of(call.args[0])
    parts = scope.parts.get(base) or list(scope.parts.values())[0]
    new = text_of(s)
    for frame in [text_of(a) for a in call.args]:
        if frame in scope.parts:
            new = swap(new, frame, scope.parts[frame][0])
    uses = [t for t in rest if name + ".transform(" in t]
    lines = [t for t in rest if t not in uses] + [pad + new]
    return "\n".join(lines + [swap(t, base, part) for t in uses
                              for part in list(parts) + [base]])


def holds_split(leak):
    return "train_test_split(" in leak.block


def statistics(leak):
    """Statistics of the training part, used on both parts."""
    s, scope, pad = leak.node, leak.scope, indent(leak)
    base = leaks.root(s.targets[0]) if isinstance(s, ast.Assign) else None
    if not holds_split(leak) or not base:
        text = re.sub(r"\b[\w.\[\]'\"]+\.(mean|median|std|mode)\(\)"
                      r"(\.iloc\[0\]|\[0\])?", "0", text_of(s))
        return "%s# a statistic of all rows, so a constant\n%s%s" % (
            pad, pad, text)
    rest = leak.block.split("\n")[s.end_lineno - s.lineno + 1:]
    train, held = scope.parts.get(base) or list(scope.parts.values())[0]
    fact = r"\b%s((?:\[[^]]*\])?\.(?:%s)\()" % (
        re.escape(base), "|".join(leaks.STATISTICS))

    def of(part):
        told = re.sub(fact, r"\0@\1", text_of(s)).replace("\0@", "\1@")
        return swap(told, base, part).replace("\1@", "seen")
    return "\n".join(rest + [pad + "seen = %s.copy()" % train] + [
        pad + of(p) for p in (train, held, base)])


def target_means(leak):
    """Counts instead of target means: they know nothing of the target."""
    text = re.sub(r"(transform|agg)\((['\"])(mean|median|std|target)\2\)",
                  r'\1("count")', text_of(leak.node))
    text = re.sub(r"\.(mean|median|std)\(\)", ".count()", text)
    return "%s# the mean target of all rows would leak; a count does not\n" \
        "%s%s" % (indent(leak), indent(leak), text)


def train_only(leak):
    """Fit on the training part."""
    call, _ = learning(leak.node)
    text = text_of(leak.node)
    parts = leak.scope.parts
    if not parts:
        return indent(leak) + "# fitted on all rows before\n" + leak.block
    held = {p[1]: p[0] for p in parts.values()}
    old, _, tail = text.partition(text_of(call))
    if leaks.called(call) == "fit_transform" and text_of(
            call.args[0]) in held:
        now = "%s.transform(%s)" % (text_of(call.func.value),
                                    text_of(call.args[0]))
        return indent(leak) + old + now + tail
    new = [parts[text_of(a)][0] if text_of(a) in parts
           else held.get(text_of(a), text_of(a)) for a in call.args]
    keys = [text_of(k) if k.arg else text_of(k.value) for k in call.keywords]
    now = "%s.%s(%s)" % (text_of(call.func.value), leaks.called(call),
                         ", ".join(new + keys))
    return indent(leak) + old + now + tail


def cross_validated(leak):
    """Predictions by models that did not see the row."""
    pad, text = indent(leak), text_of(leak.node)
    for call in leaks.calls(leak.node):
        if leaks.called(call) in ("predict", "predict_proba"):
            now = "cross_val_predict(%s, %s, cv=5, method=%r)" % (
                text_of(call.func.value), ", ".join(leak.fitted[:2]),
                leaks.called(call))
            text = text.replace(text_of(call), now)
    return "%sfrom sklearn.model_selection import cross_val_predict\n%s%s" % (
        pad, pad, text)


FIXES = {"fit before split": learns_early,
         "statistics before split": statistics,
         "target encoding": target_means, "fit on validation": train_only,
         "fit on all rows": train_only,
         "scored on training rows": cross_validated}
