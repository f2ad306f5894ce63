"""summarize: the ablation's lines as sentences, one for each part."""
import re

LINE = r"^([a-z0-9_ ]+) \| (.+?) \| ([-\d.e]+) \| ([-+\d.e]+)$"


def reply(inputs, request):
    lines, base = [], None
    for part, change, value, gain in re.findall(LINE, inputs["output"], re.M):
        if part == "baseline":
            base = value
            continue
        effect = float(gain)
        word = "better" if effect > 0 else "worse" if effect < 0 else "equal"
        lines.append("- %s: with %s the score is %s, %s by %.6f." % (
            part, change, value, word, abs(effect)))
    if not lines:
        return ("The ablation taught nothing: its output has no effect of a"
                " variation.")
    most = re.search(r"^Most important part: (.+)$", inputs["output"], re.M)
    lines.insert(0, "The script scores %s on the folds studied." % base)
    if most:
        lines.append("The part that matters most is %s." % most.group(1))
    return "\n".join(lines)
