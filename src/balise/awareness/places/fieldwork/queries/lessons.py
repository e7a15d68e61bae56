"""Children met, or to be met: what a forecast asks for."""

from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from balise.awareness.places.fieldwork.models import Intervention, Workshop
from balise.awareness.places.fieldwork.rules import workshops as fieldwork_workshops
from balise.awareness.places.fieldwork.rules.visits import Audience, VisitState
from balise.awareness.places.fieldwork.rules.workshops import WorkshopState


class Lesson(NamedTuple):
    """Children of one workshop or visit, on its day, with the code of its area."""

    day: date
    area: str
    pupils: int


def planned_lessons(*, since: date, until: date) -> list[Lesson]:
    """Return the lessons of days, both included: as planned, or as met where that is known."""
    held = Workshop.objects.filter(
        state=WorkshopState.HELD, structure=OuterRef("structure"), day=OuterRef("day")
    )
    workshops = (
        Workshop.objects.filter(
            state__in=(WorkshopState.PLANNED, WorkshopState.HELD), day__range=(since, until)
        )
        .exclude(Exists(held), state=WorkshopState.PLANNED)
        .values_list("day", "area", "heads")
    )
    found = [Lesson(day, area, fieldwork_workshops.minors(heads)) for day, area, heads in workshops]
    visits = Intervention.objects.filter(audience=Audience.SCHOOL).order_by()
    to_come = visits.filter(state=VisitState.PLANNED, planned_on__range=(since, until))
    met = visits.filter(state=VisitState.MET, met_on__range=(since, until))
    for rows in (
        to_come.values_list("planned_on", "venue__area", "expected"),
        met.values_list("met_on", "venue__area", "people"),
    ):
        found += [Lesson(day, area, pupils) for day, area, pupils in rows if day]
    return sorted(lesson for lesson in found if lesson.pupils)
