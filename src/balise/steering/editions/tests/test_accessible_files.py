"""Whether the files of an edition can be read by all, asked of their bytes alone.

PDF, of ISO 14289-1 (PDF/UA-1): 5 says its part; 7.1 is marked, has a title that is shown, its
structure has only standard types; 7.2 says its language; 7.3 each figure has words; 7.4.2 headings
begin at 1 and skip none; 7.5 each table has header cells with a scope; 7.18.3 tabs follow the
structure; 7.21.4.1 each face is inside, with a map to Unicode (7.21.7).

PPTX: title on each slide, read first, of its own; words for each picture, chart, table and group;
a language on each run and on the file; no placeholder that is empty; tables with a head row.

Not asked, as no program can tell or none is here: whether words say what a picture shows; whether
all that is drawn is in the structure, in the order of sense (veraPDF and a person would); contrast
(tests of colours ask it); the bytes of faces; how a screen reader reads an office's charts.
"""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.oxml import parse_xml

from balise.steering.editions.documents import drawn_as
from balise.steering.editions.tests.decks import deck
from balise.steering.editions.tests.opened import A, P, inflated

pytestmark = pytest.mark.whole
each_language = pytest.mark.parametrize("language", ["fr", "en"])


def faults_of_pdf(octets: bytes, language: str) -> list[str]:
    """Return what a PDF lacks of the rules above."""
    plain = inflated(octets)
    asked = {
        "5 no part of PDF/UA": rb"pdfuaid:part>\s*1\s*<",
        "7.1 not marked": rb"/Marked\s+true",
        "7.1 no structure": rb"/StructTreeRoot\b",
        "7.1 its title is not shown": rb"/DisplayDocTitle\s+true",
        "7.1 no title": rb"<dc:title>.*?<rdf:li[^>]*>[^<]+</rdf:li>",
        "7.2 no language": rb"/Lang\s*\(" + language.encode() + rb"\b",
    }
    found = [fault for fault, mark in asked.items() if not re.search(mark, plain, re.DOTALL)]
    figures = len(re.findall(rb"/S\s*/Figure\b", plain))
    if len(re.findall(rb"/Alt\s*[(<]\s*[^\s)>]", plain)) < figures:
        found.append("7.3 a figure without words")
    levels = [int(one) for one in re.findall(rb"/S\s*/H(\d)\b", plain)]
    if not levels or 1 not in levels or set(levels) != set(range(1, max(levels) + 1)):
        found.append("7.4.2 headings skip a level")
    tables = len(re.findall(rb"/S\s*/Table\b", plain))
    heads = len(re.findall(rb"/S\s*/TH\b", plain))
    if heads < tables or len(re.findall(rb"/Scope\s*/", plain)) < heads:
        found.append("7.5 a table without headers")
    pages = len(re.findall(rb"/Type\s*/Page\b", plain))
    if len(re.findall(rb"/Tabs\s*/S\b", plain)) < pages:
        found.append("7.18.3 tabs do not follow the structure")
    faces = len(re.findall(rb"/Type\s*/FontDescriptor\b", plain))
    if not faces or len(re.findall(rb"/FontFile[23]?\b", plain)) < faces:
        found.append("7.21.4.1 a face is not inside")
    if len(re.findall(rb"/ToUnicode\b", plain)) < len(re.findall(rb"/Subtype\s*/Type0\b", plain)):
        found.append("7.21.7 letters without Unicode")
    return found


def faults_of_pptx(octets: bytes) -> list[str]:
    """Return what slides lack of the rules above."""
    found = []
    show = Presentation(BytesIO(octets))
    if not show.core_properties.language or not show.core_properties.title:
        found.append("no language or title of the file")
    titles: set[str] = set()
    for at, slide in enumerate(show.slides, start=1):
        title = slide.shapes.title
        words = title.text_frame.text.strip() if title is not None else ""
        if not words or words in titles or slide.shapes[0] != title:
            found.append(f"slide {at}: no title of its own, first")
        titles.add(words)
        found += [f"slide {at}: {fault}" for one in slide.shapes for fault in _of_shape(one)]
        if any(not one.text_frame.text.strip() for one in slide.placeholders):
            found.append(f"slide {at}: an empty placeholder")
    with ZipFile(BytesIO(octets)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"ppt/(slides|notesSlides)/[a-zA-Z]+\d+\.xml", name):
                for run in parse_xml(archive.read(name)).iter(f"{A}r"):
                    if not (run.find(f"{A}rPr") is not None and run.find(f"{A}rPr").get("lang")):
                        found.append(f"{name}: words without a language")
    return found


def _of_shape(shape: Any) -> list[str]:
    properties = next(shape._element.iter(f"{P}cNvPr"))
    is_decorative = "decorative" in properties.xml
    has_words = shape.has_text_frame and shape.text_frame.text.strip()
    found = []
    if not has_words and not is_decorative and not properties.get("descr", "").strip():
        found.append(f"{shape.name} without words")
    if shape.has_table and not shape.table.first_row:
        found.append(f"{shape.name} without a head row")
    return found


@each_language
def test_a_pdf_has_no_fault(language: str) -> None:
    assert faults_of_pdf(drawn_as("pdf", deck(), language), language) == []


@each_language
def test_slides_have_no_fault(language: str) -> None:
    assert faults_of_pptx(drawn_as("pptx", deck(), language)) == []


def test_the_check_finds_what_is_wrong() -> None:
    assert len(faults_of_pdf(b"%PDF-1.7", "fr")) >= 8
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.add_table(1, 1, 0, 0, 9, 9).table.first_row = False
    written = BytesIO()
    show.save(written)
    faults = "\n".join(faults_of_pptx(written.getvalue()))
    for one in ("no title of its own", "without words", "empty placeholder", "head row"):
        assert one in faults
