"""Interventions asked for, and what is planned, for the home of who plans."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.awareness.places.fieldwork.queries import interventions, workshops
from balise.awareness.places.fieldwork.rules.visits import VisitState
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.web.navigation import AHEAD, Due


def of_field(actor: Actor) -> Iterable[Due]:
    """Return the interventions to answer, and the next one and the next workshop."""
    asked = [each.row.asked_at for each in interventions.listed(VisitState.ASKED, seen_by=actor)]
    yield Due(
        says=_("Interventions asked for"), count=len(asked), since=min(asked) if asked else None
    )
    on = today()
    planned = (
        each.row.planned_on for each in interventions.listed(VisitState.PLANNED, seen_by=actor)
    )
    coming = [day for day in planned if day is not None and day >= on]
    if coming:
        yield Due(says=_("Next intervention"), on=coming[0])
    to_come = workshops.planned(until=on + AHEAD, seen_by=actor)
    if to_come:
        yield Due(says=_("Next workshop"), on=to_come[0].row.day)
