"""The words of the charter: who proposes, who commits, how a rule stands, what is counted."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class By(TextChoices):
    """Who proposes a rule."""

    PARENTS = "parents", pgettext_lazy("charter", "The parents")
    CHILD = "child", pgettext_lazy("charter", "The child")


class Whom(TextChoices):
    """Who commits to a rule, and who does what a practice says."""

    CHILDREN = "children", pgettext_lazy("who commits", "Children")
    PARENTS = "parents", pgettext_lazy("who commits", "Parents")
    BOTH = "both", pgettext_lazy("who commits", "Everyone")


class Standing(TextChoices):
    """How a rule stands: the child proposed it, all agree, it is tried, or the child refuses it."""

    PROPOSED = "proposed", pgettext_lazy("charter", "Proposed")
    KEPT = "kept", pgettext_lazy("charter", "Agreed")
    TRIAL = "trial", pgettext_lazy("charter", "On trial")
    VETOED = "vetoed", pgettext_lazy("charter", "Refused")


class Say(TextChoices):
    """What a family decides of a rule on which it had not agreed."""

    KEEP = "keep", pgettext_lazy("charter", "We all agree")
    TRY = "try", pgettext_lazy("charter", "We try it for two weeks")
    DROP = "drop", pgettext_lazy("charter", "We leave it out")


class What(TextChoices):
    """What is counted of families, where they say yes."""

    STARTED = "started", _("Charters started")
    FINISHED = "finished", _("Charters finished")
    REOPENED = "reopened", _("Charters reopened after 30 days")


class Of(TextChoices):
    """What is counted of rules, where families say yes."""

    CHOSEN = "chosen", _("Rules chosen")
    KEPT = "kept", _("Rules still kept")


def several() -> object:
    """Return the label of families that have children of several ages, or said none."""
    return _("Several ages, or not said")
