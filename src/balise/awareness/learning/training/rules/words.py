"""The code lists of training."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class What(TextChoices):
    """What is counted of the module by day; `GAIN` has a total, of pairs of tests."""

    STARTED = "started", pgettext_lazy("online module", "started")
    FINISHED = "finished", pgettext_lazy("online module", "finished")
    PASSED = "passed", pgettext_lazy("online module", "passed")
    GAIN = "gain", _("answers gained")


class Way(TextChoices):
    """How a badge was earned."""

    ONLINE = "online", _("Online module")
    SESSION = "session", _("Training session")


class Why(TextChoices):
    """Why a badge is revoked."""

    MISTAKE = "mistake", _("Given by mistake")
    ASKED = "asked", _("Its holder asks for it")
    MISUSE = "misuse", _("It was misused")
    CONDUCT = "conduct", _("The person may no longer meet minors for us")
