"""What the hotline's worker notes of removals that were really asked for; reporters are told so."""

from collections.abc import Sequence
from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import removal
from balise.hotline.reports.events import ContentHostMoved, ContentReappeared
from balise.hotline.reports.models import LINE
from balise.takedown.notices.events import NoticeFailed
from balise.takedown.notices.rules.states import Failure

_ANEW = frozenset({ContentReappeared.name, ContentHostMoved.name})


def note_asked(entries: Sequence[Entry]) -> None:
    """Note which content of the hotline a host was told of.

    In the order of the events: a notice that came back reached nobody, and content that is back or
    at another host has to be asked for again.
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
    else:
        removal.note_asked(content_id=content, at=entry.at, to="host", by=SYSTEM)
