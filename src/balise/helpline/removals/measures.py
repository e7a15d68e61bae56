"""What is counted of removals, day by day."""

from balise.foundation.statistics.measures import Measure, shown_from
from balise.foundation.statistics.suppression import CHILDREN
from balise.helpline.removals.events import (
    ItemDecided,
    ItemGone,
    ItemMoved,
    ItemSilent,
)
from balise.helpline.removals.rules.states import RemovalState

_SENT = (("after", RemovalState.SENT.value),)
_BACK = (("after", RemovalState.REAPPEARED.value),)
MEASURES = shown_from(
    CHILDREN,
    Measure("helpline.removals.sent", counts=ItemMoved, only=_SENT, by=("platform",)),
    Measure("helpline.removals.gone", counts=ItemGone, by=("kind", "band"), amount="seconds"),
    Measure("helpline.removals.decided", counts=ItemDecided, by=("decision",)),
    Measure("helpline.removals.silent", counts=ItemSilent, by=("platform",)),
    Measure("helpline.removals.back", counts=ItemMoved, only=_BACK),
)
