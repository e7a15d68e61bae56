"""Sources of hashes: which are due, how each stands, what could not be read."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import find
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.models import BadPage, Ballot, HeldEntry, Source


def due() -> list[tuple[UUID, str]]:
    """Return the sources that are to be asked now, with their codes."""
    return list(Source.objects.filter(next_at__lte=now()).values_list("id", "code"))


def bad_pages_due() -> list[tuple[UUID, str]]:
    """Return the bad pages that are to be asked for now, with the codes of their sources."""
    found = BadPage.objects.filter(settled_at__isnull=True, next_at__lte=now())
    return list(found.values_list("id", "source__code"))


def ballots_due() -> list[UUID]:
    """Return the votes that are to be sent now."""
    return list(Ballot.objects.filter(next_at__lte=now()).values_list("id", flat=True))


def one(source_id: UUID) -> Source:
    """Return a source, for a job."""
    return find(Source, id=source_id)


def bad_page(page_id: UUID) -> BadPage:
    """Return a bad page with its source, for a job."""
    return find(BadPage.objects.select_related("source"), id=page_id)


def sources(*, seen_by: Actor) -> QuerySet[Source]:
    """Return every source, with how many entries we hold of it and how many pages are bad."""
    access.require(seen_by, access.READ)
    return Source.objects.annotate(
        many=Count("held", filter=Q(held__gone_at__isnull=True), distinct=True),
        bad=Count("bad_pages", filter=Q(bad_pages__settled_at__isnull=True), distinct=True),
    ).order_by("code")


def source(code: str, *, seen_by: Actor) -> Source | None:
    """Return one source by its code, or None."""
    return sources(seen_by=seen_by).filter(code=code).first()


def fingerprints(source_id: UUID, *, seen_by: Actor) -> int:
    """Return how many entries of our bank those of a source are: one may have several hashes."""
    access.require(seen_by, access.READ)
    return HeldEntry.objects.filter(held__source=source_id, held__gone_at__isnull=True).count()


def bad_pages(source_id: UUID, *, seen_by: Actor) -> QuerySet[BadPage]:
    """Return a source's bad pages, the latest first, a hundred at most."""
    access.require(seen_by, access.READ)
    return BadPage.objects.filter(source=source_id)[:100]


def ballots(source_id: UUID, *, seen_by: Actor) -> dict[str, int]:
    """Return how many votes wait, were sent, were refused."""
    access.require(seen_by, access.READ)
    return Ballot.objects.filter(held__source=source_id).aggregate(
        waiting=Count("id", filter=Q(next_at__isnull=False)),
        sent=Count("id", filter=Q(sent_at__isnull=False)),
        refused=Count("id", filter=Q(refused_at__isnull=False)),
    )
