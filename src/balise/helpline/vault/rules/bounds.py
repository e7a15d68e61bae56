"""How much is taken, how long it is kept, and in which form. Pure.

Ciphertext is padded on the device to one of four lengths, so that a length tells little.
"""

import re
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused

KIB: Final = 1024
PADDED: Final = (16 * KIB, 64 * KIB, 256 * KIB, 1024 * KIB)  # bytes of a piece of a backup
MOST_PIECES: Final = 256  # of one backup: 256 MiB
MOST_HEADER: Final = 8 * KIB
# Bytes of a shared item, and of a link's. Who is not signed in sends 1 MiB at once, so what is
# larger comes as pieces of an upload first, which becomes the item's body.
MOST_BODY: Final = 32 * KIB * KIB
LEAST_BODY: Final = 32  # nonce and tag
MOST_TOKEN: Final = 64 * KIB  # of a timestamp
MOST_SHARES: Final = 200  # of one case
MOST_STATES: Final = 200  # asked at once
MOST_STAMPS: Final = 50  # asked at once
MOST_OPENINGS: Final = 10
MOST_DAYS: Final = 30

DRAWN: Final = 32  # bytes that each side draws for the four words
INVITED_FOR: Final = timedelta(days=7)
BACKED_UP_FOR: Final = timedelta(days=365)  # since it was last used
PASSING_FOR: Final = timedelta(days=1)  # an item on its way, whose device was cut off
STAMP_KEPT: Final = timedelta(days=1)
ASK_KEPT: Final = timedelta(days=1)  # after it can be taken up

_BEGINS: Final = b"age-encryption.org/v1\n"
_ENDS: Final = re.compile(rb"\n--- [A-Za-z0-9+/]{43}\n\Z")
_HEX: Final = re.compile(r"[0-9a-f]{64}")


class NotSealed(Refused, code="vault-not-sealed"):
    """What came is not ciphertext in the form that is taken."""


class NotPassing(Refused, code="vault-not-passing"):
    """A share or a link names no upload of its own that is there whole."""


class TooLarge(Refused, code="vault-too-large"):
    """It has more bytes than are taken."""


class TooMany(Refused, code="vault-too-many"):
    """There are as many as are taken."""


class Malformed(Refused, code="vault-malformed"):
    """A field is missing, or is not of its form."""


def read_secret(text: object) -> bytes:
    """Return the 32 bytes of 64 hexadecimal digits; refuses (Malformed) anything else."""
    if not isinstance(text, str) or not _HEX.fullmatch(text):
        raise Malformed(_("64 hexadecimal digits are needed."))
    return bytes.fromhex(text)


def check_header(header: bytes) -> None:
    """Refuse (NotSealed) what is no header of an age file (c2sp.org/age), or too long for one."""
    is_one = header.startswith(_BEGINS) and _ENDS.search(header) is not None
    if not is_one or len(header) > MOST_HEADER:
        raise NotSealed(_("This is not an encrypted item."))


def check_body(body: bytes) -> None:
    """Refuse (TooLarge) a body with too many bytes, and (NotSealed) one shorter than any is.

    An age body has a nonce of 16 bytes, then at least one sealed chunk with its tag of 16.
    """
    check_length(len(body))


def check_length(length: int) -> None:
    """Refuse a body by its number of bytes, as `check_body` does."""
    if length > MOST_BODY:
        raise TooLarge(_("This item is too large to be shared."))
    if length < LEAST_BODY:
        raise NotSealed(_("This is not an encrypted item."))


def check_piece(number: int, of: int, length: int) -> None:
    """Refuse a piece of a backup that is not padded (NotSealed), or beyond what is kept (TooMany).

    Pieces are counted from 0; `of` is how many the device says that there are in all.
    """
    if length not in PADDED:
        raise NotSealed(_("A piece has one of four lengths."))
    if not 0 <= number < of:
        raise Malformed(_("The number of the piece is not right."))
    if of > MOST_PIECES:
        raise TooMany(_("A backup has 256 pieces at most."))


def check_pieces(many: int) -> None:
    """Refuse (TooLarge) more pieces than an item of a backup may fill, before any is read."""
    if many > MOST_BODY // PADDED[-1] + 1:
        raise TooLarge(_("This item is too large to be shared."))


def check_link(openings: object, days: object) -> tuple[int, int]:
    """Return how often and how many days a link opens; refuses (Malformed) others."""
    right = (
        isinstance(openings, int)
        and isinstance(days, int)
        and 1 <= openings <= MOST_OPENINGS
        and 1 <= days <= MOST_DAYS
    )
    if not right:
        raise Malformed(_("A link opens 1 to 10 times, for 1 to 30 days."))
    return int(openings), int(days)  # type: ignore[call-overload]
