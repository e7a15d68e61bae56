"""A past of the module and of badges, one of them revoked; always the same but for the ids."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final
from uuid import uuid4

from django.conf import settings

from balise.awareness.learning.training import actions
from balise.awareness.learning.training.access import links
from balise.awareness.learning.training.models import DayTally
from balise.awareness.learning.training.rules.audiences import audiences
from balise.awareness.learning.training.rules.paths import Path
from balise.awareness.learning.training.rules.words import What, Why
from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM, Actor

DAYS: Final = 150
BADGES: Final = 30
_SIGNED: Final = 20  # days ago: in one call of the child, for set-up is short
_REVOKED: Final = 9
_WEEK: Final = 7


def fill(people: Mapping[str, Actor]) -> None:
    """Count the module's days, give badges, revoke one."""
    today = clock.today()
    DayTally.objects.bulk_create(_days(today))
    for ago in range(DAYS - _WEEK, -_WEEK, -_WEEK):
        with clock.at(clock.ago(timedelta(days=max(ago, 0)))):
            actions.tell_days(by=SYSTEM)
    chance, known = random.Random(2), audiences(settings.COUNTRY)  # noqa: S311 - a sample
    asked = []
    for nth in range(BADGES):
        whom = chance.choices(known.every, weights=range(len(known.every), 0, -1))[0]
        area = chance.choice(sorted(known.areas)[:2]) if whom.asks_area and known.areas else ""
        with clock.at(clock.ago(timedelta(days=_SIGNED, hours=nth))):
            token = links.carried(Path(uuid4(), counted=True, passed=True))
            badge = actions.ask_online(
                token=token, audience=whom.code, area=area, is_adult=True, by=ANYONE
            )
            asked.append(badge)
    with clock.at(clock.ago(timedelta(days=_SIGNED))):
        actions.give(badge_ids=asked, by=SYSTEM)
    with clock.at(clock.ago(timedelta(days=_REVOKED))):
        actions.revoke(badge_id=asked[3], why=Why.ASKED, by=people["coordinator"])


def _days(today: date) -> Iterator[DayTally]:
    chance = random.Random(1)  # noqa: S311 - a sample, not a secret
    for ago in range(DAYS, -1, -1):
        day = today - timedelta(days=ago)
        started = chance.randrange(0, 7 if day.weekday() < 5 else 3)  # noqa: PLR2004 - Saturday
        finished = sum(chance.random() < 0.6 for _path in range(started))  # noqa: PLR2004
        pairs = sum(chance.random() < 0.8 for _path in range(finished))  # noqa: PLR2004
        gained = sum(chance.choice((0, 1, 1, 2, 2, 3)) for _pair in range(pairs))
        passed = sum(chance.random() < 0.9 for _path in range(finished))  # noqa: PLR2004
        counted = (
            (What.STARTED, started, 0),
            (What.FINISHED, finished, 0),
            (What.PASSED, passed, 0),
            (What.GAIN, pairs, gained),
        )
        for what, times, total in counted:
            if times:
                yield DayTally(day=day, what=what.value, times=times, total=total)
