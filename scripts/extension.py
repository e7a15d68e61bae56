"""Pack the browser extension into a zip that is the same each time, and print its SHA-256.

.venv/bin/python scripts/extension.py                    # with extension/centre.json
.venv/bin/python scripts/extension.py --centre OURS.json # with a centre's own

The file names the centre, the address of its report form and the kinds of content that the form
asks for, each in French and English. The zip lies in dist/. Nothing in it is compressed: then no
version of a library changes a byte.

A file that has "staff" as well, the address of the staff's page for fingerprints
(https://…/staff/hotline/fingerprints/), gives the package for analysts: it may also ask the open
page where its pictures are, and computes the fingerprint of one (docs/decisions/0076).
"""

import argparse
import io
import json
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
SOURCE: Final = ROOT / "extension"
CENTRE: Final = "centre.json"
MANIFEST: Final = "manifest.json"
HASHING: Final = ROOT / "src/balise/hotline/matching/signals/static/signals"
HASHES: Final = ("pdq.js", "header.js", "bars.js", "reading.js", "known.js")
_ANALYST: Final = "analyst"
LANGUAGES: Final = ("fr", "en")
_LEFT_OUT: Final = {"icon.svg", "README.md"}
_AT: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip knows
_MODE: Final = 0o100644 << 16
_LOOPBACK: Final = {"127.0.0.1", "localhost"}


class CentreFaulty(ValueError):
    """The file of a centre does not say what it must."""


def checked(text: str) -> str:
    """Return the text of a centre's file. Raises CentreFaulty."""
    try:
        told: dict[str, Any] = json.loads(text)
        words = [told["name"], told["form"], *(kind["label"] for kind in told["kinds"])]
        is_whole = all(kind["code"] for kind in told["kinds"]) and all(
            isinstance(each[language], str) and each[language]
            for each in words
            for language in LANGUAGES
        )
    except (ValueError, KeyError, TypeError) as fault:
        raise CentreFaulty("name, form and kinds are needed, in French and English") from fault
    if not is_whole:
        raise CentreFaulty("name, form and kinds are needed, in French and English")
    addresses = [told["form"][language] for language in LANGUAGES]
    if not all(map(_is_safe, [*addresses, told.get("staff", addresses[0])])):
        raise CentreFaulty("an address is one of https, without “?” and “#”")
    return text


def _is_safe(address: object) -> bool:
    if not isinstance(address, str):
        return False
    form = urlsplit(address)
    is_safe = form.scheme == "https" or form.hostname in _LOOPBACK
    return is_safe and not form.query and not form.fragment


def files(centre: str) -> dict[str, bytes]:
    """Return the files of the package by their paths, with a centre's own. Raises CentreFaulty."""
    found = {
        path.relative_to(SOURCE): path.read_bytes()
        for path in SOURCE.rglob("*")
        if path.is_file() and path.name not in _LEFT_OUT
    }
    parts = {path.as_posix(): each for path, each in found.items() if path.parts[0] != _ANALYST}
    parts[CENTRE] = checked(centre).encode()
    if is_for_analysts(centre):
        parts |= {path.name: each for path, each in found.items() if path.parts[0] == _ANALYST}
        parts |= {name: (HASHING / name).read_bytes() for name in HASHES}
        manifest = json.loads(parts[MANIFEST])
        manifest["permissions"].append("scripting")  # of a page that was pressed on, no other
        parts[MANIFEST] = json.dumps(manifest, indent=2, ensure_ascii=False).encode() + b"\n"
    return parts


def is_for_analysts(centre: str) -> bool:
    """Return whether a centre's file names the staff's page."""
    return "staff" in json.loads(centre)


def packed(centre: str) -> bytes:
    """Return the zip, with a centre's file. Raises CentreFaulty."""
    parts = files(centre)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as package:
        for name, octets in sorted(parts.items()):
            entry = zipfile.ZipInfo(name, _AT)
            entry.create_system, entry.external_attr = 3, _MODE
            package.writestr(entry, octets)
    return whole.getvalue()


def main() -> int:
    """Write dist/balise-extension.zip, or that of analysts; print its SHA-256 and its name."""
    asks = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asks.add_argument("--centre", type=Path, default=SOURCE / CENTRE, help="the centre's file")
    given = asks.parse_args()
    try:
        centre = given.centre.read_text(encoding="utf-8")
        octets = packed(centre)
    except (CentreFaulty, OSError) as fault:
        sys.stderr.write(f"{given.centre}: {fault}\n")
        return 1
    name = "balise-extension-analysts" if is_for_analysts(centre) else "balise-extension"
    made = ROOT / "dist" / f"{name}.zip"
    made.parent.mkdir(exist_ok=True)
    made.write_bytes(octets)
    sys.stdout.write(f"{sha256(octets).hexdigest()}  {made.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
