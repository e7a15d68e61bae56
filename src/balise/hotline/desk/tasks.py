"""Follow reports that come in and verdicts, and note the results of the partners' own reports."""

from collections.abc import Sequence

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.hotline.desk.actions import following
from balise.hotline.reports.queries.partners import reports_about
from balise.hotline.reports.rules.words import Channel

_PARTNERS = frozenset({Channel.API.value, Channel.IMPORT.value})


def follow_received(entries: Sequence[Entry]) -> None:
    """Note the partners' reports that came in; some are processed as they come."""
    ids = [entry.subject for entry in entries if entry.facts["channel"] in _PARTNERS]
    if ids:
        following.follow(report_ids=ids, by=SYSTEM)


def follow_decided(entries: Sequence[Entry]) -> None:
    """Note the partners' reports that a verdict completes."""
    ids = reports_about([entry.subject for entry in entries])
    if ids:
        following.follow(report_ids=ids, by=SYSTEM)
