"""The colours of a chart: one hue for each line, dark for now, its tint for what is beside it.

Those of a deck are the light theme of the house (foundation/web, tokens.css), as a file has no
theme. A page of the house has one: its charts take the custom properties of its style sheet.
"""

from dataclasses import dataclass
from typing import Final

INK: Final = "#14283b"
SOFT: Final = "#465a69"
RULE: Final = "#d3dde1"
EDGE: Final = "#687b88"
PAPER: Final = "#ffffff"
GREY: Final = "#dfe5e8"
NIGHT: Final = "#10273c"
ON_NIGHT: Final = "#f1f6f8"
ON_NIGHT_SOFT: Final = "#bcd0dc"
BEAM: Final = "#ffcb52"


@dataclass(frozen=True, slots=True)
class Hue:
    """A line's colours, the darkest first; then those of words, lines and grounds."""

    dark: str
    tint: str
    soft: str
    ink: str = INK
    quiet: str = SOFT
    rule: str = RULE
    edge: str = EDGE
    paper: str = PAPER
    grey: str = GREY


# Of the page that shows it, in its theme, or the reader's own colours; figures.css has the tint.
OF_THE_PAGE: Final = Hue(
    "var(--accent)",
    "var(--accent-tint)",
    "var(--accent-soft)",
    ink="var(--ink)",
    quiet="var(--ink-soft)",
    rule="var(--rule)",
    edge="var(--edge)",
    paper="var(--surface)",
    grey="var(--sunken)",
)


_HUES: Final = {
    "house": Hue("#0b567f", "#b4d5e8", "#e1eff6"),
    "hotline": Hue("#a8322a", "#e7bab4", "#fbe8e3"),
    "helpline": Hue("#0d6650", "#a9d3c4", "#dcf1e8"),
    "awareness": Hue("#765000", "#ecc766", "#fdefc8"),
    "steering": Hue("#2d4c9c", "#b9c7ea", "#e5ebfa"),
}


def hue(line: str) -> Hue:
    """Return the colours of a line; of what is no line, those of the house."""
    return _HUES.get(line, _HUES["house"])
