"""What the bearer of a receipt may read: their own report, its contents' state, the dialogue.

A receipt that opens nothing costs the same work and gets the same answer as one that was never
issued: look-up by blind index, one key derivation, one refusal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from uuid import UUID

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import (
    KeyForgotten,
    RecordKey,
    SealBroken,
    blind,
    key_of_line,
    key_of_receipt,
    receipt_index,
)
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import find
from balise.foundation.web.timeline import Step
from balise.hotline.reports import access
from balise.hotline.reports.models import LINE, MESSAGE_BODY, REPORT_BODY, Content, Report
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.imports.lines import Understood
from balise.hotline.reports.rules.journey import journey
from balise.hotline.reports.rules.receipts import ReceiptUnknown
from balise.hotline.reports.rules.status import Status
from balise.hotline.reports.rules.words import Author, ContentState, Verdict

# By what reports and contents are found again: blind indexes, equal within the hotline alone.


LOOKED_UP_AT_ONCE = 500


def identity_key(identity: str) -> bytes:
    """Return the blind index (16 bytes) of what makes a place one content."""
    return blind(LINE, "identity", identity)


def import_keys(file: str, lines: Iterable[int]) -> list[bytes]:
    """Return what makes each line of a file (its SHA-256, hexadecimal) one report: 16 bytes.

    Ten are the file's blind index, six the line: lines of one file are neighbours in the index.
    """
    ours = blind(LINE, "import", file)[:10]
    return [ours + line.to_bytes(6) for line in lines]


def known_intake_keys(keys: Sequence[bytes]) -> dict[bytes, UUID]:
    """Return the reports that were taken in already, by intake key."""
    return {
        bytes(key): report_id
        for some in batched(keys, LOOKED_UP_AT_ONCE, strict=False)
        for key, report_id in rows.select(Report, ("intake_key", "id"), among=some)
    }


_NO_REPORT = UUID(int=0)
_MOST_MET = 10


@dataclass(frozen=True, slots=True)
class Opened:
    """A report opened by its receipt, with the key that seals what is added to it."""

    report: Report
    key: RecordKey
    answers: Answers


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """One message of the dialogue, in clear."""

    author: Author
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Followed:
    """All that the reporter is shown of their report."""

    number: UUID
    received_at: datetime
    answers: Answers
    standings: tuple[Status, ...]
    messages: tuple[ThreadMessage, ...]
    is_finished: bool
    has_certificate: bool
    is_passed_to_helpline: bool

    @property
    def journeys(self) -> tuple[tuple[Status, tuple[Step, ...]], ...]:
        """Each content's state, with its way in steps."""
        danger = self.answers.in_danger
        return tuple(
            (one, journey(one, received_at=self.received_at, danger=danger))
            for one in self.standings
        )


def opened(receipt: Receipt, *, lock: bool = False) -> Opened:
    """Return the report that a receipt opens, or refuse with `ReceiptUnknown`."""
    found = Report.objects.filter(intake_key=receipt_index(receipt))
    if lock:
        found = found.select_for_update()
    report = found.first()
    try:
        key = key_of_receipt(report.id if report else _NO_REPORT, receipt)
        if report is None or not report.follow_up:
            raise ReceiptUnknown
        return _opened(report, key)
    except (KeyForgotten, SealBroken) as refusal:
        raise ReceiptUnknown from refusal


def was_sent_unfollowed(receipt: Receipt) -> bool:
    """Return whether a report was sent with this receipt, which opens nothing since, as wished."""
    found = Report.objects.filter(intake_key=receipt_index(receipt))
    return found.filter(is_finished=True, follow_up=False).exists()


def followed(receipt: Receipt) -> Followed:
    """Return what the bearer of a receipt is shown, or refuse with `ReceiptUnknown`."""
    return _followed(opened(receipt))


def opened_by_hotline(report_id: UUID) -> Followed:
    """Return the same of any report, opened by the hotline's key; who asks wrote down who read it.

    Raises NotHere, and KeyForgotten for one that was erased.
    """
    report = find(Report, id=report_id)
    return _followed(_opened(report, key_of_line(LINE, report_id)))


