"""Read a file of the schema: a verdict for each line, in the reader's language. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from balise.awareness.places.structures.rules.facts import (
    LONGEST_MAIL,
    LONGEST_WEB,
    Facts,
    StructureKind,
)
from balise.awareness.places.structures.rules.mediation import READ, Field, Schema
from balise.awareness.places.structures.rules.mediation.checks import CHECKS
from balise.awareness.places.structures.rules.places import Atlas, PlaceUnknown, Point

_SPLIT: Final = re.compile(f"[{re.escape(READ)}]")
_FORMULA: Final = ("=", "@", "\t")  # a spreadsheet would run it
# What a register of structures has no place for: it is said before anything is kept.
NOT_KEPT: Final = frozenset(
    {
        *("horaires", "presentation_detail", "source", "itinerance", "structure_parente"),
        *("frais_a_charge", "dispositif_programmes_nationaux", "formations_labels"),
        *("autres_formations_labels", "modalites_acces", "fiche_acces_libre", "prise_rdv"),
        "services",
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field of one line; line 1 names the columns."""

    line: int
    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands, what is wrong with it, and what it says where nothing is."""

    number: int
    cells: Mapping[str, str]
    faults: Sequence[Fault]
    facts: Facts | None = None
    outside_id: str = ""
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file: its columns, its lines, and what is wrong with it as a whole."""

    columns: Sequence[str]
    lines: Sequence[Line]
    faults: Sequence[Fault]

    @property
    def every_fault(self) -> Sequence[Fault]:
        return [*self.faults, *(fault for line in self.lines for fault in line.faults)]

    @property
    def not_kept(self) -> Sequence[str]:
        """Return the columns with values that the register has no place for."""
        return [
            name
            for name in self.columns
            if name in NOT_KEPT and any(line.cells.get(name) for line in self.lines)
        ]


def text_of(octets: bytes) -> str:
    """Return the text of a file: UTF-8, else as older spreadsheets save it (Windows-1252)."""
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", errors="replace")


def read(
    rows: Iterable[tuple[int, Sequence[str]]],
    *,
    broken: int | None,
    schema: Schema,
    atlas: Atlas,
    today: date,
) -> Sheet:
    """Return every line of a file with its verdict; no error leaves here.

    In line `broken`, a quotation began that does not end.
    """
    lines: list[Line] = []
    columns: list[str] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, row in rows:
        if columns:
            lines.append(_line(number, columns, row, schema, atlas, today, seen))
            continue
        columns = [name.strip() for name in row]
        faults = list(_of_columns(columns, schema))
        if any(fault.code == "column-missing" for fault in faults):
            return Sheet(columns, [], faults)
    if broken is not None:
        said = _("This line has quotation marks that do not end. What follows was not read.")
        faults.append(Fault(broken, "", "csv-broken", said))
    elif not columns:
        return unreadable()
    return Sheet(columns, lines, faults)


def unreadable() -> Sheet:
    """Return the verdict on what is no file of lines."""
    return _broken(1, "file-unreadable", _("The file cannot be read. Save it as “CSV UTF-8”."))


def too_large() -> Sheet:
    """Return the verdict on a file of more lines than are read."""
    return _broken(1, "file-too-large", _("The file is too large. Split it."))


def _broken(line: int, code: str, message: str) -> Sheet:
    return Sheet([], [], [Fault(line, "", code, message)])


def _of_columns(columns: Sequence[str], schema: Schema) -> Iterator[Fault]:
    for field in schema.fields:
        if field.required and field.name not in columns:
            yield Fault(1, field.name, "column-missing", _("This column is missing."))
    for name in columns:
        if name not in schema.names:
            yield Fault(1, name[:60], "column-unknown", _("The schema has no such column."))
        elif columns.count(name) > 1:
            yield Fault(1, name, "column-twice", _("This column stands twice."))


