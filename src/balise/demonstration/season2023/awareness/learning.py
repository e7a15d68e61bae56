"""Sessions in which professionals were trained in the season."""

from datetime import date, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings

from balise.awareness.learning.events.actions import attending, drafting, registering
from balise.awareness.learning.events.queries import people as people_of
from balise.awareness.learning.events.rules.facts import (
    Comes,
    EventKind,
    Facts as Meeting,
    Said,
    zones,
)
from balise.awareness.learning.events.rules.registering import Incoming
from balise.demonstration.season2023.awareness.acts import DAY, NOON, Act, goal_of, working
from balise.demonstration.season2023.plan import Plan, cut
from balise.demonstration.season2023.telling import Cast, moment
from balise.foundation import clock
from balise.foundation.actors import ANYONE

_SESSIONS: Final = 54


def train(acts: list[Act], plan: Plan, cast: Cast) -> None:
    """Hold training sessions: who registers comes, which is noted the morning after."""
    by, goal = cast.by_role["coordinator"], goal_of("trained-in-sessions")
    zone = zones(settings.COUNTRY)[0].name

    def hold(place: int, people: int, day: date) -> None:
        starts = moment(day, 9 * 3600)
        with clock.at(moment(day - 30 * DAY, NOON)):
            session = drafting.draft(
                facts=Meeting(
                    kind=EventKind.TRAINING,
                    words={
                        "fr": Said(f"Formation d’exemple {place}", "Une journée.", ""),
                        "en": Said(f"Example session {place}", "One day.", ""),
                    },
                    starts_at=starts,
                    ends_at=starts + timedelta(hours=7),
                    zone=zone,
                    place="Salle des Embruns",
                    capacity=people,
                ),
                by=by,
            )
            drafting.publish(event_id=session, by=by)
        with clock.at(moment(day - 10 * DAY, NOON)):
            registering.register_many(
                incoming=[_incoming(session, place, one) for one in range(people)], by=ANYONE
            )
        came = list(people_of.to_tell(session))
        attending.note(event_id=session, came=came, absent=[], by=by)

    pieces = cut(plan.total(goal), plan.number(_SESSIONS, fewest=4))
    for place, people in enumerate(pieces):
        day = working(goal.first + (goal.days - 1) * place // len(pieces) * DAY)
        acts.append((moment(day + DAY, 9 * 3600), partial(hold, place, people, day)))


def _incoming(session: UUID, place: int, one: int) -> Incoming:
    return Incoming(
        event=session,
        kind=EventKind.TRAINING,
        address=f"pro-{place}-{one}@boite.example",
        language="fr",
        is_adult=True,
        comes_as=Comes.PROFESSIONAL,
    )
