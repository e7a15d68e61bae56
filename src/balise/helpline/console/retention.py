"""What the console forgets, and when."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.helpline.console.models import Brief, Danger, Hand

_BRIEFS_KEPT = timedelta(days=1)
_DANGERS_KEPT = timedelta(days=30)
_AT_ONCE = 1_000


def briefs_due(at: datetime) -> Iterable[UUID]:
    """Return the briefs that are a day old: the people who needed them have read them."""
    due = Brief.objects.filter(at__lte=at - _BRIEFS_KEPT).order_by("at")
    return due.values_list("id", flat=True)[:_AT_ONCE]


def erase_briefs(brief_ids: Sequence[UUID]) -> int:
    """Destroy briefs and their keys; return how many there were."""
    forget(brief_ids)
    return Brief.objects.filter(id__in=brief_ids).delete()[0]


def dangers_due(at: datetime) -> Iterable[UUID]:
    """Return what was a danger a month ago."""
    due = Danger.objects.filter(declared_at__lte=at - _DANGERS_KEPT).order_by("declared_at")
    return due.values_list("id", flat=True)[:_AT_ONCE]


def erase_dangers(danger_ids: Sequence[UUID]) -> int:
    """Destroy checklists and their keys; return how many there were."""
    forget(danger_ids)
    return Danger.objects.filter(id__in=danger_ids).delete()[0]


def hands_due(at: datetime) -> Iterable[UUID]:
    """Return the hands that were raised a month ago."""
    due = Hand.objects.filter(raised_at__lte=at - _DANGERS_KEPT).order_by("raised_at")
    return due.values_list("id", flat=True)[:_AT_ONCE]


def erase_hands(hand_ids: Sequence[UUID]) -> int:
    """Destroy hands; return how many there were."""
    return Hand.objects.filter(id__in=hand_ids).delete()[0]


RULES = (
    Rule(
        name="helpline.briefs",
        forgets=Brief,
        line="helpline",
        says=_("A private message to the next listener is deleted after one day."),
        due=briefs_due,
        erase=erase_briefs,
    ),
    Rule(
        name="helpline.dangers",
        forgets=Danger,
        line="helpline",
        says=_("The immediate-danger checklist is deleted after one month."),
        due=dangers_due,
        erase=erase_dangers,
    ),
    Rule(
        name="helpline.hands",
        forgets=Hand,
        line="helpline",
        says=_("The fact that a listener called for help is deleted after one month."),
        due=hands_due,
        erase=erase_hands,
    ),
)
