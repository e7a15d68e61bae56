"""A past of the app: what those who agreed used of it, day by day; always the same."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.helpline.app.actions import counting
from balise.helpline.app.queries.platforms import platforms
from balise.helpline.app.rules.uses import Kind

DAYS: Final = 180
_WEEK: Final = 7
_MOST: Final = {  # on a day
    Kind.INSTALL: 6,
    Kind.FIRST_OPEN: 11,
    Kind.CHAT: 7,
    Kind.QUIZ: 14,
    Kind.VAULT: 3,
}
_PRESSED: Final = 4  # on the button of the first platform; of others less


def fill(_people: Mapping[str, Actor]) -> None:
    """Count each kind and each platform, and tell the journal week by week."""
    today = clock.today()
    chance = random.Random(72)  # noqa: S311 - a sample, not a secret
    for kind, most in _MOST.items():
        counting.count_past(kind=kind, days=_days(today, most, chance), by=SYSTEM)
    for nth, code in enumerate(platforms()):
        days = _days(today, _PRESSED / (1 + nth / 3), chance)
        counting.count_past(kind=Kind.BUTTON, platform=code, days=days, by=SYSTEM)
    for ago in range(DAYS - _WEEK, -_WEEK, -_WEEK):
        with clock.at(clock.now() - timedelta(days=max(ago, 0))):
            counting.tell_days(by=SYSTEM)


def _days(today: date, most: float, chance: random.Random) -> dict[date, int]:
    """Return how many on each day before this one: more and more, and fewer at the weekend."""
    found = {}
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        at_work = 1 if day.weekday() < 5 else 0.6  # noqa: PLR2004 - Saturday
        found[day] = round(chance.random() * most * at_work * (1.4 - ago / DAYS))
    return found
