"""The figures of removals that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Mean, Share
from balise.helpline.removals.rules.requests import ItemKind

_GONE = "helpline.removals.gone"
_SHARE = ngettext_lazy("%(many)s per cent of removals", "%(many)s per cent of removals", "count")

INDICATORS = (
    Indicator(
        code="REM-N",
        line="helpline",
        name=_("Accounts and content removed"),
        definition=_(
            "An account or a piece of content counts once, on the day we saw that it was "
            "gone, if the helpline had asked a platform to remove it. What comes back "
            "later stays counted, and is counted apart."
        ),
        unit=ngettext_lazy(
            "%(many)s account or piece of content",
            "%(many)s accounts and pieces of content",
            "count",
        ),
        source=Flow(Counts(_GONE)),
        owner=_("Helpline: removals asked of platforms"),
        by="kind",
        labels=lambda: dict(ItemKind.choices),
    ),
    Indicator(
        code="REM-ASK",
        line="helpline",
        name=_("Removals asked for"),
        definition=_(
            "An account or a piece of content counts once for each time a platform was "
            "asked to remove it, on that day."
        ),
        unit=npgettext_lazy("figures", "%(many)s request", "%(many)s requests", "count"),
        source=Flow(Counts("helpline.removals.sent")),
        owner=_("Helpline: removals asked of platforms"),
    ),
    Indicator(
        code="REM-1H",
        line="helpline",
        name=_("Removed within an hour"),
        definition=_(
            "Of the accounts and content removed in the period, the share that was gone "
            "at most an hour after the platform was asked, in the platform’s own working "
            "time. “Under an hour” is true of this share, not of each removal."
        ),
        unit=_SHARE,
        source=Share(Counts(_GONE, only=(("band", ("1h",)),)), Counts(_GONE)),
        owner=_("Helpline: removals asked of platforms"),
    ),
    Indicator(
        code="REM-4H",
        line="helpline",
        name=_("Removed within 4 hours"),
        definition=_(
            "The same share within 4 hours: what “a few hours” says. It holds those "
            "removed within an hour."
        ),
        unit=_SHARE,
        source=Share(Counts(_GONE, only=(("band", ("1h", "4h")),)), Counts(_GONE)),
        owner=_("Helpline: removals asked of platforms"),
    ),
    Indicator(
        code="REM-MEAN",
        line="helpline",
        name=_("Time to removal"),
        definition=_(
            "The platform’s working time from our request until it was gone, on average. "
            "A few slow ones weigh much: read it with the share within an hour."
        ),
        unit=ngettext_lazy("%(many)s hour", "%(many)s hours", "count"),
        source=Mean(Counts(_GONE), unit=3600),
        owner=_("Helpline: removals asked of platforms"),
    ),
)
