"""What `story.toml` says of a story: title, ages, clues, endings, what an edit renamed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from typing import Any, Final

import orjson

from balise.awareness.activities.stories.rules.plan import Stop
from balise.awareness.activities.stories.rules.saves import Moves
from balise.foundation import strict_toml
from balise.foundation.packs import PackFaulty, Words, beside, load
from balise.foundation.strict_toml import TomlFaulty

FILE: Final = "story.toml"
_OLDEST: Final = 120


class AboutFaulty(ValueError):
    """`story.toml` does not say what it must."""


@dataclass(frozen=True, slots=True)
class Clue:
    """Something found out, kept in the notebook."""

    code: str
    title: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending, what is said after it, and who helps: codes of the country’s numbers, in order."""

    code: str
    title: Words
    debrief: Words | None
    help: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of the trailer: its name, the same in words, and what is said with it."""

    image: str
    alt: Words
    text: Words


@dataclass(frozen=True, slots=True)
class About:
    """A story, as its author describes it; `ages` are the youngest and the oldest it is for.

    `image` is its picture in lists; `trailer` is told before it is played; `notice` is what is
    said before it of what it speaks of. `sheet` and `checks` are the teacher's sheet and the
    checklists, as they stand in the file.
    """

    title: Words
    lead: Words
    notice: Words | None
    image: str
    trailer: tuple[Frame, ...]
    ages: tuple[int, int]
    minutes: int
    triggers: tuple[str, ...]
    clues: tuple[Clue, ...]
    endings: tuple[Ending, ...]
    sheet: Sequence[Mapping[str, Any]]
    checks: Sequence[Mapping[str, Any]]
    moves: Moves

    @property
    def language(self) -> str:
        """Return the language that the story is written in: the first that its title has."""
        return self.title.by_language[0][0]

    def clue(self, code: str) -> Clue | None:
        """Return the clue with this code."""
        return next((each for each in self.clues if each.code == code), None)

    def end(self, code: str) -> Ending | None:
        """Return the ending with this code."""
        return next((each for each in self.endings if each.code == code), None)


@lru_cache(maxsize=32)
def read(text: str) -> About:
    """Return what a `story.toml` says that was checked before. Raises AboutFaulty."""
    return of(_loads(text))


def of(told: Mapping[str, Any]) -> About:
    """Return what a `story.toml` says, from its plain values. Raises AboutFaulty."""
    try:
        youngest, oldest = told["ages"]
        found = About(
            title=Words.read(told["title"], where="title"),
            lead=Words.read(told["lead"], where="lead"),
            notice=Words.read(told["notice"], where="notice") if "notice" in told else None,
            image=str(told.get("image", "")),
            trailer=tuple(_frame(each) for each in told.get("trailer", ())),
            ages=(int(youngest), int(oldest)),
            minutes=int(told["minutes"]),
            triggers=tuple(str(each) for each in told.get("triggers", ())),
            clues=tuple(_clue(each) for each in told.get("clues", ())),
            endings=tuple(_ending(each) for each in told.get("endings", ())),
            sheet=tuple(told.get("sheet", ())),
            checks=tuple(told.get("checks", ())),
            moves=Moves(
                **{
                    each: {str(old): str(new) for old, new in names.items()}
                    for each, names in told.get("moved", {}).items()
                }
            ),
        )
    except KeyError as error:
        raise AboutFaulty(f"{error.args[0]} is missing") from None
    except PackFaulty as error:
        raise AboutFaulty(str(error)) from None
    except (AttributeError, TypeError, ValueError) as error:
        raise AboutFaulty(f"a value has another form than it must: {error}") from None
    if not 0 < found.ages[0] <= found.ages[1] <= _OLDEST:
        raise AboutFaulty("ages are the youngest and the oldest, in this order")
    for codes in ([each.code for each in found.clues], [each.code for each in found.endings]):
        if len(set(codes)) != len(codes):
            raise AboutFaulty("two clues or two endings have one code")
    return found


def words(text: str) -> dict[str, str]:
    """Return the words of another language that were checked before, by id. Raises AboutFaulty.

    Ids with a point may be written as tables: `[evening]` then `alt = "…"` is `evening.alt`.
    """
    return words_in(_loads(text))


def words_in(told: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of another language, by id, from the plain values of its file."""
    return dict(_flat(told))


def _loads(text: str) -> dict[str, Any]:
    try:
        return strict_toml.loads(text)
    except TomlFaulty as error:
        raise AboutFaulty(f"no TOML: {error}") from None


def _flat(told: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in told.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{before}{key}.")
        else:
            found.append((f"{before}{key}", str(value)))
    return found


def _frame(told: Mapping[str, Any]) -> Frame:
    return Frame(
        str(told["image"]),
        Words.read(told["alt"], where="trailer"),
        Words.read(told["text"], where="trailer"),
    )


def _clue(told: Mapping[str, Any]) -> Clue:
    where = f"clues.{told['code']}"
    return Clue(
        str(told["code"]),
        Words.read(told["title"], where=where),
        Words.read(told["text"], where=where),
    )


def _ending(told: Mapping[str, Any]) -> Ending:
    where = f"endings.{told['code']}"
    helps = told.get("help", ())
    return Ending(
        str(told["code"]),
        Words.read(told["title"], where=where),
        Words.read(told["debrief"], where=where) if "debrief" in told else None,
        (helps,) if isinstance(helps, str) else tuple(str(each) for each in helps),
    )


# The stories that come with Balise: a folder each, compiled and mapped beside its source. Pure.


# Topics that a story announces before it begins, and the words that speak of them. Pure.


PACKAGE = "balise.awareness.activities.stories"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its code, what it is called, and how words that speak of it begin."""

    code: str
    label: Words
    words: tuple[str, ...]


@cache
def topics(country: str) -> tuple[Topic, ...]:
    """Return the topics of a country's pack. Raises PackFaulty."""
    return tuple(
        Topic(
            str(row["code"]),
            Words.read(row["label"], where=f"triggers.{row['code']}"),
            tuple(str(each) for each in row["words"]),
        )
        for row in load(PACKAGE, country=country, name="triggers")["triggers"]
    )


def trigger_words(country: str) -> Mapping[str, tuple[str, ...]]:
    """Return how the words of each topic begin."""
    return {each.code: each.words for each in topics(country)}


COMPILED: Final = "compiled.json"
PLAN: Final = "plan.json"


@dataclass(frozen=True, slots=True)
class Packed:
    """A story of a pack, with its files by name, and the map of its choices."""

    slug: str
    files: Mapping[str, str]
    compiled: str
    plan: tuple[Stop, ...]


@cache
def stories(country: str) -> tuple[Packed, ...]:
    """Return the stories of a country's pack: of that country whose topics it has."""
    folder = beside(PACKAGE, country=country, name="triggers")
    found = (each for each in folder.iterdir() if each.joinpath(FILE).is_file())
    return tuple(_packed(each) for each in sorted(found, key=lambda one: one.name))


def _packed(folder: Traversable) -> Packed:
    texts = {
        file.name: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith((".ink", ".toml"))
    }
    plan = orjson.loads(folder.joinpath(PLAN).read_bytes())
    return Packed(
        folder.name,
        texts,
        folder.joinpath(COMPILED).read_text(encoding="utf-8"),
        tuple(Stop.read(each) for each in plan),
    )
