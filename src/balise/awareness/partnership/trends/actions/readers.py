"""Receive briefings: a partner's contact who asked, confirms from their mailbox, leaves by link."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.partnership.partners.queries.register import names
from balise.awareness.partnership.partners.rules.mandates import OrganisationUnknown
from balise.awareness.partnership.trends import access, events
from balise.awareness.partnership.trends.models import Reader
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.mail import subscribers


@transaction.atomic
def ask(*, organisation_id: UUID, language: str, address: str, by: Actor) -> UUID:
    """Keep, encrypted, the address of a partner's contact who asked, until they confirm it."""
    access.require(by, access.WRITE)
    if not names([organisation_id]):
        raise OrganisationUnknown(_("Choose an organisation of the register."))
    found = subscribers.add(
        Reader, address=address, language=language, organisation=organisation_id
    )
    record(events.ReaderAsked(subject=found, organisation=organisation_id), by=by)
    return found


@transaction.atomic
def confirm(*, reader: UUID, by: Actor) -> None:
    """Say that one wants briefings, with the link that only one's mailbox has.

    The public door writes a fact and no row; `settle` does what it says.
    """
    record(events.ReaderConfirmed(subject=reader), by=by)


@transaction.atomic
def leave(*, reader: UUID, by: Actor) -> None:
    """Say that one does not want briefings, with the link of a mail."""
    record(events.ReaderLeft(subject=reader), by=by)


@transaction.atomic
def settle(*, reader: UUID, left: bool, by: Actor) -> None:
    """Do what the bearer of a link said: keep this address alone, or destroy it."""
    access.require(by, access.WRITE)
    subscribers.settle(Reader, reader, left=left)


@transaction.atomic
def note_told(*, reader: UUID, number: int, by: Actor) -> None:
    """Note the last edition that someone received."""
    access.require(by, access.WRITE)
    subscribers.note_told(Reader, reader, number=number)


@transaction.atomic
def erase(*, readers: Sequence[UUID], by: Actor) -> int:
    """Destroy addresses and their keys; return how many."""
    access.require(by, access.WRITE)
    return subscribers.erase(Reader, readers)
