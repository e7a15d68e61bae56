"""What stands in a link and that we signed: a made-up one is refused before any query."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer, TimestampSigner

from balise.foundation.finding import NotHere

NAME_LASTS: Final = timedelta(hours=1)
_follower = Signer(salt="balise.awareness.follower")
_structure = TimestampSigner(salt="balise.awareness.structure")


def token_of(follower: UUID) -> str:
    """Return the token in the link of someone who waits for a kit."""
    return _follower.sign(follower.hex)


def read_token(token: str) -> UUID:
    """Return whose link it is. Raises NotHere."""
    try:
        return UUID(_follower.unsign(token))
    except (BadSignature, ValueError):
        raise NotHere from None


def name_token(structure: str) -> str:
    """Return the name of a structure for the address of the print that has it on the cover."""
    return _structure.sign_object(structure)


def read_name(token: str) -> str:
    """Return the name of a structure, within the hour. Raises NotHere."""
    try:
        return str(_structure.unsign_object(token, max_age=NAME_LASTS))
    except BadSignature:
        raise NotHere from None
