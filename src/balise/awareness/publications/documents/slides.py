"""Slides of a kit's workshops, which a teacher opens and changes in any program of slides. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import batched
from typing import Any, Final

from pptx import Presentation
from pptx.util import Emu, Pt

from balise.foundation.limited.lanes import PAPERS
from balise.foundation.zipping import rezipped

_TITLE, _BODY = 0, 1  # layouts of the library's own template
_WIDE: Final = (Emu(12_192_000), Emu(6_858_000))  # 16:9
_TEMPLATE_WIDTH: Final = 9_144_000  # its placeholders are those of 4:3
_LINES: Final = 4  # on a slide
_SIZE: Final = Pt(24)
_NO_DAY: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - the library takes a naive one


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide: its title, its lines; what the adult reads beside it."""

    title: str
    lines: Sequence[str]
    notes: str = ""
    is_first: bool = False  # of a workshop, or of all


def spread(slide: Slide) -> Iterator[Slide]:
    """Yield a slide as several where it has too many lines for one."""
    if len(slide.lines) <= _LINES:
        yield slide
        return
    for lines in batched(slide.lines, _LINES, strict=False):
        yield Slide(slide.title, lines, slide.notes)


@PAPERS.turn()
def presented(title: str, language: str, author: str, slides: Iterable[Slide]) -> bytes:
    """Return the slides as PPTX, each with a title that a screen reader announces."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDE
    core = deck.core_properties
    core.title, core.language, core.author, core.last_modified_by = title, language, author, author
    core.created = core.modified = _NO_DAY
    for each in (part for whole in slides for part in spread(whole)):
        _add(deck, each)
    written = BytesIO()
    deck.save(written)
    return rezipped(written.getvalue())


def _add(deck: Any, slide: Slide) -> None:
    drawn = deck.slides.add_slide(deck.slide_layouts[_TITLE if slide.is_first else _BODY])
    for place in drawn.placeholders:
        ratio = deck.slide_width / _TEMPLATE_WIDTH
        place.left, place.top, place.width, place.height = (
            *(int(place.left * ratio), place.top),
            *(int(place.width * ratio), place.height),
        )
    drawn.shapes.title.text = slide.title
    frame = drawn.placeholders[1].text_frame
    frame.word_wrap = True
    for at, line in enumerate(slide.lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = line
        paragraph.font.size = _SIZE
    if slide.notes:
        drawn.notes_slide.notes_text_frame.text = slide.notes
