"""The figures of training that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.network.training.rules.words import Way, What
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Level

_PATHS = ngettext_lazy("%(many)s path", "%(many)s paths", "count")
_MODULE = "awareness.module"

INDICATORS = (
    Indicator(
        code="MOOC-START",
        line="awareness",
        name=_("Online module: started"),
        definition=_(
            "A path through the online module counts on the day it begins. Nobody has an "
            "account: who begins twice counts twice."
        ),
        unit=_PATHS,
        source=Flow(Counts(_MODULE, only=(("what", (What.STARTED.value,)),), sums=True)),
        owner=_("Training: the online module"),
    ),
    Indicator(
        code="MOOC-END",
        line="awareness",
        name=_("Online module: finished"),
        definition=_("A path counts on the day its last chapter is done."),
        unit=_PATHS,
        source=Flow(Counts(_MODULE, only=(("what", (What.FINISHED.value,)),), sums=True)),
        owner=_("Training: the online module"),
    ),
    Indicator(
        code="TRN-P",
        line="awareness",
        name=_("Professionals trained"),
        definition=_(
            "A badge counts from the day it is given, for the online module or for a "
            "session. It is what was ever given: one person may have several, and who was "
            "trained without asking for a badge is not in it."
        ),
        unit=ngettext_lazy("%(many)s badge", "%(many)s badges", "count"),
        source=Level(Counts("awareness.badges")),
        owner=_("Training: badges"),
        by="way",
        labels=lambda: dict(Way.choices),
    ),
)
