"""Count what is done in a story, in the tally of the day; tell the journal of days that are over.

A choice that is made twice counts twice: nothing here knows one player from another.
"""

from collections.abc import Mapping
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q

from balise.awareness.activities.stories.events import StoryCounted
from balise.awareness.activities.stories.models import PlayTally
from balise.awareness.activities.stories.rules.words import Mode, What, ending_code
from balise.foundation.actors import Actor
from balise.foundation.journal.events import Code
from balise.foundation.statistics import tallies

_TOLD = (What.BEGUN, What.ENDED)


def count(*, story: str, mode: Mode, what: What, code: str = "", by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add one to the day's tally."""
    tallies.add(PlayTally, story=story, mode=mode.value, what=what.value, code=code)


def count_past(
    *,
    story: str,
    mode: Mode,
    what: What,
    days: Mapping[date, int],
    by: Actor,  # noqa: ARG001 - anyone
) -> None:
    """Add what was done in a story on days of the past, so many times each day."""
    tallies.add_past(PlayTally, days, story=story, mode=mode.value, what=what.value, code="")


def tell_days(*, by: Actor) -> int:
    """Tell the journal what was begun and finished on days that are over; return how many facts."""
    return tallies.tell(PlayTally, _fact, by=by, only=Q(what__in=_TOLD))


def _fact(one: PlayTally) -> StoryCounted:
    return StoryCounted(
        subject=uuid5(NAMESPACE_URL, f"awareness/story/{one.story}/{one.day}"),
        day=one.day,
        story=Code(one.story),
        mode=Code(one.mode),
        what=Code(one.what),
        ending=Code(ending_code(one.story, one.code) if one.code else ""),
        times=one.untold,
    )
