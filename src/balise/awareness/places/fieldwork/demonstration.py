"""Two seasons of visits with returns, workshops declared, what is planned; always the same."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings

from balise.awareness.places.fieldwork.actions import asking, planning, workshops
from balise.awareness.places.fieldwork.actions.asking import Asked
from balise.awareness.places.fieldwork.queries import of_structures
from balise.awareness.places.fieldwork.rules.schools import schools
from balise.awareness.places.fieldwork.rules.visits import Audience, Comes, HalfDay, Line
from balise.awareness.places.fieldwork.rules.workshops import (
    Band,
    Method,
    Needs,
    Setting,
    WorkshopTold,
)
from balise.awareness.publications.queries import kits
from balise.foundation import clock
from balise.foundation.actors import ANYONE, Actor

SCHOOLS: Final = 26
WORKSHOPS: Final = 36
_OF: Final = UUID("f1e1d000-0000-4000-8000-000000000000")  # keys that are the same every time
_DAY: Final = timedelta(days=1)
_FIRST: Final = ("École", "Collège", "Lycée")
_NAMES: Final = (
    "du Phare", "des Goélands", "de la Dune", "du Sémaphore", "des Embruns", "du Grand Large",
    "de la Jetée", "des Salines", "du Rivage", "de l’Estran", "du Vieux Port", "des Balises",
    "de la Criée",
)  # fmt: skip
_AREAS: Final = ("35", "44", "29", "75", "13", "59", "974", "31", "67", "33")
_RATINGS: Final = (5, 4, 5, 3, 4, 5, 4)


def fill(cast: Mapping[str, Actor]) -> None:
    """Tell the seasons as the coordinator; workshops where structures and kits are there."""
    coordinator, chance = cast["coordinator"], random.Random(6)  # noqa: S311 - a sample
    areas = {code for code, _name in of_structures.areas()}
    where = [code for code in _AREAS if code in areas] or sorted(areas)[: len(_AREAS)]
    levels = list(schools(settings.COUNTRY).levels)
    for at in range(SCHOOLS):
        name = f"{_FIRST[at % 3]} {_NAMES[at % len(_NAMES)]}"
        area, third = where[at % len(where)], len(levels) // 3 * (at % 3)
        groups = levels[third : third + 2]
        days = [280 + 3 * at] if at % 12 else []
        if at % 9 in {0, 2, 4, 5}:  # it asked again, and was met again
            days.append(20 + at)
        for ago in days:
            _meet(name, area, groups, ago=ago, rating=_RATINGS[(at + ago) % 7], by=coordinator)
    for at, after in enumerate((2, 3, 4, 6, 9, 10, 11, 16, 17, 23)):
        name = f"{_FIRST[at % 3]} {_NAMES[5 * at % len(_NAMES)]}"
        area = where[(at + 3) % len(where)]
        _plan(name, area, levels[4 + at % 4 :][:2], after=after, by=coordinator)
    _talks(coordinator)
    for at in range(4):
        name, area = f"Collège {_NAMES[-1 - at]}", where[at % len(where)]
        _wait(name, area, levels[5:8], by=ANYONE, ago=3 + 2 * at)
    structures = [key for key, _name in of_structures.choices()]
    if structures:
        _declare(structures, where, chance)


def _meet(name: str, area: str, groups: Sequence[str], *, ago: int, rating: int, by: Actor) -> None:
    ago += (clock.today() - ago * _DAY - _school_day(clock.today() - ago * _DAY, on=-1)).days
    with clock.at(clock.ago((ago + 30) * _DAY)):
        made = _ask(name, area, groups, by=by)
        day = clock.today() + 30 * _DAY
        _set(made, day, by=by)
    with clock.at(clock.ago(ago * _DAY)):
        heads = dict.fromkeys(groups, 24 + ago % 7)
        planning.meet(intervention_id=made, day=clock.today(), heads=heads, by=by)
        if rating != 3 or ago % 2:  # noqa: PLR2004 - some do not answer
            planning.rate(intervention_id=made, rating=rating, by=ANYONE)


def _plan(name: str, area: str, groups: Sequence[str], *, after: int, by: Actor) -> None:
    with clock.at(clock.ago(12 * _DAY)):
        made = _ask(name, area, groups, by=by, expected=180 + 120 * (after % 5))
    _set(made, _school_day(clock.today() + after * _DAY), by=by)


def _talks(by: Actor) -> None:
    """Tell of three talks of the hotline and the helpline for professionals."""
    for line, group, name, ago in (
        (Line.HOTLINE, "police", "École de police du Cap", 64),
        (Line.HELPLINE, "teachers", "Réseau des vies scolaires du Nord", 41),
        (Line.HELPLINE, "health", "Maison des adolescents du Port", 15),
    ):
        with clock.at(clock.ago(ago * _DAY)):
            made = _ask(name, _first_area(), [group], by=by, line=line)
            _set(made, clock.today(), by=by)
            planning.meet(intervention_id=made, day=clock.today(), heads={group: 38}, by=by)


def _wait(name: str, area: str, groups: Sequence[str], *, by: Actor, ago: int) -> None:
    with clock.at(clock.ago(ago * _DAY)):
        contact = {
            "person": "Vie scolaire",
            "address": f"vie-scolaire-{ago}@college.example",
            "telephone": "",
            "words": "Plutôt le matin, deux classes à la suite.",
        }
        _ask(name, area, groups, by=by, contact=contact)


def _ask(
    name: str,
    area: str,
    groups: Sequence[str],
    *,
    by: Actor,
    expected: int = 54,
    line: Line = Line.AWARENESS,
    contact: Mapping[str, str] | None = None,
) -> UUID:
    today = clock.today()
    is_school = line is Line.AWARENESS
    return asking.ask(
        asked=Asked(
            name=name,
            area=area,
            groups=groups,
            expected=expected,
            wished_from=today + 5 * _DAY,
            wished_to=today + 80 * _DAY,
            audience=Audience.SCHOOL if is_school else Audience.PROFESSIONALS,
            line=line,
            contact=contact or {},
        ),
        by=by,
    )


def _set(intervention: UUID, day: date, *, by: Actor) -> None:
    planning.plan(
        intervention_id=intervention,
        day=day,
        half_day=HalfDay.MORNING,
        comes=Comes.STAFF,
        structure=None,
        by=by,
    )


def _declare(structures: Sequence[UUID], areas: Sequence[str], chance: random.Random) -> None:
    """Declare workshops of the last months, and some that are to come."""
    offered = list(kits.current(language="fr"))
    for at in range(WORKSHOPS):
        to_come = at % 6 == 5  # noqa: PLR2004 - one of six
        days = 4 + 2 * at % 40 if to_come else -3 - 5 * at % 150
        kit = offered[at % len(offered)] if offered and at % 4 else None
        young, old = (Band.UNDER_11, Band.FROM_11) if at % 2 else (Band.FROM_11, Band.FROM_14)
        heads: dict[str, int] = {young: chance.randint(8, 28), old: chance.randint(0, 12)}
        if at % 3 == 0:
            heads[Band.PARENTS] = chance.randint(4, 18)
        day = clock.today() + days * _DAY
        with clock.at(clock.ago((0 if to_come else -days) * _DAY)):
            workshops.declare(
                structure=structures[at % len(structures)],
                key=uuid5(_OF, str(at)),
                told=WorkshopTold(
                    day=day,
                    setting=(Setting.SCHOOL, Setting.HERE, Setting.ONLINE)[at % 3],
                    heads=heads,
                    method=(Method.COUNTED, Method.COUNTED, Method.ESTIMATED)[at % 3],
                    is_planned=to_come,
                    kit=kit.kit if kit else None,
                    edition=kit.number if kit else 0,
                    area=areas[at % len(areas)],
                    needs=Needs.FEW if at % 5 == 0 else Needs.UNKNOWN,
                    talked=at % 7 == 0,
                ),
                by=ANYONE,
            )


def _school_day(day: date, *, on: int = 1) -> date:
    """Return a day, or the next one that is no weekend, forward or backward."""
    while day.weekday() >= 5:  # noqa: PLR2004 - Saturday
        day += on * _DAY
    return day


def _first_area() -> str:
    return of_structures.areas()[0][0]
