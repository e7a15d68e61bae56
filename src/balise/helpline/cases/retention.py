"""What the helpline forgets, and when. The figures stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.helpline.cases.models.received import Referral

_KEPT = timedelta(days=2 * 365)
_AT_ONCE = 1_000


def referrals_due(at: datetime) -> Iterable[UUID]:
    """Return the referrals that were closed two years ago."""
    return (
        Referral.objects.filter(closed_at__lte=at - _KEPT)
        .order_by("closed_at")
        .values_list("id", flat=True)[:_AT_ONCE]
    )


def erase_referrals(referral_ids: Sequence[UUID]) -> int:
    """Destroy referrals and their keys; return how many there were."""
    with transaction.atomic():
        forget(referral_ids)
        erased, _of_each = Referral.objects.filter(id__in=referral_ids).delete()
    return erased


RULES = (
    Rule(
        name="helpline.referrals",
        line="helpline",
        says=_("A referral is destroyed two years after it was closed."),
        due=referrals_due,
        erase=erase_referrals,
    ),
)
