"""Files of the schema of médiation numérique: read into the register, and written of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from balise.awareness.network.structures import access, events
from balise.awareness.network.structures.actions.registering import register
from balise.awareness.network.structures.documents import read_sheet
from balise.awareness.network.structures.models import Structure
from balise.awareness.network.structures.queries.exchanging import (
    known_as,
    own_schema,
    written,
)
from balise.awareness.network.structures.queries.places import home
from balise.awareness.network.structures.rules.mediation.reading import Line, Sheet
from balise.awareness.network.structures.rules.mediation.writing import (
    Left,
    file_of,
    left_out,
)
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.journal.book import record


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
