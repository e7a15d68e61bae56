"""Templates and their pages; what an edition is made ready by, and who may still change it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils import formats
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.moments import day_words
from balise.foundation.refusals import Refused
from balise.foundation.statistics.boards import Wording
from balise.foundation.statistics.indicators import INDICATORS
from balise.steering.editions.rules.deck import Form, PageKind
from balise.steering.editions.rules.spans import OWN, Days as SpanDays
from balise.steering.rules.periods import Period, Shape, a_year_before, season

# What an edition is made of: a template of pages, each of figures; what its form asks for
# besides.
#
# A template is data. `kinds` has them.


class Days(StrEnum):
    """Which days an edition is of, unless others are chosen."""

    YEAR_SO_FAR = "year-so-far"
    QUARTER = "quarter"  # the last that is over; no other days
    YEAR = "year"  # the last that is over; no other days
    REPORT = "report"  # the last year that is over, or what a grant agreement says
    SEASON = "season"  # of the last Safer Internet Day


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator on a page, and how it is drawn: its parts, its steps of time, or one number.

    `days` are its own where they are not the edition's.
    """

    code: str
    form: Form
    parts: bool = False
    steps: bool = False
    days: SpanDays = OWN


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a template. Without figures that the centre counts, it is left out."""

    code: str
    line: str
    eyebrow: Wording
    name: Wording
    asked: tuple[Asked, ...] = ()
    kind: PageKind = PageKind.FIGURES

    @property
    def is_fixed(self) -> bool:
        """Return whether it is always in, and always in its place."""
        return self.kind in {PageKind.COVER, PageKind.REGISTER}

    @property
    def is_open(self) -> bool:
        """Return whether everyone may read its figures: files with another one stay inside."""
        return all(INDICATORS[one.code].is_public for one in self.counted)

    @property
    def counted(self) -> tuple[Asked, ...]:
        """Return what is asked of indicators that this centre has."""
        return tuple(one for one in self.asked if one.code in INDICATORS)

    @property
    def versions(self) -> dict[str, int]:
        """Return the versions that its indicators have now."""
        return {one.code: INDICATORS[one.code].version for one in self.counted}


@dataclass(frozen=True, slots=True)
class Absent:
    """A number that a form asks for and its pages do not have, with the reason.

    It is absent no longer once the centre has the indicator `code`.
    """

    name: Wording
    why: Wording
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """An edition of one kind: whom it is for, its days, its pages from cover to register.

    `to_verify` says what of its form nobody could check. `is_public`: everyone may read it once it
    is frozen; any other is handed to whom it is for.
    """

    code: str
    name: Wording
    days: Days
    pages: tuple[Page, ...]
    absent: tuple[Absent, ...] = ()
    to_verify: Wording = ""
    is_public: bool = False

    @property
    def lacks(self) -> tuple[Absent, ...]:
        """Return what its form asks for and this centre does not have now."""
        return tuple(one for one in self.absent if one.code not in INDICATORS)

    def takes(self, page: Page) -> bool:
        """Return whether a page is in a first edition; where everyone reads, if they may."""
        return page.is_open or not self.is_public


COVER: Final = "cover"
DECISIONS: Final = "decisions"
REGISTER: Final = "register"


def number(code: str) -> Asked:
    """Ask for one number."""
    return Asked(code, Form.NUMBER)


def months(code: str) -> Asked:
    """Ask for the steps of the period: days, weeks, months or years."""
    return Asked(code, Form.COLUMNS, steps=True)


def parts(code: str, form: Form = Form.BARS) -> Asked:
    """Ask for what a number is made of."""
    return Asked(code, form, parts=True)


LINK_LASTS: Final = timedelta(days=21)
LONGEST_COMMENT: Final = 2_000


class EditionKnown(Refused, code="edition-known"):
    """There is one edition of a kind a day."""

    field = "day"


class EditionFrozen(Refused, code="edition-frozen"):
    """A frozen edition does not change any more; a correction is a new one."""


class EditionInside(Refused, code="edition-inside"):
    """An edition of this kind is handed to whom it is for, never published."""


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


def check_shape(days: Days, *, first: date, last: date) -> None:
    """Refuse days that are no quarter, or no year, where the edition is of one."""
    shape = Period(first, last).shape
    if days is Days.QUARTER and shape is not Shape.QUARTER:
        raise DaysWrong(_("This edition is of a whole quarter."))
    if days is Days.YEAR and shape is not Shape.YEAR:
        raise DaysWrong(_("This edition is of a whole year."))


def usual_days(days: Days, day: date, day_of_edition: Callable[[int], date | None]) -> Period:
    """Return the days of which an edition is on a day, where nobody chose any.

    `day_of_edition` has the day of Safer Internet Day by its year; where none is known, a season is
    this year so far.
    """
    yesterday = day - timedelta(days=1)
    match days:
        case Days.QUARTER:
            month = (day.month - 1) // 3 * 3 + 1
            last = day.replace(month=month, day=1) - timedelta(days=1)
            return Period(last.replace(month=last.month - 2, day=1), last)
        case Days.YEAR | Days.REPORT:
            return Period(date(day.year - 1, 1, 1), date(day.year - 1, 12, 31))
        case Days.SEASON:
            held = (day_of_edition(year) for year in (day.year, day.year - 1))
            found = next((one for one in held if one and one < day), None)
            if found:
                whole = season(found)
                return Period(whole.first, min(whole.last, yesterday))
    return Period(yesterday.replace(month=1, day=1), yesterday)


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


def file_name(template: str, mark: str, *, form: str, language: str, is_public: bool) -> str:
    """Return the name of an edition's file, as “insafe-2023-10-18-fr.pptx”.

    That of everyone's file is another: “committee-2023-10-18-public-fr.pptx”.
    """
    of = "-public" if is_public else ""
    return f"{template}-{mark}{of}-{language}.{form}"


def moment_words(moment: datetime) -> str:
    """Return a moment as “18 October 2023, 09:30”, in the zone that it is in."""
    return f"{day_words(moment.date())}, {formats.time_format(moment, 'TIME_FORMAT')}"
