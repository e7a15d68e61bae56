"""Where a content is now: in which network, and whether its address leads to another site.

A change counts when three looks in a row agree on it. A site that several networks serve at once
has not moved while one of them is the one that is known.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

LOOKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What is known: the network (AS number, None if unknown), the site that it leads to (a blind
    index, b"" while it is where it was), and a change that has been seen `looks` times in a row.
    """

    network: int | None = None
    site: bytes = b""
    candidate: str = ""
    looks: int = 0


@dataclass(frozen=True, slots=True)
class Shift:
    """What follows from one look: what is known now, and whether the content changed its host."""

    now: Whereabouts
    has_moved: bool = False
    by_site: bool = False


def after_look(known: Whereabouts, *, networks: Collection[int], site: bytes) -> Shift:
    """Return what follows from a look that answered, from these networks, at this site.

    `site` is b"" for the site that it was reported on. The first network that is seen is the one
    that is known from then on.
    """
    if site != known.site:
        shift = _counted(known, f"site {site.hex()}")
        if shift.looks < LOOKS:
            return Shift(shift)
        # Back where it was is no move: it is where the file says.
        settled = replace(known, site=site, candidate="", looks=0)
        return Shift(settled, has_moved=bool(site), by_site=True)
    if known.network is None:
        network = min(networks, default=None)
        return Shift(replace(known, network=network, candidate="", looks=0))
    if not networks or known.network in networks:
        return Shift(replace(known, candidate="", looks=0))
    network = min(networks)
    shift = _counted(known, f"network {network}")
    if shift.looks < LOOKS:
        return Shift(shift)
    return Shift(replace(known, network=network, candidate="", looks=0), has_moved=True)


def _counted(known: Whereabouts, candidate: str) -> Whereabouts:
    looks = known.looks + 1 if candidate == known.candidate else 1
    return replace(known, candidate=candidate, looks=looks)
