"""Pupils met, or to be met: what is declared for the day beside what is done in the field."""

from datetime import date

from balise.awareness.network.fieldwork.queries import lessons as of_field
from balise.awareness.network.fieldwork.queries.lessons import Lesson
from balise.awareness.sid.models import Activity
from balise.awareness.sid.rules.words import Band, Sort


def planned_lessons(*, since: date, until: date) -> list[Lesson]:
    """Return the lessons of days, both included: those of the field, and of the day's schools.

    Of the day they are as met where that is known, else as expected.
    """
    declared = Activity.objects.filter(
        sort=Sort.SCHOOL, on__range=(since, until), withdrawn_at=None, voided=""
    ).values_list("on", "area", "expected", "met")
    found = [
        Lesson(day, area, sum(heads for band, heads in met.items() if band != Band.ADULTS))
        if met
        else Lesson(day, area, expected)
        for day, area, expected, met in declared
    ]
    return sorted([*of_field.planned_lessons(since=since, until=until), *found])
