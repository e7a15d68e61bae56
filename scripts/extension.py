"""Pack the browser extension into a zip that is the same each time, and print its SHA-256.

.venv/bin/python scripts/extension.py                    # with extension/centre.json
.venv/bin/python scripts/extension.py --centre OURS.json # with a centre's own

The file names the centre, the address of its report form and the kinds of content that the form
asks for, each in French and English. The zip lies in dist/. Nothing in it is compressed: then no
version of a library changes a byte.
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
    for language in LANGUAGES:
        form = urlsplit(told["form"][language])
        is_safe = form.scheme == "https" or form.hostname in _LOOPBACK
        if not is_safe or form.query or form.fragment:
            raise CentreFaulty("the form has an address of https, without “?” and “#”")
    return text


def packed(centre: str) -> bytes:
    """Return the zip, with a centre's file. Raises CentreFaulty."""
    parts = {
        path.relative_to(SOURCE).as_posix(): path.read_bytes()
        for path in SOURCE.rglob("*")
        if path.is_file() and path.name not in _LEFT_OUT
    }
    parts[CENTRE] = checked(centre).encode()
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as package:
        for name, octets in sorted(parts.items()):
            entry = zipfile.ZipInfo(name, _AT)
            entry.create_system, entry.external_attr = 3, _MODE
            package.writestr(entry, octets)
    return whole.getvalue()


def main() -> int:
    """Write dist/balise-extension.zip; print its SHA-256 and its name."""
    asks = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asks.add_argument("--centre", type=Path, default=SOURCE / CENTRE, help="the centre's file")
    given = asks.parse_args()
    try:
        octets = packed(given.centre.read_text(encoding="utf-8"))
    except (CentreFaulty, OSError) as fault:
        sys.stderr.write(f"{given.centre}: {fault}\n")
        return 1
    made = ROOT / "dist" / "balise-extension.zip"
    made.parent.mkdir(exist_ok=True)
    made.write_bytes(octets)
    sys.stdout.write(f"{sha256(octets).hexdigest()}  {made.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
