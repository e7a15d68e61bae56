"""A workshop that a structure declares: when, where, how it stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused

# Who was met and how they were counted: bands of age and heads, never a name. Pure.


MOST_HEADS: Final = 2_000  # of one band or one class level, in one room


class Band(TextChoices):
    """People met, by age; adults by why they came."""

    UNDER_11 = "under-11", pgettext_lazy("people met", "Under 11")
    FROM_11 = "11-13", pgettext_lazy("people met", "11 to 13")
    FROM_14 = "14-17", pgettext_lazy("people met", "14 to 17")
    PARENTS = "parents", pgettext_lazy("people met", "Parents")
    PROFESSIONALS = "professionals", pgettext_lazy("people met", "Professionals")


CHILDREN: Final = frozenset({Band.UNDER_11, Band.FROM_11, Band.FROM_14})


class Method(TextChoices):
    """How heads were counted; a figure says it."""

    COUNTED = "counted", pgettext_lazy("people met", "One by one")
    ESTIMATED = "estimated", pgettext_lazy("people met", "At a glance")
    REGISTERED = "registered", pgettext_lazy("people met", "From the registration")


class Needs(TextChoices):
    """How many people had specific needs, as a band: a number could point at someone."""

    UNKNOWN = "unknown", pgettext_lazy("people met", "Not known")
    NONE = "none", pgettext_lazy("people met", "Nobody")
    FEW = "1-4", pgettext_lazy("people met", "1 to 4")
    SOME = "5-9", pgettext_lazy("people met", "5 to 9")
    MANY = "10-more", pgettext_lazy("people met", "10 or more")


class HeadsWrong(Refused, code="heads-wrong"):
    field = "heads"


def checked(heads: Mapping[str, int]) -> dict[str, int]:
    """Return the heads that were met, by band or level, without the empty ones.

    Refuses no head at all, a negative number, and more than a room holds.
    """
    if any(number < 0 or number > MOST_HEADS for number in heads.values()):
        raise HeadsWrong(_("Enter numbers from 0 to %(most)s.") % {"most": MOST_HEADS})
    found = {code: number for code, number in heads.items() if number}
    if not found:
        raise HeadsWrong(_("Enter how many people were there."))
    return found


def minors(heads: Mapping[str, int]) -> int:
    """Return how many of the people of a workshop are children."""
    return sum(heads.get(band, 0) for band in CHILDREN)


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
