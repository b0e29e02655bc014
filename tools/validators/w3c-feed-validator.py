"""Runs the W3C feed validator over documents, in one process because it is slow to start.

Standard input: one JSON object a line, {"file", "url", "type"}: a document, the address at which it is public and its
content type. Standard output: one JSON object a line, {"file", "events": [{"level", "name", "line", "params"}]}.
Argument: the folder of the validator (github.com/w3c/feedvalidator). Needs its requirements.txt.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(sys.argv[1], "src"))

import feedvalidator  # noqa: E402
from feedvalidator import compatibility  # noqa: E402
from feedvalidator.logging import Error, ValidationFailure  # noqa: E402


def validate(document):
    try:
        with open(document["file"], "rb") as stream:
            result = feedvalidator.validateStream(
                stream, firstOccurrenceOnly=0, contentType=document["type"], base=document["url"]
            )
        events = compatibility.AA(result["loggedEvents"])
    except ValidationFailure as failure:
        events = [failure.event]
    return [describe(event) for event in events]


def describe(event):
    known = ("element", "parent", "value", "attr", "message", "exception", "tag", "namespace", "uri", "text")
    return {
        "level": "error" if isinstance(event, Error) else "warning",
        "name": type(event).__name__,
        "line": event.params.get("line"),
        "params": {key: str(event.params[key]) for key in known if key in event.params},
    }


for line in sys.stdin:
    document = json.loads(line)
    print(json.dumps({"file": document["file"], "events": validate(document)}), flush=True)
