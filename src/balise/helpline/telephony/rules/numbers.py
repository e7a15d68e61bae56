"""A caller's number: how it is written, why it may be read, how long it is held."""

import re
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balise.foundation.refusals import Refused

HELD_FOR = timedelta(hours=24)
# A release that is not used is none.
RELEASED_FOR = timedelta(minutes=15)
_NOISE = re.compile(r"[\s().\-/]+")
_NUMBER = re.compile(r"\+?\d{3,15}")


class HeldFor(TextChoices):
    """Why a number outlives its call."""

    NOTHING = "", gettext_lazy("It is not held")
    CALL_BACK = "call-back", gettext_lazy("They asked to be called back")
    LIFE_DANGER = "life-danger", gettext_lazy("Life in danger")


class Need(TextChoices):
    """Why a number is unsealed."""

    LIFE_DANGER = "life-danger", gettext_lazy("Life in danger: the rescue services need it")
    JUDGE = "judge", gettext_lazy("A judge or the police ask for it in writing")


class NumberGone(Refused):
    """There is no number, or it was destroyed."""

    code = "number-gone"


class NotReleased(Refused):
    """A second person has not agreed, or too long ago."""

    code = "not-released"


def read_number(text: str) -> str:
    """Return a number as digits, with its +; "" for one that is withheld or none at all."""
    found = _NOISE.sub("", text)
    return found if _NUMBER.fullmatch(found) else ""


def check_second(asked_by: str, by: str) -> None:
    """Refuse that one agrees with oneself."""
    if asked_by == by:
        raise NotReleased(_("A second person must agree: you asked yourself."))
