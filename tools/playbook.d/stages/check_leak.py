"""check-leak: is anything fitted on what the score is computed on?"""
import json

import leaks


def reply(inputs, request):
    found = leaks.find(inputs["script"])
    if found:
        return json.dumps([{"leakage_status": "Yes Data Leakage",
                            "code_block": found[0].block}], indent=2)
    return json.dumps([{"leakage_status": "No Data Leakage",
                        "code_block": first_fit(inputs["script"])}], indent=2)


def first_fit(script):
    """The line that was looked at: the first that fits something."""
    for line in script.split("\n"):
        if ".fit" in line:
            return line
    return ""
