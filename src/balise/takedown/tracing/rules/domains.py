"""Whose site a host name is: the registrable domain, by the Public Suffix List.

Both sections of the list count: with the private one, `someone.github.io` and
`other.github.io` are two sites, as they are for a browser; with ICANN's alone they would be one
domain. Who wants the platform asks for the parent (`parents`).
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import publicsuffixlist

# What the list says of a name, added up: it is a suffix, each name right under it is, it never is.
_SUFFIX, _PARENT, _SPARED = 1, 2, 4


_PRIVATE = "===BEGIN PRIVATE DOMAINS==="


@cache
def _rules(*, registries_only: bool = False) -> dict[str, int]:
    """Return the list's rules by name, in ASCII; those of registries come first in the file."""
    rules: dict[str, int] = {}
    for line in Path(publicsuffixlist.PSLFILE).read_text(encoding="utf-8").splitlines():
        if registries_only and _PRIVATE in line:
            break
        rule = line.split(maxsplit=1)[0] if line.strip() else ""
        if not rule or rule.startswith("//"):
            continue
        kind = {"!": _SPARED, "*": _PARENT}.get(rule[0], _SUFFIX)
        name = rule.lstrip("!*.").encode("idna").decode("ascii")
        rules[name] = rules.get(name, 0) | kind
    return rules


def registrable_domain(host: str) -> str:
    """Return a canonical host's registrable domain; the host itself where it is a public suffix.

    An unknown top-level domain counts as one suffix (the list's rule `*`).
    """
    return _under(host, _rules())


def registered_domain(host: str) -> str:
    """Return the domain that a registry knows a canonical host by: `github.io` for a site there."""
    return _under(host, _rules(registries_only=True))


def _under(host: str, rules: dict[str, int]) -> str:
    rest, below, further = host, "", ""
    while rest:
        kind = rules.get(rest, 0)
        if kind >= _SPARED:
            return rest
        if kind >= _PARENT and below:
            return further or below
        if kind & _SUFFIX or "." not in rest:
            return below or rest
        further, below = below, rest
        rest = rest.partition(".")[2]
    return host


def is_known_suffix(host: str) -> bool:
    """Return whether a canonical host is a name under a top-level domain that the list names."""
    last = host.rpartition(".")[2]
    # `.example` (RFC 6761) exists nowhere: examples and the demonstration use it.
    return last != host and (last in _rules() or last == "example")


def parents(domain: str) -> Iterator[str]:
    """Yield a domain and each domain above it that is not a top-level domain, nearest first."""
    while "." in domain:
        yield domain
        domain = domain.partition(".")[2]
