"""What the hotline's worker notes of removals that were really asked for; reporters are told so."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import removal
from balise.hotline.reports.events import ContentHostMoved, ContentReappeared
from balise.hotline.reports.models import LINE
from balise.takedown.notices.events import NoticeFailed
from balise.takedown.notices.rules.states import Failure
from balise.takedown.referrals.exchange.rules.iccam.conduct import CaseState
from balise.takedown.referrals.exchange.rules.words import Direction, State

_ANEW = frozenset({ContentReappeared.name, ContentHostMoved.name})
# A letter is on its way to another hotline, or there; ICCAM has the content.
_HANDED_OVER = frozenset(
    {State.SENT, State.RECEIVED, State.ACCEPTED, State.CLOSED, CaseState.EXPORTED}
)


def note_asked(entries: Sequence[Entry]) -> None:
    """Take note of the hotline's contents that a host, a hotline abroad or ICCAM was told of.

    In the order of the facts: a notice that came back asked nobody, and a content that is back
    or at another host has to be asked for anew.
    """
    for entry in entries:
        if entry.event in _ANEW:
            removal.note_nobody_asked(content_id=entry.subject, by=SYSTEM)
        elif entry.facts["for_line"] == LINE:
            _note(entry, UUID(entry.facts["content"]))


def _note(entry: Entry, content: UUID) -> None:
    if entry.event == NoticeFailed.name:
        if entry.facts["failure"] == Failure.BOUNCED:
            removal.note_nobody_asked(content_id=content, by=SYSTEM)
    elif _left(entry.facts):
        removal.note_asked(content_id=content, at=entry.at, by=SYSTEM)


def _left(facts: Mapping[str, str]) -> bool:
    """Return whether something left the house: a notice did, a transfer may be on its way yet."""
    if "direction" not in facts:
        return True
    return facts["direction"] == Direction.OUT and facts["state"] in _HANDED_OVER