def _opened(report: Report, key: RecordKey) -> Opened:
    fields = key.open(report.sealed, where=REPORT_BODY, row=report.id)
    return Opened(report, key, Answers.from_fields(fields))


def _followed(one: Opened) -> Followed:
    return Followed(
        number=one.report.id,
        received_at=one.report.received_at,
        answers=one.answers,
        standings=statuses_of(one.report, one.answers),
        messages=messages_of(one.report, one.key),
        is_finished=one.report.is_finished,
        has_certificate=bool(one.report.certificate_signature),
        is_passed_to_helpline=one.report.passed_to_helpline_at is not None,
    )


def statuses_of(report: Report, answers: Answers) -> tuple[Status, ...]:
    """Return where each content of a report stands, in the order of its places."""
    contents = {bytes(content.identity_key): content for content in report.contents.all()}
    found = (
        (place.shown, contents.get(identity_key(place.identity_in(report.id))))
        for place in answers.places
    )
    return tuple(
        status_of(content, report, place=place) for place, content in found if content is not None
    )


def status_of(content: Content, report: Report, *, place: str) -> Status:
    """Return where a content of a report stands, as its reporter is told."""
    return Status(
        place=place,
        state=ContentState(content.state),
        verdict=Verdict(content.verdict) if content.verdict else None,
        decided_at=content.decided_at,
        removed_at=content.removed_at,
        is_asked=content.removal_asked_at is not None,
        known_before=_was_sent_before(content, report),
        mark=blind(LINE, "met", str(content.id)).hex()[:16],
        asked_at=content.removal_asked_at,
        refused_at=content.removal_refused_at,
    )


def met_by(receipt: Receipt, before: str) -> str:
    """Return the marks of what a receipt's report is about, after those of before; the last ten."""
    try:
        found = followed(receipt)
    except ReceiptUnknown:
        return before
    marks = [*before.split("-"), *(one.mark for one in found.standings)]
    return "-".join(list(dict.fromkeys(one for one in marks if one))[-_MOST_MET:])


def _was_sent_before(content: Content, report: Report) -> bool:
    """Return whether another report of a content came before this one.

    A form that someone has not finished counts as nothing, until it lapses and counts as it is.
    """
    if content.report_count < 2:  # noqa: PLR2004 - this one alone
        return False
    others = content.reports.filter(is_finished=True, received_at__lte=report.received_at)
    return others.exclude(id=report.id).exists()


def messages_of(report: Report, key: RecordKey) -> tuple[ThreadMessage, ...]:
    """Return the dialogue about a report, opened by its key, the oldest first."""
    return tuple(
        ThreadMessage(
            author=Author(message.author),
            at=message.at,
            text=key.open(message.sealed, where=MESSAGE_BODY, row=message.id)["text"],
        )
        for message in sorted(report.messages.all(), key=lambda one: (one.at, one.id))
    )


def any_report() -> bool:
    """Return whether the hotline ever received a report."""
    return Report.objects.exists()


# What happened to content that the helpline referred, as any reporter is told.


def intake_key(origin: UUID) -> bytes:
    """Return the key of a report that was referred for an origin."""
    return blind(LINE, "helpline", str(origin))


def standings(origin: UUID) -> tuple[Status, ...]:
    """Return where each content stands that was handed over for an origin; their places are sealed.

    Empty where nothing was referred, or it was erased since.
    """
    report = Report.objects.filter(intake_key=intake_key(origin)).first()
    if report is None:
        return ()
    return tuple(
        status_of(content, report, place="")
        for content in report.contents.order_by("first_reported_at", "id")
    )


# What an import would find, without taking anything in.


def known_count(*, lines: Sequence[Understood], file: str, seen_by: Actor) -> int:
    """Return how many lines of a file (its SHA-256, hexadecimal) were taken in before."""
    access.require(seen_by, access.IMPORT)
    return len(known_intake_keys(import_keys(file, [line.number for line in lines])))
