"""Read the helpline's mailbox."""

from datetime import timedelta

from django.conf import settings

from balise.foundation.actors import SYSTEM
from balise.foundation.mail.reading import read_mail
from balise.foundation.mail.receiving import take_new
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every
from balise.helpline.channels.actions import receiving

AT_ONCE = 100  # mails of one reading; the rest comes a minute later


@job(attempts=1, outside=True)
def read_mailbox() -> None:
    """Take in what has come to the mailbox; without one, nothing is to be done."""
    if settings.HELPLINE_INBOX:
        take_new(settings.HELPLINE_INBOX, keep=_keep, at_most=AT_ONCE)


def _keep(octets: bytes) -> None:
    receiving.take_mail(mail=read_mail(octets), octets=octets, by=SYSTEM)


SCHEDULE = (Every(timedelta(minutes=1), read_mailbox),)
