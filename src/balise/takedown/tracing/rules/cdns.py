"""Content delivery networks in front of a site, which hide its host."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from balise.takedown.tracing.rules.registers import Contact

_FILE = Path(__file__).with_name("cdns.toml")


@dataclass(frozen=True, slots=True)
class KnownCdn:
    """One delivery network as the file beside this module describes it."""

    code: str
    name: str
    networks: frozenset[int]
    suffixes: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    contacts: tuple[Contact, ...]
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Cdn:
    """A delivery network in front of a host, and what tells so.

    `evidence` holds codes and what they were seen in: `network:AS64511`, `name:x.relais.example`,
    `header:server`. `is_verified` is whether its contacts were checked with the provider.
    """

    code: str
    name: str
    evidence: tuple[str, ...]
    contacts: tuple[Contact, ...]
    is_verified: bool


@cache
def known_cdns() -> tuple[KnownCdn, ...]:
    """Return the delivery networks of the file."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    source, day = read["source"], read["checked_on"].isoformat()
    return tuple(
        KnownCdn(
            code=one["code"],
            name=one["name"],
            networks=frozenset(one["networks"]),
            suffixes=tuple(one["suffixes"]),
            headers=tuple(one["headers"].items()),
            contacts=tuple(
                Contact(each["kind"], each["address"], f"{one.get('source', source)}, {day}")
                for each in one["contacts"]
            ),
            is_verified=one["verified"],
        )
        for one in read["cdn"]
    )


def find_cdn(
    *, names: Iterable[str], networks: Iterable[int], headers: Mapping[str, str]
) -> Cdn | None:
    """Return the delivery network that a host's aliases, systems or headers tell, or None.

    Headers alone are enough: they are what remains where a network brings its customers' addresses.
    The one with most signs is meant where there are several in a row.
    """
    aliases, systems = list(names), set(networks)
    said = {name.lower(): value.lower() for name, value in headers.items()}
    found: list[tuple[KnownCdn, tuple[str, ...]]] = []
    for cdn in known_cdns():
        told = [f"network:AS{asn}" for asn in sorted(systems & cdn.networks)]
        told += [f"name:{name}" for name in aliases if _is_under(name, cdn.suffixes)]
        told += [
            f"header:{name}"
            for name, begins in cdn.headers
            if name in said and said[name].startswith(begins)
        ]
        if told:
            found.append((cdn, tuple(told)))
    if not found:
        return None
    cdn, signs = max(found, key=lambda each: len(each[1]))
    return Cdn(cdn.code, cdn.name, signs, cdn.contacts, cdn.is_verified)


def headers_asked() -> frozenset[str]:
    """Return the names of the headers that tell a delivery network; no other is looked at."""
    return frozenset(name for cdn in known_cdns() for name, _begins in cdn.headers)


def _is_under(name: str, suffixes: tuple[str, ...]) -> bool:
    return any(name == suffix or name.endswith(f".{suffix}") for suffix in suffixes)
