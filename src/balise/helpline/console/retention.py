"""What is deleted of the console, and when."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.helpline.console.models import Brief, Hand

# By then, those who needed a brief have read it.
_BRIEFS_KEPT = timedelta(days=1)
_HANDS_KEPT = timedelta(days=30)

RULES = (
    Rule(
        name="helpline.briefs",
        forgets=Brief,
        says=_("A private message to the next listener is deleted after one day."),
        due=past(Brief, "at", _BRIEFS_KEPT),
        erase=deleted(Brief),
    ),
    Rule(
        name="helpline.hands",
        forgets=Hand,
        says=_("The fact that a listener called for help is deleted after one month."),
        due=past(Hand, "raised_at", _HANDS_KEPT),
        erase=deleted(Hand),
    ),
)
