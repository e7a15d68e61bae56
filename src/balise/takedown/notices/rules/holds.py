"""Why nothing leaves for a while, and for how long at most. Pure."""

from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy

LONGEST_HOLD = timedelta(days=31)


class HoldReason(StrEnum):
    """Who asks to wait, or why."""

    POLICE = "police"
    VICTIM = "victim"
    DOUBT = "doubt"

    @property
    def label(self) -> str:
        return str(_REASONS[self])


_REASONS = {
    HoldReason.POLICE: gettext_lazy("The police act first"),
    HoldReason.VICTIM: gettext_lazy("The person concerned asks to wait"),
    HoldReason.DOUBT: gettext_lazy("Something must be clarified first"),
}
