"""The page of a content: what is shown of it without opening what is sealed, asked once."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of
from balise.hotline.reports import access
from balise.hotline.reports.models import LINE, Content
from balise.hotline.reports.queries.ending import GivenUp, given_up
from balise.hotline.reports.queries.items import Described, described
from balise.hotline.reports.queries.listing import ContentRow, content, followers
from balise.hotline.reports.queries.reviews import (
    DecidedLaw,
    Reviews,
    days_said,
    decided_law,
    reviews,
)
from balise.hotline.reports.queries.timeline import (
    Police,
    PoliceNow,
    Timeline,
    police,
    police_now,
    timeline,
)
from balise.hotline.reports.rules.words import Verdict
from balise.takedown.law.rules import Certainty, Facts
from balise.takedown.notices import queries as notices
from balise.takedown.notices.queries import NoticeRow
from balise.takedown.tracing import queries as tracing
from balise.takedown.tracing.queries.hosting import Asked, Stay
from balise.takedown.watch import access as watching, queries as watch
from balise.takedown.watch.queries.looking import History


class ContentPage(NamedTuple):
    """What the page of a content shows; `days` are those of the facts, as far as they are said."""

    row: ContentRow
    days: Facts
    described: Described
    reviews: Reviews
    notices: list[NoticeRow]
    timeline: Timeline
    police: Police | None
    police_now: PoliceNow | None
    decided_law: DecidedLaw | None
    split_with: Sequence[UUID]
    watch: History | None
    asked: Asked | None
    stays: tuple[Stay, ...]
    given_up: GivenUp | None
    told_reporters: int


def page(*, content_id: UUID, seen_by: Actor) -> ContentPage:
    """Return what the page of a content shows. Raises NotHere."""
    row = content(content_id=content_id, seen_by=seen_by)
    is_illegal = row.verdict is Verdict.ILLEGAL
    unsaid = Facts(day_of(row.waits_since), None, Certainty.AT_LATEST)
    about = notices.about(line=LINE, subject=content_id, seen_by=seen_by) if is_illegal else []
    told = police(content_id=content_id, seen_by=seen_by) if is_illegal else None
    told_now = police_now(row, seen_by=seen_by)
    watched = (
        watch.history(line=LINE, subject=content_id, seen_by=seen_by)
        if seen_by.may(watching.READ)
        else None
    )
    seen = reviews(row, seen_by=seen_by)
    return ContentPage(
        row=row,
        days=days_said(row, seen_by=seen_by) or unsaid,
        described=described(content_id=content_id, seen_by=seen_by),
        reviews=seen,
        notices=about,
        timeline=timeline(
            row, about=about, police=told or told_now, watched=watched, seen=seen, seen_by=seen_by
        ),
        police=told,
        police_now=told_now,
        decided_law=decided_law(content_id=content_id, seen_by=seen_by),
        split_with=split_with(content_id=content_id, seen_by=seen_by),
        watch=watched,
        asked=tracing.last_asked(line=LINE, subject=content_id, seen_by=seen_by),
        stays=tracing.history(line=LINE, subject=content_id, seen_by=seen_by),
        given_up=given_up(content_id=content_id, seen_by=seen_by) if row.is_given_up else None,
        told_reporters=followers(content_id=content_id, seen_by=seen_by) if row.is_decided else 0,
    )


def split_with(*, content_id: UUID, seen_by: Actor) -> Sequence[UUID]:
    """Return the contents that a content was split from, or that were split from it."""
    access.require(seen_by, access.READ)
    origin = Content.objects.filter(id=content_id).values("split_from")
    found = Content.objects.filter(Q(id__in=origin) | Q(split_from=content_id))
    return list(found.order_by("first_reported_at", "id").values_list("id", flat=True))
