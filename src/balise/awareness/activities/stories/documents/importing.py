"""Writing a story of Twine as ink, in a child with limits: its text is a stranger’s."""

from typing import Final

import orjson

from balise.awareness.activities.stories.documents.compiling import LONGEST
from balise.awareness.activities.stories.rules import twee
from balise.awareness.activities.stories.rules.twee import Imported, LeftOut, TweeFaulty
from balise.foundation.limited.calling import Answered, Limits, call

_LIMITS: Final = Limits(processor=10, memory=1 << 30, time=60, answer=8_000_000)


def imported(text: str) -> Imported:
    """Return a story of Twee 3, or of Twine 2 JSON. Raises TweeFaulty."""
    octets = text.encode()
    if len(octets) > LONGEST:
        raise TweeFaulty(f"it is longer than {LONGEST} octets")
    outcome = call(work, octets, limits=_LIMITS)
    if not isinstance(outcome, Answered):
        raise TweeFaulty("it cannot be read within our limits")
    told = orjson.loads(outcome.octets)
    if "why" in told:
        raise TweeFaulty(told["why"])
    left_out = tuple(LeftOut(**each) for each in told["left_out"])
    return Imported(told["title"], told["ink"], left_out)


def work(octets: bytes) -> bytes:
    """Return the story as JSON, or why it is none."""
    try:
        return orjson.dumps(twee.imported(octets.decode()))
    except TweeFaulty as error:
        return orjson.dumps({"why": str(error)})
