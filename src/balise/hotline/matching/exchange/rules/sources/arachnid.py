"""Project Arachnid's Shield: no list, but an answer to hashes that are asked about.

Its answer is a second opinion beside ours: it never decides.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import orjson

from balise.foundation.strict_json import KeyTwice, loads
from balise.hotline.matching.exchange.rules.items import Access, Ask, PageUnreadable

CODE: Final = "arachnid"
NAME: Final = "Project Arachnid"
PRODUCTION: Final = "https://shield.projectarachnid.com"
MOST: Final = 100  # hashes of one request


class Classified(StrEnum):
    """What Shield says of a hash."""

    CSAM = "csam"
    ABUSIVE = "harmful-abusive-material"
    UNKNOWN = "no-known-match"


def ask(hashes: Sequence[bytes]) -> Ask:
    """Return what asks about PDQs of 32 bytes, `MOST` at most."""
    if len(hashes) > MOST:
        raise ValueError("too many hashes at once")
    body = orjson.dumps({"hashes": [b64encode(one).decode() for one in hashes]})
    return Ask("/v1/pdq/", method="POST", body=body, content_type="application/json")


def user(access: Access) -> tuple[str, str]:
    """Return the name and the password of Basic authentication."""
    return access.user, access.secret


def read(octets: bytes, hashes: Sequence[bytes]) -> Mapping[bytes, Classified]:
    """Return what it says of each hash that was asked. Raises PageUnreadable.

    One that it leaves out, or of which it says what we don't know, is not "unknown": it is left out
    here too.
    """
    try:
        page = loads(octets)
    except (orjson.JSONDecodeError, KeyTwice, UnicodeDecodeError):
        raise PageUnreadable("no-json") from None
    scanned = page.get("scanned_hashes") if isinstance(page, dict) else None
    scanned = {} if scanned == [] else scanned  # an empty object, as some write it
    if not isinstance(scanned, dict):
        raise PageUnreadable("no-hashes")
    found: dict[bytes, Classified] = {}
    for one in hashes:
        said = scanned.get(b64encode(one).decode())
        word = said.get("classification") if isinstance(said, dict) else None
        if word in set(Classified):
            found[one] = Classified(str(word))
    return MappingProxyType(found)
