"""The files that dumps come in: CSV, or zip archives of it, some within others."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, TextIO

from django.utils.translation import gettext_lazy as _

from balise.takedown.statements.rules.dumps import DumpUnreadable

# A day of all platforms is some gigabytes; what grows a hundredfold and more is no CSV of them.
MOST_BYTES = 64 * 1024**3
MOST_GROWTH = 200
MOST_MEMBERS = 10_000
_SMALL = 64 * 1024  # too little to judge its growth by
_DEEPEST = 2
_IN_MEMORY = 8 * 1024 * 1024
_AT_ONCE = 1024 * 1024

_BOMB = _("This archive expands too much. It was not read.")
_NO_CSV = _("This archive contains no CSV.")
_BROKEN = _("This archive is broken.")


def parts(file: BinaryIO, *, name: str) -> Iterator[tuple[str, TextIO]]:
    """Yield each CSV of a file, with its name; one is read before the next is opened."""
    if not zipfile.is_zipfile(file):
        file.seek(0)
        with _as_text(file) as text:
            yield name, text
        return
    file.seek(0)
    found = False
    for part in _parts_of(file, depth=1):
        found = True
        yield part
    if not found:
        raise DumpUnreadable(str(_NO_CSV))


def _parts_of(file: IO[bytes], *, depth: int) -> Iterator[tuple[str, TextIO]]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError):
        raise DumpUnreadable(str(_BROKEN)) from None
    with archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
        _check(members)
        for member in sorted(members, key=lambda each: each.filename):
            ending = member.filename.lower().rpartition(".")[2]
            if ending == "csv":
                with _opened(archive, member) as inside, _as_text(inside) as text:
                    yield member.filename, text
            elif ending == "zip" and depth < _DEEPEST:
                with _opened(archive, member) as inside, _whole(inside) as copy:
                    yield from _parts_of(copy, depth=depth + 1)


def _check(members: list[zipfile.ZipInfo]) -> None:
    grows = any(
        each.file_size > _SMALL and each.file_size > MOST_GROWTH * max(each.compress_size, 1)
        for each in members
    )
    if grows or len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_BYTES:
        raise DumpUnreadable(str(_BOMB))


@contextmanager
def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    try:
        with archive.open(member) as inside:
            yield inside
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        raise DumpUnreadable(str(_BROKEN)) from None


@contextmanager
def _whole(inside: IO[bytes]) -> Iterator[IO[bytes]]:
    """What is within an archive has to be whole to be one; it is public, so a disk may hold it."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        while chunk := inside.read(_AT_ONCE):
            copy.write(chunk)
            if copy.tell() > MOST_BYTES:
                raise DumpUnreadable(str(_BOMB))
        copy.seek(0)
        yield copy


@contextmanager
def _as_text(file: IO[bytes]) -> Iterator[TextIO]:
    # Invalid UTF-8 is only in free text, which is not kept: it corrupts no row.
    text = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()
