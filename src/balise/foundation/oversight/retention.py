"""What oversight itself deletes. A mail that was set aside stays marked in its mailbox."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from balise.foundation.mail.models import SetAside
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.tasks.models import DeadLetter

_KEPT = timedelta(days=90)

RULES = (
    Rule(
        name="oversight.letters",
        forgets=DeadLetter,
        says=_("An abandoned task: three months later"),
        due=past(DeadLetter, "died_at", _KEPT),
        erase=deleted(DeadLetter),
    ),
    Rule(
        name="oversight.mails",
        forgets=SetAside,
        says=_("The fact that an e-mail could not be read: three months later"),
        due=past(SetAside, "at", _KEPT),
        erase=deleted(SetAside),
    ),
)
