"""The code lists of quizzes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Audience(TextChoices):
    """Whom a quiz is written for."""

    CHILDREN = "8-10", _("8–10 years")
    TEENS = "11-13", _("11–13 years")
    OLDER = "14-16", _("14–16 years")
    PARENTS = "parents", _("Parents")

    @property
    def is_young(self) -> bool:
        """Return whether its pages are those of young people."""
        return self is not Audience.PARENTS

    @property
    def goal(self) -> int:
        """Return how many words a sentence may have."""
        return _GOALS.get(self, 20)


_GOALS = {Audience.CHILDREN: 12, Audience.TEENS: 15}


class What(TextChoices):
    """What is counted of a quiz by day; `GAIN` counts pairs, and its total is answers gained."""

    STARTED = "started", pgettext_lazy("quiz", "started")
    FINISHED = "finished", pgettext_lazy("quiz", "finished")
    CLASS = "class", pgettext_lazy("quiz", "played by a class")
    GAIN = "gain", pgettext_lazy("quiz", "answered before and after")


class Mode(TextChoices):
    """How someone answers: explained at once, or before a session and after it."""

    ALONE = "", ""
    BEFORE = "b", ""
    AFTER = "a", ""
