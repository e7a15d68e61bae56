"""Where sources of hashes are asked, as the environment says (docs/operations/hashes.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from balise.config import environment as env

_LOOPBACK = "BALISE_HASH_SOURCES_LOOPBACK"


@dataclass(frozen=True, slots=True)
class HashSources:
    """By a source's code: its address, `user:password`, what it calls this centre.

    `production` says that the real ones may be asked. `loopback` is the port of a demonstration's
    own, 0 where there are none: a real centre has none (balise.E462).
    """

    addresses: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    production: bool = False
    loopback: int = 0


def hashes_from(served: Mapping[str, str] | None) -> HashSources:
    """Return what the environment says; `served` is that of a demonstration, None elsewhere."""
    default = "" if served is None else served.get(_LOOPBACK, "http=8057")
    return HashSources(
        env.pairs("BALISE_HASH_SOURCES"),
        env.pairs("BALISE_HASH_SOURCE_KEYS"),
        env.pairs("BALISE_HASH_SOURCE_NAMES"),
        env.flag("BALISE_HASH_SOURCES_PRODUCTION"),
        env.ports(_LOOPBACK, default, among=("http",), id_="balise.E018").get("http", 0),
    )
