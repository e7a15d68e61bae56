"""Whether an item of a dossier, and the dossier, hold. Pure; the caller asks for the timestamps."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

import orjson

from balise.foundation import strict_json
from balise.foundation.zipping import FAULTS, zipped
from balise.helpline.vault.rules import chain
from balise.helpline.vault.rules.items import commitment

# The layout of a dossier for a complaint: one ZIP, made on the device or here, the same. Pure.
#
# manifest.json               what each item is, its hash, salt and commitment; the log's last hash
# items/NN-ID.EXT             the originals, octet for octet
# stamps/ID.tsr               the authority's whole answer (RFC 3161)
# stamps/ID.commitment        the 32 bytes that it dates: SHA-256 of salt, then original
# certificates/roots.pem      the certificates that the centre trusts
# log.jsonl                   the log (`rules/chain.py`), one entry a line
# hashes.sha256               of all other files, for `sha256sum --check`
# LISEZMOI.txt, README.txt    how to check with openssl and sha256sum
# verify.html                 the same without network, in a browser
# timeline.pdf                what happened, for people; from the centre alone
# contents.html               what is in it, in order, for people; from the device alone


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


# Given the whole answer and the bytes that it dates: when, as ISO 8601; "" where it does not hold.
type Dated = Callable[[bytes, bytes], str]


class Chain(StrEnum):
    """Whether the log tells of an item, and holds."""

    HOLDS = "holds"
    BROKEN = "broken"
    ABSENT = "absent"


class Verdict(StrEnum):
    """What is true of an item, or of a dossier (HOLDS, PARTLY, FAILS)."""

    HOLDS = "holds"
    UNDATED = "undated"
    WITHHELD = "withheld"  # the centre that made the dossier may not take the original out
    MISSING = "missing"
    CHANGED = "changed"
    PARTLY = "partly"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Found:
    """One item as it was found."""

    name: str
    sha256: str
    chain: Chain
    timestamp: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: each item, one verdict, and what is wrong besides (sentences)."""

    items: tuple[Found, ...]
    verdict: Verdict
    problems: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return it as it is printed."""
        return {
            "items": [asdict(item) for item in self.items],
            "verdict": self.verdict,
            "problems": self.problems,
        }


_GOOD: Final = frozenset({Verdict.HOLDS, Verdict.UNDATED, Verdict.WITHHELD})


def judged(octets: bytes, *, dated: Dated) -> Report:
    """Return what is true of a file, whatever it is. Nothing that it says is believed."""
    try:
        files = unpacked(octets)
        manifest = _manifest(files)
    except DossierFaulty as fault:
        return Report((), Verdict.FAILS, (str(fault),))
    problems = hash_problems(files)
    entries = _log(files, manifest, problems)
    items = tuple(_item(one, files, entries, dated) for one in manifest["items"])
    return Report(items, _verdict(items, problems), tuple(problems))


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    try:
        found = strict_json.loads(files.get(MANIFEST, b""))
    except strict_json.FAULTS:
        raise DossierFaulty("it has no manifest") from None
    items = found.get("items") if isinstance(found, dict) else None
    is_one = isinstance(items, list) and all(isinstance(item, dict) for item in items)
    if not is_one or found.get("v") != 1:
        raise DossierFaulty("its manifest is of another form")
    return dict(found)


def _log(
    files: Mapping[str, bytes], manifest: Mapping[str, Any], problems: list[str]
) -> Sequence[chain.Entry] | None:
    """Return the entries of a log that holds; None for one that does not."""
    try:
        entries = chain.read(files.get(LOG, b""))
        head = chain.head_of(entries)
    except chain.ChainBroken as fault:
        problems.append(f"the log does not hold: {fault}")
        return None
    if manifest.get("log") != {"entries": len(entries), "head": head}:
        problems.append("the log is not the one that the manifest names")
        return None
    return entries


def _item(
    said: Mapping[str, Any],
    files: Mapping[str, bytes],
    entries: Sequence[chain.Entry] | None,
    dated: Dated,
) -> Found:
    name, promised = str(said.get("file", "")), str(said.get("commitment", ""))
    in_log = _chain(said, promised, entries)
    timestamp = _timestamp(said, promised, files, dated)
    original = files.get(name)
    if original is None:
        is_withheld = said.get("withheld") is True
        verdict = Verdict.WITHHELD if is_withheld else Verdict.MISSING
        if verdict is Verdict.WITHHELD and (in_log is not Chain.HOLDS or timestamp is None):
            verdict = Verdict.FAILS
        return Found(name, "", in_log, timestamp or "", verdict)
    digest = sha256(original).hexdigest()
    if digest != said.get("sha256") or promised != _commitment(said, original):
        verdict = Verdict.CHANGED
    elif in_log is not Chain.HOLDS or timestamp is None:
        verdict = Verdict.FAILS
    else:
        verdict = Verdict.HOLDS if timestamp else Verdict.UNDATED
    return Found(name, digest, in_log, timestamp or "", verdict)


def _chain(said: Mapping[str, Any], promised: str, entries: Sequence[chain.Entry] | None) -> Chain:
    if entries is None:
        return Chain.BROKEN
    told = any(
        entry["item"] == said.get("id")
        and entry["commitment"] == promised
        and entry["kind"] in chain.BEGINS
        for entry in entries
    )
    return Chain.HOLDS if told else Chain.ABSENT


def _timestamp(
    said: Mapping[str, Any], promised: str, files: Mapping[str, bytes], dated: Dated
) -> str | None:
    """Return when an item was dated; "" where nobody says so, None where that does not hold."""
    stamp = said.get("stamp")
    if not stamp:
        return ""
    try:
        message = bytes.fromhex(promised)
    except ValueError:
        return None
    return dated(files.get(str(stamp), b""), message) or None


def _commitment(said: Mapping[str, Any], original: bytes) -> str | None:
    try:
        return commitment(str(said.get("salt", "")), original)
    except ValueError:
        return None


def _verdict(items: Sequence[Found], problems: Sequence[str]) -> Verdict:
    if problems or not items or any(item.verdict not in _GOOD for item in items):
        return Verdict.FAILS
    is_whole = all(item.verdict is Verdict.HOLDS for item in items)
    return Verdict.HOLDS if is_whole else Verdict.PARTLY
