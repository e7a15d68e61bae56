"""Five accounts, two stores and a site with a year of invented numbers; always the same."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final
from uuid import UUID

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.statistics.indicators import Method
from balise.foundation.statistics.quantities import Bound, Quantity
from balise.steering.readings.actions import follow, note_all
from balise.steering.readings.rules.judging import Facts, Network, ReadingTold, Series, Thing, Why

_DAY: Final = timedelta(days=1)
_MONTHS: Final = 12
# By the network: followers a year ago, and how many each month brought.
_ACCOUNTS: Final = (
    (Network.FACEBOOK, 21_400, 110),
    (Network.X, 9_900, -20),
    (Network.INSTAGRAM, 4_300, 180),
    (Network.LINKEDIN, 3_100, 240),
    (Network.TIKTOK, 5_200, 510),
)
_STORES: Final = ((Network.PLAY, 17_500, 740), (Network.APP_STORE, 9_200, 460))
_PURGED: Final = 7  # months ago, a network removed accounts that were none: so many
_GONE: Final = 2_600


def fill(people: Mapping[str, Actor]) -> None:
    """Follow the accounts, stores and site, each month read on its first day.

    Nothing is read today: that is left to whoever tries.
    """
    office = people["steering_office"]
    days = _first_days(clock.today() - _DAY, _MONTHS)
    for network, began, more in _ACCOUNTS:
        account = _follow(Thing.ACCOUNT, network, f"{network.label} – le centre", by=office)
        told = []
        for at, day in enumerate(days):
            gone = _GONE if network is Network.X and at >= _MONTHS - _PURGED else 0
            why = Why.PURGED if gone and at == _MONTHS - _PURGED else None
            told.append(_told(Series.FOLLOWERS, day, began + at * more - gone, why=why))
        note_all(followed_id=account, told=told, by=office)
    for network, began, more in _STORES:
        store = _follow(Thing.STORE, network, f"{network.label} – l’application", by=office)
        told = [_told(Series.DOWNLOADS, day, began + at * more) for at, day in enumerate(days)]
        note_all(followed_id=store, told=told, by=office)
    _site(days, by=office)


def _follow(kind: Thing, network: Network | None, name: str, *, by: Actor) -> UUID:
    code = f"{network.value}-centre" if network else "site-centre"
    facts = Facts(name=name, network=network, owner="Le centre")
    return follow(kind=kind, code=code, facts=facts, by=by)


def _site(days: list[date], *, by: Actor) -> None:
    """Read a month of visits and of visitors of the site at the end of each."""
    site = _follow(Thing.SITE, None, "Le site du centre", by=by)
    told = []
    for at, (first, after) in enumerate(pairwise(days)):
        last = after - _DAY
        visits = 24_000 + 1_700 * (at % 5) + 350 * at
        for series, number in ((Series.VISITS, visits), (Series.VISITORS, visits * 7 // 10)):
            told.append(_told(series, last, number, since=first))
    note_all(followed_id=site, told=told, by=by)


def _told(
    series: Series, day: date, number: int, *, since: date | None = None, why: Why | None = None
) -> ReadingTold:
    is_app = series is Series.DOWNLOADS
    return ReadingTold(
        series=series,
        day=day,
        since=since,
        quantity=Quantity(Decimal(number), Bound.EXACT),
        source="Console du magasin" if is_app else "Page publique" if since is None else "Export",
        method=Method.IMPORTED if is_app or since else Method.DECLARED,
        why=why,
    )


def _first_days(until: date, months: int) -> list[date]:
    """Return the first days of the month of a day and of those before it, the oldest first."""
    found = [until.replace(day=1)]
    while len(found) < months:
        found.append((found[-1] - _DAY).replace(day=1))
    return found[::-1]
