"""Checking a compiled story in a child with limits: it comes from people, and may never end."""

from collections.abc import Sequence
from typing import Final

import orjson

from balise.awareness.activities.stories.rules import lint
from balise.awareness.activities.stories.rules.findings import Finding
from balise.awareness.activities.stories.rules.lint import Facts
from balise.awareness.activities.stories.rules.plan import Stop
from balise.foundation.limited.calling import Answered, Limits, OverLimit, call

_LIMITS: Final = Limits(processor=60, memory=2 << 30, time=240, answer=4_000_000)


def linted(compiled: str, facts: Facts) -> tuple[Sequence[Finding], Sequence[Stop]]:
    """Return what is wrong with a story, and its map; one that takes too long is a finding too."""
    told = {"compiled": compiled, "facts": facts.told()}
    match call(work, orjson.dumps(told), limits=_LIMITS):
        case Answered(octets):
            told = orjson.loads(octets)
            stops = [Stop.read(each) for each in told["plan"]]
            return [Finding.read(each) for each in told["findings"]], stops
        case OverLimit(limit):
            return [Finding("endless", "", f"the check did not come to an end: {limit.value}")], ()
        case _:
            return [Finding("unreadable", "", "the story could not be checked")], ()


def work(octets: bytes) -> bytes:
    """Check the story that is told; return its findings and its map."""
    told = orjson.loads(octets)
    found, stops = lint.check(told["compiled"], Facts.read(told["facts"]))
    return orjson.dumps(
        {"findings": [each.told() for each in found], "plan": [each.told() for each in stops]}
    )
