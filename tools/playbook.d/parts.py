"""Which parts of a script are worth studying and refining, best first."""
import book


def order(script, request):
    """The names of a script's refinable blocks, most promising first."""
    parts = [(k, t) for k, t in book.blocks(script) if k]
    members = [k for k, _ in parts if k.startswith("model ")]
    ranked = []
    for i, (name, text) in enumerate(parts):
        kind, member, facts, _ = book.read_block(text)
        if not facts or not book.choices(text):
            continue
        if name == "blend" and len(members) < 2:
            continue
        ranked.append((rank(kind, facts, text)
                       + book.dice(request, name).random(), i, name))
    return [name for _, _, name in sorted(ranked)]


def rank(kind, facts, text):
    """Less is sooner; a lead of one may be turned by the dice."""
    ranks = {"model": 0.5, "features": 0.8, "decision": 1.2, "target": 1.2,
             "blend": 1.8, "selection": 2.5}
    if kind == "target" and facts.metric == "rmsle":
        return 3
    if kind == "encoding":
        return 1.2 if facts.traits else 2.2
    if kind == "selection" and facts.columns > 30:
        return 0
    if kind == "features" and facts.columns > 30:
        return 2.5
    return ranks.get(kind, 3)
