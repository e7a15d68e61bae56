"""Which contents were one, by an earlier reading of addresses."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from balise.foundation.actors import Actor
from balise.hotline.reports import access
from balise.hotline.reports.models import Content


def split_with(*, content_id: UUID, seen_by: Actor) -> Sequence[UUID]:
    """Return the contents that a content was split from, or that were split from it."""
    access.require(seen_by, access.READ)
    origin = Content.objects.filter(id=content_id).values("split_from")
    found = Content.objects.filter(Q(id__in=origin) | Q(split_from=content_id))
    return list(found.order_by("first_reported_at", "id").values_list("id", flat=True))
