"""Read a case, an entry's history, a document, the list of one's own: logged first."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line, keys_of_line
from balise.foundation.files import keeping
from balise.foundation.finding import NotHere, find
from balise.foundation.journal.book import record
from balise.helpline.cases import access
from balise.helpline.cases.events.files import CaseListRead, CaseRead, DocumentRead, HistoryRead
from balise.helpline.cases.models.files import LINE, Case, Entry, Revision
from balise.helpline.cases.queries import files as queries, opened as opening
from balise.helpline.cases.queries.files import CaseRow
from balise.helpline.cases.queries.opened import OpenedCase, Version, Written


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """An entry in clear, with the texts that it had."""

    case: CaseRow
    entry: Written
    history: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A document: what it is called, and its pieces."""

    name: str
    pieces: Iterator[bytes]


def read_case(*, case_id: UUID, by: Actor) -> OpenedCase:
    """Return a case in clear to a member, or to emergency access (NotOnCase else)."""
    access.require(by, access.READ)
    case = find(Case, id=case_id)
    with transaction.atomic():
        queries.require_on(case.id, who=by)
        record(CaseRead(subject=case.id), by=by)
    return opening.opened(case, key_of_line(LINE, case.id), seen_by=by)


def read_titles(*, by: Actor, closed: bool = False) -> dict[UUID, str]:
    """Return what one's own files are called, by file."""
    access.require(by, access.READ)
    rows = queries.own_cases(seen_by=by, closed=closed)
    if not rows:
        return {}
    with transaction.atomic():
        record(CaseListRead(subject=UUID(by.key), count=len(rows)), by=by)
    return opening.titles(keys_of_line(LINE, [row.id for row in rows]))


def read_entry(*, entry_id: UUID, by: Actor) -> OpenedEntry:
    """Return an entry with its history. Raises NotHere for one that was taken out."""
    access.require(by, access.READ)
    entry = find(Entry.objects.select_related("case"), id=entry_id, taken_out_at__isnull=True)
    with transaction.atomic():
        queries.require_on(entry.case_id, who=by)
        record(HistoryRead(subject=entry.case_id, entry=entry.id), by=by)
    key = key_of_line(LINE, entry.case_id)
    last = Revision.objects.get(entry=entry, version=entry.version, is_aside=False)
    names = dict(queries.member_choices(entry.case_id))
    return OpenedEntry(
        case=queries.rows_of([entry.case], by)[0],
        entry=opening.written(entry, last, key, names),
        history=opening.history(entry, key),
    )


def read_document(*, entry_id: UUID, by: Actor) -> OpenedDocument:
    """Return a document of a file. Raises NotHere where there is none."""
    access.require(by, access.READ)
    entry = find(Entry, id=entry_id, file__isnull=False, taken_out_at__isnull=True)
    with transaction.atomic():
        queries.require_on(entry.case_id, who=by)
        record(DocumentRead(subject=entry.case_id, entry=entry.id), by=by)
    last = Revision.objects.get(entry=entry, version=entry.version, is_aside=False)
    told = opening.open_revision(last, key_of_line(LINE, entry.case_id)).get("file") or {}
    if entry.file is None:
        raise NotHere
    return OpenedDocument(
        name=str(told.get("name", "")), pieces=keeping.read(key_of_line(LINE, entry.file))
    )
