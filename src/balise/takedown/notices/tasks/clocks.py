"""Act on overdue deadlines, end holds that are over, and note what the monitoring saw."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now, zone
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every
from balise.takedown.notices import queries
from balise.takedown.notices.actions import climbing, ending, holding
from balise.takedown.notices.tasks.leaving import send_mailing


@job(attempts=1)
def look_at_clocks() -> None:
    """Queue a job for each recipient with an overdue deadline."""
    for contact_id in queries.contacts_due():
        look_at.later(contact_id=contact_id)


@job(attempts=4)
def look_at(contact_id: str) -> None:
    """Remind one recipient, or propose whom to tell next."""
    for mailing_id in climbing.look_at_due(contact_id=UUID(contact_id), by=SYSTEM):
        send_mailing.later(mailing_id=mailing_id)


@job(attempts=1)
def end_holds() -> None:
    """End the holds whose moment has come; what they held back is sent then."""
    holding.release_expired(by=SYSTEM)


def end_gone(entries: Sequence[Entry]) -> None:
    """End the notices about contents that the watch no longer finds, since its first look."""
    for entry in entries:
        ending.note_removed(
            line=entry.facts["for_line"],
            subject=entry.subject,
            at=datetime.fromisoformat(entry.facts["gone_at"]),
            by=SYSTEM,
        )


def hold_asked(entries: Sequence[Entry]) -> None:
    """Hold a content's notices until a day because an authority asks so.

    The entry's subject is the content; its facts name the line (`for_line`) and the day (`until`).
    """
    for entry in entries:
        day = date.fromisoformat(entry.facts["until"])
        until = datetime.combine(day, time.min, tzinfo=zone())
        if until > now():
            holding.hold(
                line=entry.facts["for_line"], subject=entry.subject, until=until, by=SYSTEM
            )


def hold_lifted(entries: Sequence[Entry]) -> None:
    """End the hold of a content's notices: the entry's subject is the content."""
    for entry in entries:
        holding.lift(line=entry.facts["for_line"], subject=entry.subject, by=SYSTEM)


SCHEDULE = (
    Every(timedelta(minutes=5), look_at_clocks),
    Every(timedelta(minutes=5), end_holds),
)
