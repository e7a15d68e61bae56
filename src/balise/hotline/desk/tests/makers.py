"""What a partner's people bring, made as they make it."""

import csv
import io
import zipfile
from typing import Any
from uuid import UUID

import openpyxl

from balise.foundation.accounts.models import PartnerOrganisation
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, make_partner
from balise.foundation.actors import Actor
from balise.hotline.desk.actions import preparing, sending
from balise.hotline.desk.models import Draft
from balise.hotline.desk.rules.columns import COLUMNS

WHOLE = {
    "address": "https://images.example/album/1",
    "category": "hate",
    "met_on": "2026-11-20",
    "met_time": "15:30",
    "description": "Un album public dont les légendes appellent à frapper des passants.",
    "identities": "Rien de connu",
    "context": "Signalé à notre permanence par un parent.",
    "reference": "A-1",
}


def make_cells(**given: str) -> dict[str, str]:
    """Return the cells of a report that lacks nothing, but for what is given otherwise."""
    return {**WHOLE, **given}


def make_member(partner: PartnerOrganisation | None = None) -> Actor:
    """Return someone of a partner, at the desk."""
    return actor_of(make_account("partner_member", partner=partner or make_partner()))


def make_draft(by: Actor, **given: str) -> UUID:
    return preparing.prepare_one(cells=make_cells(**given), by=by)


def make_sent(by: Actor, **given: str) -> UUID:
    """Return a report that was sent from the desk."""
    return sending.send_one(draft_id=make_draft(by, **given), by=by)


def make_csv(*lines: dict[str, str], language: str = "fr", separator: str = ";") -> bytes:
    """Return lines as a spreadsheet saves them."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
    writer.writerow(column.named(language) for column in COLUMNS)
    for line in lines:
        writer.writerow(line.get(column.code, "") for column in COLUMNS)
    return ("\ufeff" + file.getvalue()).encode()


def make_xlsx(*rows: list[Any]) -> bytes:
    """Return rows as a workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def make_bomb() -> bytes:
    """Return a small workbook that would grow to a hundred million bytes."""
    honest = make_xlsx(["adresse"], ["https://images.example/"])
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(honest)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<sheetData>", b"<sheetData>" + b" " * 100_000_000)
            bomb.writestr(member.filename, content)
    return file.getvalue()


def batch_of(draft: UUID) -> UUID:
    """Return the batch that a draft is in."""
    return Draft.objects.get(id=draft).batch_id
