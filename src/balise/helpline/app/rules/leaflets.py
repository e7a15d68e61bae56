"""Leaflets: what to do now, what is good to know, who helps. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from balise.foundation.packs import PackFaulty, Words, load
from balise.helpline.app.rules import PACKAGE


class Way(StrEnum):
    """A page of ours that a leaflet leads to; `ways.html` has its words."""

    CHAT = "chat"
    QUIZ = "quiz"
    HURT = "hurt"
    VAULT = "vault"
    PLAN = "plan"
    REMOVAL = "removal"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a leaflet that has more to say."""

    title: Words
    says: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A leaflet. `numbers` are codes of the centre's numbers; one that it has not is left out.

    `is_urgent`: the numbers and the chat stand before all else. `card`: words to show someone.
    """

    code: str
    icon: str
    title: Words
    lead: Words
    now: tuple[Words, ...]
    know: Words
    help: Words
    numbers: tuple[str, ...]
    ways: tuple[Way, ...]
    is_urgent: bool
    parts: tuple[Part, ...]
    card: Words | None


@cache
def leaflets(country: str) -> tuple[Leaflet, ...]:
    """Return the leaflets of a country, in the order in which they are offered, or PackFaulty."""
    try:
        return tuple(
            _leaflet(one) for one in load(PACKAGE, country=country, name="leaflets")["leaflets"]
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise PackFaulty(f"leaflets: {fault!r}") from fault


def leaflet(code: str, *, country: str) -> Leaflet | None:
    """Return a leaflet, or None."""
    return next((one for one in leaflets(country) if one.code == code), None)


def _leaflet(told: Mapping[str, Any]) -> Leaflet:
    code = str(told["code"])
    return Leaflet(
        code=code,
        icon=str(told["icon"]),
        title=Words.read(told["title"], where=code),
        lead=Words.read(told["lead"], where=code),
        now=tuple(Words.read(one, where=code) for one in told["now"]),
        know=Words.read(told["know"], where=code),
        help=Words.read(told["help"], where=code),
        numbers=tuple(str(one) for one in told["numbers"]),
        ways=tuple(Way(one) for one in told["ways"]),
        is_urgent=bool(told.get("urgent", False)),
        parts=tuple(
            Part(
                Words.read(one["title"], where=code),
                tuple(Words.read(each, where=code) for each in one["says"]),
            )
            for one in told.get("parts", ())
        ),
        card=Words.read(told["card"], where=code) if "card" in told else None,
    )
