"""The short code of a registration: on a mail, read out at a door, listed in a file."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from balise.foundation.encryption.worded import ALPHABET

LENGTH: Final = 8  # symbols of Crockford's base 32: 40 bits of a random id
_LOOK_ALIKE: Final = str.maketrans("OIL", "011")
_HALF: Final = LENGTH // 2


def code_of(registration: UUID) -> str:
    """Return the code of a registration, as a person reads it: `K7QM-2FXA`."""
    bits = registration.int >> (128 - 5 * LENGTH)
    symbols = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return f"{symbols[:_HALF]}-{symbols[_HALF:]}"


def codes_in(text: str) -> Iterator[str]:
    """Yield the first field of each line that is not empty, as a code: `;`, `,` or tab end it.

    Forgives case, spaces, dashes, O for 0, and I or L for 1. What is no code is yielded as it is.
    """
    for line in text.lstrip("\ufeff").splitlines():
        field = line.replace(";", ",").replace("\t", ",").partition(",")[0].strip().strip('"')
        if not field:
            continue
        symbols = field.upper().replace("-", "").replace(" ", "").translate(_LOOK_ALIKE)
        is_code = len(symbols) == LENGTH and set(symbols) <= set(ALPHABET)
        yield f"{symbols[:_HALF]}-{symbols[_HALF:]}" if is_code else field
