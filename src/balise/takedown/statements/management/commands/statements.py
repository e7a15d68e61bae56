"""`balise statements import FILE…`: what platforms say they decided, beside our notices."""

import hashlib
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from balise.foundation.actors import SYSTEM
from balise.takedown.statements.actions.importing import Outcome, read_dump
from balise.takedown.statements.rules.dumps import DumpUnreadable

_SHA1_DIGITS = 40


class Command(BaseCommand):
    """`balise statements import FILE… [--host NAME] [--json]`."""

    help = "Read dumps of the DSA Transparency Database, CSV as published or zipped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        read = steps.add_parser("import", help="read files, and match them with our notices")
        read.add_argument("files", nargs="+", type=Path, metavar="FILE")
        read.add_argument(
            "--host", default="", metavar="NAME", help="whose rows without a platform are"
        )
        read.add_argument("--json", action="store_true", help="one JSON object for each file")

    def handle(self, *args: Any, **options: Any) -> None:
        for place in options["files"]:
            outcome = _read(place, options["host"])
            told = orjson.dumps(asdict(outcome)).decode() if options["json"] else _words(outcome)
            self.stdout.write(told)


def _read(place: Path, host: str) -> Outcome:
    try:
        with place.open("rb") as file:
            _check_sum(place, hashlib.file_digest(file, "sha1").hexdigest())  # as it is published
            file.seek(0)
            return read_dump(file=file, name=place.name, host=host, by=SYSTEM)
    except DumpUnreadable as refusal:
        raise CommandError(f"{place}: {refusal.message}", returncode=2) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CommandError(f"{place}: {reason}", returncode=2) from None


def _check_sum(place: Path, digest: str) -> None:
    """Refuse a file that is not what the sum beside it says."""
    beside = place.with_name(f"{place.name}.sha1")
    if not beside.exists():
        return
    told = beside.read_text(encoding="ascii", errors="replace")[:_SHA1_DIGITS].lower()
    if told != digest:
        raise DumpUnreadable(_("The file does not match %(sum)s.") % {"sum": beside.name})


def _words(outcome: Outcome) -> str:
    words = _(
        "%(file)s: %(rows)d rows, %(corrupt)d corrupt; %(kept)d may answer our notices "
        "(%(new)d new): %(certain)d certain, %(proposed)d to confirm."
    ) % asdict(outcome)
    if not outcome.strangers:
        return words
    names = ", ".join(f"{name} ({count})" for name, count in outcome.strangers.items())
    unknown = _("The directory has no platform with these names: %(names)s.") % {"names": names}
    return f"{words}\n{unknown}"
