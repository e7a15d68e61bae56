"""Who was met in the season: interventions in schools, workshops of the network."""

from datetime import date
from functools import partial
from typing import Final
from uuid import uuid4

from django.conf import settings

from balise.awareness.places.fieldwork.actions import asking, planning, workshops
from balise.awareness.places.fieldwork.actions.asking import Asked
from balise.awareness.places.fieldwork.queries import of_structures
from balise.awareness.places.fieldwork.rules.schools import schools
from balise.awareness.places.fieldwork.rules.visits import Audience, Comes, HalfDay, Line
from balise.awareness.places.fieldwork.rules.workshops import Band, Method, Setting, WorkshopTold
from balise.demonstration.season2023.awareness.acts import DAY, NOON, Act, goal_of, late, working
from balise.demonstration.season2023.awareness.network import SIXTH_GRADE
from balise.demonstration.season2023.plan import Plan, cut
from balise.demonstration.season2023.telling import Cast, moment
from balise.foundation import clock
from balise.foundation.actors import ANYONE

_SCHOOLS: Final = 400
_RETURNS: Final = 0.97
_MET_BEFORE: Final = 150  # people in each school, the autumn before


def visit_schools(acts: list[Act], plan: Plan, cast: Cast) -> None:
    """Meet schools in autumn; in the year after 97 of a hundred requests come from them again."""
    by = cast.by_role["coordinator"]
    levels = list(schools(settings.COUNTRY).levels)[4:10]
    areas = [code for code, _name in of_structures.areas()]
    many = plan.number(_SCHOOLS, fewest=34)
    again = round(many * _RETURNS)
    heads = cut(plan.total(goal_of("people-met")), many)

    def visit(place: int, people: int, day: date) -> None:
        with clock.at(moment(day - 20 * DAY, NOON)):
            made = asking.ask(
                asked=Asked(
                    name=f"Collège du Grand Large {place}",
                    area=areas[place % len(areas)],
                    groups=levels,
                    expected=people,
                    wished_from=day - 10 * DAY,
                    wished_to=day + 10 * DAY,
                    audience=Audience.SCHOOL,
                    line=Line.HELPLINE,
                ),
                by=by,
            )
            planning.plan(
                intervention_id=made,
                day=day,
                half_day=HalfDay.MORNING,
                comes=Comes.STAFF,
                structure=None,
                by=by,
            )
        each = cut(people, min(len(levels), people))
        met = dict(zip(levels, each, strict=False))
        planning.meet(intervention_id=made, day=day, heads=met, by=by)

    before = cut(plan.number(_MET_BEFORE * _SCHOOLS, fewest=many), many)
    for place, number in enumerate(before):
        day = working(date(2022, 9, 20) + place % 80 * DAY)
        acts.append((late(day, place), partial(visit, place, number, day)))
    # Who is new asks for the first time, and is met in the new school year.
    for place, number in enumerate(heads):
        is_new = place >= again
        first, length = (date(2023, 9, 21), 25) if is_new else (date(2023, 2, 1), 140)
        day = working(first + place % length * DAY)
        who = place + many if is_new else place
        acts.append((late(day, place), partial(visit, who, number, day)))


def hold_workshops(acts: list[Act], plan: Plan) -> None:
    """Declare the workshops of the campaign for those who begin middle school."""
    goal = goal_of("campaign-young")
    known = [key for key, _name in of_structures.choices()]
    areas = [code for code, _name in of_structures.areas()]

    def declare(place: int, heads: int, day: date) -> None:
        workshops.declare(
            structure=known[place % len(known)],
            key=uuid4(),
            told=WorkshopTold(
                day=day,
                setting=Setting.SCHOOL,
                heads={Band.FROM_11: heads},
                method=(Method.COUNTED, Method.ESTIMATED)[place % 2],
                area=areas[place % len(areas)],
                campaign=SIXTH_GRADE,
            ),
            by=ANYONE,
        )

    pieces = cut(plan.total(goal), plan.number(250, fewest=8))
    for place, heads in enumerate(pieces):
        day = working(goal.first + (3 + (goal.days - 4) * place // len(pieces)) * DAY)
        acts.append((late(day, place), partial(declare, place, heads, day)))
