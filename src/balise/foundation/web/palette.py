"""The colours that stand on each other, and whether they can be told apart (WCAG 2.2, 1.4.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

LINES: Final = ("house", "hotline", "helpline", "awareness", "steering")
TONES: Final = ("danger", "good", "warn", "note")
GROUNDS: Final = ("paper", "surface", "sunken", "dawn")
TEXT_RATIO: Final = 4.5
SHAPE_RATIO: Final = 3.0  # borders of controls and the focus ring (1.4.11)

_BLOCK: Final = re.compile(r"(?P<selector>[^{}]+)\{(?P<body>[^{}]*)\}")
_TOKEN: Final = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")

type Theme = dict[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour of text or shape, the colour under it, and the least ratio between the two."""

    front: str
    ground: str
    least: float = TEXT_RATIO


def pairs() -> Iterator[Pair]:
    """Return every pair of tokens that the stylesheets put on one another."""
    for ground in GROUNDS:
        yield from (Pair(front, ground) for front in ("ink", "ink-soft", "link", *LINES))
        yield from (Pair(tone, ground) for tone in TONES)
        yield Pair("edge", ground, SHAPE_RATIO)
        yield Pair("focus", ground, SHAPE_RATIO)
    for name in (*LINES, *TONES):
        yield from (Pair(front, f"{name}-soft") for front in (name, "ink", "ink-soft"))
        yield Pair("on-line", name)
    for ground in ("night", "night-deep", "dusk"):
        yield from (Pair(front, ground) for front in ("on-night", "on-night-soft", "beam"))
    yield Pair("on-beam", "beam")


def ratio(one: str, other: str) -> float:
    """Return the contrast of two `#rrggbb` colours, from 1 to 21, as WCAG defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@cache
def themes() -> dict[str, Theme]:
    """Return the tokens of tokens.css: `light` and `dark`."""
    return {
        ("dark" if "not([data-theme])" in selector else "light"): tokens
        for selector, tokens in blocks("tokens.css")
        if "paper" in tokens
    }


def blocks(stylesheet: str) -> list[tuple[str, Theme]]:
    """Return the colours that each rule of one of our stylesheets sets, by its selector."""
    return [
        (found["selector"].strip(), dict(_TOKEN.findall(found["body"])))
        for found in _BLOCK.finditer(text_of(stylesheet))
    ]


def text_of(stylesheet: str) -> str:
    """Return one of our stylesheets without its comments."""
    source = files("balise.foundation.web").joinpath("static/balise", stylesheet)
    return re.sub(r"/\*.*?\*/", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    is_dark = channel <= 0.04045  # noqa: PLR2004 - the knee of the sRGB curve
    return channel / 12.92 if is_dark else ((channel + 0.055) / 1.055) ** 2.4
