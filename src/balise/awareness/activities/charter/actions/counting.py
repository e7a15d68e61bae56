"""Count a family's charter in the tally of the day, where the family says yes; tell the journal.

Nothing here says which family: what comes is a word, a band of ages and codes of rules.
"""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from balise.awareness.activities.charter.events import ChartersCounted, RulesCounted
from balise.awareness.activities.charter.models import CharterTally, RuleTally
from balise.awareness.activities.charter.rules.words import Of, What
from balise.foundation.actors import Actor
from balise.foundation.journal.events import Code
from balise.foundation.statistics import tallies


@transaction.atomic
def count(
    *,
    what: What,
    band: str,
    chosen: Collection[str] = (),
    kept: Collection[str] = (),
    by: Actor,  # noqa: ARG001 - anyone
) -> None:
    """Add one family to the day's tallies: what it did, the rules it chose and those it keeps."""
    tallies.add(CharterTally, what=what.value, band=band)
    for of, codes in ((Of.CHOSEN, chosen), (Of.KEPT, kept)):
        for code in sorted(set(codes)):
            tallies.add(RuleTally, of=of.value, practice=code, band=band)


def count_past(*, what: What, band: str, days: Mapping[date, int], by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add what families did on days of the past, so many each day; no rule of theirs is known."""
    tallies.add_past(CharterTally, days, what=what.value, band=band)


def tell_days(*, by: Actor) -> int:
    """Tell the journal what was counted on days that are over; return how many facts it was."""
    told = tallies.tell(CharterTally, _charters, by=by)
    return told + tallies.tell(RuleTally, _rules, by=by)


def _charters(one: CharterTally) -> ChartersCounted:
    return ChartersCounted(
        subject=_subject(one.day),
        day=one.day,
        what=Code(one.what),
        band=Code(one.band),
        families=one.untold,
    )


def _rules(one: RuleTally) -> RulesCounted:
    return RulesCounted(
        subject=_subject(one.day),
        day=one.day,
        of=Code(one.of),
        practice=Code(one.practice),
        band=Code(one.band),
        families=one.untold,
    )


def _subject(day: date) -> UUID:
    return uuid5(NAMESPACE_URL, f"awareness/charter/{day}")
