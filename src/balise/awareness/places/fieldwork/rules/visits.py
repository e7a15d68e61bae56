"""An intervention that is asked for: its states, and what each step takes. Pure."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused

MOST_EXPECTED: Final = 5_000
AHEAD: Final = timedelta(days=550)  # asked or planned at most so long before
BACK: Final = timedelta(days=400)  # written down at most so long after
RATINGS: Final = range(1, 6)


class VisitState(TextChoices):
    """Where an intervention stands."""

    ASKED = "asked", pgettext_lazy("intervention", "Asked for")
    PLANNED = "planned", pgettext_lazy("intervention", "Planned")
    MET = "met", pgettext_lazy("intervention", "Met")
    DECLINED = "declined", pgettext_lazy("intervention", "Declined")
    CANCELLED = "cancelled", pgettext_lazy("intervention", "Cancelled")


class Audience(TextChoices):
    """Who is met: classes of a school, or adults in their profession."""

    SCHOOL = "school", pgettext_lazy("intervention", "Pupils")
    PROFESSIONALS = "professionals", pgettext_lazy("intervention", "Professionals")


class Line(TextChoices):
    """The line of the centre that intervenes."""

    AWARENESS = "awareness", pgettext_lazy("intervention", "Awareness")
    HELPLINE = "helpline", pgettext_lazy("intervention", "Helpline")
    HOTLINE = "hotline", pgettext_lazy("intervention", "Hotline")


class HalfDay(TextChoices):
    """When on its day."""

    MORNING = "morning", pgettext_lazy("intervention", "Morning")
    AFTERNOON = "afternoon", pgettext_lazy("intervention", "Afternoon")
    DAY = "day", pgettext_lazy("intervention", "Whole day")


class Comes(TextChoices):
    """Who comes, as a role: a plan names nobody."""

    AMBASSADOR = "ambassador", pgettext_lazy("intervention", "Ambassador of a structure")
    STAFF = "staff", pgettext_lazy("intervention", "Someone of the centre")
    VOLUNTEER = "volunteer", pgettext_lazy("intervention", "Volunteer")


class StepRefused(Refused, code="intervention-step-refused"):
    pass


class PeriodWrong(Refused, code="intervention-period-wrong"):
    field = "wished_to"


class PlanWrong(Refused, code="intervention-plan-wrong"):
    field = "planned_on"


class MetWrong(Refused, code="intervention-met-wrong"):
    field = "met_on"


class GroupsWrong(Refused, code="intervention-groups-wrong"):
    field = "levels"


class ExpectedWrong(Refused, code="intervention-expected-wrong"):
    field = "expected"


class StructureNeeded(Refused, code="intervention-structure-needed"):
    field = "structure"


class AlreadyRated(Refused, code="intervention-rated"):
    pass


_STEPS: Final = {
    VisitState.ASKED: {VisitState.PLANNED, VisitState.DECLINED, VisitState.CANCELLED},
    VisitState.PLANNED: {VisitState.PLANNED, VisitState.MET, VisitState.CANCELLED},
    VisitState.MET: frozenset[VisitState](),
    VisitState.DECLINED: frozenset[VisitState](),
    VisitState.CANCELLED: frozenset[VisitState](),
}


def may_go(before: VisitState, after: VisitState) -> bool:
    """Return whether an intervention may go from one state to the other."""
    return after in _STEPS[before]


def check_step(before: VisitState, after: VisitState) -> None:
    """Refuse a step that does not follow from where an intervention stands."""
    if not may_go(before, after):
        raise StepRefused(
            _("It is “%(state)s”: this step is not possible.") % {"state": before.label}
        )


def check_asked(
    *,
    groups: Collection[str],
    known: Collection[str],
    expected: int,
    wished: tuple[date, date],
    today: date,
) -> None:
    """Refuse a request without a level, with a strange number, or with a period that is over."""
    check_groups(groups, known)
    if not 1 <= expected <= MOST_EXPECTED:
        raise ExpectedWrong(_("Enter a number from 1 to %(most)s.") % {"most": MOST_EXPECTED})
    since, until = wished
    if not since <= until:
        raise PeriodWrong(_("The last day is before the first."))
    if until < today or until > today + AHEAD:
        raise PeriodWrong(_("Choose days to come, within 18 months."))


def check_groups(groups: Collection[str], known: Collection[str]) -> None:
    """Refuse class levels or professions that are none of the country's, or none at all."""
    if not groups or not set(groups) <= set(known):
        raise GroupsWrong(_("Choose at least one of the list."))


def check_plan(*, day: date, today: date, comes: Comes, has_structure: bool) -> None:
    """Refuse a day that is over or far, and an ambassador of no structure."""
    if not today <= day <= today + AHEAD:
        raise PlanWrong(_("Choose a day to come, within 18 months."))
    if comes is Comes.AMBASSADOR and not has_structure:
        raise StructureNeeded(_("Choose the structure of the ambassador."))


def check_met(*, day: date, today: date) -> None:
    """Refuse to write down people met on a day to come, or long over."""
    if not today - BACK <= day <= today:
        raise MetWrong(_("Choose a day that is past, within a year."))
