"""The figures of calls that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Mean, Per, Share, Step

_OFFERED = "helpline.calls.offered"
_CALLS = ngettext_lazy("%(many)s call", "%(many)s calls", "count")

INDICATORS = (
    Indicator(
        code="HEL-CALLS",
        line="helpline",
        name=_("Calls offered"),
        definition=_(
            "A call that reached the line in opening hours counts once, whether a "
            "listener answered or not. It is not a contact: who hangs up and calls again "
            "counts twice, and a call that nobody took has no record."
        ),
        unit=_CALLS,
        source=Flow(Counts(_OFFERED)),
        owner=_("Helpline: the telephone exchange"),
    ),
    Indicator(
        code="HEL-CALL",
        line="helpline",
        name=_("Calls offered, on an open day"),
        definition=_(
            "The calls offered in the period, over the days on which the line was open. "
            "Multiplied by the days, it is more than the contacts handled: those are the calls "
            "that a listener took, and chats and messages."
        ),
        unit=_CALLS,
        source=Per(Counts(_OFFERED), Step.OPEN_DAY),
        owner=_("Helpline: the telephone exchange"),
    ),
    Indicator(
        code="HEL-ANS",
        line="helpline",
        name=_("Calls answered"),
        definition=_("Of the calls offered in the period, the share that a listener answered."),
        unit=ngettext_lazy("%(many)s per cent of calls", "%(many)s per cent of calls", "count"),
        source=Share(Counts("helpline.calls.answered"), Counts(_OFFERED)),
        owner=_("Helpline: the telephone exchange"),
    ),
    Indicator(
        code="HEL-DUR",
        line="helpline",
        name=_("Length of a call"),
        definition=_(
            "The time from the answer to the end of the talk, on average over the calls "
            "answered and ended in the period; what is written afterwards is not in it."
        ),
        unit=ngettext_lazy("%(many)s minute", "%(many)s minutes", "count"),
        source=Mean(Counts("helpline.calls.ended"), unit=60),
        owner=_("Helpline: the telephone exchange"),
    ),
)
