"""Compare again where a host's answer or the result of monitoring has changed."""

from collections.abc import Sequence

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.takedown.notices.queries.values import sent_about
from balise.takedown.statements.actions import comparing


def compare_notices(entries: Sequence[Entry]) -> None:
    """Compare the notices that a host answered, or a statement does."""
    comparing.compare(notice_ids={entry.subject for entry in entries}, by=SYSTEM)


def compare_contents(entries: Sequence[Entry]) -> None:
    """Compare the notices about contents that came or went."""
    contents = {(str(entry.facts["for_line"]), entry.subject) for entry in entries}
    comparing.compare(notice_ids=sent_about(contents), by=SYSTEM)
