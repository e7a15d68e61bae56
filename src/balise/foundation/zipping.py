"""Files in one ZIP: the same contents are the same octets. Pure."""

from collections.abc import Iterable
from io import BytesIO
from lzma import LZMAError
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - a class

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # of ZIP
_READABLE: Final = 0o644 << 16
_UNIX: Final = 3  # the same on each machine
# What reading a stranger's archive in memory raises: each way of packing has errors of its own.
FAULTS: Final = (
    *(BadZipFile, EOFError, LZMAError, NotImplementedError, OSError, RuntimeError, ZlibError),
)
_PACKED: Final = (".pdf", ".pptx", ".zip")  # already


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return files by name as a ZIP, in their order, without a date, device or person."""
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, octets in files:
            entry = ZipInfo(name, _FIRST_DAY)
            entry.external_attr = _READABLE
            entry.create_system = _UNIX
            packed = ZIP_STORED if name.endswith(_PACKED) else ZIP_DEFLATED
            archive.writestr(entry, octets, packed)
    return written.getvalue()


def rezipped(octets: bytes) -> bytes:
    """Return a ZIP that another library wrote, without the moment at which it did."""
    with ZipFile(BytesIO(octets)) as archive:
        return zipped((name, archive.read(name)) for name in archive.namelist())
