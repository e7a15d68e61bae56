"""What happened to a notice: what the journal keeps and the yearly report counts.

`for_line` is the line that the notice is sent for, `host` who receives it.
"""

from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.takedown.notices.rules.states import Failure, Impediment, Outcome


class NoticeFacts(TypedDict):
    """What every fact about a notice says."""

    subject: UUID
    content: UUID
    for_line: Code
    host: UUID
    offence: Code


@dataclass(frozen=True, kw_only=True)
class NoticeEvent(Event):
    """A fact about a notice; the subject is the notice."""

    content: UUID
    for_line: Code
    host: UUID
    offence: Code


@dataclass(frozen=True, kw_only=True)
class NoticeDrafted(NoticeEvent):
    name = "takedown.notice.drafted"


@dataclass(frozen=True, kw_only=True)
class NoticeQueued(NoticeEvent):
    """Someone decided to send it; a worker who hears of this does."""

    name = "takedown.notice.queued"


@dataclass(frozen=True, kw_only=True)
class NoticeRead(NoticeEvent):
    """Someone opened what a notice says."""

    name = "takedown.notice.read"


@dataclass(frozen=True, kw_only=True)
class NoticeSent(NoticeEvent):
    """The host's mail server took it, or an analyst put it into the host's form by hand."""

    name = "takedown.notice.sent"

    country: Code
    dsa_category: Code
    dsa_keyword: Code
    by_hand: bool


@dataclass(frozen=True, kw_only=True)
class NoticeReminded(NoticeEvent):
    name = "takedown.notice.reminded"


@dataclass(frozen=True, kw_only=True)
class NoticeFailed(NoticeEvent):
    name = "takedown.notice.failed"

    failure: Failure


@dataclass(frozen=True, kw_only=True)
class NoticeWithdrawn(NoticeEvent):
    name = "takedown.notice.withdrawn"


@dataclass(frozen=True, kw_only=True)
class OutcomeRecorded(NoticeEvent):
    """What came of it, and how many seconds after it was sent."""

    name = "takedown.notice.outcome-recorded"

    outcome: Outcome
    impediment: Impediment
    dsa_category: Code
    seconds: int
