"""A past of charters: families that said yes, over half a year; always the same."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from django.conf import settings

from balise.awareness.activities.charter import actions
from balise.awareness.activities.charter.models import CharterTally, RuleTally
from balise.awareness.activities.charter.rules.bank import Band, bank
from balise.awareness.activities.charter.rules.charter import LATER, SEVERAL
from balise.awareness.activities.charter.rules.picks import Of, What
from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor

DAYS: Final = 180
_WEEK: Final = 7
_FINISHES: Final = 0.35
_REOPENS: Final = 0.2
_KEEPS: Final = 0.6
_CHOSEN: Final = (3, 4, 5, 5, 6)
_BANDS: Final = (Band.FROM_6, Band.FROM_8, Band.FROM_8, Band.FROM_11, Band.FROM_14)


def fill(people: Mapping[str, Actor]) -> None:
    """Count the families of each day, tell the journal week by week, and change the bank."""
    _change(by=people["editor"])
    charters: Counter[tuple[date, str, str]] = Counter()
    chosen: Counter[tuple[date, str, str, str]] = Counter()
    for day, what, band, rules in _families(clock.today()):
        charters[day, what, band] += 1
        of = Of.KEPT if what is What.REOPENED else Of.CHOSEN
        chosen.update((day, of.value, code, band) for code in rules)
    CharterTally.objects.bulk_create(
        CharterTally(day=day, what=what, band=band, times=families)
        for (day, what, band), families in charters.items()
    )
    RuleTally.objects.bulk_create(
        RuleTally(day=day, of=of, practice=code, band=band, times=families)
        for (day, of, code, band), families in chosen.items()
    )
    for ago in range(DAYS - _WEEK, -_WEEK, -_WEEK):
        with clock.at(clock.ago(timedelta(days=max(ago, 0)))):
            actions.tell_days(by=SYSTEM)


def _change(*, by: Actor) -> None:
    """Change the words of a practice, months ago, and withdraw another."""
    known = bank(settings.COUNTRY).practice("table-question")
    if known is None:
        return
    row = known.told()
    row["says"]["fr"] = "À table, chacun raconte une bonne chose de sa journée, sans être coupé."
    row["says"]["en"] = "At the table, everyone tells one good thing of the day, without a break."
    with clock.at(clock.ago(timedelta(days=DAYS // 2))):
        actions.change(code=known.code, row=row, after=0, by=by)
        actions.withdraw(code="restaurant-without", after=0, by=by)


def _families(today: date) -> Iterator[tuple[date, What, str, list[str]]]:
    """Yield what each family did, with the rules that it chose or keeps."""
    chance = random.Random(48)  # noqa: S311 - a sample, not a secret
    every = [each.code for each in bank(settings.COUNTRY).practices]
    weights = [1 / (nth + 3) for nth, _code in enumerate(every)]
    for ago in range(DAYS, -1, -1):
        day = today - timedelta(days=ago)
        for _family in range(chance.randrange(6)):
            band = chance.choice((*_BANDS, SEVERAL))
            yield day, What.STARTED, band, []
            if chance.random() > _FINISHES:
                continue
            rules = [*{*chance.choices(every, weights, k=chance.choice(_CHOSEN))}]
            rules.sort(key=every.index)
            yield day, What.FINISHED, band, rules
            if chance.random() < _REOPENS and day + LATER <= today:
                kept = [code for code in rules if chance.random() < _KEEPS]
                yield day + LATER, What.REOPENED, band, kept
