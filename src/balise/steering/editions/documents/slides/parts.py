"""What slides are made of: text in its language, shapes, descriptions. Points are PowerPoint's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from balise.steering.rules.drawing.shapes import (
    Area,
    Bar,
    Box,
    Fill,
    Rule,
    Shape,
    Stroke,
    Words,
    width_of,
)
from balise.steering.rules.drawing.svg import EDGE, GREY, INK, PAPER, RULE, SOFT, Hue

FACE: Final = "Atkinson Hyperlegible"
LANGUAGES: Final = {"fr": "fr-FR", "en": "en-GB", "de": "de-DE", "nl": "nl-NL"}
_ALIGNED: Final = {"start": PP_ALIGN.LEFT, "middle": PP_ALIGN.CENTER, "end": PP_ALIGN.RIGHT}
_DECORATIVE: Final = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle of a slide, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def emus(self) -> tuple[Any, Any, Any, Any]:
        return Pt(self.x), Pt(self.y), Pt(self.width), Pt(self.height)

    def below(self, height: float) -> "Place":
        """Return what is left under so many points."""
        return Place(self.x, self.y + height, self.width, self.height - height)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look."""

    text: str
    size: float = 14
    colour: str = INK
    is_bold: bool = False


class Pen:
    """Draws on one slide, in one language and one line's colours."""

    def __init__(self, slide: Any, language: str, hue: Hue) -> None:
        self.slide = slide
        self.language = LANGUAGES.get(language, language)
        self.hue = hue

    def text(
        self,
        place: Place,
        *paragraphs: Sequence[Run],
        anchor: str = "start",
        name: str = "",
        space: float = 0,
        at_bottom: bool = False,
    ) -> Any:
        """Add a box of paragraphs without margins."""
        box = self.slide.shapes.add_textbox(*place.emus)
        if name:
            box.name = name
        frame = box.text_frame
        if at_bottom:
            frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        self.fill(frame, paragraphs, anchor=anchor, space=space)
        return box

    def fill(
        self,
        frame: Any,
        paragraphs: Iterable[Sequence[Run]],
        *,
        anchor: str = "start",
        space: float = 0,
    ) -> None:
        """Write paragraphs into a text frame."""
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for at, runs in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.alignment = _ALIGNED[anchor]
            if at and space:
                paragraph.space_before = Pt(space)
            for run in runs:
                self.run(paragraph, run)

    def run(self, paragraph: Any, run: Run) -> None:
        """Add words to a paragraph, in the slide's language."""
        made = paragraph.add_run()
        made.text = run.text
        made.font.size, made.font.bold = Pt(run.size), run.is_bold
        made.font.name = FACE
        made.font.color.rgb = rgb(run.colour)
        made._r.get_or_add_rPr().set("lang", self.language)

    def shape(self, one: Shape, origin: Place) -> None:
        """Add a shape of a picture whose top left is that of the place."""
        match one:
            case Box():
                self._box(one, origin)
            case Rule():
                self._rule(one, origin)
            case Words():
                self._words(one, origin)
            case Bar():
                place = Place(origin.x + one.x, origin.y + one.y, one.width, one.height)
                made = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place.emus)
                plain(made)
                fill_with(made, one.fill, self.hue)
                decorative(made)
            case Area():
                self._area(one, origin)
            case _:
                raise TypeError(f"a slide has no {type(one).__name__}")

    def _box(self, one: Box, origin: Place) -> None:
        place = Place(origin.x + one.x, origin.y + one.y, one.width, one.height)
        made = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place.emus)
        plain(made)
        made.fill.solid()
        made.fill.fore_color.rgb = rgb(PAPER)
        made.line.color.rgb, made.line.width = rgb(EDGE), Pt(1)
        made.line.dash_style = MSO_LINE.ROUND_DOT
        frame = made.text_frame
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        self.fill(frame, [[Run(one.words, 9)]], anchor="middle")
        frame.word_wrap = False

    def _rule(self, one: Rule, origin: Place) -> None:
        line = self.slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT,
            *(Pt(origin.x + one.x1), Pt(origin.y + one.y1)),
            *(Pt(origin.x + one.x2), Pt(origin.y + one.y2)),
        )
        plain(line)
        is_break = one.stroke is Stroke.BREAK
        line.line.color.rgb = rgb(INK if is_break else RULE)
        line.line.width = Pt(1.1 if is_break else 0.75)
        if is_break:
            line.line.dash_style = MSO_LINE.DASH
        decorative(line)

    def _words(self, one: Words, origin: Place) -> None:
        wide = width_of(one.text, one.size) * 1.12 + 6
        left = {"start": 0.0, "middle": wide / 2, "end": wide}[one.anchor]
        y = origin.y + one.y - one.size
        place = Place(origin.x + one.x - left, y, wide, one.size * 1.3)
        run = Run(one.text, one.size, SOFT if one.is_soft else INK, one.is_bold)
        self.text(place, [run], anchor=one.anchor).text_frame.word_wrap = False

    def _area(self, one: Area, origin: Place) -> None:
        for ring in one.rings:
            if len(ring) < 3:  # noqa: PLR2004 - a line has no inside
                continue
            made = polygon(self.slide, [(origin.x + x, origin.y + y) for x, y in ring])
            fill_with(made, one.fill, self.hue)
            made.line.color.rgb = rgb(EDGE)
            if one.is_withheld:
                made.line.dash_style = MSO_LINE.ROUND_DOT
            decorative(made)


def polygon(slide: Any, points: Sequence[tuple[float, float]]) -> Any:
    """Add a closed outline."""
    scale = 12_700 / 100  # hundredths of a point
    built = slide.shapes.build_freeform(round(points[0][0] * 100), round(points[0][1] * 100), scale)
    built.add_line_segments([(round(x * 100), round(y * 100)) for x, y in points[1:]], close=True)
    made = built.convert_to_shape()
    plain(made)
    return made


def fill_with(made: Any, fill: Fill, hue: Hue) -> None:
    """Fill a shape, a series or a point, with the outline that goes with it."""
    look = made.format if hasattr(made, "format") else made
    colours = {
        Fill.DARK: hue.dark,
        Fill.TINT: hue.tint,
        Fill.SOFT: hue.soft,
        Fill.GREY: GREY,
        Fill.WHITE: PAPER,
    }
    if fill in colours:
        look.fill.solid()
        look.fill.fore_color.rgb = rgb(colours[fill])
    else:
        look.fill.patterned()
        look.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        look.fill.fore_color.rgb = rgb(hue.dark)
        look.fill.back_color.rgb = rgb(PAPER if fill is Fill.HATCHED else hue.tint)
    look.line.color.rgb = rgb(EDGE if fill in {Fill.GREY, Fill.WHITE} else hue.dark)
    look.line.width = Pt(0.75)


def plain(shape: Any) -> None:
    """Take the look of the library's theme from a shape: its shadow, its colours."""
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)


def rgb(colour: str) -> RGBColor:
    """Return a `#rrggbb` colour as the library takes it."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]  # the library's own


def describe(shape: Any, name: str, words: str) -> None:
    """Give a shape its name and the description that is read where it is not seen."""
    properties = _properties(shape)
    properties.set("name", name)
    properties.set("descr", words)


def decorative(shape: Any) -> None:
    """Say that a shape tells nothing, so that a screen reader passes over it."""
    properties = _properties(shape)
    properties.append(parse_xml(_DECORATIVE))


def _properties(shape: Any) -> Any:
    return next(shape._element.iter(qn("p:cNvPr")))
