"""One's own figures are deleted; the team's totals name nobody and stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import day_of
from balise.foundation.retention.rules import Rule
from balise.hotline.welfare.models import Preference, Shift
from balise.hotline.welfare.queries import limits_here

_AT_ONCE = 1_000


def shifts_due(at: datetime) -> Iterable[UUID]:
    """Return the days of looking that are older than the centre's pack says."""
    last = day_of(at - limits_here().forgotten_after)
    due = Shift.objects.filter(day__lte=last).order_by("day")
    return due.values_list("id", flat=True)[:_AT_ONCE]


def erase_shifts(shift_ids: Sequence[UUID]) -> int:
    """Destroy days of looking with their sums; return how many days there were."""
    with transaction.atomic():
        _all, of_each = Shift.objects.filter(id__in=shift_ids).delete()
    return of_each.get(Shift._meta.label, 0)


def preferences_due(at: datetime) -> Iterable[UUID]:
    """Return the accounts whose wishes are old, and of whom no day of looking is left."""
    last = at - limits_here().forgotten_after
    due = Preference.objects.filter(chosen_at__lte=last).exclude(
        account__in=Shift.objects.values("account")
    )
    return due.order_by("chosen_at").values_list("account", flat=True)[:_AT_ONCE]


def erase_preferences(accounts: Sequence[UUID]) -> int:
    """Destroy how people liked to look; return of how many."""
    _all, of_each = Preference.objects.filter(account__in=accounts).delete()
    return of_each.get(Preference._meta.label, 0)


RULES = (
    Rule(
        name="hotline.welfare.shifts",
        forgets=Shift,
        line="hotline",
        says=_("How long an analyst viewed content, day by day: after ninety days."),
        due=shifts_due,
        erase=erase_shifts,
    ),
    Rule(
        name="hotline.welfare.preferences",
        forgets=Preference,
        line="hotline",
        says=_("An analyst’s viewing preferences: ninety days after their last viewing."),
        due=preferences_due,
        erase=erase_preferences,
    ),
)
