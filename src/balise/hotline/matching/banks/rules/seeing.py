"""How long what was seen and asked stays, and what turns a picture back."""

from datetime import timedelta
from typing import Final

from balise.hotline.matching.signals.rules.kinds import Turn

SEEN_KEPT: Final = timedelta(days=30)  # hashes of what passed
ASKED_KEPT: Final = timedelta(days=30)  # look-ups, and hashes that were withdrawn

_BACK: Final = {Turn.LEFT: Turn.RIGHT, Turn.RIGHT: Turn.LEFT}


def back(turn: Turn) -> Turn:
    """Return the turn that undoes another; all but the quarter turns undo themselves."""
    return _BACK.get(turn, turn)
