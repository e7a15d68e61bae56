"""The code lists of playing: with whom, kept where, and what is counted."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Mode(TextChoices):
    """Who plays: one person, or a class before one screen."""

    ALONE = "alone", pgettext_lazy("story", "one person")
    CLASS = "class", pgettext_lazy("story", "a class")


class Keep(TextChoices):
    """Where a play is kept; it is said at the start."""

    NOWHERE = "nowhere", pgettext_lazy("story", "Nowhere")
    DEVICE = "device", pgettext_lazy("story", "On this device")
    CODE = "code", pgettext_lazy("story", "With a code of six words")


class What(TextChoices):
    """What is counted of stories by day."""

    BEGUN = "begun", _("Stories begun")
    CHOSEN = "chosen", _("Choices made")
    ENDED = "ended", _("Stories finished")


def ending_code(story: str, ending: str) -> str:
    """Return the code of an ending that no other story has."""
    return f"{story}/{ending}"
