"""What a pack says about an organisation and its contacts: read whole, or PackFaulty."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused, refusals_as
from balise.takedown.directory.rules.contacts import (
    LAST_RANK,
    MAX_ASN,
    SUBJECTS,
    USUAL_RANK,
    ContactKind,
    LegalBasis,
    OrganisationKind,
    Terms,
    read_contact,
    read_domain,
)

PACKAGE = "balise.takedown.directory"
# What is the same seen from every country, then what is the country's own.
EVERYWHERE = "world"
SHARED = ("platforms", "hosts", "registrars", "hotlines")
OWN = ("directory",)

_LANGUAGES = frozenset({"fr", "en"})


@dataclass(frozen=True, slots=True)
class Channel:
    """A contact that a pack knows. `checked_on` is None where nobody has confirmed it."""

    key: str
    kind: ContactKind
    address: str
    terms: Terms
    source: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation that a pack knows. `checked_on` is about its own facts.

    `statement_names` are how the DSA Transparency Database writes it, besides `name`.
    """

    key: str
    kind: OrganisationKind
    name: str
    legal_name: str
    statement_names: tuple[str, ...]
    country: str
    language: str
    very_large: bool
    first_circle: bool
    max_locations: int | None
    evidence: Words | None
    domains: tuple[str, ...]
    networks: tuple[int, ...]
    source: str
    checked_on: date | None
    channels: tuple[Channel, ...]


@cache
def listed(country: str) -> tuple[Listed, ...]:
    """Return every organisation that the packs know, seen from a country, or PackFaulty."""
    packs = [(EVERYWHERE, name) for name in SHARED] + [(country, name) for name in OWN]
    found = tuple(one for place, name in packs for one in read_pack(place, name))
    _each_once("code", [one.key for one in found])
    _each_once("name", [name for one in found for name in (one.name, *one.statement_names)])
    _each_once("domain", [domain for one in found for domain in one.domains])
    _each_once("network", [str(network) for one in found for network in one.networks])
    return found


@cache
def statement_names(country: str) -> Mapping[str, tuple[str, ...]]:
    """Return how the DSA Transparency Database writes organisations, by the key of their entry.

    Only those that it may write otherwise than the directory are named.
    """
    return {one.key: one.statement_names for one in listed(country) if one.statement_names}


def read_pack(country: str, name: str) -> tuple[Listed, ...]:
    """Return the organisations of one pack, or PackFaulty."""
    pack = load(PACKAGE, country=country, name=name)
    return tuple(_entry(entry, f"{name}.{entry.get('code')}") for entry in pack["entries"])


def _entry(entry: dict[str, Any], where: str) -> Listed:
    try:
        key = str(entry["code"])
        return Listed(
            key=key,
            kind=OrganisationKind(entry["kind"]),
            name=str(entry["name"]),
            legal_name=str(entry.get("legal_name", "")),
            statement_names=tuple(map(str, entry.get("statement_names", ()))),
            country=_country(entry.get("country", ""), where),
            language=_one_of(_LANGUAGES, entry.get("language", "en"), where),
            very_large=bool(entry.get("very_large", False)),
            first_circle=bool(entry.get("first_circle", False)),
            max_locations=_positive(entry.get("max_locations"), where),
            evidence=(
                Words.read(entry["evidence"], where=f"{where}.evidence")
                if "evidence" in entry
                else None
            ),
            domains=tuple(_domains(entry.get("domains", ()), where)),
            networks=tuple(_networks(entry.get("networks", ()), where)),
            source=str(entry.get("source", "")),
            checked_on=_day(entry, where),
            channels=tuple(_channel(channel, key, where) for channel in entry.get("channels", ())),
        )
    except PackFaulty:
        raise
    except KeyError as missing:
        raise PackFaulty(f"{where}: {missing} is missing") from None
    except ValueError as wrong:
        raise PackFaulty(f"{where}: {wrong}") from None


def _channel(channel: dict[str, Any], key: str, where: str) -> Channel:
    kind = ContactKind(channel["kind"])
    with refusals_as(lambda why: PackFaulty(f"{where}: {channel['address']}: {why}")):
        address = read_contact(kind, str(channel["address"]))
    rank = int(channel.get("rank", USUAL_RANK))
    if not 1 <= rank <= LAST_RANK:
        raise PackFaulty(f"{where}: a rank is 1 to {LAST_RANK}")
    return Channel(
        key=f"{key}/{channel['code']}",
        kind=kind,
        address=address,
        terms=Terms(
            basis=LegalBasis(channel["basis"]),
            languages=tuple(channel.get("languages", ())),
            countries=tuple(_country(one, where) for one in channel.get("countries", ())),
            serves=tuple(_one_of(SUBJECTS, one, where) for one in channel.get("serves", ())),
            hours=str(channel.get("hours", "")),
            acknowledge_minutes=_positive(channel.get("acknowledge_minutes"), where),
            decide_minutes=_positive(channel.get("decide_minutes"), where),
            needs_account=bool(channel.get("needs_account", False)),
            lines=tuple(channel.get("lines", ())),
            rank=rank,
        ),
        source=str(channel.get("source", "")),
        checked_on=_day(channel, where),
    )


def _day(table: dict[str, Any], where: str) -> date | None:
    """Return the day that something was checked on; what was checked says in which source."""
    value = table.get("checked_on")
    if value is not None and type(value) is not date:
        raise PackFaulty(f"{where}: checked_on is a day")
    if value is not None and not table.get("source"):
        raise PackFaulty(f"{where}: what was checked names its source")
    return value


def _domains(written: list[str], where: str) -> Iterator[str]:
    for domain in written:
        try:
            read = read_domain(domain)
        except Refused as refusal:
            raise PackFaulty(f"{where}: {domain}: {refusal.message}") from None
        if read != domain:
            raise PackFaulty(f"{where}: {domain} is not a registrable domain: {read} is")
        yield read


def _networks(written: list[int], where: str) -> Iterator[int]:
    for number in written:
        if not 0 < number <= MAX_ASN:
            raise PackFaulty(f"{where}: {number} is no autonomous system")
        yield number


def _country(value: object, where: str) -> str:
    code = str(value)
    if code and not (len(code) == 2 and code.isascii() and code.isupper()):  # noqa: PLR2004
        raise PackFaulty(f"{where}: {code!r} is no country")
    return code


def _positive(value: object, where: str) -> int | None:
    if value is not None and (not isinstance(value, int) or value < 1):
        raise PackFaulty(f"{where}: {value!r} is no positive number")
    return value


def _one_of(words: frozenset[str], value: object, where: str) -> str:
    if value not in words:
        raise PackFaulty(f"{where}: {value!r} is not one of {', '.join(sorted(words))}")
    return str(value)


def _each_once(what: str, values: list[str]) -> None:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise PackFaulty(f"directory: each {what} once, not {', '.join(twice)}")
