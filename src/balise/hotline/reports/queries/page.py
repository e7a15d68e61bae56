"""The page of a content: what is shown of it without opening what is sealed, asked once."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of
from balise.hotline.reports import access
from balise.hotline.reports.models import LINE, Content
from balise.hotline.reports.queries import (
    ending,
    items,
    listing,
    reviews as given,
    timeline as told,
)
from balise.hotline.reports.rules.words import Verdict
from balise.takedown.law.rules import Certainty, Facts
from balise.takedown.notices import queries as notified
from balise.takedown.tracing.queries import hosting
from balise.takedown.watch import access as watching
from balise.takedown.watch.queries import looking


class ContentPage(NamedTuple):
    """What the page of a content shows; `days` are those of the facts, as far as they are said."""

    row: listing.ContentRow
    days: Facts
    described: items.Described
    reviews: given.Reviews
    notices: list[notified.NoticeRow]
    timeline: told.Timeline
    police: told.Police | None
    police_now: told.PoliceNow | None
    decided_law: given.DecidedLaw | None
    split_with: Sequence[UUID]
    watch: looking.History | None
    asked: hosting.Asked | None
    stays: tuple[hosting.Stay, ...]
    given_up: ending.GivenUp | None
    told_reporters: int


def page(*, content_id: UUID, seen_by: Actor) -> ContentPage:
    """Return what the page of a content shows. Raises NotHere."""
    row = listing.content(content_id=content_id, seen_by=seen_by)
    is_illegal = row.verdict is Verdict.ILLEGAL
    unsaid = Facts(day_of(row.waits_since), None, Certainty.AT_LATEST)
    about = notified.about(line=LINE, subject=content_id, seen_by=seen_by) if is_illegal else []
    police = told.police(content_id=content_id, seen_by=seen_by) if is_illegal else None
    at_once = told.police_now(row, seen_by=seen_by)
    watched = (
        looking.history(line=LINE, subject=content_id, seen_by=seen_by)
        if seen_by.may(watching.READ)
        else None
    )
    seen = given.reviews(row, seen_by=seen_by)
    return ContentPage(
        row=row,
        days=given.days_said(row, seen_by=seen_by) or unsaid,
        described=items.described(content_id=content_id, seen_by=seen_by),
        reviews=seen,
        notices=about,
        timeline=told.timeline(
            row, about=about, police=police or at_once, watched=watched, seen=seen, seen_by=seen_by
        ),
        police=police,
        police_now=at_once,
        decided_law=given.decided_law(content_id=content_id, seen_by=seen_by),
        split_with=split_with(content_id=content_id, seen_by=seen_by),
        watch=watched,
        asked=hosting.last_asked(line=LINE, subject=content_id, seen_by=seen_by),
        stays=hosting.history(line=LINE, subject=content_id, seen_by=seen_by),
        given_up=ending.given_up(content_id=content_id, seen_by=seen_by)
        if row.is_given_up
        else None,
        told_reporters=listing.followers(content_id=content_id, seen_by=seen_by)
        if row.is_decided
        else 0,
    )


def split_with(*, content_id: UUID, seen_by: Actor) -> Sequence[UUID]:
    """Return the contents that a content was split from, or that were split from it."""
    access.require(seen_by, access.READ)
    origin = Content.objects.filter(id=content_id).values("split_from")
    found = Content.objects.filter(Q(id__in=origin) | Q(split_from=content_id))
    return list(found.order_by("first_reported_at", "id").values_list("id", flat=True))
