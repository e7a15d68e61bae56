"""The two questions afterwards, and how it was before and after, in faces from 1 to 5."""

from datetime import timedelta

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused

OPEN_FOR = timedelta(days=7)


class Answer(TextChoices):
    """What one may answer to each of the two questions."""

    YES = "yes", pgettext_lazy("youth", "Yes")
    A_LITTLE = "a-little", pgettext_lazy("youth", "A little")
    NO = "no", pgettext_lazy("youth", "No")


class Mood(IntegerChoices):
    """How someone feels."""

    VERY_BAD = 1, gettext_lazy("😢 Very bad")
    BAD = 2, gettext_lazy("🙁 Not good")
    SO_SO = 3, gettext_lazy("😐 So-so")
    GOOD = 4, gettext_lazy("🙂 Good")
    VERY_GOOD = 5, gettext_lazy("😀 Very good")


class QuestionsOver(Refused, code="questions-over"):
    pass


def over() -> QuestionsOver:
    """Return the refusal for a link that was used, that is too old, or that never was."""
    return QuestionsOver(_("These questions are closed. You can always write to us again."))
