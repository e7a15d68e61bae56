"""The words of an activity."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.packs import Words, load

PACKAGE: Final = "balise.awareness.sid"


class Sort(TextChoices):
    """Who declares."""

    SCHOOL = "school", _("School or class")
    STRUCTURE = "structure", _("Association, library or other structure")


class Band(TextChoices):
    """Ages of people met, in the order of a form."""

    CHILDREN = "3-10", _("3 to 10")
    TEENAGERS = "11-14", _("11 to 14")
    YOUTH = "15-17", _("15 to 17")
    ADULTS = "adults", _("Adults")


class Method(TextChoices):
    """How heads were counted."""

    COUNTED = "counted", _("Counted, one by one")
    LISTED = "listed", _("From a list of the class or group")
    ESTIMATED = "estimated", _("Estimated")


class Wall(TextChoices):
    """Where a message of the wall stands."""

    NONE = "none", _("No message")
    WAITING = "waiting", _("Waits to be read")
    SHOWN = "shown", _("On the wall")
    REFUSED = "refused", pgettext_lazy("message", "Not shown")


class Reason(TextChoices):
    """Why a message is not shown, or an activity is not counted."""

    PERSON = "person", _("It names or shows someone")
    ADVERT = "advert", _("It advertises something")
    HARM = "harm", _("It could hurt someone")
    TWICE = "twice", _("It is declared twice")
    OTHER = "other", _("Another reason")


@cache
def channels(country: str) -> Mapping[str, Words]:
    """Return by which programmes an activity comes, by their codes. Raises PackFaulty."""
    return {
        str(row["code"]): Words.read(row["label"], where=f"channels: {row['code']}")
        for row in load(PACKAGE, country=country, name="channels")["channels"]
    }
