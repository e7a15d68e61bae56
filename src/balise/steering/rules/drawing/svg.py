"""A picture as SVG. Its colours are attributes, so that no style sheet is asked for."""

from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from balise.steering.rules.drawing.shapes import (
    Area,
    Bar,
    Box,
    Dot,
    Fill,
    Line,
    Picture,
    Rule,
    Shape,
    Stroke,
    Words,
    width_of,
)

# The colours of a chart: one hue for each line, dark for now, its tint for what is beside it.
#
# Those of a deck are the light theme of the house (foundation/web, tokens.css), as a file has no
# theme. A page of the house has one: its charts take the custom properties of its style sheet.


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


FACE: Final = "Balise Zero, Atkinson Hyperlegible, Verdana, sans-serif"


def as_svg(drawn: Picture, hue: Hue, *, name: str, title: str = "", describes: str = "") -> str:
    """Return a picture as an SVG element; `name` makes its ids its own among others on a page.

    With a title it has a role, that title and a description; without one it is an image for a
    paper, which describes it itself.
    """
    body = "".join(_shape(one, hue, name) for one in drawn.shapes)
    size = f'viewBox="0 0 {_n(drawn.width)} {_n(drawn.height)}"'
    voices, names = "", ""
    if title:
        voices = f' role="img" aria-labelledby="{name}-t {name}-d"'
        names = (
            f'<title id="{name}-t">{escape(title)}</title>'
            f'<desc id="{name}-d">{escape(describes)}</desc>'
        )
    else:
        size += f' width="{_n(drawn.width)}" height="{_n(drawn.height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}{voices} font-family={quoteattr(FACE)}>'
        f"{names}<defs>{_hatch(name, hue)}</defs>{body}</svg>"
    )


def _hatch(name: str, hue: Hue) -> str:
    return "".join(
        f'<pattern id="{name}-{kind}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{ground}"/>'
        f'<path d="M1 0v5" stroke="{hue.dark}" stroke-width="1.5"/></pattern>'
        for kind, ground in (("h", hue.paper), ("l", hue.tint))
    )


def _shape(one: Shape, hue: Hue, name: str) -> str:
    match one:
        case Bar():
            edge = hue.edge if one.fill in {Fill.GREY, Fill.WHITE} else hue.dark
            return (
                f'<rect x="{_n(one.x)}" y="{_n(one.y)}" width="{_n(one.width)}" '
                f'height="{_n(one.height)}" fill="{_fill(one.fill, hue, name)}" stroke="{edge}" '
                'stroke-width=".75"/>'
            )
        case Box():
            words = Words(
                one.x + one.width / 2, one.y + one.height / 2 + 3.5, one.words, 10, "middle"
            )
            return (
                f'<rect x="{_n(one.x)}" y="{_n(one.y)}" width="{_n(one.width)}" '
                f'height="{_n(one.height)}" fill="{hue.paper}" stroke="{hue.edge}" '
                f'stroke-dasharray="2 2"/>{_words(words, hue)}'
            )
        case Rule() | Line():
            return f"{_path(one)} {_stroke(one.stroke, hue)}/>"
        case Words():
            return _words(one, hue)
        case Dot():
            return (
                f'<circle cx="{_n(one.x)}" cy="{_n(one.y)}" r="{_n(one.radius)}" '
                f'fill="{_fill(one.fill, hue, name)}" stroke="{hue.dark}"/>'
            )
        case Area():
            path = "".join(
                "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in ring) + "Z" for ring in one.rings
            )
            dash = ' stroke-dasharray="2 2"' if one.is_withheld else ""
            return (
                f'<path d="{path}" fill="{_fill(one.fill, hue, name)}" stroke="{hue.edge}" '
                f'stroke-width=".75"{dash}/>'
            )


def _path(one: Rule | Line) -> str:
    if isinstance(one, Line):
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in one.points)
        return f'<polyline points="{points}" fill="none"'
    return f'<line x1="{_n(one.x1)}" y1="{_n(one.y1)}" x2="{_n(one.x2)}" y2="{_n(one.y2)}"'


def _stroke(stroke: Stroke, hue: Hue) -> str:
    return {
        Stroke.GRID: f'stroke="{hue.rule}" stroke-width=".75"',
        Stroke.AXIS: f'stroke="{hue.edge}"',
        Stroke.BREAK: f'stroke="{hue.ink}" stroke-width="1.1" stroke-dasharray="3 2.5"',
        Stroke.SERIES: f'stroke="{hue.dark}" stroke-width="1.75"',
        Stroke.BESIDE: f'stroke="{hue.quiet}" stroke-width="1.25" stroke-dasharray="5 4"',
    }[stroke]


def _words(one: Words, hue: Hue) -> str:
    colour = hue.paper if one.is_white else hue.quiet if one.is_soft else hue.ink
    bold = ' font-weight="700"' if one.is_bold else ""
    ground = ""
    if one.on_hatching:
        wide = width_of(one.text, one.size) + 6
        ground = (
            f'<rect x="{_n(one.x - wide / 2)}" y="{_n(one.y - one.size)}" width="{_n(wide)}" '
            f'height="{_n(one.size * 1.35)}" fill="{hue.paper}"/>'
        )
    return (
        f'{ground}<text x="{_n(one.x)}" y="{_n(one.y)}" font-size="{_n(one.size)}" '
        f'text-anchor="{one.anchor}" fill="{colour}"{bold}>{escape(one.text)}</text>'
    )


def _fill(fill: Fill, hue: Hue, name: str) -> str:
    return {
        Fill.DARK: hue.dark,
        Fill.TINT: hue.tint,
        Fill.SOFT: hue.soft,
        Fill.GREY: hue.grey,
        Fill.WHITE: hue.paper,
        Fill.HATCHED: f"url(#{name}-h)",
        Fill.LIGHT_HATCHED: f"url(#{name}-l)",
    }[fill]


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
