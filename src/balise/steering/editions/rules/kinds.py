"""The kinds of editions that a centre makes of the same figures."""

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.finding import there
from balise.foundation.statistics.boards import Wording
from balise.steering.editions.rules.deck import Form, PageKind
from balise.steering.editions.rules.preparing import (
    COVER,
    DECISIONS,
    REGISTER,
    Absent,
    Asked,
    Days,
    Page,
    Template,
    months,
    number,
    parts,
)
from balise.steering.editions.rules.spans import (
    HALF_YEAR,
    SCHOOL_YEAR,
    SEASON as OF_THE_SEASON,
    WHOLE_YEAR,
    YEARS,
    Days as SpanDays,
    since,
)

# The committee's deck; its pages are in other editions too.


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


def of(days: SpanDays, asked: Asked) -> Asked:
    """Ask for a figure of days of its own."""
    return replace(asked, days=days)


# The centre is asked most as schools begin: the press is counted from before.
_AUTUMN: Final = since(8, 20)

# What counts one thing in two ways stands on one page: 150 calls a day and so many contacts.
PAGES: Final = (
    steering(COVER, pgettext_lazy("deck", "Cover"), kind=PageKind.COVER),
    steering("three", _("Three figures"), number("HOT-REP"), number("HEL-CON"), number("REM-N")),
    hotline("reports", _("Reports"), months("HOT-REP"), parts("HOT-REP")),
    hotline(
        "years",
        _("Reports by year and by category"),
        of(YEARS, months("HOT-REP")),
        parts("HOT-CAT"),
    ),
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
        "year-before",
        _("Contacts, and all of last year"),
        of(WHOLE_YEAR, number("HEL-CON")),
    ),
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
        "school-year",
        _("Since school began"),
        of(SCHOOL_YEAR, parts("KIT-PRINT")),
        of(SCHOOL_YEAR, parts("WS-CAMP")),
    ),
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
        "season",
        _("Season of Safer Internet Day"),
        of(OF_THE_SEASON, parts("SID-P")),
        of(OF_THE_SEASON, parts("SID-ACT")),
        of(OF_THE_SEASON, parts("EVT-SPK")),
    ),
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
        "half-year",
        _("Press of a half-year"),
        of(HALF_YEAR, parts("PRESS-N")),
        of(HALF_YEAR, number("PRESS-AUD")),
        of(HALF_YEAR, parts("PRESS-CAMP")),
    ),
    steering(
        "autumn",
        _("Press since schools prepare to begin"),
        of(_AUTUMN, parts("PRESS-N")),
        of(_AUTUMN, parts("PRESS-SEQ")),
        of(_AUTUMN, parts("PRESS-TOP")),
    ),
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


# Editions for the networks that a centre is a member of: Insafe each quarter, INHOPE each year.
#
# What Insafe publishes of its helplines is counted by contact, age, gender, channel, issue and
# place; the headings of INHOPE are those of its public facts. Neither form is public. The
# helpline's own file for Insafe has Insafe's codes (`helpline/contacts/rules/reports.py`): it is
# not made again.


_IN_THE_FILE: Final = _(
    "under Insafe’s codes, in the helpline’s own file (Network reports), not here"
)

INSAFE: Final = Template(
    code="insafe",
    name=_("Insafe quarterly report"),
    days=Days.QUARTER,
    pages=between("contacts", "topics"),
    to_verify=_(
        "The form of Insafe was not seen: check headings and codes with its coordinator. "
        "Topics here are those of the centre."
    ),
    absent=(
        Absent(pgettext_lazy("form", "Age of the young person"), _IN_THE_FILE),
        Absent(pgettext_lazy("form", "Gender of the young person"), _IN_THE_FILE),
        Absent(pgettext_lazy("form", "Place of the problem"), _IN_THE_FILE),
        Absent(pgettext_lazy("form", "Issues, by the list of April 2023"), _IN_THE_FILE),
    ),
)

