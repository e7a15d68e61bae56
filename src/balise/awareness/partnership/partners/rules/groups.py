"""Working groups of experts, a youth panel, industry dialogue: kinds and refusals. Pure."""

from datetime import timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.refusals import Refused

MOST_HEADS: Final = 500
# What is encrypted of someone who left a group is deleted after this.
KEPT: Final = timedelta(days=730)


class GroupOver(Refused, code="group-over"):
    """The group has ended."""


class SeatsOnly(Refused, code="seats-only"):
    """A youth panel has numbers by structure, and no person."""


class NotAttested(Refused, code="not-attested"):
    """The structure may not meet minors."""

    field = "structure_id"


class NotAYouthPanel(Refused, code="not-a-youth-panel"):
    pass


class MemberLeft(Refused, code="member-left"):
    pass


class DayToCome(Refused, code="day-to-come"):
    field = "day"


class GroupKind(TextChoices):
    """What a group is."""

    EXPERTS = "experts", _("Working group of experts")
    YOUTH = "youth", _("Youth panel")
    INDUSTRY = "industry", _("Dialogue with industry")


class Band(TextChoices):
    """The ages of young people of a panel; nothing else is kept of them."""

    TO_10 = "to-10", pgettext_lazy("ages", "10 and under")
    FROM_11 = "11-14", pgettext_lazy("ages", "11 to 14")
    FROM_15 = "15-17", pgettext_lazy("ages", "15 to 17")
    FROM_18 = "18-25", pgettext_lazy("ages", "18 to 25")

    @property
    def is_of_minors(self) -> bool:
        return self is not Band.FROM_18
