"""What the hotline's worker tells other hotlines, and hears from them."""

from collections.abc import Sequence
from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import exchanging, exporting, removal
from balise.hotline.reports.models import LINE
from balise.takedown.referrals.exchange.rules.iccam.fields import ActionType
from balise.takedown.referrals.exchange.rules.words import Direction, Outcome

_GONE = frozenset({Outcome.REMOVED, Outcome.GONE})


def tell_network(entries: Sequence[Entry]) -> None:
    """Tell the hotlines that handed us a content what we decided, and when it is gone or back."""
    for entry in entries:
        exchanging.tell_network(content_id=entry.subject, by=SYSTEM)
        exporting.tell_iccam(content_id=entry.subject, by=SYSTEM)


def note_host_told(entries: Sequence[Entry]) -> None:
    """Have ICCAM told of the hotline's contents whose host was told."""
    _note(entries, ActionType.REPORTED_TO_ISP)


def note_police_told(entries: Sequence[Entry]) -> None:
    """Have ICCAM told of the hotline's contents that the police were told of."""
    _note(entries, ActionType.REPORTED_TO_LEA)


def note_hosted(entries: Sequence[Entry]) -> None:
    """Have ICCAM told where a content is hosted now."""
    for entry in entries:
        country = str(entry.facts["country"])
        exporting.note_hosted(content_id=entry.subject, country=country, by=SYSTEM)


def _note(entries: Sequence[Entry], action: ActionType) -> None:
    for entry in entries:
        if entry.facts["for_line"] == LINE:
            content = UUID(entry.facts["content"])
            exporting.note_action(content_id=content, action=action, by=SYSTEM)


def note_outcomes(entries: Sequence[Entry]) -> None:
    """Take note of the hotline's contents that another hotline had removed, or found gone."""
    for entry in entries:
        facts = entry.facts
        if (facts["for_line"], facts["direction"]) == (LINE, Direction.OUT) and (
            facts["outcome"] in _GONE
        ):
            content = UUID(facts["content"])
            removal.note_removed(content_id=content, at=entry.at, by=SYSTEM)
