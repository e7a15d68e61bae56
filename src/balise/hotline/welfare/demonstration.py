"""The demonstration's last weeks of looking: three people, so that the team's totals are shown."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from balise.foundation import clock
from balise.foundation.actors import Actor, ActorKind
from balise.hotline.welfare import access, actions

_WEEKS = 4
_SEED = 24
_COLLEAGUE = Actor(ActorKind.STAFF, str(UUID(int=24)), frozenset({access.LOOK}))
_CATEGORIES = ("csam", "hate", "hate", "shocking", "ncii", "unknown", "terrorism")


def fill(cast: Mapping[str, Actor]) -> None:
    """Make looks of an analyst, the lead and a colleague on each working day of some weeks."""
    chance = Random(_SEED)  # noqa: S311 - the same story in every demonstration
    today = clock.now().replace(hour=8, minute=0, second=0, microsecond=0)
    for days in range(7 * _WEEKS, 0, -1):
        morning = today - timedelta(days=days)
        if morning.weekday() > 4:  # noqa: PLR2004 - nobody looks at weekends
            continue
        for person in (cast["analyst"], cast["hotline_lead"], _COLLEAGUE):
            moment = morning
            for _each in range(chance.randint(2, 4)):
                moment += timedelta(minutes=chance.randint(8, 40))
                _look(chance, by=person, seconds=chance.randint(20, 75), at=moment)


def _look(chance: Random, *, by: Actor, seconds: int, at: datetime) -> None:
    content = uuid4()
    with clock.at(at):
        actions.begin(content_id=content, category=chance.choice(_CATEGORIES), by=by)
    with clock.at(at + timedelta(seconds=seconds)):
        actions.end(content_id=content, by=by)
