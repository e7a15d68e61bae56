"""An ear on one exchange: what comes before its call is known waits until it is."""

from collections import OrderedDict

from balise.foundation.actors import SYSTEM
from balise.helpline.telephony.actions import following
from balise.helpline.telephony.rules.exchanges import Heard

_MOST_CALLS = 500
_MOST_EACH = 20


class Ear:
    """Passes on what is heard, in any order.

    An exchange reports every extension, so most of what is kept here is of calls that never enter a
    queue; the oldest are dropped.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._early: OrderedDict[str, list[Heard]] = OrderedDict()

    def hear(self, heard: Heard) -> None:
        """Save what was received, with what had come too early of the same call."""
        if not following.hear(heard=heard, source=self.source, by=SYSTEM):
            kept = self._early.setdefault(heard.ref, [])
            if len(kept) < _MOST_EACH:
                kept.append(heard)
            while len(self._early) > _MOST_CALLS:
                self._early.popitem(last=False)
            return
        for early in self._early.pop(heard.ref, ()):
            following.hear(heard=early, source=self.source, by=SYSTEM)
