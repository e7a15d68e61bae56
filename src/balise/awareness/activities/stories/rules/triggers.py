"""Topics that a story announces before it begins, and the words that speak of them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from balise.foundation.packs import Words, load

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
