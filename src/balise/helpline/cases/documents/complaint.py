"""A complaint on paper: the facts in order, in the young person's words; what proves them.

Handed to the person who complains; the centre sends it to nobody. The manifest names the hash of
each part, and is signed: what is shown to the police later is what was put together now.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, override

from balise.foundation.encryption.signatures import published, sign
from balise.takedown.law.rules import Offence
from balise.takedown.onward.dossiers.documents.printing import Row, Section, printed

PAPER = "complaint.pdf"
MANIFEST = "manifest.sha256"
SIGNATURE = "manifest.sig"
KEY = "signing-key.pem"
README = "README.txt"


@dataclass(frozen=True, slots=True)
class Piece:
    """A document that goes with it: its name in the package, what it shows, its bytes."""

    name: str
    shows: str
    octets: bytes

    @property
    def digest(self) -> str:
        return sha256(self.octets).hexdigest()


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is told. `said` are the complaint's own (label, words); `facts` are (day, rows).

    A day is written as ISO 8601 does; "" where none is known.
    """

    made_at: datetime
    language: str
    said: Sequence[tuple[str, str]]
    offence: Offence | None
    people: Sequence[Sequence[tuple[str, str]]]
    facts: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    pieces: Sequence[Piece]


def packed(complaint: Complaint, *, line: str) -> bytes:
    """Return the package: the paper, the documents, the manifest and its signature, as a zip."""
    parts = {PAPER: drawn(complaint)}
    parts |= {f"documents/{one.name}": one.octets for one in complaint.pieces}
    with override(complaint.language):
        parts[README] = _readme().encode()
    manifest = manifest_of(parts)
    signature = sign(line, manifest)
    parts[MANIFEST], parts[SIGNATURE] = manifest, signature.value
    parts[KEY] = published(line)[signature.key_id]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for name, octets in sorted(parts.items()):
            package.writestr(name, octets)
    return whole.getvalue()


def manifest_of(parts: Mapping[str, bytes]) -> bytes:
    """Return the hash of each part, as `sha256sum --check` reads it."""
    lines = (f"{sha256(parts[name]).hexdigest()}  {name}\n" for name in sorted(parts))
    return "".join(lines).encode()


def drawn(complaint: Complaint) -> bytes:
    """Return the complaint as PDF/UA-1, in its language."""
    return printed(paper(complaint))


def paper(complaint: Complaint) -> dict[str, Any]:
    """Return what the paper says, section by section, in its language: facts by their days."""
    with override(complaint.language):
        centre = settings.CENTRE
        return {
            "language": complaint.language,
            "title": _("Complaint: facts and evidence"),
            "organisation": centre.organisation,
            "address": centre.postal_address,
            "confidential": _("For the person who complains, to give to the police."),
            "lead": _(
                "Prepared with the helpline, in the words of the young person. It helps to file "
                "a complaint; it is not a finding. The authority decides on the facts and the "
                "law. The helpline sends it to nobody."
            ),
            "footer": f"{centre.organisation} — {_moment(complaint.made_at)}",
            "page": _("page"),
            "sections": list(_sections(complaint)),
        }


def _sections(complaint: Complaint) -> Iterable[Section]:
    if complaint.said:
        yield _section(_("The complaint"), [_rows(complaint.said)])
    if complaint.people:
        yield _section(_("The people"), [_rows(one) for one in complaint.people])
    if complaint.facts:
        yield _section(
            _("The facts, by date"),
            [_rows(rows) for _day, rows in sorted(complaint.facts, key=_undated_last)],
        )
    yield _section(_("Legal category"), [_law(complaint.offence)])
    pieces = [_piece(number, one) for number, one in enumerate(complaint.pieces, 1)]
    yield _section(
        _("Evidence"),
        pieces,
        says=""
        if pieces
        else _("No document is attached. Keep messages, addresses and pictures where they are."),
    )
    yield _section(
        _("How to check it"),
        [],
        says=_(
            "The package contains the hash of each part in manifest.sha256, signed by the centre "
            "(Ed25519). It shows that nothing was changed since it was prepared."
        ),
    )


def _undated_last(fact: tuple[str, Sequence[tuple[str, str]]]) -> tuple[bool, str]:
    day, _rows_of_it = fact
    return not day, day


def _law(offence: Offence | None) -> list[Row]:
    if offence is None:
        return [_row(_("Proposed qualification"), _("None proposed: the authority decides."))]
    rows = [
        _row(_("Proposed qualification"), str(offence.words)),
        _row(_("Text of the day of the facts"), str(offence.article)),
    ]
    if offence.penalty is not None:
        rows.append(_row(_("Penalty"), str(offence.penalty)))
    if offence.to_verify is not None:
        rows.append(_row(_("To be verified"), str(offence.to_verify)))
    return rows


def _piece(number: int, one: Piece) -> list[Row]:
    rows = [_row(_("Document %(number)d") % {"number": number}, one.name)]
    if one.shows:
        rows.append(_row(_("Content shown"), one.shows))
    return [*rows, _row("SHA-256", one.digest, exact=True)]


def _rows(pairs: Iterable[tuple[str, str]]) -> list[Row]:
    return [_row(label, words) for label, words in pairs]


def _row(label: str, value: str, *, exact: bool = False) -> Row:
    return {"label": label, "value": value, "exact": exact}


def _section(title: str, entries: list[list[Row]], *, says: str = "") -> Section:
    return {"title": title, "says": says, "entries": entries}


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")


def _readme() -> str:
    return _(
        "complaint.pdf is the complaint; documents/ holds what goes with it.\n"
        "sha256sum --check manifest.sha256\n"
        "openssl pkeyutl -verify -pubin -inkey signing-key.pem -rawin -in manifest.sha256 "
        "-sigfile manifest.sig\n"
        "Keep it in a safe place: it tells who you are and what happened.\n"
    )
