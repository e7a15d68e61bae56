"""The next shift, and the rota that is to be published, for the home of the helpline."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.web.navigation import Due, Part
from balise.helpline.staffing.queries import rotas
from balise.helpline.staffing.rules.forecast import monday_of

_WEEK = timedelta(days=7)


def of_my_week(actor: Actor) -> Iterable[Due]:
    """Return one's next shift, of this week or the next, and the shifts that colleagues offer."""
    on = today()
    weeks = [rotas.own_week(monday, seen_by=actor) for monday in (on, on + _WEEK)]
    turns = [turn for week in weeks for turn in week.turns if turn.day >= on and not turn.is_away]
    if turns:
        yield Due(says=_("Your next shift"), on=turns[0].day)
    offered = sum(len(week.offered) for week in weeks)
    yield Due(says=_("Shifts that colleagues offer"), count=offered)


def of_rota(actor: Actor) -> Iterable[Due]:
    """Return that the rota of the next week is not published, or how many hours it lacks."""
    monday = monday_of(today()) + _WEEK
    in_force, _making = rotas.sheet(monday, seen_by=actor)
    url = f"{reverse('staff:staffing:rota')}?day={monday.isoformat()}"
    if in_force is None:
        yield Due(says=_("The rota to publish starts"), on=monday, url=url)
    else:
        yield Due(
            says=_("Half hours short in next week’s rota"),
            part=Part.WAITS,
            count=in_force.short,
            url=url,
        )
