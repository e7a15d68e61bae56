"""Which figures of the lines are looked at for rises: data of a country's pack. Pure."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from balise.foundation.packs import PackFaulty, load

PACKAGE = "balise.awareness.partnership.trends"


class Watched(NamedTuple):
    """A figure of a board, by their codes."""

    board: str
    figure: str


@cache
def watched(country: str) -> Sequence[Watched]:
    """Return the figures that a country's pack names. Raises PackFaulty."""
    rows = load(PACKAGE, country=country, name="watched")["figures"]
    found = []
    for row in rows:
        if row.keys() != {"board", "figure"}:
            raise PackFaulty("watched: a figure has a board and a figure")
        found.append(Watched(str(row["board"]), str(row["figure"])))
    return found
