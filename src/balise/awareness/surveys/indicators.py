"""The figures of surveys that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.indicators import Counts, Flow, Indicator

INDICATORS = (
    Indicator(
        code="SURV-N",
        line="awareness",
        name=_("Answers to surveys"),
        definition=_(
            "A whole set of answers counts on its day. Nobody has an account, so one "
            "person may have answered twice."
        ),
        unit=ngettext_lazy("%(many)s respondent", "%(many)s respondents", "count"),
        source=Flow(Counts("awareness.survey-answers", sums=True)),
        owner=_("Surveys"),
    ),
)
