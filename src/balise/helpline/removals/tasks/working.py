"""Send requests by API, ask for their state, check deadlines, and follow notices and monitoring."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Every
from balise.helpline.removals import queries
from balise.helpline.removals.actions import hearing, sending, verifying
from balise.helpline.removals.models import LINE
from balise.helpline.removals.rules.states import ENDED, RemovalState
from balise.helpline.removals.tasks import calling
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.watch.events import ContentGone

# A removal that stays away so long has ended; if it comes back, it is asked again all the same.
GONE_FOR = timedelta(days=90)


@job(attempts=sending.MOST_ATTEMPTS, outside=True, lane=Lane.HOSTS)
def call(item_id: str) -> None:
    """Send an item to a platform's API, if it still waits to be sent."""
    item = UUID(item_id)
    leaving = sending.leaving(item_id=item, by=SYSTEM)
    if leaving is None:
        return
    try:
        ticket = calling.put_notice(leaving.address, leaving.key, leaving.body)
    except calling.Rejected:
        sending.note_not_taken(item_id=item, is_final=True, by=SYSTEM)
    except calling.NotTaken:
        if sending.note_not_taken(item_id=item, is_final=False, by=SYSTEM):
            raise
    else:
        sending.note_taken(item_id=item, ticket=ticket, by=SYSTEM)


@job(attempts=1, outside=True, lane=Lane.HOSTS)
def ask_platform(item_id: str) -> None:
    """Ask a platform's API for an item's state; one that does not answer is asked again soon."""
    item = UUID(item_id)
    asked = queries.ticket_of(item)
    if asked is None:
        return
    try:
        telling = calling.ask(asked.address, asked.number)
    except (calling.NotTaken, calling.Rejected):
        return
    if telling is not None:
        hearing.hear(item_id=item, telling=telling, notice_id=asked.notice, by=SYSTEM)


@job(attempts=sending.MOST_ATTEMPTS, outside=True, lane=Lane.HOSTS)
def tell_more(item_id: str, word_id: str) -> None:
    """Send our answer to a platform's API."""
    found = queries.answer_to_tell(UUID(item_id), UUID(word_id))
    if found is None:
        return
    asked, text = found
    calling.put_words(asked.address, asked.number, key=word_id, text=text)


@job(attempts=sending.MOST_ATTEMPTS, outside=True, lane=Lane.HOSTS)
def remind(item_id: str) -> None:
    """Remind a platform's API of what it has; one that has none is reminded by a person."""
    asked = queries.ticket_of(UUID(item_id))
    if asked is None:
        return
    text = "Reminder: this notice waits for your decision."
    calling.put_words(asked.address, asked.number, key="reminder", text=text)


@job(attempts=1)
def ask_platforms() -> None:
    """Ask each platform that can be asked about what it has."""
    for item_id in queries.with_ticket():
        ask_platform.later(item_id=item_id)


@job(attempts=1)
def look_at_clocks() -> None:
    """Queue for a person what has waited long enough."""
    for item_id in queries.due(now()):
        sending.look_at_clock(item_id=item_id, by=SYSTEM)


@job(attempts=1)
def call_left_behind() -> None:
    """Send what was left when a worker stopped."""
    for item_id in queries.left_behind():
        call.later(item_id=item_id)


@job(attempts=1)
def close_gone() -> None:
    """End what has been gone for long."""
    for item_id in queries.gone_before(now(), since=GONE_FOR):
        verifying.close_gone(item_id=item_id, by=SYSTEM)


def call_leaving(entries: Sequence[Entry]) -> None:
    """Queue a job for each item that someone has just sent by an API."""
    for entry in entries:
        if entry.facts["way"] == ContactKind.API:
            call.later(item_id=entry.subject)


def pass_answers_on(entries: Sequence[Entry]) -> None:
    """Queue our answers to platforms that are told by an API."""
    for entry in entries:
        tell_more.later(item_id=entry.subject, word_id=entry.facts["word"])


def remind_climbed(entries: Sequence[Entry]) -> None:
    """Queue reminders to platforms that are told by an API."""
    for entry in entries:
        if entry.facts["rung"] == Rung.REMINDER:
            remind.later(item_id=entry.subject)


def follow_notices(entries: Sequence[Entry]) -> None:
    """Give the helpline's items the states of their notices."""
    for notice_id in dict.fromkeys(
        entry.subject for entry in entries if entry.facts["for_line"] == LINE
    ):
        hearing.follow(notice_id=notice_id, by=SYSTEM)


def watch_moved(entries: Sequence[Entry]) -> None:
    """Let the watch look after what platforms have, and forget what has ended."""
    for entry in entries:
        if entry.facts["after"] == RemovalState.SENT:
            verifying.watch(item_id=entry.subject, by=SYSTEM)
        elif entry.facts["after"] in ENDED:
            verifying.stop_watching(item_id=entry.subject, by=SYSTEM)


def note_seen(entries: Sequence[Entry]) -> None:
    """Take note of what the watch does not find any more, or finds again."""
    for entry in entries:
        if entry.facts["for_line"] == LINE:
            is_gone = entry.event == ContentGone.name
            verifying.note_seen(item_id=entry.subject, is_gone=is_gone, by=SYSTEM)


def count(entries: Sequence[Entry]) -> None:
    """Save the outcomes of removals for exact figures."""
    hearing.count(entries=entries, by=SYSTEM)


SCHEDULE = (
    Every(timedelta(minutes=1), look_at_clocks),
    Every(timedelta(minutes=1), ask_platforms),
    Every(timedelta(minutes=5), call_left_behind),
    Every(timedelta(hours=24), close_gone),
)
