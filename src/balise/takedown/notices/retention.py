"""What is forgotten of notices, and when. Defaults for the data protection officer to confirm."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.takedown.notices.models import Notice
from balise.takedown.notices.rules.states import State

# A yearly report is due on them, and a host may contest one for six months (DSA, Article 20).
_ENDED = timedelta(days=365)
# A draft that nobody sent, a notice that nobody closed.
_LEFT = timedelta(days=180)
_AT_ONCE = 1_000


def notices_due(at: datetime) -> Iterable[UUID]:
    """Return the notices whose words are no longer needed: ended a year ago, or left as drafts."""
    ended = Q(closed_at__lte=at - _ENDED)
    left = Q(state__in=(State.DRAFT, State.FAILED), drafted_at__lte=at - _LEFT)
    return (
        Notice.objects.filter(ended | left)
        .exclude(sealed=b"")
        .order_by("drafted_at")
        .values_list("id", flat=True)[:_AT_ONCE]
    )


def erase_notices(notice_ids: Sequence[UUID]) -> int:
    """Destroy what notices said and the keys to it; what was sent, and what came of it, stays."""
    with transaction.atomic():
        forget(notice_ids)
        return Notice.objects.filter(id__in=notice_ids).update(sealed=b"")


RULES = (
    Rule(
        name="takedown.notices",
        line="takedown",
        says=_(
            "The words of a notice: one year after it ended, or six months after a draft was left"
        ),
        due=notices_due,
        erase=erase_notices,
    ),
)
