"""What stands in a link and that we signed: who waits for a kit, the name on a cover."""

from datetime import timedelta
from typing import Final

from balise.foundation.signed import SignedId, SignedState

NAME_LASTS: Final = timedelta(hours=1)
_follower = SignedId("balise.awareness.follower")
_structure = SignedState("balise.awareness.structure", lasts=NAME_LASTS)
token_of, read_token = _follower.token, _follower.read
name_token = _structure.token


def read_name(token: str) -> str:
    """Return the name of a structure, within the hour. Raises NotHere."""
    return str(_structure.read(token))
