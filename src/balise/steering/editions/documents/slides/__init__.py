"""An edition as PPTX: native charts, titles in their places, notes, the language of each run.

The same deck is the same bytes: what python-pptx dates has the edition's moment.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from io import BytesIO
from itertools import batched
from math import ceil
from typing import Any, Final
from zipfile import ZipFile

from django.utils.translation import gettext as _, override
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from balise.foundation.limited.lanes import PAPERS
from balise.foundation.zipping import rezipped, zipped
from balise.steering.editions.documents import cover
from balise.steering.editions.documents.register import Entry, grouped
from balise.steering.editions.documents.slides import body, native
from balise.steering.editions.documents.slides.parts import (
    FACE,
    Pen,
    Place,
    Run,
    decorative,
    plain,
    polygon,
    rgb,
)
from balise.steering.editions.documents.tables import alternative
from balise.steering.editions.documents.told import (
    NO_LINKS,
    Figure,
    Leaf,
    Links,
    Telling,
    told,
)
from balise.steering.editions.rules.checking import MOST_CHARTS
from balise.steering.editions.rules.deck import Deck, Form, PageKind
from balise.steering.rules.drawing.svg import (
    BEAM,
    INK,
    NIGHT,
    ON_NIGHT,
    ON_NIGHT_SOFT,
    RULE,
    SOFT,
    hue,
)

_TITLE_ONLY: Final = 5  # layout of the library's own template
_TITLE_LETTER: Final = 0.66  # of its size, in bold Verdana
_ENTRIES: Final = 20  # of the register, on a slide
_TABLE_ROWS: Final = 15
_MOMENT: Final = re.compile(
    rb"(<dcterms:(?:created|modified)\b[^<>]{0,60}>)[^<>]{0,40}(?=<)",
)


@dataclass(frozen=True, slots=True)
class _Slide:
    """A leaf, or one part of it where it does not hold on one slide."""

    leaf: Leaf
    entries: Sequence[Entry] = ()


@PAPERS.turn()
def drawn(deck: Deck, language: str, links: Links = NO_LINKS) -> bytes:
    """Return the edition as PPTX, in one language."""
    with override(language):
        said = told(deck, language, links)
        show = Presentation()
        show.slide_width, show.slide_height = Pt(960), Pt(540)
        _name(show, deck, said)
        slides = _paged(list(_spread(said)))
        for one in slides:
            _add(show, deck, said, one, count=len(slides))
        written = BytesIO()
        moment = deck.as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        for part in show.part.package.iter_parts():
            if part.partname.endswith(".xlsx"):
                part._blob = _undated(part.blob, moment)
        show.save(written)
    return rezipped(written.getvalue())


def _name(show: Any, deck: Deck, said: Telling) -> None:
    core = show.core_properties
    core.title, core.subject = f"{said.title} · {said.edition}", grouped(said.digest)
    core.author = core.last_modified_by = "Balise"
    core.language, core.keywords, core.comments = said.language, "", ""
    core.revision = 1
    core.created = core.modified = deck.as_of.astimezone(UTC).replace(tzinfo=None)
    for part in show.part.package.iter_parts():
        if "/theme/" in part.partname:
            part._blob = part.blob.replace(b'typeface="Calibri"', f'typeface="{FACE}"'.encode())


def _undated(workbook: bytes, moment: bytes) -> bytes:
    """Return the workbook of a chart with the edition's moment in place of the present one."""
    with ZipFile(BytesIO(workbook)) as archive:
        return zipped(
            (name, _MOMENT.sub(rb"\g<1>" + moment, archive.read(name)))
            for name in archive.namelist()
        )


def _spread(said: Telling) -> Iterator[_Slide]:
    """Yield the slides, in order; titles stay unique where a page needs several."""
    for leaf in said.leaves:
        if leaf.kind is PageKind.REGISTER:
            parts = [_Slide(leaf, part) for part in batched(said.register, _ENTRIES, strict=False)]
            parts += [_Slide(replace(leaf, sentences=part)) for part in body.spread(leaf.sentences)]
            yield from _numbered(parts or [_Slide(leaf)])
        elif leaf.kind is PageKind.COVER:
            yield _Slide(leaf)
        else:
            yield from _numbered([_Slide(part) for part in _parts(leaf)])


def _parts(leaf: Leaf) -> Iterator[Leaf]:
    """Yield a page as several where it has too many charts, rows or sentences for one."""
    if not leaf.figures:
        yield from (replace(leaf, sentences=part) for part in body.spread(leaf.sentences))
        if not leaf.sentences:
            yield leaf
        return
    groups: list[list[Any]] = [[]]
    for figure in leaf.figures:
        parts = list(_parts_of(figure))
        for part in parts:
            is_alone = len(parts) > 1 or body.is_tall(figure)
            is_full = len(groups[-1]) >= MOST_CHARTS or any(map(body.is_tall, groups[-1]))
            if groups[-1] and (is_alone or is_full):
                groups.append([])
            groups[-1].append(part)
    for at, group in enumerate(groups):
        sentences = leaf.sentences if at == 0 else ()
        yield replace(leaf, figures=tuple(group), sentences=sentences)


def _parts_of(figure: Figure) -> Iterator[Figure]:
    """Yield a figure as several where it has too many rows, or small charts, for one slide."""
    if body.is_table(figure):
        for lines in batched(figure.lines, _TABLE_ROWS, strict=False):
            yield replace(figure, lines=lines)
    elif figure.fitted.form is Form.MULTIPLES:
        for rows in batched(figure.fitted.rows, native.MOST_MULTIPLES, strict=False):
            yield replace(figure, fitted=replace(figure.fitted, rows=rows))
    else:
        yield figure


