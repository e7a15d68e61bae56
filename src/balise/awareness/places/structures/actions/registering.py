"""Files of the schema of médiation numérique: read into the register, and written of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.places.structures import access, events
from balise.awareness.places.structures.documents import read_sheet
from balise.awareness.places.structures.models import CODE, CODE_FIELD, LINE, Structure
from balise.awareness.places.structures.queries.register import (
    codes_of,
    home,
    known_as,
    own_schema,
    written,
)
from balise.awareness.places.structures.rules.codes import new_code
from balise.awareness.places.structures.rules.facts import Facts, columns
from balise.awareness.places.structures.rules.mediation.checks import Left, file_of, left_out
from balise.awareness.places.structures.rules.mediation.reading import Line, Sheet
from balise.awareness.places.structures.rules.places import DatesFaulty
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import RecordKey, blind, keep, key_of_line, new_key
from balise.foundation.journal.book import record

# Register a structure, change what is said of it, attest it, give it another code.


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


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: structures made, lines that are known already, lines refused."""

    sheet: Sheet
    made: Sequence[UUID]
    known: Sequence[tuple[Line, Structure]]
    refused: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Exported:
    """A file, how many structures it has, and how many stay outside, by reason."""

    text: str
    amount: int
    left: Mapping[Left, int]


def bring_in(*, text: str, by: Actor) -> Imported:
    """Register the lines of a file that are right and new; nothing of the others is changed."""
    access.require(by, access.WRITE)
    sheet = read_sheet(text, schema=own_schema(), atlas=home(), today=today())
    with transaction.atomic():
        made: list[UUID] = []
        known: list[tuple[Line, Structure]] = []
        for line in sheet.lines:
            if line.facts is None:
                continue
            if (same := known_as(line.facts)) is not None:
                known.append((line, same))
                continue
            made.append(
                register(
                    facts=line.facts,
                    outside_id=line.outside_id,
                    confirmed_on=line.confirmed_on,
                    by=by,
                )
            )
        refused = [line for line in sheet.lines if line.faults]
        event = events.StructuresImported(subject=uuid4(), made=len(made), refused=len(refused))
        record(event, by=by)
        return Imported(sheet, made, known, refused)


@transaction.atomic
def write_out(*, by: Actor) -> Exported:
    """Return the structures that agreed to it as a file of the schema."""
    access.require(by, access.WRITE)
    country = home().country
    rows, left = [], Counter[Left]()
    for one in written():
        if (why := left_out(one, country=country)) is None:
            rows.append(one)
        else:
            left[why] += 1
    source = settings.CENTRE.organisation
    text = file_of(rows, schema=own_schema(), source=source)
    record(events.StructuresExported(subject=uuid4(), amount=len(rows)), by=by)
    return Exported(text, len(rows), left)
