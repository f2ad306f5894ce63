"""search: model cards, n families that suit the task; lanes get others."""
import json

import book


def deal(task, request):
    """All suiting (family, variant) in this lane's order: families in tiers,
    each tier dealt out to the lanes as the seed shuffles it."""
    names = book.families(task.facts, task.packages.get("packages", {}))
    lane = max(1, request.get("lane") or 1) - 1
    tiers = {}
    for name in names:
        found = book.alternatives("models/" + name, task.facts)
        tiers.setdefault(float(found[0].keys.get("tier", 9)), []).append(name)
    first, rest = [], []
    for tier, there in sorted(tiers.items()):
        book.dice(request, "tier", tier).shuffle(there)
        turn = lane % len(there)
        there = there[turn:] + there[:turn]
        first.append(there[0])
        rest += there[1:]
    order = first + rest
    cards = []
    for name in order:
        found = book.alternatives("models/" + name, task.facts)
        pick = book.dice(request, "variant", name).randrange(2)
        cards.append((name, found[(pick + lane) % min(2, len(found))]))
    return cards


def reply(inputs, request):
    task = book.Task(inputs["task"])
    n = int(inputs.get("n") or request.get("n") or 1)
    cards = deal(task, request)
    for turn in range(1, 9):  # more wanted than families: other variants
        if len(cards) >= n:
            break
        for name, _ in list(cards):
            found = book.alternatives("models/" + name, task.facts)
            fresh = [s for s in found
                     if (name, s.title) not in [(a, b.title) for a, b in cards]]
            cards += [(name, fresh[0])] if fresh else []
    cards = cards[:n]
    book.dice(request, "order", request.get("lane")).shuffle(cards)
    return json.dumps([{
        "model_name": "%s (%s)" % (s.title, s.keys["title"]),
        "example_code": example(name, s, task.facts)}
        for name, s in cards], indent=2)


def example(name, snippet, facts):
    text = book.block("model " + name, snippet, facts, name)
    return "\n".join(text.split("\n")[1:]) + "\n"
