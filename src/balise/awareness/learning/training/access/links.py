"""How far someone is, in the address of a page, signed: a made-up one is refused before any query.

The token has the whole path, or the id of one that is kept under words. What a page shows once,
after what was sent to it, is in its address too, for an hour.
"""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from balise.awareness.learning.training.rules.paths import Path
from balise.foundation.signed import SignedState

_once: Final = SignedState("balise.awareness.training.once", lasts=timedelta(hours=1))
_path: Final = SignedState("balise.awareness.training.path")
shown, read_shown = _once.token, _once.read


def carried(path: Path) -> str:
    """Return a token that has all of a path in it."""
    return _path.token(path.told())


def kept(path_id: UUID) -> str:
    """Return a token for a path that is kept."""
    return _path.token({"k": path_id.hex})


def read(token: str) -> Path | UUID:
    """Return the path that a token has, or the id of the kept one. Raises NotHere."""
    told: dict[str, Any] = _path.read(token)
    return UUID(told["k"]) if "k" in told else Path.read(told)
