"""How urgent a notice is, and how long its recipient has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Urgency(TextChoices):
    """How long a recipient has: an hour or so, some hours, a day or more."""

    IMMEDIATE = "immediate", _("At once")
    URGENT = "urgent", _("Urgent")
    STEADY = "steady", _("Ordinary")


class Goal(TextChoices):
    """What is expected of a recipient: word that it has the notice, a decision, the removal."""

    ACKNOWLEDGE = "acknowledge", _("To confirm receipt")
    DECIDE = "decide", _("To decide")
    GONE = "gone", _("To remove it")


@dataclass(frozen=True, slots=True)
class Targets:
    """How long a recipient has for each goal, while its clock runs."""

    acknowledge: timedelta
    decide: timedelta
    gone: timedelta

    def of(self, goal: Goal) -> timedelta:
        """Return the time for one goal."""
        return {
            Goal.ACKNOWLEDGE: self.acknowledge,
            Goal.DECIDE: self.decide,
            Goal.GONE: self.gone,
        }[goal]


def targets_for(
    urgency: Urgency,
    customs: Mapping[Urgency, Targets],
    *,
    steady: timedelta,
    acknowledge: timedelta | None = None,
    decide: timedelta | None = None,
) -> Targets:
    """Return what a recipient has: what its contact promises, else the custom of the centre.

    `steady` is the offence's own custom for a decision. A promise shortens what is urgent and never
    lengthens it; for what is steady it counts as it is. Nobody acknowledges later than they decide.
    """
    custom = customs[urgency]
    if urgency is Urgency.STEADY:
        decides = decide or steady
        gone = max(decides, steady)
    else:
        decides = min(decide or custom.decide, custom.decide)
        gone = custom.gone
    acknowledges = min(acknowledge or custom.acknowledge, decides)
    return Targets(acknowledges, decides, max(gone, decides))
