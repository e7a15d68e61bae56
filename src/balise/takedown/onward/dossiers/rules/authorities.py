"""The authorities that a country's centre tells, from its pack, and how each takes a dossier."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused
from balise.takedown.onward.dossiers.rules.states import Channel


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
