"""What an edition is made ready by: its days, what it is compared with, who may still change it."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils import formats
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused
from balise.steering.rules.periods import Period, a_year_before, day_words

LINK_LASTS: Final = timedelta(days=21)
LONGEST_COMMENT: Final = 2_000


class EditionKnown(Refused, code="edition-known"):
    """There is one edition of a day."""

    field = "day"


class EditionFrozen(Refused, code="edition-frozen"):
    """A frozen edition does not change any more; a correction is a new one."""


class EditionDraft(Refused, code="edition-draft"):
    """What is asked is only of a frozen edition."""


class DaysWrong(Refused, code="days-wrong"):
    field = "last"


class NotReady(Refused, code="edition-not-ready"):
    """Something on a page stops the edition."""


class NumberStrange(Refused, code="number-strange"):
    """A number that no table of the page has."""


class LinkOver(Refused, code="link-over"):
    """A link that is over, or whose edition is frozen."""


class WordsMissing(Refused, code="words-missing"):
    field = "words"


class Compared(TextChoices):
    """What the numbers stand beside."""

    YEAR = "year", gettext_lazy("The same days of the year before")
    PREVIOUS = "previous", gettext_lazy("As many days just before")
    NOTHING = "nothing", gettext_lazy("Nothing")


def check_days(*, day: date, first: date, last: date, known_by: date) -> None:
    """Refuse days of which an edition could not tell the truth.

    It tells of days that are over by the committee's day, by what was recorded until then.
    """
    if first > last:
        raise DaysWrong(_("The last day is before the first."))
    if last > day:
        raise DaysWrong(_("The committee meets before the last day."))
    if known_by < last:
        raise DaysWrong(_("What is known must reach the last day."))


def compared_period(period: Period, how: Compared) -> Period | None:
    """Return the days that a period is compared with; None for nothing."""
    match how:
        case Compared.YEAR:
            return a_year_before(period)
        case Compared.PREVIOUS:
            last = period.first - timedelta(days=1)
            return Period(last - timedelta(days=period.day_count - 1), last)
        case Compared.NOTHING:
            return None


def file_name(day: date, *, form: str, language: str) -> str:
    """Return the name of an edition's file, as “2023-10-18-fr.pptx”."""
    return f"{day:%Y-%m-%d}-{language}.{form}"


def moment_words(moment: datetime) -> str:
    """Return a moment as “18 October 2023, 09:30”, in the zone that it is in."""
    return f"{day_words(moment.date())}, {formats.time_format(moment, 'TIME_FORMAT')}"
