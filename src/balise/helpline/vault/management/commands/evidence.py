"""`balise evidence`: check a dossier of a vault, wherever it was made."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.foundation.encryption.timestamps import trusted_roots
from balise.helpline.vault.documents.dating import stamped_at
from balise.helpline.vault.rules.verdicts import Report, Verdict, judged


class Command(BaseCommand):
    help = "Check a dossier of a vault: hashes, log, timestamps."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True, metavar="ORDER")
        verify = orders.add_parser("verify", help="say of each item whether it holds")
        verify.add_argument("file", metavar="FILE", type=Path)
        verify.add_argument("--json", action="store_true", help="one JSON object")
        verify.add_argument("--roots", type=Path, help="timestamp authorities to trust (PEM)")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            octets = options["file"].read_bytes()
            roots = options["roots"].read_bytes() if options["roots"] else trusted_roots()
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        report = judged(octets, dated=lambda answer, message: _moment(answer, message, roots))
        if options["json"]:
            self.stdout.write(orjson.dumps(report.document()).decode())
        else:
            self.stdout.write(_words(report))
        if report.verdict is Verdict.FAILS:
            raise CommandError("The dossier does not hold.")


def _moment(answer: bytes, message: bytes, roots: bytes) -> str:
    at = stamped_at(answer, message, roots=roots)
    return at.isoformat() if at else ""


def _words(report: Report) -> str:
    lines = [
        f"{item.name}: {item.verdict} (log {item.chain}, timestamp {item.timestamp or 'none'})"
        for item in report.items
    ]
    return "\n".join([*lines, *report.problems, f"verdict: {report.verdict}"])
