"""The yearly report, from the centre's own notices and their outcomes in the journal.

Only our own record is counted: a platform's statements may carry the wrong label for years.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import batched
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import Actor
from balise.foundation.clock import now, zone
from balise.foundation.journal.models import Entry
from balise.takedown.directory.rules.contacts import LegalBasis
from balise.takedown.law.rules import History, law
from balise.takedown.notices.events import OutcomeRecorded
from balise.takedown.notices.queries.values import rows_sent
from balise.takedown.notices.rules.states import NoticeState
from balise.takedown.statements import access
from balise.takedown.statements.rules.flagging import Sending, YearlyReport, count

_AT_ONCE = 500
_HOUR = 3_600
# What never arrived, or was taken back.
_NOT_COUNTED = (NoticeState.FAILED, NoticeState.WITHDRAWN, NoticeState.RETRACTED)


def yearly_report(year: int, *, seen_by: Actor) -> YearlyReport:
    """Return the report on a year of the centre's own zone, from its own notices until now."""
    access.require(seen_by, access.REPORT)
    moment = now().astimezone(zone())
    return replace(count(_sendings(year), year=year, zone=zone()), counted_until=moment)


def _sendings(year: int) -> Iterator[Sending]:
    """Yield what was sent as trusted flagger in a year, give or take a day for any zone."""
    first = datetime(year, 1, 1, tzinfo=zone()) - timedelta(days=1)
    last = datetime(year + 1, 1, 1, tzinfo=zone()) + timedelta(days=1)
    named = law(settings.COUNTRY).histories
    found = rows_sent(but=_NOT_COUNTED, since=first, before=last, basis=LegalBasis.FLAGGER)
    for some in batched(found, _AT_ONCE, strict=False):
        outcomes = _outcomes([one.id for one in some])
        for one in some:
            outcome, seconds = outcomes.get(one.id, ("", None))
            category = _category(named.get(one.offence), about_minor=one.about_minor)
            yield Sending(
                notice=str(one.id),
                sent_at=one.left_at,
                provider=one.host_name,
                category=category or one.offence,
                outcome=outcome,
                hours=None if seconds is None else seconds / _HOUR,
            )


def _category(history: History | None, *, about_minor: bool) -> str:
    """Return the DSA's category of an offence, "" for one that the pack has lost."""
    if history is None:
        return ""
    newest = history.texts[-1]
    return (newest.about_minor() if about_minor else newest).dsa_category


def _outcomes(notices: list[UUID]) -> dict[UUID, tuple[str, int | None]]:
    """Return the last outcome that the journal has of each notice, and after how many seconds."""
    entries = Entry.objects.filter(
        line=OutcomeRecorded.line, event=OutcomeRecorded.name, subject__in=notices
    )
    return {
        entry.subject: (str(entry.facts["outcome"]), entry.facts.get("seconds"))
        for entry in entries.order_by("id")
    }
