"""What each dangerous answer of the quiz leads to, as a pack writes it. Pure.

Two lines, two large buttons, a question, the rest under “More”. A button is the code of a number of
the centre, or `chat`; `one/other` is the first of them that the centre has.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, Final

from balise.foundation.packs import PackFaulty, Words, load
from balise.helpline.app.rules import PACKAGE, plain
from balise.helpline.app.rules.leaflets import leaflet
from balise.helpline.app.rules.plan import plan
from balise.helpline.app.rules.quiz import Danger, Quiz, Version, quiz

CHAT: Final = "chat"
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Ask:
    """A question of a way, with what is said to a yes and to a no, and the buttons beside it.

    `message` is ready to be sent by the young person to someone near, after a no.
    """

    says: Words
    yes: Words
    no: Words
    yes_first: tuple[str, ...]
    no_first: tuple[str, ...]
    message: Words | None


@dataclass(frozen=True, slots=True)
class Way:
    """What one kind of danger leads to, for the versions that it names.

    `stops`: whether it leads to where a picture can be stopped.
    """

    danger: Danger
    versions: tuple[str, ...]
    title: Words
    lines: tuple[Words, ...]
    first: tuple[str, ...]
    asks: tuple[Ask, ...]
    tips: tuple[Words, ...]
    more: tuple[str, ...]
    leaflet: str
    stops: bool

    @property
    def code(self) -> str:
        """Return what a fault of its words is named by."""
        return f"{self.danger}-{self.versions[0]}"


@cache
def every_way(country: str) -> tuple[Way, ...]:
    """Return the ways of a country, or PackFaulty."""
    try:
        found = tuple(_way(one) for one in load(PACKAGE, country=country, name="quiz")["ways"])
    except (KeyError, TypeError, ValueError) as fault:
        raise PackFaulty(f"quiz.ways: {fault!r}") from fault
    for wrong in faults(found, quiz(country)):
        raise PackFaulty(wrong)
    return found


def ways(country: str, version: Version) -> tuple[Way, ...]:
    """Return the ways of a version, in the order in which they are shown."""
    of_version = {one.danger: one for one in every_way(country) if version.code in one.versions}
    return tuple(of_version[danger] for danger in Danger if danger in of_version)


def faults(found: tuple[Way, ...], asked: Quiz) -> Iterator[str]:
    """Yield what keeps the ways from being shown, one line each."""
    for version in asked.versions:
        wanted = sorted(each for one in version.sentences for each in one.dangers)
        there = sorted(one.danger for one in found if version.code in one.versions)
        if sorted(set(wanted)) != there:
            yield f"quiz.{version.code}: a way for each of {', '.join(sorted(set(wanted)))}, once"
    for one in found:
        if len(one.lines) != _TWO or len(one.first) != _TWO or not one.asks:
            yield f"quiz.ways.{one.code}: two lines, two buttons and a question"


def _way(told: Mapping[str, Any]) -> Way:
    where = f"quiz.ways.{told['danger']}"
    return Way(
        danger=Danger(told["danger"]),
        versions=tuple(str(one) for one in told["versions"]),
        title=Words.read(told["title"], where=where),
        lines=tuple(Words.read(one, where=where) for one in told["lines"]),
        first=_buttons(told["first"]),
        asks=tuple(_ask(one, where=where) for one in told["asks"]),
        tips=tuple(Words.read(one, where=where) for one in told["tips"]),
        more=_buttons(told["more"]),
        leaflet=str(told["leaflet"]),
        stops=bool(told.get("stops", False)),
    )


def _ask(told: Mapping[str, Any], *, where: str) -> Ask:
    return Ask(
        says=Words.read(told["says"], where=where),
        yes=Words.read(told["yes"], where=where),
        no=Words.read(told["no"], where=where),
        yes_first=_buttons(told.get("yes_first", ())),
        no_first=_buttons(told.get("no_first", ())),
        message=Words.read(told["message"], where=where) if "message" in told else None,
    )


def _buttons(told: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in told)


# Whether a psychologist has signed the words that answer to danger, and these words. Pure.
#
# A signature names the words by a digest: words that change afterwards are not signed any longer.


DARK: Final = "dark"  # the leaflet about dark thoughts
_DIGITS: Final = 12


@cache
def digest(country: str) -> str:
    """Return what names the words of the quiz, its ways, the leaflet and the plan."""
    asked = quiz(country)
    signed = (
        (asked.scale, asked.versions),
        every_way(country),
        leaflet(DARK, country=country),
        plan(country),
    )
    told = json.dumps(list(plain.texts_of(signed)), ensure_ascii=False)
    return sha256(told.encode()).hexdigest()[:_DIGITS]


def signed_by(signature: str, *, country: str) -> str:
    """Return who signed these words, and when, as `DIGEST WHO, DAY` says it; "" for nobody."""
    named, _space, who = signature.strip().partition(" ")
    return who.strip() if named == digest(country) else ""
