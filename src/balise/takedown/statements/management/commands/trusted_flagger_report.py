"""`balise trusted-flagger-report`: the yearly report of DSA Article 22(3)."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _, ngettext

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import zone
from balise.takedown.statements.documents.yearly import LANGUAGES, yearly_pdf
from balise.takedown.statements.queries.flagging import yearly_report
from balise.takedown.statements.rules import lines
from balise.takedown.statements.rules.flagging import (
    Sending,
    YearlyReport,
    as_document,
    as_text,
    count,
)
from balise.takedown.statements.rules.lines import COLUMNS, Faulty, FileUnreadable

_YEARS = range(2000, 2101)


class Command(BaseCommand):
    """`balise trusted-flagger-report --year 2026 --json|--pdf [--from-csv FILE]`."""

    help = "Report the notices sent as trusted flagger in a year, by provider, type and action."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True, metavar="YEAR")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="as one JSON object")
        form.add_argument("--pdf", action="store_true", help="as PDF/UA, to standard output")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write it here instead")
        parser.add_argument("--language", choices=LANGUAGES, default="fr", help="of the PDF")
        parser.add_argument(
            "--from-csv",
            type=Path,
            metavar="FILE",
            help=f"count these lines, not the centre's notices; columns: {','.join(COLUMNS)}",
        )
        parser.add_argument(
            "--skip-faulty", action="store_true", help="count what can be read of the file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        year: int = options["year"]
        if year not in _YEARS:
            raise CommandError(_("Enter a year such as 2026."), returncode=2)
        report = self._from_csv(options) if options["from_csv"] else None
        if report is None:
            report = yearly_report(year, seen_by=SYSTEM)
        if options["pdf"]:
            written = yearly_pdf(report, language=options["language"])
        elif options["json"]:
            written = orjson.dumps(as_document(report), option=orjson.OPT_INDENT_2) + b"\n"
        else:
            written = as_text(report).encode() + b"\n"
        self._write(written, options)

    def _from_csv(self, options: dict[str, Any]) -> YearlyReport:
        faulty: list[Faulty] = []

        def sound(found: Iterator[lines.Line]) -> Iterator[Sending]:
            for line in found:
                if isinstance(line, Sending):
                    yield line
                else:
                    faulty.append(line)
                    told = {"line": line.number, "reason": line.reason}
                    self.stderr.write(_("Line %(line)d: %(reason)s") % told)

        try:
            with options["from_csv"].open("rb") as file:
                report = count(sound(lines.read(file)), year=options["year"], zone=zone())
        except FileUnreadable as refusal:
            raise CommandError(refusal.message, returncode=2) from None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise CommandError(f"{options['from_csv']}: {reason}", returncode=2) from None
        if faulty and not options["skip_faulty"]:
            message = ngettext(
                "%(count)d faulty line: nothing was reported.",
                "%(count)d faulty lines: nothing was reported.",
                len(faulty),
            )
            raise CommandError(message % {"count": len(faulty)})
        return report

    def _write(self, written: bytes, options: dict[str, Any]) -> None:
        if options["output"] is not None:
            options["output"].write_bytes(written)
        elif not options["pdf"]:
            self.stdout.write(written.decode(), ending="")
        elif sys.stdout.isatty():
            raise CommandError(
                _("A PDF is not text: give the destination with --output."), returncode=2
            )
        else:
            sys.stdout.buffer.write(written)
            sys.stdout.flush()
