"""Register a structure, change what is said of it, attest it, give it another code."""

from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.network.structures import access, events
from balise.awareness.network.structures.models import CODE, CODE_FIELD, LINE, Structure
from balise.awareness.network.structures.queries.places import codes_of, home
from balise.awareness.network.structures.rules.codes import new_code
from balise.awareness.network.structures.rules.facts import Facts, columns
from balise.awareness.network.structures.rules.refusals import DatesFaulty
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import RecordKey, blind, keep, key_of_line, new_key
from balise.foundation.journal.book import record


@transaction.atomic
def register(
    *, facts: Facts, outside_id: str = "", confirmed_on: date | None = None, by: Actor
) -> UUID:
    """Add a structure with a fresh secret code, confirmed today unless said; returns its id."""
    access.require(by, access.WRITE)
    told = columns(facts, atlas=home(), facets=taxonomy(settings.CENTRE.country))
    key, code = new_key(LINE, uuid4()), new_code()
    structure = Structure.objects.create(
        id=key.record,
        **told,
        outside_id=outside_id,
        **_of_code(key, code),
        registered_at=now(),
        confirmed_on=confirmed_on or today(),
    )
    keep(key)
    record(events.StructureRegistered(subject=key.record, **codes_of(structure)), by=by)
    return key.record


@transaction.atomic
def change(*, structure_id: UUID, facts: Facts, by: Actor) -> None:
    """Write down what is said of a structure now; this confirms it too."""
    access.require(by, access.WRITE)
    structure = Structure.open_locked(structure_id)
    told = columns(facts, atlas=home(), facets=taxonomy(settings.CENTRE.country))
    for name, value in told.items():
        setattr(structure, name, value)
    structure.confirmed_on = today()
    structure.save(update_fields=[*told, "confirmed_on"])
    record(events.StructureChanged(subject=structure.id), by=by)


@transaction.atomic
def attest(*, structure_id: UUID, attested_on: date | None, by: Actor) -> None:
    """Write down the date of the attestation of honourability that was seen; None takes it away."""
    access.require(by, access.WRITE)
    structure = Structure.open_locked(structure_id)
    if attested_on is not None and attested_on > today():
        raise DatesFaulty(_("This date has not come yet."))
    structure.attested_on = attested_on
    structure.save(update_fields=["attested_on"])
    record(events.StructureAttested(subject=structure.id), by=by)


@transaction.atomic
def renew_code(*, structure_id: UUID, by: Actor) -> None:
    """Give a structure another secret code: the one before opens nothing."""
    access.require(by, access.WRITE)
    structure = Structure.open_locked(structure_id)
    told = _of_code(key_of_line(LINE, structure.id), new_code())
    for name, value in told.items():
        setattr(structure, name, value)
    structure.save(update_fields=list(told))
    record(events.CodeRenewed(subject=structure.id), by=by)


def _of_code(key: RecordKey, code: str) -> dict[str, bytes]:
    return {
        "code_index": blind(LINE, CODE_FIELD, code),
        "sealed_code": key.seal({"code": code}, where=CODE, row=key.record),
    }
