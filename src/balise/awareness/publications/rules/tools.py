"""Which pages of the catalogue are tools, and what changed of them since they were told. Pure.

A tool is used with someone: a sheet, a workshop, a guide, a game, a poster, a comic, a kit. Which
kinds are, the country's taxonomy says (`resource`); a kit gathers them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from balise.awareness.publications.rules.taxonomy import taxonomy

_KIT: Final = "kit"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool by the code of its kind, with the codes of its topics, in their order."""

    kind: str
    topics: tuple[str, ...] = ()


@dataclass(slots=True)
class Changes:
    """What is to be told: each a tool's key with the code of a kind or of a topic."""

    shelved: list[tuple[UUID, str]] = field(default_factory=list)
    taken: list[tuple[UUID, str]] = field(default_factory=list)
    set_: list[tuple[UUID, str]] = field(default_factory=list)
    cleared: list[tuple[UUID, str]] = field(default_factory=list)


def kinds(country: str) -> frozenset[str]:
    """Return the codes of the kinds of pages that are tools."""
    terms = taxonomy(country)["kind"].terms.values()
    return frozenset(each.code for each in terms if each.says.get("resource") == "yes") | {_KIT}


def tools(
    pages: Iterable[tuple[UUID, str, Mapping[str, list[str]]]], country: str
) -> dict[UUID, Tool]:
    """Return the tools of public pages by their key: a page in two languages is one tool.

    Each page is its key, its kind and its codes by facet.
    """
    wanted, found = kinds(country), dict[UUID, Tool]()
    for key, kind, codes in pages:
        if kind in wanted:
            known = found[key].topics if key in found else ()
            found[key] = Tool(kind, tuple(sorted({*known, *codes.get("topic", ())})))
    return found


def changes(before: Mapping[UUID, Tool], now: Mapping[UUID, Tool]) -> Changes:
    """Return what changed of the tools that were told."""
    found = Changes()
    for key in sorted({*before, *now}):
        was, one = before.get(key, Tool("")), now.get(key, Tool(""))
        if was.kind != one.kind:
            found.taken += [(key, was.kind)] if was.kind else []
            found.shelved += [(key, one.kind)] if one.kind else []
        found.cleared += [(key, topic) for topic in was.topics if topic not in one.topics]
        found.set_ += [(key, topic) for topic in one.topics if topic not in was.topics]
    return found
