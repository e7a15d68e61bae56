"""Who was met and how they were counted: bands of age and heads, never a name. Pure."""

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused

MOST_HEADS: Final = 2_000  # of one band or one class level, in one room


class Band(TextChoices):
    """People met, by age; adults by why they came."""

    UNDER_11 = "under-11", pgettext_lazy("people met", "Under 11")
    FROM_11 = "11-13", pgettext_lazy("people met", "11 to 13")
    FROM_14 = "14-17", pgettext_lazy("people met", "14 to 17")
    PARENTS = "parents", pgettext_lazy("people met", "Parents")
    PROFESSIONALS = "professionals", pgettext_lazy("people met", "Professionals")


CHILDREN: Final = frozenset({Band.UNDER_11, Band.FROM_11, Band.FROM_14})


class Method(TextChoices):
    """How heads were counted; a figure says it."""

    COUNTED = "counted", pgettext_lazy("people met", "One by one")
    ESTIMATED = "estimated", pgettext_lazy("people met", "At a glance")
    REGISTERED = "registered", pgettext_lazy("people met", "From the registration")


class Needs(TextChoices):
    """How many people had specific needs, as a band: a number could point at someone."""

    UNKNOWN = "unknown", pgettext_lazy("people met", "Not known")
    NONE = "none", pgettext_lazy("people met", "Nobody")
    FEW = "1-4", pgettext_lazy("people met", "1 to 4")
    SOME = "5-9", pgettext_lazy("people met", "5 to 9")
    MANY = "10-more", pgettext_lazy("people met", "10 or more")


class HeadsWrong(Refused, code="heads-wrong"):
    field = "heads"


def checked(heads: Mapping[str, int]) -> dict[str, int]:
    """Return the heads that were met, by band or level, without the empty ones.

    Refuses no head at all, a negative number, and more than a room holds.
    """
    if any(number < 0 or number > MOST_HEADS for number in heads.values()):
        raise HeadsWrong(_("Enter numbers from 0 to %(most)s.") % {"most": MOST_HEADS})
    found = {code: number for code, number in heads.items() if number}
    if not found:
        raise HeadsWrong(_("Enter how many people were there."))
    return found


def minors(heads: Mapping[str, int]) -> int:
    """Return how many of the people of a workshop are children."""
    return sum(heads.get(band, 0) for band in CHILDREN)
