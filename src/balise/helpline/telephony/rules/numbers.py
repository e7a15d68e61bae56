"""A caller's number: how it is written, why it may be read, how long it is held."""

import re
import unicodedata
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused

HELD_FOR = timedelta(hours=24)
# A release that is not used is none.
RELEASED_FOR = timedelta(minutes=15)
_NOISE = re.compile(r"[\s().\-/]+")
_NUMBER = re.compile(r"\+?\d{3,15}")
# Nobody is called back at an emergency number, or at any other short one.
_CALLABLE = re.compile(r"\+?[0-9]{6,15}")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_CODES = ("+33", "+352", "+32", "+49", "+41", "+44")  # of the country and its neighbours
# The 0 that some write beside their country: +44 (0)20 …
_TRUNK = "(0)"


class HeldFor(TextChoices):
    """Why a number outlives its call."""

    NOTHING = "", gettext_lazy("It is not kept")
    CALL_BACK = "call-back", gettext_lazy("They asked to be called back")
    LIFE_DANGER = "life-danger", gettext_lazy("Immediate danger")


class Need(TextChoices):
    """Why a number is unsealed."""

    LIFE_DANGER = "life-danger", gettext_lazy("Immediate danger: the emergency services need it")
    JUDGE = "judge", gettext_lazy("A judge or the police ask for it in writing")


class NumberGone(Refused, code="number-gone"):
    """There is no number, or it was destroyed."""


class NumberWrong(Refused, code="number-wrong"):
    """Nobody can be called at this number."""


class NotReleased(Refused, code="not-released"):
    """A second person has not agreed, or too long ago."""


def read_number(text: str) -> str:
    """Return a number as digits, with its +; "" for one that is withheld or none at all."""
    found = _NOISE.sub("", text)
    return found if _NUMBER.fullmatch(found) else ""


def read_callable(text: str) -> str:
    """Return a number that someone can be called at, as digits with its +; refuse any other.

    Whatever digits they wrote it with, and with or without the 0 that goes with no country's code.
    """
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
    if plain.startswith(("+", "00")):
        plain = plain.replace(_TRUNK, "", 1)
    digits = "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in plain)
    found = _NOISE.sub("", digits)
    if not _CALLABLE.fullmatch(found):
        raise NumberWrong(
            _("This phone number is incomplete: six digits at least, and no letters.")
        )
    return found


def read_aloud(number: str) -> str:
    """Return a number in the groups in which it is said: "06 12 34 56 78", "+33 6 12 34 56 78".

    Pairs, behind one digit where they are odd; a foreign code stays as it is where we know it.
    """
    code = next((code for code in _CODES if number.startswith(code)), "")
    start = code or number[: number.startswith("+")]
    digits = number.removeprefix(start)
    odd = len(digits) % 2
    groups = [digits[:odd], *(digits[at : at + 2] for at in range(odd, len(digits), 2))]
    said = " ".join(group for group in groups if group)
    return f"{code} {said}" if code else start + said


def check_second(asked_by: str, by: str) -> None:
    """Refuse that one agrees with oneself."""
    if asked_by == by:
        raise NotReleased(_("A second person must agree: you made the request."))
