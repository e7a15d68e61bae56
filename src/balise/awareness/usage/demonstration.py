"""A past of plausible tallies, and short links; always the same."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from balise.awareness.usage import actions
from balise.awareness.usage.models import DayTally, ShortLink
from balise.awareness.usage.rules.tallies import UsageKind
from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor

DAYS: Final = 90
_WEEK: Final = 7
_LINK: Final = "/fr/resources/?audience=parents"
_OF_CAMPAIGNS: Final = ("/fr/resources/", "/fr/resources/?audience=teachers")
_FOLLOWED: Final = 28  # days
# Of a hundred views of a page.
_SHARES: Final = {UsageKind.DOWNLOAD: 9, UsageKind.PRINT: 6}


def fill(things: Sequence[tuple[str, str, bool]], *, editor: Actor) -> None:
    """Open a link as the editor, write the days, and tell them week by week.

    `things` are keys with their languages, and whether they hand out a file. Publications call
    this, which know them.
    """
    today = clock.today()
    with clock.at(clock.ago(timedelta(days=DAYS))):
        link = actions.open_link(by=editor, address=_LINK)
    rows = [*_days(today, things), *_follows(today, link, DAYS)]
    DayTally.objects.bulk_create(rows, batch_size=2_000)
    for ago in range(DAYS - _WEEK, -_WEEK, -_WEEK):
        with clock.at(clock.ago(timedelta(days=max(ago, 0)))):
            actions.tell_days(by=SYSTEM)


def follow(campaigns: Sequence[str], *, editor: Actor) -> None:
    """Open a link for each campaign, followed for four weeks. Campaigns call this."""
    today = clock.today()
    for campaign, path in zip(campaigns, _OF_CAMPAIGNS, strict=True):
        with clock.at(clock.ago(timedelta(days=_FOLLOWED))):
            link = actions.open_link(by=editor, address=path, campaign=campaign)
        DayTally.objects.bulk_create(_follows(today, link, _FOLLOWED))
    actions.tell_days(by=SYSTEM)


def _follows(today: date, link: ShortLink, days: int) -> Iterator[DayTally]:
    """Yield how often a link was followed, day by day."""
    chance = random.Random(link.campaign)  # noqa: S311 - a sample, not a secret
    for ago in range(days, -1, -1):
        day = today - timedelta(days=ago)
        if count := round(12 * _school(day) * chance.random()):
            yield DayTally(
                day=day,
                kind=UsageKind.LINK.value,
                thing=link.code,
                campaign=link.campaign,
                count=count,
            )


def _school(day: date) -> float:
    """Return the share of a school day's use that a day has."""
    return 1.0 if day.weekday() < 5 else 0.4  # noqa: PLR2004 - Saturday


def _days(today: date, things: Sequence[tuple[str, str, bool]]) -> Iterator[DayTally]:
    chance = random.Random(1)  # noqa: S311 - a sample, not a secret
    fame = {thing[:2]: chance.choice((4, 8, 15, 30, 60)) for thing in things}
    for ago in range(DAYS, -1, -1):
        day = today - timedelta(days=ago)
        for thing, language, has_file in things:
            views = round(fame[thing, language] * _school(day) * chance.uniform(0.5, 1.5))
            used = {UsageKind.VIEW: views}
            for kind, share in _SHARES.items():
                if kind is UsageKind.DOWNLOAD and not has_file:
                    continue
                used[kind] = sum(chance.random() * 100 < share for _view in range(views))
            for kind, count in used.items():
                if count:
                    yield DayTally(
                        day=day, kind=kind.value, thing=thing, language=language, count=count
                    )
