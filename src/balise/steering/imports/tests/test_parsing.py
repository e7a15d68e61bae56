"""Files of strangers: what is read of them, and what is refused."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from balise.foundation.limited.child import CannotWork
from balise.foundation.refusals import Refused
from balise.foundation.statistics.quantities import Bound, Quantity
from balise.steering.imports.rules.cells import CellUnreadable, day_of, number_of, span_of
from balise.steering.imports.rules.parsing import FEED, MOST_ROWS, parse
from balise.steering.imports.tests.makers import csv_of, workbook_of

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Veille</title>
 <item><title>Une ligne  ouverte</title><link>https://journal.example/a</link>
  <pubDate>Tue, 10 Mar 2026 23:30:00 +0100</pubDate>
  <source url="https://x.example">Le Journal</source>
  <description>&lt;p&gt;Le centre &lt;b&gt;répond&lt;/b&gt;&lt;/p&gt;</description></item>
 <item><title>Autre</title><link>https://journal.example/b</link><pubDate>hier</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Fil</title>
 <entry><title>Un match</title><link rel="self" href="https://no.example/"/>
  <link href="https://fil.example/m"/><published>2026-09-27T08:00:00Z</published>
  <summary>Pour les enfants</summary></entry></feed>"""


def rows(octets: bytes) -> list[list[str]]:
    return [cells for _number, cells in json.loads(parse(octets))["rows"]]


def test_a_csv_is_read_whichever_program_saved_it() -> None:
    expected = [["jour", "titre"], ["2026-03-12", "Été"]]
    text = "jour;titre\r\n\r\n2026-03-12;Été\r\n"
    for octets in (
        text.encode("utf-8-sig"),
        text.encode("cp1252"),
        text.replace(";", "\t").encode("utf-16"),
    ):
        assert rows(octets) == expected
    assert json.loads(parse(text.encode()))["rows"][1][0] == 3


def test_a_workbook_is_read_with_its_days_and_numbers() -> None:
    found = rows(workbook_of(("jour", "audience"), (date(2026, 3, 12), 22_900.0)))
    assert found == [["jour", "audience"], ["2026-03-12", "22900"]]


def test_feeds_are_read_in_both_formats() -> None:
    head, one, other = rows(RSS.encode())
    assert tuple(head) == FEED
    assert one == [
        "2026-03-10",
        "Le Journal",
        "Une ligne ouverte",
        "https://journal.example/a",
        "Le centre répond",
    ]
    assert other[:2] == ["hier", "Veille"]
    assert rows(ATOM.encode())[1] == [
        "2026-09-27",
        "Le Fil",
        "Un match",
        "https://fil.example/m",
        "Pour les enfants",
    ]


def bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return written.getvalue()


ENTITIES = b"""<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel/></rss>"""


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"", "empty"),
        (b"jour;titre\n", "empty"),
        (b"\x00\x01\x02", "unreadable"),
        (b'a;"b', "unreadable"),
        (b"PK\x03\x04rest", "unreadable"),
        (b"<html><body/></html>", "not-a-feed"),
        (b"<rss><channel>", "unreadable"),
        (ENTITIES, "document-type"),
        (csv_of(*([("a", "b")] * (MOST_ROWS + 2))), "too-many-rows"),
    ],
)
def test_what_is_no_file_of_rows_is_refused_with_its_reason(octets: bytes, code: str) -> None:
    with pytest.raises(CannotWork) as refused:
        parse(octets)
    assert refused.value.code == code


def test_what_unpacks_without_measure_is_not_opened() -> None:
    with pytest.raises(CannotWork, match="grows"):
        parse(bomb())


def test_days_are_read_as_they_are_written_here() -> None:
    day = date(2026, 3, 12)
    for text in ("2026-03-12", "12/03/2026", "12.3.2026", " 2026-03-12 08:30", "2026-03-12T08:30Z"):
        assert day_of(text) == day
    for text in ("", "hier", "12/03/26", "31/02/2026", "2026-13-01", "03-12-2026"):
        with pytest.raises(CellUnreadable):
            day_of(text)


def test_spans_are_days_weeks_months_and_years() -> None:
    assert span_of("2026-03") == (date(2026, 3, 1), date(2026, 3, 31))
    assert span_of("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert span_of("2026") == (date(2026, 1, 1), date(2026, 12, 31))
    assert span_of("2026-03-02,2026-03-08") == (date(2026, 3, 2), date(2026, 3, 8))
    assert span_of("12/03/2026") == (date(2026, 3, 12), date(2026, 3, 12))
    with pytest.raises(CellUnreadable):
        span_of("2026-13")


@pytest.mark.parametrize(
    ("text", "number", "bound"),
    [
        ("22,9 K", 22_900, Bound.ABOUT),
        ("22,9\u202fK", 22_900, Bound.ABOUT),
        ("247\u00a0Mn", 247_000_000, Bound.ABOUT),
        ("13,5 Mn €", 13_500_000, Bound.ABOUT),
        ("1\u202f010", 1_010, Bound.EXACT),
        ("387 253", 387_253, Bound.EXACT),
        ("plus de 8 000", 8_000, Bound.AT_LEAST),
    ],
)
def test_numbers_are_read_as_they_are_printed(text: str, number: int, bound: Bound) -> None:
    assert number_of(text) == Quantity(Decimal(number), bound)


def test_what_is_no_number_is_refused() -> None:
    for text in ("", "beaucoup", "12/03/2026"):
        with pytest.raises(Refused):
            number_of(text)
