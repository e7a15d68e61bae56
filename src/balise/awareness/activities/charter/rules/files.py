"""The file of a charter, which a family keeps where it likes. Pure."""

import re
from typing import Final

import orjson
from django.utils.translation import gettext as _

from balise.awareness.activities.charter.rules.charter import (
    FORMAT,
    Charter,
    CharterDamaged,
    NoCharter,
)
from balise.foundation import strict_json

LONGEST: Final = 40_000  # bytes
_BEGINS: Final = re.compile(rf'\s*\{{\s*"balise"\s*:\s*"{FORMAT}"'.encode())


def write(charter: Charter) -> str:
    """Return the text of a charter's file: one line of JSON, `balise` first."""
    return orjson.dumps(charter.told()).decode()


def read(octets: bytes) -> Charter:
    """Return the charter in a file, or in a form's field.

    Raises NoCharter, CharterNewer, CharterDamaged: one that was cut short still begins as one.
    """
    if len(octets) > LONGEST:
        raise NoCharter(_("This file is too large to be a family charter."))
    try:
        told = strict_json.loads(octets.removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        if _BEGINS.match(octets):
            raise CharterDamaged(
                _("The end of this file is missing, or it was changed. Open another copy.")
            ) from None
        raise NoCharter(_("This is not a family charter.")) from None
    return Charter.read(told)
