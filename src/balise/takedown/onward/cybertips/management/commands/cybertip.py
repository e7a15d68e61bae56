"""`balise cybertip`: check documents of NCMEC's Reporting API before anyone sends them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.takedown.onward.cybertips.rules.checking import errors_of


class Command(BaseCommand):
    help = "Check CyberTip documents (report, fileDetails) against what NCMEC asks of them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True, metavar="ORDER")
        validate = orders.add_parser("validate", help="say of each file what is wrong, and where")
        validate.add_argument("files", nargs="+", metavar="FILE", type=Path)
        validate.add_argument("--json", action="store_true", help="one JSON object a line")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if "cybertips" not in settings.MODULES:
            raise CommandError("This module is off: name it in BALISE_MODULES.")
        failed = 0
        for path in options["files"]:
            errors = _errors(path)
            failed += bool(errors)
            if options["json"]:
                found = {"file": str(path), "valid": not errors, "errors": errors}
                self.stdout.write(orjson.dumps(found).decode())
            else:
                said = [f"  {error}" for error in errors]
                self.stdout.write("\n".join([f"{path}: {'not ' if errors else ''}valid", *said]))
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} are not valid.")


def _errors(path: Path) -> list[str]:
    try:
        return errors_of(path.read_bytes())
    except OSError as error:
        return [f"it cannot be read: {error.strerror}"]
