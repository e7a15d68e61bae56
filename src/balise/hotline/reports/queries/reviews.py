"""The reviews of one round: what one sees of another's, and how often two agree.

A round begins when a content is reported or put back, and ends with the verdict that stands.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from balise.foundation.accounts.queries import holders_of, names_of
from balise.foundation.actors import Actor
from balise.hotline.reports import access
from balise.hotline.reports.models import Assessment, Content
from balise.hotline.reports.rules import reviewing
from balise.hotline.reports.rules.categories import category
from balise.hotline.reports.rules.reviewing import Agreement, Said, agreements
from balise.hotline.reports.rules.words import Confidence, ContentState, Verdict


@dataclass(frozen=True, slots=True)
class Review:
    """One of two reviews, as both are shown side by side."""

    who: str
    at: datetime
    verdict: Verdict
    offence: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Reviews:
    """Where the reviews of a content stand for one reader.

    `is_blind`: a first one is there, and nothing of it is here. `given`: the two that differ,
    nothing while there are no two.
    """

    is_blind: bool
    given: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Differed:
    """A content that someone else decided otherwise than the reader, or reviewed otherwise."""

    content: UUID
    category: str
    mine: Verdict
    is_settled: bool
    at: datetime


class Waits(Protocol):
    """A content, or its row in the queue: what tells which reviews are of this round."""

    @property
    def id(self) -> UUID: ...
    @property
    def state(self) -> str: ...
    @property
    def waits_since(self) -> datetime: ...


def of_round(content: Waits) -> list[Assessment]:
    """Return the reviews of a content that waits for another one, the first first."""
    if content.state != ContentState.SECOND_LOOK:
        return []
    given = Assessment.objects.filter(content=content.id, at__gte=content.waits_since)
    return list(given.order_by("at", "look"))


def reviewers(content: Waits) -> list[str]:
    """Return the keys of those who gave a review in this round, the first first."""
    return [one.by for one in of_round(content)]


def said(one: Assessment) -> Said:
    """Return what a review says, to compare with another."""
    return Said(one.verdict, one.offence)


def check_eyes(content: Waits, *, of: str, leads: bool) -> None:
    """Refuse a review of a content by one who gave one, by their key (see `rules.reviewing`)."""
    given_by = reviewers(content)
    others = (
        [one for one in map(str, holders_of(access.ASSESS)) if one not in given_by]
        if of in given_by
        else ()
    )
    reviewing.check_eyes(given_by, by=of, leads=leads, others=others)


def reviews(content: Waits, *, seen_by: Actor) -> Reviews:
    """Return what a reader may know of the reviews of a content: of one that is blind, nothing."""
    access.require(seen_by, access.READ)
    given = of_round(content)
    if reviewing.is_blind([one.by for one in given], reader=seen_by.key):
        return Reviews(is_blind=True)
    if len(given) < 2:  # noqa: PLR2004 - one's own alone
        return Reviews(is_blind=False)
    names = names_of({one.by for one in given})
    return Reviews(
        is_blind=False,
        given=tuple(
            Review(
                names.get(one.by, ""),
                one.at,
                Verdict(one.verdict),
                one.offence,
                Confidence(one.confidence),
            )
            for one in given
        ),
    )


def is_blind(content: Waits, *, reader: Actor) -> bool:
    """Return whether nothing of the first review of a content is to reach a reader."""
    return reviewing.is_blind(reviewers(content), reader=reader.key)


def for_next_look(found: QuerySet[Content], *, by: Actor) -> QuerySet[Content]:
    """Return those that wait for a review by someone: they gave none in this round.

    Where nobody else may assess, a lead finds there what two reviewed otherwise too.
    """
    since = Coalesce(OuterRef("reopened_at"), OuterRef("first_reported_at"))
    of_it = Assessment.objects.filter(content=OuterRef("id"), at__gte=since)
    free = ~Exists(of_it.filter(by=by.key))
    waiting = found.filter(state=ContentState.SECOND_LOOK)
    if by.may(access.RELEASE_OTHERS) and len(holders_of(access.ASSESS)) <= 2:  # noqa: PLR2004
        return waiting.filter(Q(free) | Q(Exists(of_it.filter(look=2))))
    return waiting.filter(free)


def differed(*, seen_by: Actor) -> list[Differed]:
    """Return where someone reviewed otherwise than the reader, until they have read it."""
    access.require(seen_by, access.ASSESS)
    mine = Assessment.objects.filter(by=seen_by.key, differs_since__isnull=False)
    return [
        Differed(
            one.content_id,
            str(category(one.content.category, country=settings.COUNTRY).name),
            Verdict(one.verdict),
            one.content.state != ContentState.SECOND_LOOK,
            one.differs_since or one.at,
        )
        for one in mine.select_related("content").defer("content__sealed").order_by("differs_since")
    ]


def agreement(*, seen_by: Actor) -> list[Agreement]:
    """Return how often the first and the blind second review said the same, by offence.

    Of all that is kept. Nothing tells who gave them.
    """
    access.require(seen_by, access.ASSESS)
    first: dict[UUID, Said] = {}
    pairs = []
    blind = Assessment.objects.filter(look=2).values("content")
    given = Assessment.objects.filter(content__in=blind).order_by("content", "at", "look")
    for content, look, verdict, offence in given.values_list(
        "content", "look", "verdict", "offence"
    ):
        one = Said(verdict, offence)
        if look == 1:
            first[content] = one
        elif look == 2 and content in first:  # noqa: PLR2004 - the blind one
            pairs.append((first[content], one))
    return agreements(pairs)
