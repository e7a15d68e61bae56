"""A structure leaves the network, or turns out to be another one."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.network.structures import access, events
from balise.awareness.network.structures.models import Contact, Convention, Structure
from balise.awareness.network.structures.queries.places import codes_of
from balise.awareness.network.structures.rules.refusals import NotTheSame
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.journal.book import record


@transaction.atomic
def close(*, structure_id: UUID, by: Actor) -> None:
    """Let a structure leave: its page is gone, its code opens nothing, what it did stays."""
    access.require(by, access.WRITE)
    _close(Structure.open_locked(structure_id), by=by)


@transaction.atomic
def merge(*, structure_id: UUID, into: UUID, by: Actor) -> None:
    """Say that two entries are one structure: the first goes on in the second.

    Contacts and conventions move; its code and its id lead to the second; what the second lacks is
    taken from the first.
    """
    access.require(by, access.WRITE)
    if structure_id == into:
        raise NotTheSame(_("Choose two structures."))
    # Always in one order, so that two merges at once never wait for each other.
    rows = {key: Structure.open_locked(key) for key in sorted((structure_id, into))}
    gone, stays = rows[structure_id], rows[into]
    taken = _taken(gone, stays)
    for name, value in taken.items():
        setattr(stays, name, value)
    stays.save(update_fields=list(taken))
    Contact.objects.filter(structure=gone).update(structure=stays)
    Convention.objects.filter(structure=gone).update(structure=stays)
    gone.merged_into = stays
    _close(gone, by=by)
    record(events.StructuresMerged(subject=gone.id, into=stays.id), by=by)


def _close(structure: Structure, *, by: Actor) -> None:
    structure.closed_on = today()
    structure.save(update_fields=["closed_on", "merged_into"])
    record(events.StructureClosed(subject=structure.id, **codes_of(structure)), by=by)


def _taken(gone: Structure, stays: Structure) -> dict[str, object]:
    """Return what the one that stays has not, and the other has; the later attestation counts."""
    words = ("number", "outside_id", "address", "telephone", "mail", "web", "summary")
    lists = ("audiences", "ages", "topics", "languages")
    found: dict[str, object] = {
        name: getattr(gone, name) for name in (*words, *lists) if not getattr(stays, name)
    }
    dates = [each for each in (gone.attested_on, stays.attested_on) if each is not None]
    return {**found, "attested_on": max(dates, default=None)}
