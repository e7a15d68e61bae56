"""What an edition is made of: a template of pages, each of figures; what its form asks for besides.

A template is data. `kinds` has them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from balise.foundation.statistics.boards import Wording
from balise.foundation.statistics.indicators import INDICATORS
from balise.steering.editions.rules.deck import Form, PageKind


class Days(StrEnum):
    """Which days an edition is of, unless others are chosen."""

    YEAR_SO_FAR = "year-so-far"
    QUARTER = "quarter"  # the last that is over; no other days
    YEAR = "year"  # the last that is over; no other days
    REPORT = "report"  # the last year that is over, or what a grant agreement says
    SEASON = "season"  # of the last Safer Internet Day


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator on a page, and how it is drawn: its parts, its steps of time, or one number."""

    code: str
    form: Form
    parts: bool = False
    steps: bool = False


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
