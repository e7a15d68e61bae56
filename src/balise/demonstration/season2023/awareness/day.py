"""Safer Internet Day of 2023: what was declared, and three webinars."""

from datetime import date, timedelta
from functools import partial
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings

from balise.awareness.learning.events.actions import drafting, registering
from balise.awareness.learning.events.rules.facts import (
    Comes as ComesAs,
    EventKind,
    Facts as Meeting,
    Said,
    Speaker,
    zones,
)
from balise.awareness.learning.events.rules.registering import Incoming
from balise.awareness.sid import actions
from balise.awareness.sid.actions import Declared
from balise.awareness.sid.rules import Band as Met, Method as Heads, Sort
from balise.demonstration.season2023.awareness.acts import DAY, NOON, Act, goal_of, late, working
from balise.demonstration.season2023.plan import SAFER_INTERNET_DAYS, Plan, cut
from balise.demonstration.season2023.telling import Cast, moment
from balise.foundation import clock
from balise.foundation.actors import ANYONE

_SPEAKERS: Final = (
    *("A. Maret", "L. Quiberon", "N. Vasseur", "J. Corail", "S. Dunette", "P. Amarre"),
    *("M. Grève", "E. Phare", "C. Estran", "T. Vague", "R. Falaise", "I. Goémon"),
)
_WEBINARS: Final = (
    ("Jouer en ligne, à tout âge", "Playing online, at each age"),
    ("Images et vidéos : qui regarde ?", "Pictures and videos: who watches?"),
    ("Discuter entre amis, en ligne", "Talking with friends, online"),
)


def take_part(acts: list[Act], plan: Plan, cast: Cast) -> None:
    """Declare activities for the day, and say who came."""
    by, day = cast.by_role["coordinator"], SAFER_INTERNET_DAYS[-1]
    with clock.at(moment(day - 60 * DAY, NOON)):
        edition = actions.plan(year=day.year, day=day, by=by)

    def declare(place: int, channel: str, people: int, on: date) -> None:
        with clock.at(moment(day - (20 - place % 15) * DAY, NOON)):
            made = actions.declare(
                key=uuid4(),
                edition_id=edition,
                said=Declared(
                    sort=Sort.SCHOOL,
                    channel=channel,
                    name=f"Établissements du secteur {place}",
                    area="35",
                    on=on,
                    expected=people,
                    says="",
                ),
                contact="prenom@ecole.example",
                language="fr",
                by=ANYONE,
            )
        young = (Met.CHILDREN, Met.TEENAGERS, Met.YOUTH)[place % 3]
        actions.say_met(activity_id=made, met={young: people}, method=Heads.ESTIMATED, by=ANYONE)

    for channels, code, whole in (
        (("phare",), "sid-phare", 78),
        (("school", "network", "other"), "sid-others", 172),
    ):
        goal = goal_of(code)
        for place, people in enumerate(cut(plan.total(goal), plan.number(whole, fewest=6))):
            on = working(goal.first + place % 30 * DAY)
            row = (place, channels[place % len(channels)], people, on)
            acts.append((late(on, place), partial(declare, *row)))


def hold_webinars(acts: list[Act], plan: Plan, cast: Cast) -> None:
    """Announce three webinars with twelve speakers, and let adults register."""
    by, day = cast.by_role["coordinator"], SAFER_INTERNET_DAYS[-1]
    zone = zones(settings.COUNTRY)[0].name
    made: list[UUID] = []
    with clock.at(moment(goal_of("registrations").first - DAY, NOON)):
        for place, (french, english) in enumerate(_WEBINARS):
            starts = moment(day, (10 + 2 * place) * 3600)
            event = drafting.draft(
                facts=Meeting(
                    kind=EventKind.WEBINAR,
                    words={
                        "fr": Said(french, "Une heure, puis vos questions.", "Comprendre\nAgir"),
                        "en": Said(english, "One hour, then your questions.", "Understand\nAct"),
                    },
                    starts_at=starts,
                    ends_at=starts + timedelta(hours=1),
                    zone=zone,
                    link=f"https://webinaires.example/{place}",
                    capacity=9_000,
                    speakers=[
                        Speaker(name, "spécialiste", "") for name in _SPEAKERS[4 * place :][:4]
                    ],
                ),
                by=by,
            )
            drafting.publish(event_id=event, by=by)
            made.append(event)

    def register(on: date, many: int) -> None:
        registering.register_many(
            incoming=[
                Incoming(
                    event=made[place % len(made)],
                    kind=EventKind.WEBINAR,
                    address=f"adulte-{on}-{place}@boite.example",
                    language="fr",
                    is_adult=True,
                    comes_as=ComesAs.PARENT,
                )
                for place in range(many)
            ],
            by=ANYONE,
        )

    for on, many in plan.days("registrations").items():
        acts.append((moment(on, 21 * 3600), partial(register, on, many)))
