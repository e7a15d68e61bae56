"""Bring a file, say how it is read, and write down what became of its rows."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation import apart, clock
from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.limited.calling import Limits
from balise.steering.imports import access
from balise.steering.imports.events import FileBrought, FileImported
from balise.steering.imports.models import Brought
from balise.steering.imports.queries import Opened, opened_row
from balise.steering.imports.rules.cells import AlreadyImported, FileUnreadable
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.imports.rules.parsing import parse

MOST_BYTES: Final = 5_000_000
_LIMITS: Final = Limits(processor=20, memory=800_000_000, time=60.0, answer=30_000_000)
_LONGEST_NAME: Final = 120
_START: Final = 16
_SAID: Final[Mapping[str, str | Promise]] = {
    "grows": gettext_lazy("The file expands too much. It was not opened."),
    "too-many-rows": gettext_lazy("The file has too many rows. Split it."),
    "empty": gettext_lazy("The file has no row below its first one."),
    "document-type": gettext_lazy("The file declares a document type. It was not read."),
    "not-a-feed": gettext_lazy("The file is XML, but neither RSS nor Atom."),
}


def bring(*, kind: ImportKind, name: str, octets: bytes, by: Actor) -> UUID:
    """Read a file into rows, to be looked at; return its id. Raises FileUnreadable."""
    access.require(by, access.WRITE)
    if len(octets) > MOST_BYTES:
        raise FileUnreadable(_("The file is too large. Split it."))
    try:
        found: dict[str, Any] = apart.answered(parse, octets, limits=_LIMITS)
    except apart.Unreadable as fault:
        said = _SAID.get(fault.code)
        other = _("The file cannot be read. Save it as XLSX or “CSV UTF-8”.")
        raise FileUnreadable(str(said or other)) from None
    digest = sha256(octets).hexdigest()
    with transaction.atomic():
        row = Brought.objects.create(
            kind=kind.value,
            name=name[:_LONGEST_NAME],
            digest=digest,
            form=found["form"],
            rows=found["rows"],
            brought_by=by.key,
            brought_at=clock.now(),
        )
        record(
            FileBrought(
                subject=row.id,
                kind=Code(kind.value),
                form=Code(row.form),
                digest=Code(digest[:_START]),
                rows=len(row.rows) - 1,
            ),
            by=by,
        )
    return row.id


@transaction.atomic
def choose(*, brought_id: UUID, kind: ImportKind, choices: Mapping[str, Any], by: Actor) -> None:
    """Say how a file is read. Raises AlreadyImported."""
    access.require(by, access.WRITE)
    row = _locked(brought_id, kind)
    row.choices = dict(choices)
    row.save(update_fields=("choices",))


@transaction.atomic
def forget(*, files: Sequence[UUID], by: Actor) -> int:
    """Delete files that nobody took in; return how many. The journal keeps that they came."""
    access.require(by, access.WRITE)
    return Brought.objects.filter(id__in=files, done_at=None).delete()[0]


@contextmanager
def taking(*, brought_id: UUID, kind: ImportKind, by: Actor) -> Iterator["Taking"]:
    """Take a file in, in one transaction: it is locked, and what became of it is written down.

    Raises AlreadyImported for one that somebody took in, perhaps a moment ago.
    """
    access.require(by, access.WRITE)
    with transaction.atomic():
        row = _locked(brought_id, kind)
        done = Taking(opened_row(row))
        yield done
        row.taken, row.known, row.refused = done.taken, done.known, list(done.refused)
        row.rows, row.done_by, row.done_at = [], by.key, clock.now()
        row.save()
        record(
            FileImported(
                subject=row.id,
                kind=Code(kind.value),
                taken=done.taken,
                known=done.known,
                refused=len(done.refused),
            ),
            by=by,
        )


class Taking:
    """What became of the rows of a file, told while it is taken in."""

    def __init__(self, file: Opened) -> None:
        self.file = file
        self.taken = self.known = 0
        self.refused: Sequence[tuple[int, str]] = ()


def _locked(brought_id: UUID, kind: ImportKind) -> Brought:
    find(Brought, id=brought_id, kind=kind.value)
    row = Brought.locked(brought_id)
    if row.done_at is not None:
        raise AlreadyImported(_("This file was already imported."))
    return row
