"""A second person reads a deck and approves it; what is changed afterwards is read again."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.steering.editions import access, events
from balise.steering.editions.models import Edition
from balise.steering.editions.queries import making
from balise.steering.editions.rules import deck
from balise.steering.editions.rules.life import (
    ReadOther,
    Step,
    Tick,
    check_other,
    check_step,
    check_ticks,
)
from balise.steering.editions.rules.preparing import NotReady


@transaction.atomic
def ask_review(*, edition_id: UUID, by: Actor) -> None:
    """Give a draft to a second reader, as it was last made; refuses one that something stops."""
    access.require(by, access.WRITE)
    edition = Edition.locked_draft(edition_id)
    check_step(Step.ASK_REVIEW, edition.state)
    if stops := making.stops(edition, deck.read(edition.deck)):
        raise NotReady(_("Not ready: %(reasons)s") % {"reasons": " ".join(dict.fromkeys(stops))})
    edition.asked_at = now()
    edition.save(update_fields=("asked_at",))
    record(events.ReviewAsked(subject=edition.id, digest=_short(edition.digest)), by=by)


@transaction.atomic
def approve(*, edition_id: UUID, digest: str, ticks: Sequence[Tick], by: Actor) -> None:
    """Approve a deck as it was read: `digest` is of the page that the reader had.

    Refuses who last wrote a page of it, a list with a tick missing, and a deck that is not the one
    that was read.
    """
    access.require(by, access.APPROVE)
    edition = Edition.locked_draft(edition_id)
    check_step(Step.APPROVE, edition.state)
    check_other(by.key, edition.written_by)
    check_ticks(ticks)
    if digest != edition.digest:
        raise ReadOther(_("The deck changed while you read it. Read it again."))
    edition.approved_at, edition.approved_by = now(), by.key
    edition.approved = deck.content_digest(deck.read(edition.deck))
    edition.ticks = [one.value for one in ticks]
    edition.save(update_fields=("approved_at", "approved_by", "approved", "ticks"))
    record(events.EditionApproved(subject=edition.id, digest=_short(edition.digest)), by=by)


def _short(digest: str) -> Code:
    return Code(digest[:16])
