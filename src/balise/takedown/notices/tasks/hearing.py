"""Receive answers: read the mailbox, and do what the answer page may ask without a person."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.mail.parsing import Mail
from balise.foundation.mail.reading import read_inbox
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Every
from balise.takedown.notices.actions import answering
from balise.takedown.notices.rules.inbound import Via, inbound_of

AT_ONCE = 100  # mails of one reading; the rest comes half a minute later


def hear_answers(entries: Sequence[Entry]) -> None:
    """Queue a job for each answer that came by the page."""
    for entry in entries:
        if entry.facts["via"] == Via.PAGE:
            hear_answer.later(answer_id=entry.subject)


@job(attempts=4)
def hear_answer(answer_id: str) -> None:
    """Do at once what an answer asks by right."""
    answering.hear(answer_id=UUID(answer_id), by=SYSTEM)


@job(attempts=1, outside=True, lane=Lane.INBOX)
def read_mailbox() -> None:
    """Save what has come to the mailbox; do nothing without one."""
    if settings.NOTICES_INBOX:
        read_inbox("notices", settings.NOTICES_INBOX, keep=_keep, at_most=AT_ONCE)


def _keep(mail: Mail, _octets: bytes) -> None:
    answering.receive_mail(inbound=inbound_of(mail), by=SYSTEM)


SCHEDULE = (Every(timedelta(seconds=30), read_mailbox),)
