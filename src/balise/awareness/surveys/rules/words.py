"""The code lists of surveys, and how long what they collect is kept."""

from datetime import timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

LEAST_GROUP: Final = 11  # people: no smaller group of a survey is shown, as of families
NOTICE: Final = timedelta(days=7)  # parents know of a survey of minors for so long before it
DRAFTS: Final = timedelta(days=30)  # without a new answer
MARKS: Final = timedelta(days=30)  # after the end: that something was sent already
TEXTS: Final = timedelta(days=180)  # after the end: free texts as they were written
ANSWERS: Final = timedelta(days=5 * 365)  # after the end


class SurveyState(TextChoices):
    """How far a survey is."""

    DRAFT = "draft", pgettext_lazy("survey", "in preparation")
    OPEN = "open", pgettext_lazy("survey", "open")
    CLOSED = "closed", pgettext_lazy("survey", "closed")


class Audience(TextChoices):
    """Who is asked: minors through a school or structure alone, and without free text."""

    ADULTS = "adults", _("Adults, by the public page")
    MINORS = "minors", _("Minors, through a school or organisation")


class Reading(TextChoices):
    """What someone of the team decided about a free text, once it was read."""

    WAITING = "waiting", pgettext_lazy("free text", "to read")
    SHOWN = "shown", pgettext_lazy("free text", "may be shown")
    WITHHELD = "withheld", pgettext_lazy("free text", "not to be shown")
