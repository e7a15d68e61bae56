"""The secret code of a structure: twelve symbols of Crockford's base 32, 60 bits. Pure."""

import secrets
import unicodedata
from typing import Final

from balise.foundation.encryption.worded import ALPHABET

LENGTH: Final = 12
_GROUP: Final = 4
_LONGEST: Final = 60
_LOOK_ALIKE: Final = str.maketrans("OIL", "011")


def new_code() -> str:
    """Return a fresh code."""
    return "".join(secrets.choice(ALPHABET) for _symbol in range(LENGTH))


def cleaned(text: str) -> str:
    """Return the code that someone typed, or that stands in a link; empty for what is none.

    Forgives case, spaces, hyphens, O for 0, and I or L for 1.
    """
    typed = unicodedata.normalize("NFKC", text[:_LONGEST]).upper().translate(_LOOK_ALIKE)
    code = "".join(symbol for symbol in typed if not symbol.isspace() and symbol not in "-–—")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def shown(code: str) -> str:
    """Return a code as people read it: `ABCD-EFGH-JKMN`."""
    return "-".join(code[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))
