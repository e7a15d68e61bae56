"""What staffing asks of those who plan lessons: workshops with pupils, visits to schools."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from balise.foundation.ports import Port


class Lesson(Protocol):
    """Pupils met on a day, or to be met; `area` is the code of where."""

    @property
    def day(self) -> date: ...
    @property
    def area(self) -> str: ...
    @property
    def pupils(self) -> int: ...


class PlannedLessons(Protocol):
    """Answered by fieldwork: the lessons of days, both included, planned or already held."""

    def __call__(self, *, since: date, until: date) -> Sequence[Lesson]: ...


planned_lessons = Port[PlannedLessons]("helpline.staffing.planned_lessons")
