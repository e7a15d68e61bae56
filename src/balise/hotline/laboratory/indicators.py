"""The figures of the laboratory that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.indicators import Counts, Flow, Indicator

_OWNER = _("Hotline: laboratory")

INDICATORS = (
    Indicator(
        code="LAB-N",
        line="hotline",
        name=_("People who had a picture stopped"),
        definition=_(
            "A case counts once, on the day its fingerprints were sent. Someone who sends twice "
            "under two codes counts twice; what was saved and never sent does not count."
        ),
        unit=ngettext_lazy("%(many)s laboratory case", "%(many)s laboratory cases", "count"),
        source=Flow(Counts("hotline.laboratory.cases")),
        owner=_OWNER,
    ),
    Indicator(
        code="LAB-BLOCK",
        line="hotline",
        name=_("Cases with a copy blocked"),
        definition=_(
            "A case counts once, on the day a partner first said that it blocked a copy. What "
            "partners block without saying so is not in it."
        ),
        unit=ngettext_lazy("%(many)s first block", "%(many)s first blocks", "count"),
        source=Flow(Counts("hotline.laboratory.first-blocked")),
        owner=_OWNER,
    ),
)
