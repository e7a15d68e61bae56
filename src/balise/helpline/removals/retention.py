"""What the removal desk forgets, and when. The figures stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.helpline.removals.models import Item, Request

_KEPT = timedelta(days=2 * 365)
_DRAFTS_KEPT = timedelta(days=90)
_AT_ONCE = 1_000


def removals_due(at: datetime) -> Iterable[UUID]:
    """Return the requests that ended two years ago: until then what came back is asked again."""
    found = Request.objects.filter(closed_at__lte=at - _KEPT).order_by("closed_at")
    return found.values_list("id", flat=True)[:_AT_ONCE]


def drafts_due(at: datetime) -> Iterable[UUID]:
    """Return the requests of three months ago of which nothing was ever sent.

    What came back, and is ready to be asked for again, is no draft.
    """
    left = Item.objects.filter(request=OuterRef("id"), first_round_at__isnull=False)
    found = Request.objects.filter(asked_at__lte=at - _DRAFTS_KEPT).exclude(Exists(left))
    return found.order_by("asked_at").values_list("id", flat=True)[:_AT_ONCE]


def erase_removals(request_ids: Sequence[UUID]) -> int:
    """Destroy requests with all that belongs to them, and their keys; return how many."""
    with transaction.atomic():
        forget(request_ids)
        Request.objects.filter(id__in=request_ids).delete()
    return len(request_ids)


RULES = (
    Rule(
        name="helpline.removals",
        forgets=Request,
        line="helpline",
        says=_("A removal request is deleted two years after all of it has ended."),
        due=removals_due,
        erase=erase_removals,
    ),
    Rule(
        name="helpline.removal-drafts",
        forgets=Request,
        line="helpline",
        says=_("A removal request that was never sent is deleted after three months."),
        due=drafts_due,
        erase=erase_removals,
    ),
)
