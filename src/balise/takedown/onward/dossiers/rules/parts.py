"""The parts of a package, the manifest that names their hashes, and the file that holds them.

A package is one .zip. What tells of the content is in it open, or encrypted as an age file with the
same manifest next to it: someone who opens an encrypted part can check it like the rest.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from hashlib import sha256

from balise.foundation.zipping import FAULTS

DOSSIER = "dossier.json"
PAPERS = {"fr": "dossier.fr.pdf", "en": "dossier.en.pdf"}
CONTENT = (DOSSIER, *PAPERS.values())
PAPER = "evidence.pdf"
ARCHIVE = "evidence.zip"
EVIDENCE = (PAPER, ARCHIVE)  # of what another line brought; else there is none
SEALABLE = (*CONTENT, *EVIDENCE)
ABOUT = "about.json"
README = {"fr": "LISEZMOI.txt", "en": "README.txt"}
SCRIPT = "verify.sh"
KEY = "signing-key.pem"
ROOTS = "timestamp-roots.pem"
SEALED = ".age"

MANIFEST = "manifest.sha256"
SIGNATURE = "manifest.sig"
TIMESTAMP = "manifest.tsr"
# What proves the manifest is not named in it: a wrong key or root makes the proof fail.
PROOFS = (MANIFEST, SIGNATURE, TIMESTAMP, KEY, ROOTS)
KNOWN = frozenset(
    [*SEALABLE, *(f"{name}{SEALED}" for name in SEALABLE), ABOUT, *README.values(), SCRIPT, *PROOFS]
)

MOST_OCTETS = 64 * 1024 * 1024
_LINE = re.compile(r"(?P<hash>[0-9a-f]{64})  (?P<name>[A-Za-z0-9.-]+)")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # no date and no name of a machine: the package tells its own


class PackageFaulty(ValueError):
    """A file is no package of a dossier; the message says why."""


def manifest_of(parts: Mapping[str, bytes]) -> bytes:
    """Return the manifest of parts, in the form that `sha256sum --check` reads."""
    lines = (f"{sha256(parts[name]).hexdigest()}  {name}\n" for name in sorted(parts))
    return "".join(lines).encode()


def read_manifest(octets: bytes) -> dict[str, str]:
    """Return the hash of each part that a manifest names, or raise PackageFaulty."""
    try:
        lines = octets.decode("ascii").splitlines()
    except UnicodeDecodeError:
        raise PackageFaulty("the manifest is not text") from None
    found: dict[str, str] = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None or match["name"] in found:
            raise PackageFaulty(f"the manifest has a line that is none: {line[:80]!r}")
        found[match["name"]] = match["hash"]
    return found


def without_open(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with the content sealed alone."""
    return {name: part for name, part in parts.items() if name not in SEALABLE}


def without_sealed(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with the content open alone."""
    return {name: part for name, part in parts.items() if not name.endswith(SEALED)}


def zipped(parts: Mapping[str, bytes], *, folder: str) -> bytes:
    """Return the parts as one .zip, in one folder; the same parts always give the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, so that the script may be run
            entry.external_attr = (0o755 if name == SCRIPT else 0o644) << 16
            package.writestr(entry, parts[name])
    return written.getvalue()


def unzipped(octets: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name, or raise PackageFaulty.

    Refuses names that no package has, a name that comes twice, a second folder, and what would
    unpack to more than 64 MiB.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > MOST_OCTETS:
                raise PackageFaulty("it unpacks to more than any dossier")
            folders = {entry.filename.rpartition("/")[0] for entry in entries}
            if len(folders) > 1:
                raise PackageFaulty("it has more than one folder")
            parts: dict[str, bytes] = {}
            for entry in entries:
                name = entry.filename.rpartition("/")[2]
                if name in parts:
                    raise PackageFaulty(f"{name} is there twice")
                parts[name] = package.read(entry)
    except FAULTS as error:
        raise PackageFaulty(f"it is no .zip that can be read: {error}") from None
    unknown = sorted(set(parts) - KNOWN)
    if unknown:
        raise PackageFaulty(f"{', '.join(map(repr, unknown))} does not belong to a dossier")
    return parts


def hash_problems(parts: Mapping[str, bytes], manifest: Mapping[str, str]) -> list[str]:
    """Return what is wrong between parts and their manifest, one sentence each."""
    problems = []
    for name, expected in sorted(manifest.items()):
        part = parts.get(name)
        if part is None:
            twin = name.removesuffix(SEALED) if name.endswith(SEALED) else f"{name}{SEALED}"
            if name.removesuffix(SEALED) not in SEALABLE or not (
                twin in parts and twin in manifest
            ):
                problems.append(f"{name} is missing")
        elif sha256(part).hexdigest() != expected:
            problems.append(f"{name} was changed: its hash is not that of the manifest")
    unnamed = sorted(set(parts) - set(manifest) - set(PROOFS))
    problems += [f"{name} is not in the manifest" for name in unnamed]
    asked = (ABOUT, SCRIPT, *README.values(), *CONTENT)
    problems += [f"the manifest does not name {name}" for name in asked if name not in manifest]
    return problems
