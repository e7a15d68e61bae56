"""What is deleted of removals, and when. The figures stay."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.helpline.removals.models import Item, Request

# Until then, what came back is asked for again.
_KEPT = timedelta(days=2 * 365)
_DRAFTS_KEPT = timedelta(days=90)


def drafts_due(at: datetime) -> QuerySet[Request]:
    """Return the requests of three months ago of which nothing was ever sent.

    What came back, and is ready to be asked for again, is no draft.
    """
    left = Item.objects.filter(request=OuterRef("id"), first_round_at__isnull=False)
    return Request.objects.filter(asked_at__lte=at - _DRAFTS_KEPT).exclude(Exists(left))


RULES = (
    Rule(
        name="helpline.removals",
        forgets=Request,
        says=_("A removal request is deleted two years after all of it has ended."),
        due=past(Request, "closed_at", _KEPT),
        erase=deleted(Request),
    ),
    Rule(
        name="helpline.removal-drafts",
        forgets=Request,
        says=_("A removal request that was never sent is deleted after three months."),
        due=drafts_due,
        erase=deleted(Request),
    ),
)
