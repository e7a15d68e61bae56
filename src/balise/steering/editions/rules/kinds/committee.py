"""The committee's deck; its pages are in other editions too."""

from typing import Final

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.statistics.boards import Wording
from balise.steering.editions.rules.deck import Form, PageKind
from balise.steering.editions.rules.template import (
    COVER,
    DECISIONS,
    REGISTER,
    Asked,
    Days,
    Page,
    Template,
    months,
    number,
    parts,
)


def hotline(code: str, name: Wording, *asked: Asked) -> Page:
    """Return a page of this line."""
    return Page(code, "hotline", _("Hotline"), name, asked)


def helpline(code: str, name: Wording, *asked: Asked) -> Page:
    """Return a page of this line."""
    return Page(code, "helpline", _("Helpline"), name, asked)


def awareness(code: str, name: Wording, *asked: Asked) -> Page:
    """Return a page of this line."""
    return Page(code, "awareness", _("Awareness"), name, asked)


def steering(code: str, name: Wording, *asked: Asked, kind: PageKind = PageKind.FIGURES) -> Page:
    """Return a page of this line."""
    return Page(code, "steering", _("Steering"), name, asked, kind)


# What counts one thing in two ways stands on one page: 150 calls a day and so many contacts.
PAGES: Final = (
    steering(COVER, pgettext_lazy("deck", "Cover"), kind=PageKind.COVER),
    steering("three", _("Three figures"), number("HOT-REP"), number("HEL-CON"), number("REM-N")),
    hotline("reports", _("Reports"), months("HOT-REP"), parts("HOT-REP")),
    hotline(
        "verdicts",
        _("Content and verdicts"),
        number("HOT-CON"),
        number("HOT-ILL"),
        number("HOT-24H"),
    ),
    hotline(
        "recognised", _("Removed and recognised content"), number("HOT-GONE"), number("MATCH-N")
    ),
    helpline("contacts", _("Contacts"), months("HEL-CON"), parts("HEL-CON")),
    helpline(
        "calls",
        _("Calls offered and contacts handled"),
        number("HEL-CALL"),
        number("HEL-CALLS"),
        number("HEL-CON"),
    ),
    helpline(
        "help",
        _("Answered, and for how long"),
        number("HEL-ANS"),
        number("HEL-DUR"),
        number("HEL-SUP"),
    ),
    helpline("topics", _("Topics"), parts("HEL-TOPIC")),
    helpline("removals", _("Removals"), months("REM-N"), parts("REM-N", Form.STACK)),
    helpline(
        "delay",
        _("Time to removal, three ways to say it"),
        number("REM-1H"),
        number("REM-4H"),
        number("REM-MEAN"),
    ),
    helpline(
        "means",
        _("Listeners and platforms"),
        number("LIS-N"),
        number("PLAT-N"),
        number("REM-ASK"),
    ),
    helpline("app", _("Application"), parts("APP-DL"), number("APP-CON")),
    awareness("tools", _("Tools in use"), number("RES-N"), number("RES-DL"), number("RES-VIEW")),
    awareness("catalogue", _("Tools by kind and topic"), parts("RES-N"), parts("RES-TOP")),
    awareness(
        "families",
        _("Families"),
        number("FAM-START"),
        number("FAM-CHARTER"),
        number("FAM-KEEP"),
    ),
    awareness("people", _("People met"), parts("WS-P"), parts("INT-P"), number("INT-AGAIN")),
    awareness("workshops", pgettext_lazy("deck", "Workshops"), number("WS-N"), parts("WS-CAMP")),
    awareness("network", _("Network"), parts("AMB-N"), number("NET-N")),
    awareness("territories", _("Network by territory"), parts("AMB-AREA", Form.PLACES)),
    awareness(
        "training",
        pgettext_lazy("deck", "Training"),
        parts("TRN-P"),
        number("MOOC-START"),
        number("MOOC-END"),
    ),
    awareness("kits", _("Printed kits"), parts("KIT-PRINT"), number("KIT-ASK")),
    awareness(
        "campaigns",
        _("Campaigns"),
        parts("CAMP-MEDIA"),
        number("CAMP-INF"),
        number("CAMP-REACH"),
    ),
    awareness(
        "editions", _("Editions of campaigns"), parts("CAMP-ED", Form.TABLE), number("SID-ED")
    ),
    awareness("events", _("Events and speakers"), parts("EVT-N"), parts("EVT-SPK")),
    awareness("day", _("Safer Internet Day"), parts("SID-P"), parts("SID-ACT")),
    awareness(
        "webinars", _("Webinars"), number("WEBI-REG"), number("WEBI-ATT"), number("WEBI-REP")
    ),
    awareness(
        "play",
        _("Stories, quizzes, surveys"),
        parts("GAME-PLAY"),
        number("QUIZ-N"),
        number("SURV-N"),
    ),
    awareness("reach", _("Young people reached"), parts("REACH", Form.TABLE)),
    steering("press", _("Press"), parts("PRESS-N"), number("PRESS-AUD")),
    steering(
        "coverage",
        _("Press by sequence, topic and campaign"),
        parts("PRESS-SEQ"),
        parts("PRESS-TOP"),
        parts("PRESS-CAMP"),
    ),
    steering("social", _("Social accounts"), parts("SOC-FOL", Form.SLOPE)),
    steering("web", _("Web audience"), parts("WEB-VIS"), parts("WEB-UV"), parts("VID-VIEW")),
    steering(DECISIONS, _("Decisions of before"), kind=PageKind.DECISIONS),
    steering(REGISTER, _("All figures"), kind=PageKind.REGISTER),
)


def between(*pages: str | Page) -> tuple[Page, ...]:
    """Return pages between the cover and the register: the committee's by their codes, and own."""
    known = {page.code: page for page in PAGES}
    inside = (known[one] if isinstance(one, str) else one for one in pages)
    return known[COVER], *inside, known[REGISTER]


COMMITTEE: Final = Template(
    code="committee",
    name=_("Steering committee"),
    days=Days.YEAR_SO_FAR,
    pages=PAGES,
    is_public=True,
)
