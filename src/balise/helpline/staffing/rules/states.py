"""The state of a rota, and what is refused on the way."""

from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused
from balise.helpline.staffing.rules.rota import MOST_WEEK_HOURS

LONGEST_ABSENCE = timedelta(days=366)
# A solver that has said nothing for so long never will: its worker died.
GIVEN_UP_AFTER = timedelta(minutes=5)


class RotaState(TextChoices):
    """The state of a rota."""

    ASKED = "asked", gettext_lazy("Calculating")
    DRAFT = "draft", gettext_lazy("Draft")
    FAILED = "failed", gettext_lazy("No answer")
    PUBLISHED = "published", gettext_lazy("Published")
    REPLACED = "replaced", gettext_lazy("Replaced")


class RotaUnready(Refused, code="rota-unready"):
    """There is nothing to publish, or nobody to plan."""


class DaysWrong(Refused, code="days-wrong"):
    pass


class ContractWrong(Refused, code="contract-wrong"):
    pass


class ShiftNotOffered(Refused, code="shift-not-offered"):
    """Someone else was quicker, or it is taken back."""


def check_days(first: date, last: date, *, today: date) -> None:
    """Refuse an absence that ends before it begins, that is over, or that lasts over a year."""
    if last < first:
        raise DaysWrong(_("The last day is before the first."))
    if last < today:
        raise DaysWrong(_("These days are in the past."))
    if last - first > LONGEST_ABSENCE:
        raise DaysWrong(_("One year at most."))


def check_hours(halves: int) -> None:
    """Refuse more half hours a week than the law knows."""
    if not 0 <= halves <= MOST_WEEK_HOURS * 2:
        raise ContractWrong(_("From 0 to %(most)d hours a week.") % {"most": MOST_WEEK_HOURS})
