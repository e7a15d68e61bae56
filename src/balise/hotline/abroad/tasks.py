"""What the hotline tells other hotlines, and receives from them."""

from collections.abc import Sequence
from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.hotline.abroad import actions
from balise.hotline.abroad.rules import LINE
from balise.hotline.reports.actions import removal
from balise.takedown.onward.exchange.rules.iccam.bodies import CaseState
from balise.takedown.onward.exchange.rules.iccam.fields import ActionType
from balise.takedown.onward.exchange.rules.words import Direction, Outcome, TransferState

_GONE = frozenset({Outcome.REMOVED, Outcome.GONE})
# A letter is on its way to another hotline, or there; ICCAM has the content.
_HANDED_OVER = frozenset(
    {
        TransferState.SENT,
        TransferState.RECEIVED,
        TransferState.ACCEPTED,
        TransferState.CLOSED,
        CaseState.EXPORTED,
    }
)


def note_asked(entries: Sequence[Entry]) -> None:
    """Note which content of the hotline a hotline abroad or ICCAM was told of."""
    for entry in entries:
        facts = entry.facts
        if (facts["for_line"], facts["direction"]) == (LINE, Direction.OUT) and (
            facts["state"] in _HANDED_OVER
        ):
            content = UUID(facts["content"])
            removal.note_asked(content_id=content, at=entry.at, to="hotline", by=SYSTEM)


def tell_network(entries: Sequence[Entry]) -> None:
    """Tell the hotlines that transferred a content what we decided, and when it is gone or back."""
    for entry in entries:
        actions.tell_network(content_id=entry.subject, by=SYSTEM)
        actions.tell_iccam(content_id=entry.subject, by=SYSTEM)


def note_host_told(entries: Sequence[Entry]) -> None:
    """Tell ICCAM which content's host was told."""
    _note(entries, ActionType.REPORTED_TO_ISP)


def note_police_told(entries: Sequence[Entry]) -> None:
    """Tell ICCAM of which content the police were told."""
    _note(entries, ActionType.REPORTED_TO_LEA)


def note_hosted(entries: Sequence[Entry]) -> None:
    """Tell ICCAM where a content is hosted now."""
    for entry in entries:
        country = str(entry.facts["country"])
        actions.note_hosted(content_id=entry.subject, country=country, by=SYSTEM)


def _note(entries: Sequence[Entry], action: ActionType) -> None:
    for entry in entries:
        if entry.facts["for_line"] == LINE:
            content = UUID(entry.facts["content"])
            actions.note_action(content_id=content, action=action, by=SYSTEM)


def note_outcomes(entries: Sequence[Entry]) -> None:
    """Note which content another hotline had removed, or found gone."""
    for entry in entries:
        facts = entry.facts
        if (facts["for_line"], facts["direction"]) == (LINE, Direction.OUT) and (
            facts["outcome"] in _GONE
        ):
            content = UUID(facts["content"])
            removal.note_removed(content_id=content, at=entry.at, by=SYSTEM)
