"""Why nothing leaves for a while, and for how long at most. Pure."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LONGEST_HOLD = timedelta(days=31)


class HoldReason(TextChoices):
    """Who asks to wait, or why."""

    POLICE = "police", _("The police act first")
    VICTIM = "victim", _("The person concerned asks to wait")
    DOUBT = "doubt", _("Something must be clarified first")
