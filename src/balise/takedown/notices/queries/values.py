"""Notices as other modules have them: values, and not a word of any."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from balise.foundation.actors import Actor
from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.journal.events import Event
from balise.foundation.journal.models import Entry
from balise.takedown.directory.rules.contacts import LegalBasis
from balise.takedown.notices import access
from balise.takedown.notices.models import Hold, Notice
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.letters import number_of
from balise.takedown.notices.rules.mails import MailingState
from balise.takedown.notices.rules.outcomes import Account, Outcome
from balise.takedown.notices.rules.states import NoticeState, begins_at

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice, the organisation that it is for, and what came of it."""

    id: UUID
    line: str
    subject: UUID
    contact: UUID
    contact_kind: str
    host: UUID
    host_name: str
    rung: str
    offence: str
    about_minor: bool
    facts_on: date
    basis: str
    state: str
    failure: str
    drafted_at: datetime
    sent_at: datetime | None
    acknowledged_at: datetime | None
    reminder_count: int
    outcome: str
    account: str
    # Of the mail that it leaves in, if any.
    handed_at: datetime | None
    mail_state: str | None

    stands = Coded(NoticeState, "state")
    on_rung = Coded(Rung, "rung")
    came_of_it = CodedIfAny(Outcome, "outcome")
    account_was = Coded(Account, "account")

    @property
    def number(self) -> str:
        """The short number that people use for it."""
        return number_of(self.id)

    @property
    def has_yet_to_leave(self) -> bool:
        """Whether it can still be held back: no mail server is being handed it."""
        is_at_a_server = self.handed_at is not None and self.mail_state == MailingState.WAITING
        is_queued = self.stands is NoticeState.QUEUED and not is_at_a_server
        return is_queued or begins_at("send", self.stands)

    @property
    def left_at(self) -> datetime:
        """Return when it was sent. Raises ValueError for one that was not."""
        if self.sent_at is None:
            raise ValueError("a notice that was not sent has no moment")
        return self.sent_at


_FOUND_AT = {
    "contact_kind": "contact__kind",
    "host": "contact__organisation",
    "host_name": "contact__organisation__name",
    "handed_at": "mailing__handed_at",
    "mail_state": "mailing__state",
}
_COLUMNS = tuple(_FOUND_AT.get(field.name, field.name) for field in fields(NoticeRow))


def about(*, line: str, subject: UUID, seen_by: Actor) -> list[NoticeRow]:
    """Return the notices about a content, the last drafted first."""
    access.require(seen_by, access.READ, line=line)
    found = Notice.objects.filter(line=line, subject=subject).order_by("-drafted_at")
    return [NoticeRow(*row) for row in found.values_list(*_COLUMNS)]


def rows(notice_ids: Collection[UUID]) -> dict[UUID, NoticeRow]:
    """Return these notices by id."""
    found = Notice.objects.filter(id__in=notice_ids).values_list(*_COLUMNS)
    return {one.id: one for one in (NoticeRow(*row) for row in found)}


def rows_sent(
    *,
    but: Collection[NoticeState],
    since: datetime | None = None,
    before: datetime | None = None,
    basis: LegalBasis | None = None,
) -> Iterator[NoticeRow]:
    """Yield the notices that were sent and are in none of these states, the first sent first."""
    found = Notice.objects.filter(sent_at__isnull=False).exclude(state__in=but)
    if since is not None:
        found = found.filter(sent_at__gte=since)
    if before is not None:
        found = found.filter(sent_at__lt=before)
    if basis is not None:
        found = found.filter(basis=basis.value)
    for row in found.order_by("sent_at", "id").values_list(*_COLUMNS).iterator(_AT_ONCE):
        yield NoticeRow(*row)


def sent_about(contents: Iterable[tuple[str, UUID]]) -> list[UUID]:
    """Return the notices about these contents, each named by its line and its id."""
    wanted = set(contents)
    found = Notice.objects.filter(
        subject__in=[subject for _line, subject in wanted], sent_at__isnull=False
    )
    return [
        notice
        for notice, line, subject in found.values_list("id", "line", "subject")
        if (line, subject) in wanted
    ]


# What happened to a notice, from the journal.


# Readings are in the audit log for those who oversee it; here they would hide the rest.
_LEFT_OUT = ("takedown.notice.read", "takedown.notice.contest-read")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: when, what (an event's name), its codes, by whom, and to what."""

    at: datetime
    event: str
    facts: dict[str, Any]
    actor_kind: str
    actor_key: str
    subject: UUID


def history(notice: Notice, *, seen_by: Actor) -> list[Moment]:
    """Return what happened to a notice and to what held it back, the first thing first."""
    access.require(seen_by, access.READ, line=notice.line)
    holds = Hold.objects.filter(line=notice.line, subject=notice.subject).filter(
        Q(notice__isnull=True) | Q(notice=notice)
    )
    subjects = [notice.id, *holds.values_list("id", flat=True)]
    entries = Entry.objects.filter(subject__in=subjects).exclude(event__in=_LEFT_OUT)
    return [_moment(entry) for entry in entries.order_by("id")[:_LONGEST]]


def history_of(
    found: Collection[NoticeRow], *, events: Collection[type[Event]], seen_by: Actor
) -> list[Moment]:
    """Return which of these events happened to some notices, the first first, in one question."""
    for line in {one.line for one in found}:
        access.require(seen_by, access.READ, line=line)
    if not found:
        return []
    entries = Entry.objects.filter(
        subject__in=[one.id for one in found], event__in=[event.name for event in events]
    )
    return [_moment(entry) for entry in entries.order_by("id")[:_LONGEST]]


def _moment(entry: Entry) -> Moment:
    return Moment(
        entry.at, entry.event, entry.facts, entry.actor_kind, entry.actor_key, entry.subject
    )
