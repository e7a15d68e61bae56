"""Send a notice once and remind once, whatever stops in between.

A mail cannot be taken back, so nothing is ever sent on a guess. `handed_at` is committed before the
server is spoken to and emptied when it is known what became of the mail. A worker that finds it set
sends nothing: the notice is in doubt, and a person looks.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions.drafting import NobodyToTell
from balise.takedown.notices.events import (
    NoticeFailed,
    NoticeQueued,
    NoticeReminded,
    NoticeSent,
)
from balise.takedown.notices.models import Notice
from balise.takedown.notices.queries import OpenedNotice
from balise.takedown.notices.rules.letters import check_complete, message_id
from balise.takedown.notices.rules.states import Failure, State, check_step

# Longer than any server takes to answer; after it a mail that was handed over is in doubt.
HANDED_FOR_AT_MOST = timedelta(minutes=10)
MAX_ATTEMPTS = 8


class BeingSent(RuntimeError):
    """Another worker handed it to a server, or died doing so: look again later."""


def send(*, notice_id: UUID, by: Actor) -> None:
    """Put a complete notice on its way; the worker that hears of it sends it.

    Refuses what lacks one of the law's four elements (NoticeIncomplete), a contact that is no
    longer approved, and a contact that takes no mail (`note_sent_by_hand`).
    """
    with transaction.atomic():
        notice = Notice.locked(notice_id)
        access.require(by, access.SEND, line=notice.line)
        check_step("send", notice.stands)
        if not notice.contact.is_open or notice.contact.contact_kind.by_hand:
            raise NobodyToTell(_("This contact does not take mail, or is no longer approved."))
        check_complete(queries.opened(notice, queries.letter_of(notice)).elements)
        notice.state, notice.failure, notice.attempts = State.QUEUED.value, "", 0
        notice.handed_at = None
        notice.message_id = message_id(notice.id)
        notice.save(update_fields=("state", "failure", "attempts", "handed_at", "message_id"))
        record(NoticeQueued(**notice.facts), by=by)


def note_sent_by_hand(*, notice_id: UUID, by: Actor) -> None:
    """Take note that someone put the notice into the host's form, word for word."""
    with transaction.atomic():
        notice = Notice.locked(notice_id)
        access.require(by, access.SEND, line=notice.line)
        check_step("send-by-hand", notice.stands)
        if not notice.contact.is_open or not notice.contact.contact_kind.by_hand:
            raise NobodyToTell(_("This contact takes mail, or is no longer approved."))
        check_complete(queries.opened(notice, queries.letter_of(notice)).elements)
        _note_sent(notice, by=by, by_hand=True)


def hand_over(*, notice_id: UUID, reminder: bool = False, by: Actor) -> OpenedNotice | None:
    """Claim a notice for one attempt to send it, and return it opened; None: do not send.

    None where it is not waiting to be sent, and where it is in doubt or can no longer be sent (this
    is written down). Raises BeingSent while another worker may be at it. The caller then speaks to
    the server and calls `note_taken` or `note_not_taken`.
    """
    with transaction.atomic():
        notice = Notice.locked(notice_id)
        if notice.stands is not (State.SENT if reminder else State.QUEUED):
            return None
        if notice.handed_at is not None:
            if now() - notice.handed_at <= HANDED_FOR_AT_MOST:
                raise BeingSent
            _note_failed(notice, Failure.IN_DOUBT, reminder=reminder, by=by)
            return None
        if not notice.contact.is_open:
            _note_failed(notice, Failure.CONTACT_CLOSED, reminder=reminder, by=by)
            return None
        try:
            letter = queries.letter_of(notice)
        except KeyForgotten:
            _note_failed(notice, Failure.FORGOTTEN, reminder=reminder, by=by)
            return None
        notice.handed_at, notice.attempts = now(), notice.attempts + 1
        notice.save(update_fields=("handed_at", "attempts"))
    return queries.opened(notice, letter)


def claim_due_reminders(*, by: Actor) -> list[UUID]:  # noqa: ARG001 - an action names its actor
    """Return the notices whose reminder is due, and have each of them reminded once only."""
    with transaction.atomic():
        due = queries.due()
        Notice.objects.filter(id__in=due).update(due_at=None)
    return due


def note_taken(*, notice_id: UUID, reminder: bool = False, by: Actor) -> None:
    """Take note that the host's mail server accepted what was handed over."""
    with transaction.atomic():
        notice = Notice.locked(notice_id)
        if notice.handed_at is None:
            return
        notice.handed_at = None
        if reminder:
            if notice.stands is State.SENT:  # an outcome may have come in the meantime
                notice.state = State.REMINDED.value
            notice.reminded_at, notice.due_at, notice.attempts = now(), None, 0
            notice.save(update_fields=("state", "handed_at", "reminded_at", "due_at", "attempts"))
            record(NoticeReminded(**notice.facts), by=by)
        else:
            _note_sent(notice, by=by, by_hand=False)


def note_not_taken(*, notice_id: UUID, why: Failure, reminder: bool = False, by: Actor) -> bool:
    """Take note that nothing was sent, or that nobody knows; return whether to try again.

    Only a server that could not be reached is tried again. One that refused this mail would refuse
    it again, and one that fell silent on the way may have taken it.
    """
    with transaction.atomic():
        notice = Notice.locked(notice_id)
        if notice.handed_at is None:
            return False
        notice.handed_at = None
        if why is Failure.UNREACHABLE and notice.attempts < MAX_ATTEMPTS:
            notice.save(update_fields=("handed_at",))
            return True
        _note_failed(notice, why, reminder=reminder, by=by)
    return False


def _note_sent(notice: Notice, *, by: Actor, by_hand: bool) -> None:
    offence = queries.offence_of(notice)
    at = now()
    notice.state, notice.sent_at, notice.failure = State.SENT.value, at, ""
    notice.handed_at, notice.attempts = None, 0
    notice.due_at = None if by_hand else _due(at, offence.remind_after_hours)
    notice.save(update_fields=("state", "sent_at", "failure", "handed_at", "attempts", "due_at"))
    fact = NoticeSent(
        **notice.facts,
        country=Code(notice.country),
        dsa_category=Code(offence.dsa_category),
        dsa_keyword=Code(offence.dsa_keyword),
        by_hand=by_hand,
    )
    record(fact, by=by)


def _note_failed(notice: Notice, why: Failure, *, reminder: bool, by: Actor) -> None:
    """Write a failure down: a notice waits for a person; one that was sent stays sent."""
    notice.handed_at = None
    notice.failure = why.value
    if reminder:
        notice.due_at = None
    else:
        notice.state = State.FAILED.value
    notice.save(update_fields=("state", "handed_at", "failure", "due_at"))
    record(NoticeFailed(**notice.facts, failure=why), by=by)


def _due(sent_at: datetime, hours: int) -> datetime:
    return sent_at + timedelta(hours=hours)
