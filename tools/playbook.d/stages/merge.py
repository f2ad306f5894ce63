"""merge: the reference's members join the base; the blend weighs them."""
import re
import textwrap

import book
import compose


def reply(inputs, request):
    base, reference = inputs["base"], inputs["reference"]
    if not (book.own(base) and book.own(reference)):
        return book.fence(base)
    parts = book.blocks(base)
    names = compose.member_names(base)
    fresh = []
    for name in compose.member_names(reference):
        new, n = name, 2
        while new in names:
            new, n = "%s%d" % (name, n), n + 1
        names.append(new)
        for kind in ("encoding ", "model "):
            text = dict(book.blocks(reference))[kind + name]
            fresh.append((kind + new, rename(text, name, new)))
    place = 1 + max(i for i, (k, _) in enumerate(parts)
                    if k and k.startswith("model "))
    parts[place:place] = fresh
    parts = [(k, compose.members(names) if k == "members" else t)
             for k, t in parts]
    if parts[0][0] is None:
        head = parts[0][1].strip()
        if "Members: " in head:
            head = " ".join(head.replace("\n#", "").split())
            head = head[:head.index("Members: ")]
            head = textwrap.fill(head + "Members: %s." % ", ".join(names), 79,
                                 subsequent_indent="# ")
        parts[0] = (None, head)
    return book.fence(book.join(parts))


def rename(text, old, new):
    text = re.sub(r"\b(encoding|model) %s\b" % old, r"\1 " + new, text, count=1)
    text = re.sub(r"\bdef %s_encoding\b" % old, "def %s_encoding" % new, text)
    return re.sub(r"\bdef %s\(" % old, "def %s(" % new, text)
