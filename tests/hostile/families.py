"""The families: the reader, the file as it is made, and what is wanted in what is said of it."""

import json
from collections.abc import Callable
from typing import Final

from tests.hostile.makers import (
    MIB,
    archive,
    archive_of,
    chunk,
    external,
    jpeg,
    laughing,
    mail,
    packed,
    parts_in_parts,
    png,
    rows,
    webp,
    workbook,
)

type Family = tuple[str, Callable[[], bytes], str]

ITEM: Final = b"<assessmentItem>&a;</assessmentItem>"
CELL: Final = b'<c r="A1" t="inlineStr"><is><t>a</t></is></c>'
EVENT: Final = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

TOML: Final[dict[str, Family]] = {
    "TOML: a key of many parts": ("toml", lambda: b".".join([b"a"] * 90_000) + b"=1", "toml"),
    "TOML: lists in lists": ("toml", lambda: b"a=" + b"[" * 90_000, "toml"),
    "TOML: a number without end": ("toml", lambda: b"a=" + b"9" * 90_000, "toml"),
    "TOML: a date of no day": ("toml", lambda: b"a=2026-02-31", "toml"),
}
JSON: Final[dict[str, Family]] = {
    "JSON: lists in lists": ("json", lambda: b"[" * MIB, "json"),
    "JSON: objects in objects": ("json", lambda: b'{"a":' * 200_000, "json"),
    "JSON: a huge number": ("json", lambda: b"[" + b"9" * MIB + b"]", "json"),
    "JSON: a huge exponent": ("json", lambda: b"[1e999999999]", "json"),
    "JSON: a key twice": ("json", lambda: b'{"a":1,"\\u0061":2}', "key-twice"),
    "JSON: no number": ("json", lambda: b"[NaN, Infinity]", "json"),
    "JSON: half of a sign": ("json", lambda: b'["\\ud800"]', "json"),
    "JSON: two marks of order": ("json", lambda: b"\xef\xbb\xbf\xef\xbb\xbf{}", "json"),
    "JSON: many keys": (
        "json",
        lambda: json.dumps({str(nth): nth for nth in range(100_000)}).encode(),
        "read",
    ),
    "JSON: a line of another kind": ("entries", lambda: b'{"a":1}\n[\n' * 1_000, "read"),
    "JSON: a charter cut short": (
        "charter",
        lambda: b'{"balise": "charter", "a": ' + b"[" * 30_000,
        "charter-damaged",
    ),
}
SHEETS: Final[dict[str, Family]] = {
    "CSV: a quotation without end": ("sheet", lambda: b'a;"b\n' + b"c;d\n" * 300_000, "read"),
    "CSV: zero octets": ("sheet", lambda: b"a;b\n" + bytes(MIB), "sheet"),
    "CSV: a row of a million cells": ("sheet", lambda: b"a" + b";" * 1_000_000, "read"),
    "CSV: two encodings": ("sheet", lambda: "é;è\n".encode() + b"\xe9;\xe8\n", "read"),
    "CSV: a million lines": ("sheet", lambda: b"a\n" * 1_000_000, "rows"),
    "CSV: half of UTF-16": ("sheet", lambda: b"\xff\xfea", "read"),
    "CSV: reports without end": ("desk", lambda: b'address\n"' + b"a\n" * 300_000, "file-refused"),
    "XLSX: a sheet that swells": ("sheet", lambda: workbook(rows(b" " * 80 * MIB)), "grows"),
    "XLSX: entities": ("sheet", lambda: workbook(laughing(rows(b"&i;"))), "sheet"),
    "XLSX: a file of the machine": ("sheet", lambda: workbook(external(rows(b"&a;"))), "sheet"),
    "XLSX: a cell in the last column": (
        "sheet",
        lambda: workbook(rows(b'<row r="1"><c r="XFD1" t="n"><v>1</v></c></row>')),
        "read",
    ),
    "XLSX: a row with the last number": (
        "sheet",
        lambda: workbook(rows(b'<row r="1048576">' + CELL + b"</row>")),
        "read",
    ),
    "XLSX: a column that is none": (
        "sheet",
        lambda: workbook(rows(b'<row r="1"><c r="ZZZZZZZ9" t="n"><v>1</v></c></row>')),
        "sheet",
    ),
    "XLSX: a string that is not there": (
        "sheet",
        lambda: workbook(rows(b'<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>')),
        "sheet",
    ),
    "XLSX: a link to another book": (
        "sheet",
        lambda: workbook(
            rows(b'<row r="1">' + CELL + b"</row>"),
            more={
                "xl/externalLinks/externalLink1.xml": external(b"<externalLink>&a;</externalLink>")
            },
        ),
        "read",
    ),
}
ARCHIVES: Final[dict[str, Family]] = {
    "ZIP: a package that swells": (
        "questions",
        lambda: archive(imsmanifest=b"", a=b" " * 80 * MIB),
        "file-faulty",
    ),
    "ZIP: names that lead out": (
        "questions",
        lambda: archive_of(["../../a.xml"], ITEM),
        "file-faulty",
    ),
    "ZIP: a link": (
        "evidence",
        lambda: archive_of(["items/a"], b"/etc/passwd", mode=0o120777),
        "read",
    ),
    "ZIP: evidence from above": ("evidence", lambda: archive_of(["../a"], b"a"), "does not belong"),
    "ZIP: evidence that swells": (
        "evidence",
        lambda: archive_of([f"items/{nth:02d}-a.bin" for nth in range(40)], bytes(20 * MIB)),
        "unpacks to more",
    ),
    "ZIP: a dossier of two folders": (
        "dossier",
        lambda: archive_of(["a/about.json", "b/about.json"], b"{}"),
        "more than one folder",
    ),
    "ZIP: cut short": ("dossier", lambda: archive(a=b"a" * 1_000)[:-30], "no .zip"),
    "ZIP: in a way we do not read": (
        "evidence",
        lambda: archive(a=b"a" * 100).replace(b"\x08\x00", b"\x0c\x00"),
        "no .zip",
    ),
}
XML: Final[dict[str, Family]] = {
    "XML: a thousand million laughs": ("questions", lambda: laughing(ITEM), "file-faulty"),
    "XML: a file of the machine": ("questions", lambda: external(ITEM), "file-faulty"),
    "XML: elements in elements": ("questions", lambda: b"<a>" * 100_000, "file-faulty"),
    "XML: a hundred thousand attributes": (
        "questions",
        lambda: b"<a " + b" ".join(b'a%d=""' % nth for nth in range(100_000)) + b"/>",
        "file-faulty",
    ),
    "XML: a feed that laughs": (
        "feed",
        lambda: laughing(b"<OAI-PMH>&j;</OAI-PMH>"),
        "document-type",
    ),
    "XML: a feed in another encoding": (
        "feed",
        lambda: b'<?xml version="1.0" encoding="utf-7"?><OAI-PMH/>',
        "not-xml",
    ),
    "SVG: a badge that laughs": (
        "badge",
        lambda: laughing(b'<svg xmlns="http://www.w3.org/2000/svg">&j;</svg>'),
        "not-json",
    ),
    "SVG: a badge of many levels": ("badge", lambda: b"<svg>" + b"<g>" * 100_000, "not-json"),
    "SVG: a picture with a script": ("picture", lambda: b"<svg onload='a()'></svg>", "kind"),
    "badge: contexts without end": (
        "badge",
        lambda: b'{"@context":' + b'[{"a":' * 40_000,
        "not-json",
    ),
}
WORDS: Final[dict[str, Family]] = {
    "GIFT: braces without end": ("questions", lambda: b"::a:: {" * 30_000, "read"),
    "GIFT: a title without end": ("questions", lambda: b"::" * 100_000, "read"),
    "GIFT: a million choices": ("questions", lambda: b"a {" + b"~a" * 90_000 + b"}", "read"),
    "Twee: names without end": ("twine", lambda: b":: Start\n" + b":: " + b"a" * 500_000, "read"),
    "Twee: brackets without end": ("twine", lambda: b":: Start\n" + b"[[" * 250_000, "read"),
    "Twee: macros without end": ("twine", lambda: b":: Start\n" + b"(a:" * 150_000, "read"),
    "Twee: remarks without end": ("twine", lambda: b":: Start\n" + b"<!--" * 120_000, "read"),
    "Twee: a word without end": ("twine", lambda: b":: Start\n" + b"a" * 500_000, "read"),
    "Twee: tags without end": ("twine", lambda: b":: Start\n" + b"<a" * 250_000, "read"),
    "Twee: a thousand of one name": (
        "twine",
        lambda: b":: Start\na\n" + "".join(f":: é{'!' * nth}\na\n" for nth in range(900)).encode(),
        "read",
    ),
    "ink: a divert to itself": (
        "story",
        lambda: json.dumps(
            {"inkVersion": 21, "root": [[{"->": "0"}, None], "done", None], "listDefs": {}}
        ).encode(),
        "endless",
    ),
    "ink: levels without end": (
        "story",
        lambda: b'{"inkVersion":21,"root":' + b"[" * 500_000,
        "unreadable",
    ),
    "page: scripts without end": (
        "page",
        lambda: b'<script type="application/ld+json">' * 20_000,
        "not-json",
    ),
    "page: remarks without end": (
        "page",
        lambda: b"<!--" * 200_000 + b"<![" * 200_000,
        "no-json-ld",
    ),
    "notices: levels without end": ("notices", lambda: b'{"a":' * 100_000, "notice-unreadable"),
}
PICTURES: Final[dict[str, Family]] = {
    "PNG: of 65,000 by 65,000 points": ("picture", lambda: png(65_000, 65_000), "points"),
    "PNG: that unpacks to 200 MB": (
        "hash",
        lambda: png(2_000, 2_000, lines=bytes(200 * MIB)),
        "read",
    ),
    "PNG: a remark that unpacks to 200 MB": (
        "child's picture",
        lambda: png(
            8, 8, lines=bytes(72), chunks=chunk(b"zTXt", b"a\0\0" + packed(bytes(200 * MIB)))
        ),
        "picture-is-none",
    ),
    "PNG: cut short": ("picture", lambda: png(100, 100, lines=bytes(10_100))[:-30], "broken"),
    "PNG: without a point": ("hash", lambda: png(0, 0), "kind"),
    "JPEG: a head alone": ("child's picture", lambda: jpeg(5_000, 5_000), "picture-is-none"),
    "JPEG: of 65,000 by 65,000 points": ("hash", lambda: jpeg(65_000, 65_000), "kind"),
    "WebP: of 16 million by 16 million points": ("hash", lambda: webp(1 << 24, 1 << 24), "kind"),
    "PDF: that says it is a picture": ("picture", lambda: b"%PDF-1.7\n" * 1_000, "kind"),
}
MAILS: Final[dict[str, Family]] = {
    "mail: parts in parts": ("mail", lambda: parts_in_parts(2_000), "unreadable"),
    "mail: a header without end": (
        "mail",
        lambda: mail(b"Content-Type: " + b"a;" * 90_000),
        "header-too-long",
    ),
    "mail: ten thousand headers": (
        "mail",
        lambda: mail(b"To: a@a.example\r\n" * 10_000),
        "head-too-long",
    ),
    "mail: words in words": ("mail", lambda: mail(b"Subject: " + b"=?utf-8?q?" * 5_000), "read"),
    "mail: remarks in remarks": ("mail", lambda: mail(b"From: " + b"(" * 8_000 + b"\r\n"), "read"),
    "mail: a message in a message": (
        "mail",
        lambda: b"Content-Type: message/rfc822\r\n\r\n" * 3_000,
        "unreadable",
    ),
}
CALENDARS: Final[dict[str, Family]] = {
    "iCalendar: parts in parts": ("calendar", lambda: b"BEGIN:VEVENT\r\n" * 50_000, "no calendar"),
    "iCalendar: a line without end": ("calendar", lambda: EVENT % (b"UID:" + b"a" * MIB), "read"),
    "iCalendar: folds without end": (
        "calendar",
        lambda: EVENT % (b"UID:a" + b"\r\n a" * 200_000),
        "read",
    ),
    "iCalendar: a year of no calendar": (
        "calendar",
        lambda: EVENT % b"DTSTART:99999999T999999Z",
        "read",
    ),
    "iCalendar: parameters without end": (
        "calendar",
        lambda: EVENT % (b"DTSTART" + b";A=b" * 50_000 + b":20260101"),
        "read",
    ),
}
FAMILIES: Final = TOML | JSON | SHEETS | ARCHIVES | XML | WORDS | PICTURES | MAILS | CALENDARS
