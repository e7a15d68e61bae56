"""The figures of cases that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.indicators import Counts, Indicator, Per, Step, Version

INDICATORS = (
    Indicator(
        code="HEL-SUP",
        line="helpline",
        name=_("Cases with support, in a month"),
        definition=_(
            "A case in which a listener gave support in a month counts once in that month, "
            "however many contacts it had. A contact that belongs to no case counts as one: "
            "nobody knows whether it is of the same person. Wrong numbers, silent calls and "
            "requests for information alone are not in it. The months of the period are "
            "averaged; days of a month count as a part of it."
        ),
        unit=ngettext_lazy("%(many)s case", "%(many)s cases", "count"),
        source=Per(
            Counts("helpline.contacts.wrapped", only=(("is_counselling", ("yes",)),)),
            Step.MONTH,
            twice=Counts("helpline.cases.again", sums=True),
        ),
        owner=_("Helpline: cases and records of contacts"),
        versions=(Version(2, None, ""),),  # of contacts, first; all of the past is counted anew
    ),
)
