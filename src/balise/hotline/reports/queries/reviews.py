"""The reviews of one round: what one sees of another's, and how often two agree.

A round begins when a content is reported or put back, and ends with the verdict that stands.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from balise.foundation.accounts.queries import holders_of, names_of
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.hotline.reports import access
from balise.hotline.reports.models import LINE, Assessment, Content, Report
from balise.hotline.reports.rules import assessing
from balise.hotline.reports.rules.assessing import CLAIM_LASTS, Agreement, Said, agreements
from balise.hotline.reports.rules.categories import category
from balise.hotline.reports.rules.places import Place
from balise.hotline.reports.rules.words import LOOKED_AT, Confidence, ContentState, ToRead, Verdict
from balise.takedown.directory.queries import contact_for
from balise.takedown.directory.rules.choosing import Wanted
from balise.takedown.law.queries import Changed, change_since, law_named, text_named
from balise.takedown.law.rules import Facts, Offence, law, law_of
from balise.takedown.law.rules.facts import CitedLaw
from balise.takedown.law.rules.items import CHILDREN


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
    """Refuse a review of a content by one who gave one, by their key (see `rules.assessing`)."""
    given_by = reviewers(content)
    others = (
        [one for one in map(str, holders_of(access.ASSESS)) if one not in given_by]
        if of in given_by
        else ()
    )
    assessing.check_eyes(given_by, by=of, leads=leads, others=others)


def reviews(content: Waits, *, seen_by: Actor) -> Reviews:
    """Return what a reader may know of the reviews of a content: of one that is blind, nothing."""
    access.require(seen_by, access.READ)
    given = of_round(content)
    if assessing.is_blind([one.by for one in given], reader=seen_by.key):
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
    return assessing.is_blind(reviewers(content), reader=reader.key)


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


# The law of a content: the text that its verdict names, as frozen, and what changed since.


@dataclass(frozen=True, slots=True)
class DecidedLaw:
    """The law that the final verdict names.

    `is_frozen` is false of a verdict of before texts were frozen: today's pack is read for it.
    `changed`: how the pack has changed since, None where it has not.
    """

    offence: Offence
    cited: CitedLaw
    is_frozen: bool
    changed: Changed | None


def decided_law(*, content_id: UUID, seen_by: Actor) -> DecidedLaw | None:
    """Return the law of a content's final verdict, None where it names no offence."""
    access.require(seen_by, access.READ)
    final = Assessment.objects.filter(content=content_id, is_final=True).first()
    if final is None or not final.offence:
        return None
    country = settings.COUNTRY
    history = law_named(final.named, country=country).history(final.offence)
    return DecidedLaw(
        offence=_text(final),
        cited=CitedLaw(law_of(history, final.days), final.days),
        is_frozen=final.named.is_frozen,
        changed=change_since(final.named, country=country),
    )


def days_said(content: Waits, *, seen_by: Actor) -> Facts | None:
    """Return the days of the facts by the last verdict that named an offence and stands.

    Or by the reviews that differ, for who decides between them; of one that is blind, nothing.
    """
    access.require(seen_by, access.READ)
    named = Assessment.objects.filter(content=content.id).exclude(offence="")
    if is_blind(content, reader=seen_by):
        named = named.filter(at__lt=content.waits_since)
    last = named.order_by("-at").first()
    return last.days if last else None


def law_of_offence(code: str, facts: Facts) -> CitedLaw:
    """Return what today's pack says of an offence on the days of the facts."""
    return CitedLaw(law_of(law(settings.COUNTRY).history(code), facts), facts)


def offence_of(content: Content, final: Assessment) -> Offence:
    """Return the offence of a verdict in its frozen text, in the DSA's words for who is shown."""
    offence = _text(final)
    return offence.about_minor() if is_about_minor(content) else offence


def is_about_minor(content: Content) -> bool:
    """Return whether a minor is concerned or shown: a reporter under 18 who is, or an item."""
    return (content.minor and content.concerned) or content.items.filter(age__in=CHILDREN).exists()


def _text(final: Assessment) -> Offence:
    return text_named(final.named, code=final.offence, on=final.facts_on, country=settings.COUNTRY)


# What waits for an analyst, in numbers: how many, and since when the oldest waits.


@dataclass(frozen=True, slots=True)
class Pile:
    """How many wait, and since when the oldest does: None where nothing waits."""

    count: int
    since: datetime | None


def mine(*, seen_by: Actor) -> Pile:
    """Return the content that one has taken, and still has."""
    access.require(seen_by, access.READ)
    # Repeats what the index of claims leaves out: SQLite uses a partial index only then.
    taken = Content.objects.filter(claimed_by=seen_by.key).exclude(claimed_by="")
    held = taken.filter(claimed_at__gt=now() - CLAIM_LASTS, state__in=LOOKED_AT)
    found = held.aggregate(count=Count("id"), since=Min("claimed_at"))
    return Pile(found["count"], found["since"])


def in_danger(*, seen_by: Actor) -> Pile:
    """Return the content to examine about which someone may be in danger."""
    access.require(seen_by, access.READ)
    return _pile(Content.objects.filter(state=ContentState.WAITING, danger=True))


def to_examine(*, seen_by: Actor) -> Pile:
    """Return the content that waits for a first review."""
    access.require(seen_by, access.READ)
    return _pile(Content.objects.filter(state=ContentState.WAITING))


def to_confirm(*, seen_by: Actor) -> Pile:
    """Return the content that others examined, and that one may examine a second time."""
    access.require(seen_by, access.READ)
    return _pile(for_next_look(Content.objects.all(), by=seen_by))


def to_learn(*, seen_by: Actor) -> Pile:
    """Return the content that someone reviewed otherwise than one did, until one has read it."""
    found = differed(seen_by=seen_by)
    return Pile(len(found), found[0].at if found else None)


def to_read(*, seen_by: Actor) -> Pile:
    """Return the reports with something to read that the queue does not bring."""
    access.require(seen_by, access.ANSWER)
    waiting = Report.objects.filter(to_read__gt=ToRead.NOTHING)
    found = waiting.aggregate(count=Count("id"), since=Min("received_at"))
    return Pile(found["count"], found["since"])


def _pile(contents: QuerySet[Content]) -> Pile:
    since = Min(Coalesce("reopened_at", "first_reported_at"))
    found = contents.aggregate(count=Count("id"), since=since)
    return Pile(found["count"], found["since"])


# Whom to tell about illegal content, and in which language.


def wanted_of(content: Content, final: Assessment) -> Wanted:
    """Return what a contact point must be for, by the final verdict of a content."""
    offence = offence_of(content, final)
    return Wanted(
        line=LINE,
        country=content.country,
        category=offence.dsa_category,
        keyword=offence.dsa_keyword,
    )


def language_of_host(content: Content, final: Assessment, place: Place) -> str:
    """Return the language in which a content's host is written to; "" where nobody is known."""
    wanted = wanted_of(content, final)
    contact = contact_for(domain=place.domain, asn=content.network, wanted=wanted)
    return contact.organisation.language if contact else ""