INHOPE: Final = Template(
    code="inhope",
    name=_("INHOPE yearly report"),
    days=Days.YEAR,
    pages=between(
        "reports",
        "verdicts",
        hotline("removed", _("Content removed"), months("HOT-GONE"), number("HOT-24H")),
        hotline("matched", _("Content found by matching"), number("MATCH-N")),
        hotline("known", _("Content known already when reported"), number("HOT-KNOWN")),
        hotline(
            "hosted", _("Hosting countries: first and last"), parts("HOT-HOST"), parts("HOT-LAST")
        ),
        hotline(
            "sites", _("Kind of site, commercial or not"), parts("HOT-SITE"), parts("HOT-PAID")
        ),
        hotline(
            "shown", _("Age and sex of the children shown"), parts("HOT-AGE"), parts("HOT-SEX")
        ),
        hotline(
            "days",
            _("Days to removal, to the first request, to the police"),
            parts("HOT-DAYS"),
            parts("HOT-ASKED"),
            parts("HOT-POLICE"),
        ),
    ),
    to_verify=_(
        "The form of INHOPE was not seen: its headings are taken from what it publishes. "
        "Check them with its secretariat."
    ),
    absent=(
        Absent(
            _("Addresses exchanged with other hotlines"),
            _("the exchange is optional, and its form unverified"),
        ),
    ),
)


# Editions for who pays, for who takes part in Safer Internet Day, for who carries it all.
#
# No list of the European Commission's indicators was found: the pack follows the expected
# outcomes of its calls and what the centres publish of Safer Internet Day.


_NO_SURVEY: Final = _("it takes a survey of the population, which the centre has not made")
_BY_QUESTION: Final = _("educators answer it, and no figure of steering shows it yet")

EUROPEAN: Final = Template(
    code="european",
    name=_("European Commission and BIK pack"),
    days=Days.REPORT,
    pages=between(
        "tools",
        "web",
        "kits",
        "people",
        "training",
        "network",
        "territories",
        "families",
        "play",
        "webinars",
        "day",
        awareness("youth", _("Participation of young people"), number("YOUTH-P")),
        "contacts",
        "reports",
        "press",
        "social",
    ),
    to_verify=_(
        "The Commission publishes no list of indicators: this one follows the expected outcomes "
        "of its calls. Check it against the grant agreement."
    ),
    absent=(
        Absent(_("Resources available, new and updated"), _("no measure counts it"), "RES-N"),
        Absent(
            _("Children met, each once"),
            _("nobody’s name is kept, so the same child met twice counts twice"),
        ),
        Absent(
            _("Professionals still active after 12 months"),
            _("badges are counted when they are given, not later"),
        ),
        Absent(
            _("Gain of pupils by a quiz"),
            _("no answer before and after is tied to one person"),
        ),
        Absent(
            _("Participants with specific needs"),
            _("counted by groups of a workshop, and no figure of steering shows it yet"),
        ),
        Absent(_("Educators who are satisfied"), _BY_QUESTION, "SAT-EDU"),
        Absent(_("Public that knows the service"), _NO_SURVEY),
        Absent(
            _("Decisions that young people influenced"),
            _("panels write down what they advise, and nothing counts the effect"),
        ),
    ),
)

SEASON: Final = Template(
    code="sid",
    name=_("Impact of Safer Internet Day"),
    days=Days.SEASON,
    pages=between(
        "day",
        "kits",
        awareness("used", _("Resources used"), number("RES-DL"), number("RES-VIEW")),
        "webinars",
        "play",
        "press",
        "social",
    ),
    to_verify=_("No form is required: the chapters are those that other centres publish."),
    absent=(
        Absent(pgettext_lazy("form", "Public that heard of the day"), _NO_SURVEY),
        Absent(_("Pupils who feel more able"), _BY_QUESTION, "CONF"),
    ),
)

AMBASSADORS: Final = Template(
    code="ambassadors",
    name=_("Letter to ambassadors"),
    days=Days.QUARTER,
    pages=between("network", "territories", "people", "training", "kits", "families"),
)


TEMPLATES: Final = {
    one.code: one for one in (COMMITTEE, EUROPEAN, INSAFE, INHOPE, SEASON, AMBASSADORS)
}
_PAGES: Final = {page.code: page for one in TEMPLATES.values() for page in one.pages}


def template_of(code: str) -> Template:
    """Return the template with this code. Raises NotHere."""
    return there(TEMPLATES.get(code))


def page_of(code: str) -> Page:
    """Return the page with this code, which is the same in each template. Raises NotHere."""
    return there(_PAGES.get(code))
