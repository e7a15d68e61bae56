"""What tracing forgets, and when. A default for the data protection officer to confirm."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.takedown.tracing.models import HostedAt, Inquiry

_SEEN_LAST = timedelta(days=3 * 365)
_AT_ONCE = 1_000


def stays_due(at: datetime) -> Iterable[UUID]:
    """Return the stays that no trace has confirmed for three years."""
    old = HostedAt.objects.filter(seen_at__lte=at - _SEEN_LAST)
    return old.order_by("seen_at").values_list("id", flat=True)[:_AT_ONCE]


def erase_stays(stay_ids: Sequence[UUID]) -> int:
    """Destroy stays with their traces and keys."""
    with transaction.atomic():
        forget(stay_ids)
        erased, _of_each = HostedAt.objects.filter(id__in=stay_ids).delete()
    return erased


def inquiries_due(at: datetime) -> Iterable[UUID]:
    """Return the inquiries of three years ago."""
    old = Inquiry.objects.filter(asked_at__lte=at - _SEEN_LAST)
    return old.order_by("asked_at").values_list("id", flat=True)[:_AT_ONCE]


def erase_inquiries(inquiry_ids: Sequence[UUID]) -> int:
    """Destroy inquiries: when a content was traced, and what came back."""
    erased, _of_each = Inquiry.objects.filter(id__in=inquiry_ids).delete()
    return erased


RULES = (
    Rule(
        name="takedown.inquiries",
        forgets=Inquiry,
        line="takedown",
        says=_("The date when content was last traced is deleted three years later."),
        due=inquiries_due,
        erase=erase_inquiries,
    ),
    Rule(
        name="takedown.hosting",
        forgets=HostedAt,
        line="takedown",
        says=_("Where content was hosted is deleted three years after it was last seen there."),
        due=stays_due,
        erase=erase_stays,
    ),
)
