"""The figures of training that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.events.rules.words import EventKind
from balise.awareness.network.training.rules.words import Way, What
from balise.foundation.statistics.indicators import Counts, Ever, Flow, Indicator, Level, Version
from balise.foundation.statistics.quantities import Bound

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
            "Someone who passed the final test of the online module, or who came to a "
            "training session, counts from that day, with a badge or without. Nobody has an "
            "account: who did both, or one of them twice, counts twice, so it is at most so "
            "many people."
        ),
        unit=ngettext_lazy("%(many)s person trained", "%(many)s people trained", "count"),
        source=Ever(
            (
                (
                    Way.ONLINE.value,
                    Counts(_MODULE, only=(("what", (What.PASSED.value,)),), sums=True),
                ),
                (
                    Way.SESSION.value,
                    Counts(
                        "awareness.attended",
                        only=(("kind", (EventKind.TRAINING.value,)),),
                        sums=True,
                    ),
                ),
            )
        ),
        owner=_("Training: the online module and sessions"),
        bound=Bound.AT_MOST,
        labels=lambda: dict(Way.choices),
        versions=(Version(2, None, ""),),  # of badges, first; all of the past is counted anew
    ),
    Indicator(
        code="TRN-BADGE",
        line="awareness",
        name=_("Badges given"),
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
