"""A past of the app: what those who agreed used of it, and sites with our button."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.conf import settings

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.helpline.app import actions
from balise.helpline.app.rules.platforms import platforms
from balise.helpline.app.rules.uses import AppUseKind

DAYS: Final = 180
_WEEK: Final = 7
_MOST: Final = {  # on a day
    AppUseKind.INSTALL: 6,
    AppUseKind.FIRST_OPEN: 11,
    AppUseKind.CHAT: 7,
    AppUseKind.QUIZ: 14,
    AppUseKind.VAULT: 3,
}
_PRESSED: Final = 4  # on the button of the first platform; of others less


_SITES: Final = (  # name, address, platform, since and until in days ago
    ("TikTok, centre de sécurité", "https://safety.tiktok.example/fr/", "tiktok", 150, 0),
    ("Snapchat, aide", "https://help.snapchat.example/", "snapchat", 120, 0),
    ("Instagram, page de test", "https://test.instagram.example/", "instagram", 110, 40),
    ("Instagram, aide", "https://help.instagram.example/fr/", "instagram", 39, 0),
    ("Collège des Embruns", "https://college-des-embruns.example/vie-scolaire/", "snapchat", 25, 0),
)


def fill(people: Mapping[str, Actor]) -> None:
    """Count each kind and each platform, tell the journal week by week; fill the signed list."""
    today = clock.today()
    chance = random.Random(72)  # noqa: S311 - a sample, not a secret
    for kind, most in _MOST.items():
        actions.count_past(kind=kind, days=_days(today, most, chance), by=SYSTEM)
    for nth, code in enumerate(platforms(settings.COUNTRY)):
        days = _days(today, _PRESSED / (1 + nth / 3), chance)
        actions.count_past(kind=AppUseKind.BUTTON, platform=code, days=days, by=SYSTEM)
    for ago in range(DAYS - _WEEK, -_WEEK, -_WEEK):
        with clock.at(clock.ago(timedelta(days=max(ago, 0)))):
            actions.tell_days(by=SYSTEM)
    _list_sites(by=people["helpline_lead"])


def _days(today: date, most: float, chance: random.Random) -> dict[date, int]:
    """Return how many on each day before this one: more and more, and fewer at the weekend."""
    found = {}
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        at_work = 1 if day.weekday() < 5 else 0.6  # noqa: PLR2004 - Saturday
        found[day] = round(chance.random() * most * at_work * (1.4 - ago / DAYS))
    return found


def _list_sites(*, by: Actor) -> None:
    for name, address, platform, since, until in _SITES:
        with clock.at(clock.ago(timedelta(days=since))):
            site = actions.add(
                name=name, address=address, platform=platform, since=clock.today(), by=by
            )
        if until:
            with clock.at(clock.ago(timedelta(days=until))):
                actions.end(site_id=site, until=clock.today(), by=by)
