"""Conventions: signed, and signed again."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.network.structures import access, events
from balise.awareness.network.structures.models import Convention, Structure
from balise.awareness.network.structures.rules.refusals import DatesFaulty
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record


@transaction.atomic
def sign(*, structure_id: UUID, signed_on: date, until: date, by: Actor) -> None:
    """Write down a convention, the first or a renewal; those before stay."""
    access.require(by, access.WRITE)
    structure = Structure.open_locked(structure_id)
    if until <= signed_on:
        raise DatesFaulty(_("A convention ends after the day on which it is signed."))
    Convention.objects.create(structure=structure, signed_on=signed_on, until=until)
    record(events.ConventionSigned(subject=structure.id, signed_on=signed_on, until=until), by=by)
