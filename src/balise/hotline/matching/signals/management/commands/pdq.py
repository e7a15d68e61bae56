"""`balise pdq hash` and `distance`: the hashes of pictures, and how far two are apart."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.hotline.matching.signals.documents import apart
from balise.hotline.matching.signals.rules.kinds import HashKind, Unreadable, read
from balise.hotline.matching.signals.rules.pdq import distance

UNREADABLE = "unreadable"  # the file is missing, or may not be read


class Command(BaseCommand):
    help = "Hash pictures, or tell how far two hashes are apart."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        hashing = commands.add_parser("hash", help="PDQ and quality of pictures, a line a file")
        hashing.add_argument("files", nargs="+", type=Path, metavar="FILE")
        hashing.add_argument("--turns", action="store_true", help="all eight turns and mirrors")
        apart_ = commands.add_parser("distance", help="bits of 256 in which two hashes differ")
        for name in ("A", "B"):
            apart_.add_argument(name, help="64 hexadecimal digits")
        for each in (hashing, apart_):
            each.add_argument("--json", action="store_true", help="one JSON object a line")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if options["command"] == "hash":
            self._hash(options["files"], turns=options["turns"], as_json=options["json"])
            return
        try:
            bits = distance(read(HashKind.PDQ, options["A"]), read(HashKind.PDQ, options["B"]))
        except Unreadable:
            raise CommandError("a PDQ is 64 hexadecimal digits") from None
        self.stdout.write(
            orjson.dumps({"distance": bits}).decode() if options["json"] else f"{bits}"
        )

    def _hash(self, files: Iterable[Path], *, turns: bool, as_json: bool) -> None:
        for file in files:
            told = _told(file, turns=turns)
            if as_json:
                self.stdout.write(orjson.dumps(told).decode())
            elif "error" in told:
                self.stderr.write(f"{told['file']}: {told['error']}")
            else:
                size = f"{told['width']}x{told['height']}"
                self.stdout.write(f"{told['pdq']} {told['quality']:>3} {size} {told['file']}")
                for turn in told.get("turns", ()):
                    self.stdout.write(f"{turn}")


def _told(file: Path, *, turns: bool) -> dict[str, Any]:
    """Return what a line says of a file; one that is refused has `error`, a code."""
    told: dict[str, Any] = {"file": str(file)}
    try:
        if file.stat().st_size > apart.MOST_OCTETS:
            return told | {"error": apart.TOO_LARGE}
        found = apart.hash_file(file.read_bytes())
    except OSError:
        return told | {"error": UNREADABLE}
    except apart.NotHashed as refused:
        return told | {"error": refused.why}
    told |= {
        "pdq": found.pdq.value.hex(),
        "quality": found.pdq.quality,
        "width": found.width,
        "height": found.height,
    }
    return told | {"turns": [turn.hex() for turn in found.pdq.turns]} if turns else told
