"""Read a mailbox's new mails, and set aside those that cannot be read."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

from django.db import transaction

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.mail.events import MailSetAside
from balise.foundation.mail.models import SetAside
from balise.foundation.mail.parsing import Mail
from balise.foundation.mail.reading import MailUnreadable, read_mail
from balise.foundation.mail.receiving import Arrived, take_new

type Keep = Callable[[Mail, bytes], object]

_SHOWN = 200


def read_inbox(mailbox: str, url: str, *, keep: Keep, at_most: int) -> int:
    """Hand each new mail to `keep`, read and as it came; return how many were taken in.

    `mailbox` names it on pages and in the journal, a code. One that cannot be read is set aside:
    it is marked and stays there, a row and a fact say so, and it is not fetched again. Raises
    `MailboxAway`, and what `keep` raised once the others are kept.
    """

    def take(arrived: Arrived) -> bool:
        try:
            mail = read_mail(arrived.octets)
        except MailUnreadable as unreadable:
            _set_aside(mailbox, arrived, unreadable.reason)
            return False
        keep(mail, arrived.octets)
        return True

    return take_new(url, keep=take, passes_over=partial(_is_aside, mailbox), at_most=at_most)


def set_aside() -> list[SetAside]:
    """Return the mails that could not be read, the latest first."""
    return list(SetAside.objects.order_by("-at")[:_SHOWN])


def _is_aside(mailbox: str, validity: int, uid: int) -> bool:
    return SetAside.objects.filter(mailbox=mailbox, validity=validity, uid=uid).exists()


def _set_aside(mailbox: str, arrived: Arrived, reason: str) -> None:
    row = SetAside(
        id=uuid4(),
        mailbox=mailbox,
        validity=arrived.validity,
        uid=arrived.uid,
        reason=reason,
        size=len(arrived.octets),
        at=now(),
    )
    with transaction.atomic():
        row.save(force_insert=True)
        record(MailSetAside(subject=row.id, mailbox=Code(mailbox), reason=Code(reason)), by=SYSTEM)
