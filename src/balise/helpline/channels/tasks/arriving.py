"""Read the helpline's mailbox."""

from datetime import timedelta

from django.conf import settings

from balise.foundation.actors import SYSTEM
from balise.foundation.mail.parsing import Mail
from balise.foundation.mail.reading import read_inbox
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Every
from balise.helpline.channels.actions import receiving

AT_ONCE = 100  # mails of one reading; the rest comes a minute later


@job(attempts=1, outside=True, lane=Lane.INBOX)
def read_mailbox() -> None:
    """Take in what has come to the mailbox; do nothing without one."""
    if settings.HELPLINE_INBOX:
        read_inbox("helpline", settings.HELPLINE_INBOX, keep=_keep, at_most=AT_ONCE)


def _keep(mail: Mail, octets: bytes) -> None:
    receiving.take_mail(mail=mail, octets=octets, by=SYSTEM)


SCHEDULE = (Every(timedelta(minutes=1), read_mailbox),)
