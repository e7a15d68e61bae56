"""What becomes of a request: a day, people met, an end; and what the person who asked says."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.awareness.places.fieldwork import access
from balise.awareness.places.fieldwork.events import (
    GroupMet,
    InterventionClosed,
    InterventionMet,
    InterventionPlanned,
    InterventionRated,
)
from balise.awareness.places.fieldwork.models import Intervention, Opinion
from balise.awareness.places.fieldwork.rules import visits, workshops
from balise.awareness.places.fieldwork.rules.schools import schools
from balise.awareness.places.fieldwork.rules.visits import (
    AlreadyRated,
    Audience,
    Comes,
    HalfDay,
    VisitState,
)
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.finding import NotHere
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code


@transaction.atomic
def plan(
    *,
    intervention_id: UUID,
    day: date,
    half_day: HalfDay,
    comes: Comes,
    structure: UUID | None,
    by: Actor,
) -> None:
    """Give an intervention its day and who comes, as a role; or another day."""
    access.require(by, access.CHANGE)
    row = Intervention.locked(intervention_id)
    visits.check_step(row.stands, VisitState.PLANNED)
    visits.check_plan(
        day=day, today=clock.today(), comes=comes, has_structure=structure is not None
    )
    row.state, row.planned_on, row.half_day = VisitState.PLANNED, day, half_day
    row.comes, row.structure = comes, structure
    row.save(update_fields=("state", "planned_on", "half_day", "comes", "structure"))
    record(
        InterventionPlanned(
            subject=row.id,
            day=day,
            half_day=Code(half_day),
            comes=Code(comes),
            structure=structure,
        ),
        by=by,
    )


@transaction.atomic
def meet(*, intervention_id: UUID, day: date, heads: Mapping[str, int], by: Actor) -> None:
    """Write down who was met, by class level or profession: numbers, no name."""
    access.require(by, access.CHANGE)
    row = Intervention.locked(intervention_id)
    visits.check_step(row.stands, VisitState.MET)
    visits.check_met(day=day, today=clock.today())
    met = workshops.checked(heads)
    country = schools(settings.COUNTRY)
    is_school = row.for_whom is Audience.SCHOOL
    visits.check_groups(met, country.levels if is_school else country.professions)
    row.state, row.met_on, row.heads = VisitState.MET, day, met
    row.people, row.ended_at = sum(met.values()), clock.now()
    row.save(update_fields=("state", "met_on", "heads", "people", "ended_at"))
    record(
        InterventionMet(
            subject=row.id,
            day=day,
            audience=Code(row.audience),
            host_line=Code(row.host_line),
            amount=row.people,
        ),
        by=by,
    )
    record_many(
        (
            GroupMet(subject=row.id, day=day, group=Code(group), amount=number)
            for group, number in met.items()
        ),
        by=by,
    )


@transaction.atomic
def close(*, intervention_id: UUID, outcome: VisitState, by: Actor) -> None:
    """Decline a request, or cancel what was planned or asked for."""
    access.require(by, access.CHANGE)
    row = Intervention.locked(intervention_id)
    if outcome not in {VisitState.DECLINED, VisitState.CANCELLED}:
        raise visits.StepRefused(_("Choose “Declined” or “Cancelled”."))
    visits.check_step(row.stands, outcome)
    row.state, row.ended_at = outcome, clock.now()
    row.save(update_fields=("state", "ended_at"))
    record(InterventionClosed(subject=row.id, outcome=Code(outcome)), by=by)


@transaction.atomic
def rate(*, intervention_id: UUID, rating: int, by: Actor) -> None:
    """Say how it was, from 1 to 5, once: the bearer of its link may. Raises NotHere before."""
    if not Intervention.objects.filter(id=intervention_id, state=VisitState.MET).exists():
        raise NotHere
    if rating not in visits.RATINGS:
        raise AlreadyRated(_("Choose from 1 to 5."))
    try:
        with transaction.atomic():
            opinion = Opinion(id=intervention_id, rating=rating, given_at=clock.now())
            opinion.save(force_insert=True)
    except IntegrityError:
        raise AlreadyRated(_("You have answered already. Thank you.")) from None
    record(InterventionRated(subject=intervention_id, rating=rating), by=by)
