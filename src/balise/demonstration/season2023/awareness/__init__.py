"""What awareness did in the season, in the order of its days; what is declared comes days later."""

from django.conf import settings

from balise.awareness.activities.stories.actions import writing
from balise.demonstration.season2023.awareness import (
    day,
    field,
    learning,
    network,
    online,
    register,
    tools,
)
from balise.demonstration.season2023.awareness.acts import NOON, Act, do
from balise.demonstration.season2023.plan import BEGINS, Plan
from balise.demonstration.season2023.telling import Cast, moment
from balise.foundation import clock
from balise.foundation.actors import SYSTEM


def tell(plan: Plan, cast: Cast) -> dict[str, int]:
    """Do it all but give badges, each act on its day; return how many acts it took."""
    acts: list[Act] = []
    network.join(acts, cast)
    with clock.at(moment(BEGINS, NOON)):
        writing.begin_stories(by=SYSTEM, country=settings.COUNTRY)
    with clock.at(moment(BEGINS, NOON)):
        tools.publish(cast)
    register.agree(acts, cast)
    network.campaign(acts, cast)
    online.count(acts, plan)
    do(acts)
    later: list[Act] = []
    network.order_kits(later, plan, cast)
    field.visit_schools(later, plan, cast)
    field.hold_workshops(later, plan)
    day.take_part(later, plan, cast)
    day.hold_webinars(later, plan, cast)
    learning.train(later, plan, cast)
    online.ask_parents(later, plan, cast)
    do(later)
    return {"acts of awareness": len(acts) + len(later)}


def give_badges(plan: Plan) -> int:
    """Let badges be asked for and signed; return how many. It takes long."""
    acts: list[Act] = []
    network.give_badges(acts, plan)
    do(acts)
    return plan.sum("badges")
