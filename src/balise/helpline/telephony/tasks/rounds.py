"""Scheduled jobs."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Every
from balise.helpline.telephony.actions import calling_back, numbers
from balise.helpline.telephony.rules.lines import read_ari_url
from balise.helpline.telephony.tasks.dialling import NotDialled, originate


@job(attempts=1)
def queue_call_backs() -> None:
    """Queue the call-backs whose safe time has come."""
    calling_back.queue_due()


@job(attempts=1)
def wipe_numbers() -> None:
    """Destroy the numbers whose time is over."""
    numbers.wipe_due(at=now())


def forget_numbers(entries: Sequence[Entry]) -> None:
    """Destroy the numbers of calls that are over, held ones left out."""
    numbers.forget_ended(call_ids=[entry.subject for entry in entries])


def dial_asked(entries: Sequence[Entry]) -> None:
    """Queue a job for each call that listeners have just asked for."""
    for entry in entries:
        dial.later(call_back_id=entry.subject, extension=entry.facts["extension"])


@job(attempts=1, outside=True, priority=90, lane=Lane.URGENT)
def dial(call_back_id: str, extension: str) -> None:
    """Make the exchange ring a listener, then the number. Once only: nobody is called twice."""
    name = UUID(call_back_id)
    number = calling_back.number_to_dial(call_back_id=name, by=SYSTEM)
    if not number or not settings.ARI:
        return
    try:
        originate(read_ari_url(settings.ARI), extension=extension, number=number)
    except NotDialled as refusal:
        calling_back.note_not_dialled(call_back_id=name, reason=str(refusal), by=SYSTEM)


SCHEDULE = (
    Every(timedelta(minutes=1), queue_call_backs),
    Every(timedelta(minutes=15), wipe_numbers),
)
