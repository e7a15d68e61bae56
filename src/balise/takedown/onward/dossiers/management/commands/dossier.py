"""`balise dossier`: check packages that were handed over, wherever they come from."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.takedown.onward.dossiers.documents.verifying import Finding, Trust, examined, unreadable


class Command(BaseCommand):
    help = "Check dossiers for the police: hashes, signature, timestamp."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True, metavar="ORDER")
        verify = orders.add_parser("verify", help="say of each file whether it holds, and why not")
        verify.add_argument("files", nargs="+", metavar="FILE", type=Path)
        verify.add_argument("--json", action="store_true", help="one JSON object a line")
        verify.add_argument("--key", type=Path, help="the centre's key (PEM), not this ring's")
        verify.add_argument("--roots", type=Path, help="timestamp authorities to trust (PEM)")
        verify.add_argument(
            "--identity", type=Path, help="an age identity that opens what is sealed"
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        trust = _trust(options)
        failed = 0
        for path in options["files"]:
            found = _examined(path, trust)
            failed += not found.valid
            if options["json"]:
                self.stdout.write(orjson.dumps(_document(path, found)).decode())
            else:
                self.stdout.write(_sentence(path, found))
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} do not hold.")


def _examined(path: Path, trust: Trust) -> Finding:
    try:
        return examined(path.read_bytes(), trust=trust)
    except OSError as error:
        return unreadable(f"it cannot be read: {error.strerror}")


def _trust(options: dict[str, Any]) -> Trust:
    roots = options["roots"] or settings.TSA_ROOTS
    try:
        return Trust(
            key=options["key"].read_bytes() if options["key"] else None,
            roots=roots.read_bytes() if options["roots"] or roots.exists() else None,
            identity=_identity(options["identity"]) if options["identity"] else "",
        )
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}") from error


def _identity(path: Path) -> str:
    """Return the identity in a file of age-keygen, among its comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((line for line in lines if line and not line.startswith("#")), "")


def _document(path: Path, found: Finding) -> dict[str, object]:
    return {
        "file": str(path),
        "valid": found.valid,
        "number": found.number,
        "problems": list(found.problems),
        "signed_by": found.signed_by,
        "timestamped_at": found.timestamped_at,
        "sealed": found.sealed,
    }


def _sentence(path: Path, found: Finding) -> str:
    if not found.valid:
        return "\n".join([f"{path}: does not hold", *(f"  {each}" for each in found.problems)])
    dated = (
        f", timestamped {found.timestamped_at:%Y-%m-%d %H:%M:%S} UTC"
        if found.timestamped_at
        else ""
    )
    return f"{path}: dossier {found.number} holds, signed by {found.signed_by}{dated}"
