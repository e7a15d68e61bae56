"""A workshop that a structure declares: when, where, how it stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.awareness.network.fieldwork.rules.people import Method, Needs, checked
from balise.foundation.refusals import Refused

LATEST: Final = timedelta(days=400)  # declared so long after; late is the ordinary case
EARLIEST: Final = timedelta(days=366)  # announced so long before


class WorkshopState(TextChoices):
    """Where a workshop stands."""

    PLANNED = "planned", pgettext_lazy("workshop", "Planned")
    HELD = "held", pgettext_lazy("workshop", "Held")
    VOID = "void", pgettext_lazy("workshop", "Void")


class Setting(TextChoices):
    """Where it takes place."""

    SCHOOL = "school", pgettext_lazy("workshop", "School")
    HERE = "here", pgettext_lazy("workshop", "Here")
    ELSEWHERE = "elsewhere", pgettext_lazy("workshop", "Elsewhere")
    ONLINE = "online", pgettext_lazy("workshop", "Online")


class Why(TextChoices):
    """Why a declaration counts no more."""

    TWICE = "twice", pgettext_lazy("workshop", "Declared twice")
    NOT_HELD = "not-held", pgettext_lazy("workshop", "It did not take place")
    WRONG = "wrong", pgettext_lazy("workshop", "It is wrong")


class DayWrong(Refused, code="workshop-day-wrong"):
    field = "day"


class KitUnknown(Refused, code="kit-unknown"):
    field = "kit"


class WorkshopVoid(Refused, code="workshop-void"):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopTold:
    """A workshop as it is told: `heads` by band, expected ones where it is planned.

    `kit` and `edition` are those of its QR code, or None and 0. `area` and `commune` are codes, ""
    where only the structure's own are known. `talked` says that a pupil asked to talk, no more.
    """

    day: date
    setting: Setting
    heads: Mapping[str, int]
    method: Method
    is_planned: bool = False
    kit: UUID | None = None
    edition: int = 0
    area: str = ""
    commune: str = ""
    needs: Needs = Needs.UNKNOWN
    talked: bool = False
    campaign: str = ""


def check(told: WorkshopTold, *, today: date) -> dict[str, int]:
    """Return the heads of a workshop; refuse a day that it cannot have."""
    if told.is_planned and not today <= told.day <= today + EARLIEST:
        raise DayWrong(_("A planned workshop is on a day to come, within a year."))
    if not told.is_planned and told.day > today:
        raise DayWrong(_("This day is to come. Choose “Planned”, or another day."))
    if not told.is_planned and told.day < today - LATEST:
        raise DayWrong(_("This day is more than a year ago. Write to the centre."))
    return checked(told.heads)
