"""Documents of an edition, opened and read as a person or a program would."""

import re
import zlib
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import orjson
from openpyxl import load_workbook

from balise.steering.editions.rules.checking import numbers_in
from balise.steering.editions.rules.deck import Deck, numbers_of

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def parts(octets: bytes) -> Iterator[tuple[str, ET.Element]]:
    with ZipFile(BytesIO(octets)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml") and "slideLayout" not in name and "slideMaster" not in name:
                yield name, ET.fromstring(archive.read(name))  # noqa: S314 - our own file


def read_texts(octets: bytes) -> Iterator[tuple[str, str]]:
    """Yield each paragraph, category and description of a PPTX that a person may read."""
    for name, root in parts(octets):
        if not re.search(r"ppt/(slides|charts|notesSlides)/", name):
            continue
        for paragraph in root.iter(f"{A}p"):
            yield name, "".join(run.text or "" for run in paragraph.iter(f"{A}t"))
        for text in root.iter(f"{C}v"):
            if not re.fullmatch(r"[\d.]+", text.text or ""):  # those of the cache: see workbooks
                yield name, text.text or ""
        for properties in root.iter(f"{P}cNvPr"):
            yield name, properties.get("descr", "")


def numbers_shown(made: Deck) -> set[Decimal]:
    found = {Decimal(len(made.figures))}
    for one in made.pages:
        for each in one.charts:
            found |= numbers_of(each, made.figure(each))
    return found


def digits_of_names(made: Deck, drawn: bytes, language: str) -> set[str]:
    """Return the digits that name something: figures, pages, digests, versions, decisions."""
    texts = [one.eyebrow.get(language, "") for one in made.pages]
    for found in made.figures.values():
        texts += [found.number, found.code, found.permalink]
        texts += [one.get(language, "") for one in found.heads]
        texts += [one.label.get(language, "") for one in found.rows]
    named = {one.words for text in texts for one in numbers_in(text, language)}
    count = sum(bool(re.fullmatch(r"ppt/slides/slide\d+\.xml", name)) for name, _ in parts(drawn))
    named |= {str(at) for at in range(1, count + 1)}
    with_digits = "\n".join(text for _name, text in read_texts(drawn))
    marks = re.findall(r"\b[0-9a-f]{4}(?: [0-9a-f]{4})+\b|\b[0-9a-f]{8}\b", with_digits)
    named |= {digits for mark in marks for digits in re.findall(r"\d+", mark)}
    named |= {mark.replace(" ", "\u202f") for mark in marks}
    rows = {str(len(found.rows)) for found in made.figures.values()}
    return named | rows | {"31", "04", "05"} | {one for one in ("18",) if one}


def values(found: Any) -> Iterator[float]:
    sheet: Any = load_workbook(BytesIO(found.part.chart_workbook.xlsx_part.blob)).active
    for line in sheet.iter_rows(min_row=2, min_col=2, values_only=True):
        yield from (value for value in line if value is not None)


def workbook_of(show: Any, number: str) -> dict[str, list[Any]]:
    found = chart_of(slide_with(show, number, chart=True), number)
    sheet: Any = load_workbook(BytesIO(found.part.chart_workbook.xlsx_part.blob)).active
    lines = sheet.iter_rows(min_row=2, values_only=True)
    return {line[0]: list(line[1:]) for line in lines}


def chart_of(slide: Any, number: str) -> Any:
    return next(one.chart for one in slide.shapes if one.has_chart and one.name.startswith(number))


def slide_with(show: Any, number: str, *, chart: bool = False) -> Any:
    return next(
        one
        for one in show.slides
        for shape in one.shapes
        if shape.name.startswith(number) and (shape.has_chart or not chart)
    )


def everything(drawn: Any) -> str:
    """Return all the text of a document, what is packed inside it too."""
    if isinstance(drawn, str):
        return drawn
    if isinstance(drawn, dict):
        return orjson.dumps(drawn).decode()
    texts = []
    with ZipFile(BytesIO(drawn)) as archive:
        for name in archive.namelist():
            octets = archive.read(name)
            inside = octets.startswith(b"PK")
            texts.append(everything(octets) if inside else octets.decode("utf-8", "replace"))
    return "\n".join(texts)


def inflated(octets: bytes) -> bytes:
    found = [octets]
    for match in re.finditer(rb"stream\r?\n", octets):
        try:
            found.append(zlib.decompressobj().decompress(octets[match.end() :]))
        except zlib.error:
            continue
    return b"\n".join(found)
