"""The dialogue between a reporter and the hotline, sealed under the report's own key."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.queries import has_members
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import RecordKey, key_of_line
from balise.foundation.encryption.worded import Receipt
from balise.foundation.journal.book import record, record_many
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.events import (
    ClosingLeft,
    MessageBroughtBack,
    MessageSetAside,
    MessageWritten,
)
from balise.hotline.reports.models import LINE, MESSAGE_BODY, Content, Mention, Message, Report
from balise.hotline.reports.queries.dialogues import last_word
from balise.hotline.reports.queries.receipts import opened
from balise.hotline.reports.rules.joining import to_read_of_message
from balise.hotline.reports.rules.words import DECIDED_STATES, Author, ContentState, ToRead

# A report adds to its content: an analyst who was about to close it has not read that.


def note_heard(*, report_id: UUID, by: Actor) -> None:
    """Note that a report was completed: what was being closed with others waits again."""
    with transaction.atomic():
        # Not a join, which would lock the mentions too: the public door has no right to.
        mine = Mention.objects.filter(report=report_id).values("content")
        held = Content.objects.select_for_update().filter(id__in=mine)
        undecided = held.exclude(state__in=DECIDED_STATES).order_by("identity_key")
        found = dict(undecided.values_list("id", "state"))
        Content.objects.filter(id__in=found).update(changed_at=now())
        out = [content_id for content_id, state in found.items() if state == ContentState.CLOSING]
        Content.objects.filter(id__in=out).update(state=ContentState.WAITING, closing=None)
        record_many([ClosingLeft(subject=content_id) for content_id in out], by=by)


class NewWords(Refused, code="new-words"):
    """The reporter wrote again since the dialogue was opened."""


class AnsweredSince(Refused, code="answered-since"):
    """The last message is not, or no longer, the reporter's: there is nothing to read again."""


class NobodyReads(Refused, code="nobody-reads"):
    """The reporter wanted no follow-up: an answer would reach nobody."""


def write_as_reporter(*, receipt: Receipt, text: str, message_id: UUID, by: Actor) -> UUID:
    """Add the reporter's message; sent twice under one `message_id`, it is there once.

    It waits for someone to read it, the graver their answers were the nearer the front.
    """
    with transaction.atomic():
        one = opened(receipt, lock=True)
        if _write(one.report, one.key, Author.REPORTER, text, message_id=message_id, by=by):
            waits = max(one.report.to_read, to_read_of_message(one.answers))
            Report.objects.filter(id=one.report.id).update(to_read=waits)
            note_heard(report_id=one.report.id, by=by)
    return message_id


def write_as_partner(*, report_id: UUID, text: str, message_id: UUID, by: Actor) -> UUID:
    """Add a message of the partner that sent the report; under one `message_id`, it is there once.

    Raises NotHere for a report that is not this partner's.
    """
    partner = access.require_partner(by, access.FOLLOW_OWN)
    with transaction.atomic():
        report = Report.locked(report_id, partner=partner)
        key = key_of_line(LINE, report.id)
        if _write(report, key, Author.REPORTER, text, message_id=message_id, by=by):
            note_heard(report_id=report.id, by=by)
    return message_id


def write_as_hotline(*, report_id: UUID, text: str, by: Actor) -> UUID:
    """Answer a reporter. Refuses where nobody would read it.

    That is who wanted no follow-up, unless a partner sent the report whose people are at the desk.
    """
    access.require(by, access.ANSWER)
    with transaction.atomic():
        report = Report.locked(report_id)
        if not (report.follow_up or (report.partner and has_members(report.partner))):
            raise NobodyReads(str(_("This reporter chose no follow-up and cannot read an answer.")))
        message_id = uuid4()
        key = key_of_line(LINE, report.id)
        _write(report, key, Author.HOTLINE, text, message_id=message_id, by=by)
        _no_longer_waits(report)
    return message_id


def set_aside(*, report_id: UUID, messages: int, by: Actor) -> bool:
    """Note that a reporter's last message needs no answer; return whether it waited until now.

    `messages` are as many as were read. Refuses where the reporter wrote again meanwhile.
    """
    access.require(by, access.ANSWER)
    with transaction.atomic():
        report = Report.locked(report_id)
        if report.messages.count() != messages:
            raise NewWords(str(_("Someone wrote at the same time: open it again.")))
        waited = _no_longer_waits(report)
        if waited:
            record(MessageSetAside(subject=report.id), by=by)
    return waited


def bring_back(*, report_id: UUID, by: Actor) -> None:
    """Undo that a reporter's last message was set aside: it waits again, as a message.

    Refuses (AnsweredSince) where the last word is no longer the reporter's; changes nothing of
    what waits already.
    """
    access.require(by, access.ANSWER)
    with transaction.atomic():
        report = Report.locked(report_id)
        asks = Report.objects.filter(last_word(Author.REPORTER), id=report.id, partner=None)
        if not asks.exists():
            raise AnsweredSince(str(_("This can no longer be undone: no message waits here.")))
        if asks.filter(to_read=ToRead.NOTHING).update(to_read=ToRead.MESSAGE):
            record(MessageBroughtBack(subject=report.id), by=by)


def _no_longer_waits(report: Report) -> bool:
    """Mark a message as done; the rest of the report may still wait to be read."""
    waits = Report.objects.filter(id=report.id, to_read=ToRead.MESSAGE)
    return waits.update(to_read=ToRead.NOTHING) > 0


def _write(
    report: Report, key: RecordKey, author: Author, text: str, *, message_id: UUID, by: Actor
) -> bool:
    """Write a message, sealed; return whether it is new."""
    if Message.objects.filter(id=message_id).exists():
        return False
    Message.objects.create(
        id=message_id,
        report=report,
        author=author,
        by=by.key,
        at=now(),
        sealed=key.seal({"text": text}, where=MESSAGE_BODY, row=message_id),
    )
    record(MessageWritten(subject=report.id, author=author), by=by)
    return True
