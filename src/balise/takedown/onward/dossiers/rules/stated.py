"""A dossier as it is stated: its facts, the law of the day, who tells whom, in one canonical form.

The form is that of RFC 8785 for what occurs here (no fractions, ASCII names): UTF-8, names sorted,
no spaces. The salt keeps anyone from guessing a content by its hash in the manifest.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol

import orjson
from django.utils.translation import gettext as _

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused
from balise.takedown.law.rules import Offence
from balise.takedown.law.rules.facts import CitedLaw
from balise.takedown.onward.dossiers.rules.facts import DossierFacts
from balise.takedown.onward.dossiers.rules.states import Channel

# The authorities that a country's centre tells, from its pack, and how each takes a dossier.


class AuthorityUnknown(Refused, code="authority-unknown"):
    """No authority has this code."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Whom to tell. `remind_after_hours` is the centre's custom, not a deadline of the law.

    `to_verify` says what nobody has read in an official source yet.
    """

    code: str
    name: Words
    portal: str
    channels: tuple[Channel, ...]
    language: str
    remind_after_hours: int
    to_verify: Words | None


@cache
def authorities(country: str) -> tuple[Authority, ...]:
    """Return the authorities of a country, the usual one first, or raise PackFaulty."""
    pack = load("balise.takedown.onward.dossiers", country=country, name="authorities")
    found = tuple(_read(entry) for entry in pack["authorities"])
    if not found or len({one.code for one in found}) != len(found):
        raise PackFaulty(f"authorities of {country}: at least one, each code once")
    return found


def authority(code: str, *, country: str) -> Authority:
    """Return an authority, or refuse an unknown code."""
    for one in authorities(country):
        if one.code == code:
            return one
    raise AuthorityUnknown(_("This authority does not exist."))


def _read(entry: dict[str, Any]) -> Authority:
    where = f"authorities.{entry.get('code')}"
    try:
        hours = entry["remind_after_hours"]
        doubt = entry.get("to_verify")
        return Authority(
            code=str(entry["code"]),
            name=Words.read(entry["name"], where=f"{where}.name"),
            portal=str(entry["portal"]),
            channels=tuple(Channel(each) for each in entry["channels"]),
            language=str(entry["language"]),
            remind_after_hours=int(hours),
            to_verify=Words.read(doubt, where=f"{where}.to_verify") if doubt else None,
        )
    except (KeyError, ValueError) as error:
        raise PackFaulty(f"{where}: {error}") from None


FORMAT = "balise-dossier/1"


class Centre(Protocol):
    """Who tells: the centre."""

    @property
    def organisation(self) -> str: ...
    @property
    def notice_email(self) -> str: ...
    @property
    def postal_address(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What one dossier states. `timestamped` says whether a trusted timestamp goes with it."""

    number: str
    made_at: datetime
    centre: Centre
    authority: Authority
    offence: Offence
    law: CitedLaw
    facts: DossierFacts
    salt: str
    timestamped: bool

    def canonical(self) -> bytes:
        """Return the dossier in its canonical form, the same bytes for the same facts."""
        return canonical(
            {
                "authority": {"code": self.authority.code, "name": _words(self.authority.name)},
                "centre": {
                    "address": self.centre.postal_address,
                    "email": self.centre.notice_email,
                    "organisation": self.centre.organisation,
                },
                "facts": self.facts.to_payload(),
                "format": FORMAT,
                "made_at": self.made_at.isoformat(),
                "number": self.number,
                "offence": {
                    "article": _words(self.offence.article),
                    "basis": _words(self.offence.basis),
                    "code": self.offence.code,
                    "facts_on": self.facts.facts_on.isoformat(),
                    "others": [one.version for one in self.law.found.texts_beside],
                    "penalty": _words(self.offence.penalty),
                    "text": self.offence.version,
                    "to_verify": _words(self.offence.to_verify),
                    "words": _words(self.offence.words),
                },
                "salt": self.salt,
            }
        )


def canonical(value: dict[str, Any]) -> bytes:
    """Return JSON values in canonical form."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _words(words: Words | None) -> dict[str, str] | None:
    return dict(words.by_language) if words is not None else None
