"""A hotline's card: what it gives another so that the two can write to each other.

It holds nothing secret, but someone who substitutes their own card reads what is meant for another:
so two people approve it, having compared its check number with the other hotline by telephone.
"""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

import orjson
from django.utils.translation import gettext_lazy as _

from balise.foundation import strict_json
from balise.foundation.encryption.signatures import PublicPair, is_usable
from balise.foundation.refusals import Refused
from balise.foundation.url import read_url

LONGEST = 4_000
LONGEST_NAME = 120
LONGEST_ADDRESS = 200
_GROUPS, _DIGITS = 8, 5
_VERSION = 1
_NAMES = {"balise-hotline", "name", "country", "address", "sign", "seal"}
_COUNTRY = re.compile(r"[A-Z]{2}")


class CardFaulty(Refused, code="card-faulty"):
    """The text is no card of a hotline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A hotline as it presents itself. `address` is where its Balise answers, without a path."""

    name: str
    country: str
    address: str
    keys: PublicPair

    @property
    def check_number(self) -> str:
        """Forty digits that two people can read to each other; any change gives others."""
        text = b"|".join((self.address.encode(), self.keys.signing, self.keys.sealing))
        number = int.from_bytes(sha256(b"balise/card/v1|" + text).digest())
        digits = str(number % 10 ** (_GROUPS * _DIGITS)).zfill(_GROUPS * _DIGITS)
        return " ".join(digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS))

    def to_text(self) -> str:
        """Return the card as the text to give to another hotline."""
        return orjson.dumps(
            {
                "balise-hotline": _VERSION,
                "name": self.name,
                "country": self.country,
                "address": self.address,
                "sign": b64encode(self.keys.signing).decode(),
                "seal": b64encode(self.keys.sealing).decode(),
            },
            option=orjson.OPT_INDENT_2,
        ).decode()

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the card that `to_text` wrote, or refuse it."""
        try:
            fields = strict_json.loads(text[:LONGEST])
            if not isinstance(fields, dict) or fields.keys() != _NAMES:
                raise _faulty()
            card = cls(
                name=str(fields["name"]).strip(),
                country=str(fields["country"]),
                address=_address(fields["address"]),
                keys=PublicPair(
                    b64decode(fields["sign"], validate=True),
                    b64decode(fields["seal"], validate=True),
                ),
            )
        except (ValueError, TypeError) as error:
            raise _faulty() from error
        is_named = 0 < len(card.name) <= LONGEST_NAME and _COUNTRY.fullmatch(card.country)
        if fields["balise-hotline"] != _VERSION or not is_named or not is_usable(card.keys):
            raise _faulty()
        return card


def _address(text: str) -> str:
    read = read_url(text)
    if (
        len(text) > LONGEST_ADDRESS
        or read.scheme not in {"http", "https"}
        or not read.host
        or read.path.strip("/")
        or read.options
        or read.fragment
        or read.user
    ):
        raise _faulty()
    return f"{read.scheme}://{read.place.lower()}"


def _faulty() -> CardFaulty:
    return CardFaulty(
        str(_("This is not the card of a hotline. Paste the whole text they gave you."))
    )