def _numbered(slides: Sequence[_Slide]) -> Iterator[_Slide]:
    for at, one in enumerate(slides, start=1):
        title = one.leaf.title
        if len(slides) > 1:
            words = {"title": title, "number": at, "count": len(slides)}
            title = _("%(title)s (%(number)s of %(count)s)") % words
        yield replace(one, leaf=replace(one.leaf, title=title))


def _paged(slides: Sequence[_Slide]) -> list[_Slide]:
    """Return the slides with their own numbers, which the register says too."""
    on: dict[str, list[int]] = {}
    for at, one in enumerate(slides, start=1):
        for number in dict.fromkeys(figure.table.number for figure in one.leaf.figures):
            on.setdefault(number, []).append(at)
    return [
        _Slide(
            replace(one.leaf, number=at),
            [replace(entry, pages=tuple(on.get(entry.number, ()))) for entry in one.entries],
        )
        for at, one in enumerate(slides, start=1)
    ]


def _add(show: Any, deck: Deck, said: Telling, one: _Slide, *, count: int) -> None:
    slide = show.slides.add_slide(show.slide_layouts[_TITLE_ONLY])
    pen = Pen(slide, said.language, hue(one.leaf.line))
    if one.leaf.kind is PageKind.COVER:
        _cover(pen, said, one.leaf)
    else:
        _title(pen, one.leaf.title, Place(40, 40, 860, 60), Run("", 24, INK, is_bold=True))
        _eyebrow(pen, one.leaf)
        if one.entries:
            body.register(pen, said.heads, one.entries)
        else:
            body.draw(pen, deck, one.leaf, said.language)
        _footer(pen, said, one.leaf, count)
    _notes(pen, said, one.leaf)


def _title(pen: Pen, words: str, place: Place, look: Run) -> None:
    """Write the title where a screen reader looks for it."""
    title = pen.slide.shapes.title
    title.left, title.top, title.width, title.height = place.emus
    frame = title.text_frame
    lines = ceil(len(words) * look.size * _TITLE_LETTER / place.width)
    size = look.size if lines <= 2 else look.size * 0.8  # noqa: PLR2004 - two lines at most
    pen.fill(frame, [[replace(look, text=words, size=size)]])
    frame.vertical_anchor = 1
    frame.auto_size = None


def _eyebrow(pen: Pen, leaf: Leaf) -> None:
    mark = pen.slide.shapes.add_shape(
        body.MARKS.get(leaf.line, body.MARKS[""]), *Place(40, 25, 8, 8).emus
    )
    plain(mark)
    mark.fill.solid()
    mark.fill.fore_color.rgb = rgb(pen.hue.dark)
    mark.line.fill.background()
    decorative(mark)
    pen.text(Place(54, 22, 600, 15), [Run(leaf.eyebrow, 11, pen.hue.dark, is_bold=True)])


def _footer(pen: Pen, said: Telling, leaf: Leaf, count: int) -> None:
    line = pen.slide.shapes.add_connector(1, Pt(40), Pt(492), Pt(920), Pt(492))
    plain(line)
    line.line.color.rgb = rgb(RULE)
    line.line.width = Pt(0.75)
    decorative(line)
    left = [Run(_("As of %(moment)s") % {"moment": said.as_of}, 9, SOFT)]
    if said.invented:
        left.append(Run(f" · {said.invented}", 9, SOFT))
    pen.text(Place(40, 498, 560, 14), left)
    words = {"edition": f"{said.edition}", "number": leaf.number, "count": count}
    right = _("%(edition)s · page %(number)s of %(count)s") % words
    pen.text(Place(600, 498, 320, 14), [Run(right, 9, SOFT)], anchor="end")


def _cover(pen: Pen, said: Telling, leaf: Leaf) -> None:
    fill = pen.slide.background.fill
    fill.solid()
    fill.fore_color.rgb = rgb(NIGHT)
    _title(pen, leaf.title, Place(40, 84, 430, 120), Run("", 38, ON_NIGHT, is_bold=True))
    pen.slide.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    for colour, points in cover.POLYGONS:
        shape = polygon(pen.slide, points)
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(colour)
        shape.line.fill.background()
        decorative(shape)
    pen.text(Place(40, 212, 430, 28), [Run(said.edition, 20, BEAM, is_bold=True)])
    for at, (term, words) in enumerate(said.facts):
        y = 256 + 22 * at
        pen.text(Place(40, y, 100, 18), [Run(term, 13, ON_NIGHT_SOFT)])
        pen.text(Place(146, y, 340, 18), [Run(words, 13, ON_NIGHT)])
    marks = [Run(said.marks, 10.5, ON_NIGHT_SOFT)]
    if said.invented:
        marks.append(Run(f" {said.invented}", 10.5, ON_NIGHT, is_bold=True))
    pen.text(Place(40, 440, 480, 70), marks)


def _notes(pen: Pen, said: Telling, leaf: Leaf) -> None:
    """Write what the page says without its pictures: its notes, each figure with its method."""
    words = [leaf.notes, *(alternative(figure, said.language) for figure in leaf.figures)]
    if leaf.kind is PageKind.COVER:
        words += [said.edition, *said.fact_lines, said.marks]
    written = [line for text in words if text for line in text.split("\n")]
    frame = pen.slide.notes_slide.notes_text_frame
    frame.text = ""
    for at, line in enumerate(written):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        pen.run(paragraph, Run(line, 12))
