"""What oversight itself deletes."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.foundation.mail.models import SetAside
from balise.foundation.retention.rules import Rule
from balise.foundation.tasks.models import DeadLetter

_LETTERS = timedelta(days=90)
_MAILS = timedelta(days=90)
_AT_ONCE = 1_000


def letters_due(at: datetime) -> Iterable[UUID]:
    """Return the tasks that were given up ninety days ago."""
    old = DeadLetter.objects.filter(died_at__lte=at - _LETTERS).order_by("died_at")
    return old.values_list("id", flat=True)[:_AT_ONCE]


def erase_letters(letters: Sequence[UUID]) -> int:
    """Forget tasks that were given up."""
    count, _of_each = DeadLetter.objects.filter(id__in=letters).delete()
    return count


def mails_due(at: datetime) -> Iterable[UUID]:
    """Return the mails that were set aside ninety days ago."""
    old = SetAside.objects.filter(at__lte=at - _MAILS).order_by("at")
    return old.values_list("id", flat=True)[:_AT_ONCE]


def erase_mails(mails: Sequence[UUID]) -> int:
    """Forget that mails were set aside; each stays marked in its mailbox."""
    count, _of_each = SetAside.objects.filter(id__in=mails).delete()
    return count


RULES = (
    Rule(
        name="oversight.letters",
        forgets=DeadLetter,
        line="oversight",
        says=_("An abandoned task: three months later"),
        due=letters_due,
        erase=erase_letters,
    ),
    Rule(
        name="oversight.mails",
        forgets=SetAside,
        line="oversight",
        says=_("The fact that an e-mail could not be read: three months later"),
        due=mails_due,
        erase=erase_mails,
    ),
)
