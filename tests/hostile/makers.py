"""Hostile files, each made when it is asked for, small, and kept nowhere."""

import io
import struct
import zipfile
import zlib
from typing import Final

MIB: Final = 1 << 20


def archive(**members: bytes) -> bytes:
    """Return a ZIP archive of these files; `__` in a name is a `/`."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, octets in members.items():
            packed.writestr(name.replace("__", "/"), octets)
    return written.getvalue()


def archive_of(names: list[str], octets: bytes, *, mode: int = 0) -> bytes:
    """Return a ZIP archive whose files have any names, and a mode of Unix."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            told = zipfile.ZipInfo(name)
            told.external_attr = mode << 16
            packed.writestr(told, octets, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def workbook(sheet: bytes, *, strings: bytes = b"", more: dict[str, bytes] | None = None) -> bytes:
    """Return a workbook of one sheet, whose XML is given as it is."""
    of = "http://schemas.openxmlformats.org/"
    kind = f"{of}officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{of}package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{of}package/2006/relationships"><Relationship '
        f'Id="a" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{of}spreadsheetml/2006/main" xmlns:r="{kind}">'
        '<sheets><sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{of}package/2006/relationships">'
        f'<Relationship Id="a" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
    }
    octets = {name: text.encode() for name, text in parts.items()}
    octets["xl/worksheets/sheet1.xml"] = sheet
    if strings:
        octets["xl/sharedStrings.xml"] = strings
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (octets | (more or {})).items():
            packed.writestr(name, content)
    return written.getvalue()


def rows(inside: bytes) -> bytes:
    """Return the XML of a sheet."""
    of = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="' + of + b'"><sheetData>' + inside + b"</sheetData></worksheet>"


def laughing(root: bytes) -> bytes:
    """Return XML of 1 kB whose one entity is ten to the ninth of another."""
    entities = b"".join(
        b'<!ENTITY %c "%s">' % (98 + nth, b"&%c;" % (97 + nth) * 10) for nth in range(9)
    )
    return b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + entities + b"]>" + root


def external(root: bytes) -> bytes:
    """Return XML that asks for a file of the machine."""
    return b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + root


def png(width: int, height: int, *, lines: bytes = b"", chunks: bytes = b"") -> bytes:
    """Return a PNG that says this size; its points are `lines`."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunks + chunk(b"IDAT", zlib.compress(lines, 9))
    return b"\x89PNG\r\n\x1a\n" + parts + chunk(b"IEND", b"")


def chunk(name: bytes, octets: bytes) -> bytes:
    """Return a part of a PNG."""
    ends = struct.pack(">I", zlib.crc32(name + octets))
    return struct.pack(">I", len(octets)) + name + octets + ends


def jpeg(width: int, height: int) -> bytes:
    """Return the head of a JPEG that says this size, and nothing after it."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda\x00\x08"


def webp(width: int, height: int) -> bytes:
    """Return the head of a WebP that says this size."""
    told = struct.pack("<I", 0)
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    inside = b"WEBPVP8X" + struct.pack("<I", 10) + told + sizes
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def mail(head: bytes = b"", body: bytes = b"") -> bytes:
    """Return a mail with more headers."""
    return b"From: a@a.example\r\nTo: b@b.example\r\nSubject: a\r\n" + head + b"\r\n" + body


def parts_in_parts(deep: int) -> bytes:
    """Return a mail of parts within parts."""
    found = b""
    for nth in range(deep):
        kind = b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (nth, nth)
        found += kind
    return mail(found, b"a")


def packed(octets: bytes) -> bytes:
    """Return octets as zlib packs them."""
    return zlib.compress(octets, 9)