def _line(
    number: int,
    columns: Sequence[str],
    row: Sequence[str],
    schema: Schema,
    atlas: Atlas,
    today: date,
    seen: dict[str, int],
) -> Line:
    cells = {name: cell.strip() for name, cell in zip(columns, row, strict=False)}
    faults: list[Fault] = []
    if len(row) != len(columns):
        said = _("This line has %(found)d cells and the first one %(named)d.")
        told = said % {"found": len(row), "named": len(columns)}
        faults.append(Fault(number, "", "cells", told))
    for field in schema.fields:
        told_of = _fault(field, cells.get(field.name, ""), today)
        faults += (Fault(number, field.name, code, message) for code, message in told_of)
    key = cells.get("id", "")
    if key and key in seen:
        said = _("Line %(line)d has the same id.") % {"line": seen[key]}
        faults.append(Fault(number, "id", "twice", said))
    seen.setdefault(key, number)
    if not faults:
        try:
            atlas.located(commune=cells["commune"], postcode=cells["code_postal"])
        except PlaceUnknown:
            said = _("No commune of the country has this postcode.")
            faults.append(Fault(number, "code_postal", "place-unknown", said))
    if faults:
        return Line(number, cells, faults)
    confirmed = min(date.fromisoformat(cells["date_maj"][:10]), today)
    return Line(number, cells, [], _facts(cells, schema, atlas), key, confirmed)


def _fault(field: Field, cell: str, today: date) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a cell, by its first wrong value."""
    if not cell:
        if field.required:
            yield "required", _("Fill in this field.")
        return
    if cell.startswith(_FORMULA):
        yield "formula", _("A text does not begin with =, @ or a tab.")
    if field.longest and len(cell) > field.longest:
        yield "too-long", _("At most %(most)d characters.") % {"most": field.longest}
    for value in values(cell) if field.many else [cell]:
        if field.words and value not in field.words:
            yield (
                "unknown-word",
                _("The schema has no such word: “%(word)s”.") % {"word": value[:60]},
            )
            return
        if field.form:
            fits, said = CHECKS[field.form]
            if not fits(value):
                yield field.form, str(said)
                return
    if field.form == "day" and date.fromisoformat(cell[:10]) > today:
        yield "day", _("This date has not come yet.")


def values(cell: str) -> list[str]:
    """Return the values of a cell, whichever way they are joined."""
    return [value.strip() for value in _SPLIT.split(cell) if value.strip()]


def _facts(cells: Mapping[str, str], schema: Schema, atlas: Atlas) -> Facts:
    found = {name: values(cells.get(name, "")) for name in schema.names}
    publics, care = (
        found["publics_specifiquement_adresses"],
        found["prise_en_charge_specifique"],
    )
    audiences = [code for word in publics for code in schema.publics.get(word, ())]
    place = (cells.get("adresse", ""), cells.get("complement_adresse", ""))
    latitude, longitude = cells.get("latitude"), cells.get("longitude")
    return Facts(
        name=cells["nom"],
        kind=_kind(found["typologie"], schema),
        country=atlas.country,
        commune=cells["commune"],
        postcode=cells["code_postal"],
        address=", ".join(part for part in place if part),
        number=cells["pivot"],
        telephone=cells.get("telephone", ""),
        mail=next((one for one in found["courriels"] if len(one) <= LONGEST_MAIL), ""),
        web=next((one for one in found["site_web"] if len(one) <= LONGEST_WEB), ""),
        summary=cells.get("presentation_resume", ""),
        audiences=list(dict.fromkeys(audiences)),
        languages=[schema.care[word] for word in care if word in schema.care],
        is_online=schema.remote in found["modalites_accompagnement"],
        may_publish=True,  # the file is open data
        point=Point(float(latitude), float(longitude)) if latitude and longitude else None,
    )


def _kind(codes: Sequence[str], schema: Schema) -> StructureKind:
    for kind, known in schema.kinds.items():
        if set(known) & set(codes):
            return StructureKind(kind)
    return StructureKind.OTHER
