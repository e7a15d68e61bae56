"""What the desk forgets. Defaults for the data protection officer to confirm."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.hotline.desk.models import Batch

_LEFT = timedelta(days=30)
_AT_ONCE = 1_000


def batches_due(at: datetime) -> Iterable[UUID]:
    """Return the batches that nobody has touched for a month: sent, or left as they are."""
    return (
        Batch.objects.filter(changed_at__lte=at - _LEFT)
        .order_by("changed_at")
        .values_list("id", flat=True)[:_AT_ONCE]
    )


def erase_batches(batch_ids: Sequence[UUID]) -> int:
    """Destroy batches, their drafts and their keys; the reports they became are kept elsewhere."""
    with transaction.atomic():
        forget(batch_ids)
        Batch.objects.filter(id__in=batch_ids).delete()
    return len(batch_ids)


RULES = (
    Rule(
        name="hotline.desk.drafts",
        forgets=Batch,
        line="hotline",
        says=_("Drafts of the partner portal are deleted one month after their last change."),
        due=batches_due,
        erase=erase_batches,
    ),
)
