"""The pages of a committee's edition: what each is about, and the figures that it shows."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.finding import NotHere
from balise.foundation.statistics.boards import Wording
from balise.foundation.statistics.indicators import INDICATORS
from balise.steering.editions.rules.deck import Form, PageKind


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator on a page, and how it is drawn: its parts, its steps of time, or one number."""

    code: str
    form: Form
    parts: bool = False
    steps: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the template. Without figures that the centre counts, it is left out."""

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


COVER: Final = "cover"
DECISIONS: Final = "decisions"
REGISTER: Final = "register"


def _number(code: str) -> Asked:
    return Asked(code, Form.NUMBER)


def _months(code: str) -> Asked:
    return Asked(code, Form.COLUMNS, steps=True)


def _parts(code: str, form: Form = Form.BARS) -> Asked:
    return Asked(code, form, parts=True)


def _hotline(code: str, name: Wording, *asked: Asked) -> Page:
    return Page(code, "hotline", _("Hotline"), name, asked)


def _helpline(code: str, name: Wording, *asked: Asked) -> Page:
    return Page(code, "helpline", _("Helpline"), name, asked)


def _awareness(code: str, name: Wording, *asked: Asked) -> Page:
    return Page(code, "awareness", _("Awareness"), name, asked)


def _steering(code: str, name: Wording, *asked: Asked, kind: PageKind = PageKind.FIGURES) -> Page:
    return Page(code, "steering", _("Steering"), name, asked, kind)


# What counts one thing in two ways stands on one page: 150 calls a day and so many contacts.
PAGES: Final = (
    _steering(COVER, pgettext_lazy("deck", "Cover"), kind=PageKind.COVER),
    _steering(
        "three", _("Three figures"), _number("HOT-REP"), _number("HEL-CON"), _number("REM-N")
    ),
    _hotline("reports", _("Reports"), _months("HOT-REP"), _parts("HOT-REP")),
    _hotline(
        "verdicts",
        _("Content and verdicts"),
        _number("HOT-CON"),
        _number("HOT-ILL"),
        _number("HOT-24H"),
    ),
    _helpline("contacts", _("Contacts"), _months("HEL-CON"), _parts("HEL-CON")),
    _helpline(
        "calls",
        _("Calls offered and contacts handled"),
        _number("HEL-CALL"),
        _number("HEL-CALLS"),
        _number("HEL-CON"),
    ),
    _helpline(
        "help",
        _("Answered, and for how long"),
        _number("HEL-ANS"),
        _number("HEL-DUR"),
        _number("HEL-SUP"),
    ),
    _helpline("topics", _("Topics"), _parts("HEL-TOPIC")),
    _helpline("removals", _("Removals"), _months("REM-N"), _parts("REM-N", Form.STACK)),
    _helpline(
        "delay",
        _("Time to removal, three ways to say it"),
        _number("REM-1H"),
        _number("REM-4H"),
        _number("REM-MEAN"),
    ),
    _helpline("app", _("Application"), _parts("APP-DL"), _number("APP-CON")),
    _awareness(
        "tools", _("Tools in use"), _number("RES-N"), _number("RES-DL"), _number("RES-VIEW")
    ),
    _awareness(
        "families",
        _("Families"),
        _number("FAM-START"),
        _number("FAM-CHARTER"),
        _number("FAM-KEEP"),
    ),
    _awareness("people", _("People met"), _parts("WS-P"), _parts("INT-P"), _number("INT-AGAIN")),
    _awareness("network", _("Network"), _parts("AMB-N")),
    _awareness(
        "training",
        pgettext_lazy("deck", "Training"),
        _parts("TRN-P"),
        _number("MOOC-START"),
        _number("MOOC-END"),
    ),
    _awareness("kits", _("Printed kits"), _parts("KIT-PRINT"), _number("KIT-ASK")),
    _awareness(
        "campaigns",
        _("Campaigns"),
        _parts("CAMP-MEDIA"),
        _number("CAMP-INF"),
        _number("CAMP-REACH"),
    ),
    _awareness("day", _("Safer Internet Day"), _parts("SID-P"), _parts("SID-ACT")),
    _awareness(
        "webinars", _("Webinars"), _number("WEBI-REG"), _number("WEBI-ATT"), _number("WEBI-REP")
    ),
    _awareness(
        "play",
        _("Stories, quizzes, surveys"),
        _parts("GAME-PLAY"),
        _number("QUIZ-N"),
        _number("SURV-N"),
    ),
    _steering("press", _("Press"), _parts("PRESS-N"), _number("PRESS-AUD")),
    _steering("social", _("Social accounts"), _parts("SOC-FOL", Form.SLOPE)),
    _steering("web", _("Web audience"), _parts("WEB-VIS"), _parts("WEB-UV"), _parts("VID-VIEW")),
    _steering(DECISIONS, _("Decisions of before"), kind=PageKind.DECISIONS),
    _steering(REGISTER, _("All figures"), kind=PageKind.REGISTER),
)


def page_of(code: str) -> Page:
    """Return the page with this code. Raises NotHere."""
    found = next((page for page in PAGES if page.code == code), None)
    if found is None:
        raise NotHere(code)
    return found
