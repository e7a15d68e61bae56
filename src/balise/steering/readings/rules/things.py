"""A thing that is followed, as staff describe it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from balise.steering.readings.rules.refusals import CodeFaulty, SpanFaulty
from balise.steering.readings.rules.series import Network, Thing

LONGEST: Final = 40
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a thing is, beside its kind and its code, which never change.

    `owner` is an organisation; it is followed until a day when it was closed or given up.
    """

    name: str
    network: Network | None = None
    owner: str = ""
    address: str = ""
    until: date | None = None


def cleaned(text: str) -> str:
    """Return a code as it is kept: small letters, digits, hyphens, 2 to 40. Raises CodeFaulty."""
    code = text.strip().lower()
    if not _CODE.fullmatch(code):
        raise CodeFaulty(_("Use 2 to 40 small letters without accents, digits and hyphens."))
    return code


def check_until(until: date | None, *, last: date | None) -> None:
    """Raise SpanFaulty for a thing that is followed until before its last reading."""
    if until and last and until < last:
        raise SpanFaulty(_("There is a later reading."))


def needs_network(thing: Thing) -> bool:
    """Return whether a kind of thing is somewhere: a website is its own place."""
    return thing is not Thing.SITE
