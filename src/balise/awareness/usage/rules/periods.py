"""The days that a table of uses is of: a day, a week from Monday, or a month."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

_DAY = timedelta(days=1)


class Per(TextChoices):
    """How long."""

    DAY = "day", pgettext_lazy("use", "Day")
    WEEK = "week", pgettext_lazy("use", "Week")
    MONTH = "month", pgettext_lazy("use", "Month")


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    per: Per
    first: date
    last: date

    @property
    def before(self) -> "Period":
        return period_of(self.per, self.first - _DAY)

    @property
    def after(self) -> "Period":
        return period_of(self.per, self.last + _DAY)


def period_of(per: Per, day: date) -> Period:
    """Return the period that a day is in."""
    match per:
        case Per.DAY:
            return Period(per, day, day)
        case Per.WEEK:
            first = day - timedelta(days=day.weekday())
            return Period(per, first, first + timedelta(days=6))
        case Per.MONTH:
            first = day.replace(day=1)
            return Period(per, first, (first + timedelta(days=31)).replace(day=1) - _DAY)
