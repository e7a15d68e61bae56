"""What the archive holds: for each line, a manifest a month, and a file for each of its events.

    archive/hotline/2026-03.json
    archive/hotline/2026-03/hotline.report.received-5f0c….parquet

A month is a stretch of its line's chain: it begins behind the month before, and names the chain's
hash at its end. Each manifest names the digest of the one before, so the last one's digest stands
for all that is archived of a line.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from shutil import copyfileobj
from typing import Annotated, Literal

import orjson
from django.core.files.storage import default_storage
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from balise.foundation.journal.models import Link
from balise.foundation.journal.verifying import first_hash

PLACE = "archive"
_MANIFEST = re.compile(r"[0-9]{4}-[0-9]{2}\.json")

type Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
type Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,99}$")]


class ArchiveFaulty(Exception):
    """The archive is not what was written, or not of this journal: nothing is counted from it."""


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EventFile(_Written):
    """The facts of one event in one month: a Parquet file, its rows in the chain's order.

    Columns are `_seq` (place), `_at` (moment), and one for each fact: whole numbers and dates as
    such, anything else as the word by which it is counted.
    """

    event: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{2,79}$")]
    sha256: Digest
    rows: Annotated[int, Field(ge=1)]
    since: datetime
    until: datetime
    columns: dict[Name, Literal["BIGINT", "DATE", "VARCHAR"]]


class Month(_Written):
    """A manifest: the places of a chain that a month holds, and its files."""

    format: Literal["balise.archive/1"] = "balise.archive/1"
    line: Annotated[str, Field(pattern=r"^[a-z]{1,20}$")]
    month: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}$")]
    first: int
    last: int
    hash: Digest  # of the chain, at `last`
    previous: Digest | Literal[""]  # the digest of the manifest before
    files: tuple[EventFile, ...]

    @property
    def text(self) -> bytes:
        """The manifest as it is stored."""
        document = self.model_dump(mode="json")
        return orjson.dumps(document, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2)

    @property
    def digest(self) -> str:
        """The SHA-256 of the manifest, hexadecimal."""
        return sha256(self.text).hexdigest()

    @property
    def name(self) -> str:
        """Where the manifest is stored."""
        return f"{PLACE}/{self.line}/{self.month}.json"

    def place_of(self, file: EventFile) -> str:
        """Return where one of its files is stored."""
        return f"{PLACE}/{self.line}/{self.month}/{file.event}-{file.sha256[:16]}.parquet"


class End(_Written):
    """Where a line's archive ends: place and hash of the chain, month and digest of the last."""

    seq: int
    hash: bytes
    month: str = ""
    digest: str = ""


def archived(line: str) -> list[Month]:
    """Return what is archived of a line, in the chain's order; raise `ArchiveFaulty`.

    Refused are a manifest that was changed or is missing between others, and an archive of
    another journal.
    """
    months: list[Month] = []
    for name in _manifests(line):
        with default_storage.open(f"{PLACE}/{line}/{name}") as file:
            text = file.read()
        try:
            month = Month.model_validate_json(text)
        except ValidationError as error:
            raise ArchiveFaulty(f"{line}/{name} is no manifest of an archive") from error
        end = end_of(line, months)
        follows = month.first == end.seq + 1 <= month.last and month.previous == end.digest
        if month.text != text or (month.line, f"{month.month}.json") != (line, name) or not follows:
            raise ArchiveFaulty(f"{line}/{name} does not follow the month before: changed, or gone")
        months.append(month)
    lasts = [month.last for month in months]
    links = Link.objects.filter(line=line, seq__in=lasts).values_list("seq", "hash")
    hashes = {seq: bytes(ending).hex() for seq, ending in links}
    for month in months:
        if hashes.get(month.last) != month.hash:
            raise ArchiveFaulty(f"{month.name} is of another journal: its chain ends otherwise")
    return months


def end_of(line: str, months: list[Month]) -> End:
    """Return where the archive of a line ends."""
    if not months:
        return End(seq=0, hash=first_hash(line))
    last = months[-1]
    return End(seq=last.last, hash=bytes.fromhex(last.hash), month=last.month, digest=last.digest)


@contextmanager
def fetched(month: Month, file: EventFile, folder: Path) -> Iterator[Path]:
    """Give a file of the archive as a path; raise `ArchiveFaulty` unless it is what was written."""
    name = month.place_of(file)
    copy = folder / "fetched.parquet"
    try:
        path = _path_of(name, copy)
        with path.open("rb") as held:
            digest = file_digest(held, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise ArchiveFaulty(f"{name} is gone") from error
    if digest != file.sha256:
        raise ArchiveFaulty(f"{name} was changed or cut: its digest is another one")
    try:
        yield path
    finally:
        copy.unlink(missing_ok=True)


def _path_of(name: str, copy: Path) -> Path:
    """Return the path of a stored file, or that of a copy where a storage has no paths."""
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        with default_storage.open(name) as stored, copy.open("wb") as held:
            copyfileobj(stored, held)
        return copy


def _manifests(line: str) -> list[str]:
    try:
        _folders, names = default_storage.listdir(f"{PLACE}/{line}")
    except FileNotFoundError:
        return []
    return sorted(name for name in names if _MANIFEST.fullmatch(name))
