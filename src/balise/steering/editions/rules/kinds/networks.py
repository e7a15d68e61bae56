"""Editions for the networks that a centre is a member of: Insafe each quarter, INHOPE each year.

What Insafe publishes of its helplines is counted by contact, age, gender, channel, issue and place;
the headings of INHOPE are those of its public facts. Neither form is public. The helpline's own
file for Insafe has Insafe's codes (`helpline/contacts/rules/reports.py`): it is not made again.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.steering.editions.rules.kinds.committee import between, hotline
from balise.steering.editions.rules.template import Absent, Days, Template, months, number

_IN_THE_FILE: Final = _(
    "under Insafe’s codes, in the helpline’s own file (Network reports), not here"
)
_NO_INDICATOR: Final = _("the hotline counts it, and no figure of steering shows it yet")

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
    ),
    to_verify=_(
        "The form of INHOPE was not seen: its headings are taken from what it publishes. "
        "Check them with its secretariat."
    ),
    absent=(
        Absent(_("Content seen before, and new"), _NO_INDICATOR),
        Absent(_("Age and sex of the children shown"), _NO_INDICATOR),
        Absent(_("Time to removal, under 3 days, 4 to 6, 7 and more"), _NO_INDICATOR),
        Absent(_("Time to the police"), _NO_INDICATOR),
        Absent(pgettext_lazy("form", "Time to the host"), _("no measure counts it")),
        Absent(
            pgettext_lazy("form", "Hosting country"),
            _("kept with each piece of content, and not counted"),
        ),
        Absent(
            _("Type of site"),
            _("kept with each item, and not counted"),
        ),
        Absent(
            _("Addresses exchanged with other hotlines"),
            _("the exchange is optional, and its form unverified"),
        ),
    ),
)
