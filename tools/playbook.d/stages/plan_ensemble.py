"""plan-ensemble: how to blend the solutions; each round another way."""
import re

import book


def reply(inputs, request):
    found = book.Facts.parse(inputs["scripts"])
    options = book.alternatives("blocks/blend", found)
    if not found:
        options = [s for s in options if "when" not in s.keys]
    first, rest = options[:1], options[1:]
    book.dice(request, "ensemble").shuffle(rest)
    history = inputs.get("history", "")
    fresh = [s for s in first + rest if not re.search(
        r"(?:^|[^\w ])\s*%s:" % re.escape(s.title), history)]
    return (fresh or first)[0].plan()
