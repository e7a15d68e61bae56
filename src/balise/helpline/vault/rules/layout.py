"""The layout of a dossier for a complaint: one ZIP, made on the device or here, the same. Pure.

manifest.json               what each item is, its hash, salt and commitment; the log's last hash
items/NN-ID.EXT             the originals, octet for octet
stamps/ID.tsr               the authority's whole answer (RFC 3161)
stamps/ID.commitment        the 32 bytes that it dates: SHA-256 of salt, then original
certificates/roots.pem      the certificates that the centre trusts
log.jsonl                   the log (`rules/chain.py`), one entry a line
hashes.sha256               of all other files, for `sha256sum --check`
LISEZMOI.txt, README.txt    how to check with openssl and sha256sum
verify.html                 the same without network, in a browser
timeline.pdf                what happened, for people; from the centre alone
contents.html               what is in it, in order, for people; from the device alone
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

import orjson

from balise.foundation.zipping import FAULTS, zipped

MANIFEST: Final = "manifest.json"
LOG: Final = "log.jsonl"
HASHES: Final = "hashes.sha256"
ROOTS: Final = "certificates/roots.pem"
TIMELINE: Final = "timeline.pdf"
PAGE: Final = "verify.html"
READMES: Final = ("LISEZMOI.txt", "README.txt")

MOST_OCTETS: Final = 512 * 1024 * 1024
MOST_FILES: Final = 2_000

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*(/[A-Za-z0-9][A-Za-z0-9.-]*)?")
_LINE: Final = re.compile(r"(?P<hash>[0-9a-f]{64})  (?P<name>\S+)")
_ID: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_EXTENSIONS: Final = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "image/gif": ".gif",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "video/quicktime": ".mov",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/uri-list": ".txt",
}


class DossierFaulty(ValueError):
    """A file is no dossier; the message says why."""


def file_of(number: int, item_id: str, media_type: str) -> str:
    """Return the name of an original: never the person's own, and no extension that may be run."""
    named = item_id if _ID.fullmatch(item_id) else "item"
    return f"items/{number:02d}-{named}{_EXTENSIONS.get(media_type.lower(), '.bin')}"


def stamp_of(item_id: str) -> tuple[str, str]:
    """Return the names of an item's timestamp, and of the bytes that it dates."""
    return f"stamps/{item_id}.tsr", f"stamps/{item_id}.commitment"


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as a dossier, with the hashes of all of them."""
    hashes = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return zipped([*sorted(files.items()), (HASHES, hashes.encode())])


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """Return a manifest as a file: people can read it."""
    return orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2) + b"\n"


def unpacked(octets: bytes) -> dict[str, bytes]:
    """Return the files of a dossier by name; refuses (DossierFaulty) what is none.

    A name with another form, one that comes twice, too many files or octets are refused.
    """
    try:
        with ZipFile(BytesIO(octets)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            sizes = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_FILES or sizes > MOST_OCTETS:
                raise DossierFaulty("it unpacks to more than any dossier")
            files: dict[str, bytes] = {}
            for entry in entries:
                if entry.filename in files or not _NAME.fullmatch(entry.filename):
                    raise DossierFaulty(f"{entry.filename[:80]!r} does not belong to a dossier")
                files[entry.filename] = archive.read(entry)
    except FAULTS as fault:
        raise DossierFaulty(f"it is no .zip that can be read: {fault}") from None
    return files


def hash_problems(files: Mapping[str, bytes]) -> list[str]:
    """Return what is wrong between files and `hashes.sha256`, one sentence each."""
    named: dict[str, str] = {}
    for line in files.get(HASHES, b"").decode("ascii", "replace").splitlines():
        match = _LINE.fullmatch(line)
        if match is None or match["name"] in named:
            return [f"{HASHES} has a line that is none"]
        named[match["name"]] = match["hash"]
    problems = [
        f"{name} is missing" if name not in files else f"{name} was changed"
        for name, expected in sorted(named.items())
        if name not in files or sha256(files[name]).hexdigest() != expected
    ]
    unnamed = sorted(files.keys() - named.keys() - {HASHES})
    return problems + [f"{name} is not in {HASHES}" for name in unnamed]
