"""plan: the most promising alternative of a block not tried yet."""
import re

import book

TUNINGS = ["more trees: Raise the number of trees or rounds by half and halve"
           " the learning rate.", "fewer trees: Halve the number of trees or"
           " rounds, which is quicker and may generalise better.",
           "larger leaves: Double the rows a leaf must hold, for noise.",
           "smaller leaves: Halve the rows a leaf must hold."]


def reply(inputs, request):
    history = inputs.get("history", "")
    options = book.choices(inputs["block"])
    fresh = [s for s in options if not tried(s.title, history)]
    if not options:
        left = [t for t in TUNINGS if not tried(t.split(":")[0], history)]
        return (left or TUNINGS)[0]
    scores = earlier(history, options)
    fresh.sort(key=lambda s: unlikeness(s, scores))
    return (fresh or options)[0].plan()


def tried(title, history):
    return re.search(r"(?:^|[^\w ])\s*%s:" % re.escape(title), history)


def earlier(history, options):
    """(alternative, score) of the plans in the history, failed ones None."""
    found = []
    for s in options:
        m = tried(s.title, history)
        if m:
            score = re.search(r"score\W+(-?\d[\d.e+-]*|null|None|no)",
                              history[m.end():], re.I)
            try:
                found.append((s, float(score.group(1))))
            except (AttributeError, ValueError):
                found.append((s, None))
    return found


def unlikeness(snippet, scores):
    """Alternatives that resemble one that failed to run go last; else the
    snippet file's own order of promise stands (the sort is stable)."""
    failed = [s for s, score in scores if score is None]
    mine = book.words(snippet.code)
    return any(len(mine & book.words(s.code)) > 0.8 * len(mine)
               for s in failed)
