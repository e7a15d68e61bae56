"""A past of plausible tallies, and three short links; always the same."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from balise.awareness.usage.actions import counting, links
from balise.awareness.usage.models import DayTally
from balise.awareness.usage.rules.words import Kind
from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor

DAYS: Final = 90
_WEEK: Final = 7
_LINKS: Final = (
    ("/fr/resources/", "sid-2027"),
    ("/fr/resources/?audience=teachers", "rentree-2026"),
    ("/fr/resources/?audience=parents", ""),
)
# Of a hundred views of a page.
_SHARES: Final = {Kind.DOWNLOAD: 9, Kind.PRINT: 6}


def fill(things: Sequence[tuple[str, str]], *, editor: Actor) -> None:
    """Open the links as the editor, write the days, and tell them week by week.

    `things` are keys with their languages. Called by publications, which know them.
    """
    today = clock.today()
    with clock.at(clock.now() - timedelta(days=DAYS)):
        codes = [
            links.open_link(by=editor, address=path, campaign=campaign) for path, campaign in _LINKS
        ]
    rows = list(_days(today, things, [(link.code, link.campaign) for link in codes]))
    DayTally.objects.bulk_create(rows, batch_size=2_000)
    for ago in range(DAYS - _WEEK, -_WEEK, -_WEEK):
        with clock.at(clock.now() - timedelta(days=max(ago, 0))):
            counting.tell_days(by=SYSTEM)


def _days(
    today: date, things: Sequence[tuple[str, str]], codes: Sequence[tuple[str, str]]
) -> Iterator[DayTally]:
    chance = random.Random(1)  # noqa: S311 - a sample, not a secret
    fame = {thing: chance.choice((4, 8, 15, 30, 60)) for thing in things}
    for ago in range(DAYS, -1, -1):
        day = today - timedelta(days=ago)
        school = 1.0 if day.weekday() < 5 else 0.4  # noqa: PLR2004 - Saturday
        for thing, language in things:
            views = round(fame[thing, language] * school * chance.uniform(0.5, 1.5))
            used = {Kind.VIEW: views}
            for kind, share in _SHARES.items():
                used[kind] = sum(chance.random() * 100 < share for _view in range(views))
            for kind, count in used.items():
                if count:
                    yield DayTally(
                        day=day, kind=kind.value, thing=thing, language=language, count=count
                    )
        for code, campaign in codes:
            if count := round(12 * school * chance.random()):
                yield DayTally(
                    day=day, kind=Kind.LINK.value, thing=code, campaign=campaign, count=count
                )
