"""The steps of the handshake: by the receiver through its link, or written down by a listener."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import (
    RecordKey,
    key_of_line,
    key_of_receipt,
    keys_of_line,
)
from balise.foundation.encryption.worded import Receipt
from balise.foundation.files import keeping
from balise.foundation.finding import NotHere, find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.cases import access
from balise.helpline.cases.events import (
    CaseListRead,
    CaseRead,
    DocumentRead,
    HistoryRead,
    LinkDocumentTaken,
    LinkOpened,
    SentAccepted,
    SentDone,
    SentEvent,
    SentRefused,
)
from balise.helpline.cases.models import ANSWERED, LINE, Case, Entry, Revision, SentReferral
from balise.helpline.cases.queries import files as queries, opened as opening, sent
from balise.helpline.cases.queries.files import CaseRow, require_on
from balise.helpline.cases.queries.opened import OpenedCase, Version, Written
from balise.helpline.cases.queries.sent import ReferralTold
from balise.helpline.cases.rules import received, sendings
from balise.helpline.cases.rules.sendings import Refusal, SentState, link_over

# Read a case, an entry's history, a document, the list of one's own: logged first.


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


def open_told(*, token: Receipt, by: Actor = ANYONE) -> ReferralTold:
    """Return what a link holds, to the bearer of its secret; counted and logged first.

    Refuses (LinkOver) one that is over, or was opened as often as it may be.
    """
    with transaction.atomic():
        one = SentReferral.locked(sent.by_link(token).id)
        if not sent.openings_left(one):
            raise link_over()
        one.opened_count += 1
        one.save(update_fields=("opened_count",))
        record(LinkOpened(**one.about, opening=one.opened_count), by=by)
    return sent.told(one, key_of_receipt(one.id, token))


def take_document(*, token: Receipt, item: int, by: Actor = ANYONE) -> OpenedDocument:
    """Return a document that goes along with what a link told, once that was opened.

    It is no opening of its own, and is written down first. Refuses (LinkOver) one that is over, was
    refused or has no such document.
    """
    one = sent.by_link(token)
    if one.state == SentState.REFUSED or not one.opened_count:
        raise link_over()
    found = sent.told_document(one, key_of_receipt(one.id, token), item)
    if found is None:
        raise link_over()
    with transaction.atomic():
        record(LinkDocumentTaken(**one.about, item=item), by=by)
    return OpenedDocument(name=found.name, pieces=keeping.read(found.key))


def answer(
    *,
    token: Receipt,
    to: SentState,
    name: str = "",
    words: str = "",
    refusal: Refusal | None = None,
    by: Actor = ANYONE,
) -> None:
    """Accept, refuse, or say that it is done, as the receiver, through its link."""
    with transaction.atomic():
        one = SentReferral.locked(sent.by_link(token).id)
        key = key_of_receipt(one.id, token)
        _step(one, key, _Answer(to, name, words, refusal), by=by)


def note_answer(
    *,
    referral_id: UUID,
    to: SentState,
    name: str = "",
    words: str = "",
    refusal: Refusal | None = None,
    by: Actor,
) -> None:
    """Write down what a receiver answered otherwise than by its link: aloud, by letter."""
    access.require(by, access.WORK)
    with transaction.atomic():
        one = SentReferral.locked(referral_id)
        require_on(one.case_id, who=by)
        _step(one, key_of_line(LINE, one.id), _Answer(to, name, words, refusal), by=by)


@dataclass(frozen=True, slots=True)
class _Answer:
    to: SentState
    name: str
    words: str
    refusal: Refusal | None


def _step(one: SentReferral, key: RecordKey, said: _Answer, *, by: Actor) -> None:
    """Move a locked referral one step on, and save what was said."""
    sendings.check_sent_step(one.state, said.to)
    moment = now()
    one.state, one.remind_at = said.to, None
    one.answered_at = one.answered_at or moment
    if said.to in {SentState.REFUSED, SentState.DONE}:
        one.ended_at = moment
    if said.to is SentState.REFUSED:
        one.refusal = said.refusal or Refusal.OTHER
    one.sealed_answer = _added(one, key, said, moment)
    one.save(
        update_fields=(
            "state",
            "remind_at",
            "answered_at",
            "ended_at",
            "refusal",
            "sealed_answer",
        )
    )
    record(_event(one, moment), by=by)


def _added(one: SentReferral, key: RecordKey, said: _Answer, moment: datetime) -> bytes:
    kept: list[dict[str, str]] = []
    if one.sealed_answer:
        kept = key.open(bytes(one.sealed_answer), where=ANSWERED, row=one.id)["said"]
    entry = {
        "at": moment.isoformat(),
        "state": said.to.value,
        "name": said.name[: sendings.LONGEST_NAME],
        "words": said.words[: sendings.LONGEST_ANSWER],
    }
    payload: dict[str, Any] = {"said": [*kept, entry]}
    return key.seal(payload, where=ANSWERED, row=one.id)


def _event(one: SentReferral, moment: datetime) -> SentEvent:
    if one.state == SentState.ACCEPTED:
        waited = max(moment - one.sent_at, received.NO_TIME)
        return SentAccepted(
            **one.about,
            seconds=int(waited.total_seconds()),
            band=Code(received.wait_band(waited)),
        )
    if one.state == SentState.REFUSED:
        return SentRefused(**one.about, refusal=Refusal(one.refusal))
    return SentDone(**one.about)
