"""ablate: measures what happens when parts of the script are switched off
or to another alternative; parts not studied before come first."""
import re

import book
import compose
import parts as part_rules


def reply(inputs, request):
    script = inputs["script"]
    if not book.own(script):
        return book.fence(plain_run(script))
    there = dict(book.blocks(script))
    facts = book.read_block(there["features"])[2]
    studied = re.findall(r"^- ([a-z0-9_ ]+): with (.+?) instead of",
                         inputs.get("summaries", ""), re.M)
    wanted = part_rules.order(script, request)
    old = {part for part, _ in studied}
    wanted.sort(key=lambda part: part in old)  # not studied before: first
    names = compose.member_names(script)
    keep = [(k, t) for k, t in book.blocks(script)
            if k not in ("score", "submission")]
    regression = facts.problem == "regression"
    decided = compose.decides(facts)
    sign = 1 if book.snippets("metrics/" + facts.metric)[0].keys[
        "direction"] == "lower" else -1
    keep.append(("ablation", compose.frame("ablation", "begin", {
        "decide": "p = decided(p, inner)" if decided else "",
        "sign": sign,
        "zeros": "np.zeros((len(members), len(y)%s))" % (
            "" if regression else ", len(classes)")}).replace("    \n", "")))
    for part in wanted[:3]:
        seen = [title for p, title in studied if p == part]
        keep.append((part, variation(part, there[part], names, seen)))
    end = compose.frame("ablation", "end").split("\n", 1)[1]
    keep.append(("end", end))
    keep[0] = (None, "# An ablation study: " + keep[0][1].strip("# \n"))
    return book.fence(book.join(keep))


def variation(part, text, names, seen):
    """Code that replaces a block, measures and puts it back: switched off
    if it is not, else the most promising alternative not seen."""
    kind, member, facts, title = book.read_block(text)
    path = book.shelf(kind, member)
    off = book.alternatives(path, facts)[0]
    options = [off] * (off.title != title) + book.choices(text)
    now = ([s for s in options if s.title not in seen] or options)[0]
    defined = re.findall(r"^def (\w+)", text, re.M)
    code = book.block(part, now, facts, member).split("\n", 1)[1]
    saved = ", ".join(defined)
    lines = ["# --- variation: %s: %s instead of %s ---" % (
        part, now.title, title), "kept = [%s]" % saved, code]
    which = "range(len(members))"
    if kind in ("encoding", "model"):
        i = names.index(member)
        pair = "members[%d] = (%s_encoding, %s)" % (i, member, member)
        lines.append(pair)
        which = "[%d]" % i
    if kind in ("blend", "decision"):
        which = "[]"
    lines.append("report(%r, %r,\n       measure(predictions(P, %s)))" % (
        part, "%s instead of %s" % (now.title, title), which))
    lines.append("%s = kept" % (saved if len(defined) > 1 else saved + ","))
    if kind in ("encoding", "model"):
        lines.append(pair)
    return "\n".join(lines)


def plain_run(script):
    """A script that is not in blocks: its score is all that is learnt."""
    return ("# Not a script in the playbook's blocks: nothing to switch off,"
            " so it is run\n# as it is and its score is the baseline.\n"
            + script)
