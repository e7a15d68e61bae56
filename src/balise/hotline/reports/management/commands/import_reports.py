"""`balise import-reports`: take the reports of a file in, line by line."""

import hashlib
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from itertools import batched
from pathlib import Path
from typing import IO, Any, BinaryIO
from uuid import UUID

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _, ngettext
from tqdm import tqdm

from balise.foundation import rows
from balise.foundation.accounts.queries import partner_named
from balise.foundation.clock import now, zone
from balise.hotline.reports.management.refused_lines import RefusedCsv, RefusedLines, RefusedObjects
from balise.hotline.reports.management.sources import STANDARD_INPUT, format_of, opened
from balise.hotline.reports.management.treating import Errand, Noted, Stopped, treated, workers_for
from balise.hotline.reports.rules.imports import files
from balise.hotline.reports.rules.imports.files import FileRefused, Format, Written
from balise.hotline.reports.rules.imports.lines import NotUnderstood, Reading

AT_ONCE = 2_000  # lines in one transaction: others wait no longer than that to write
TOLD = 1_000  # refused or noted lines that are listed; --errors has all that were refused


@dataclass(slots=True)
class Outcome:
    """What became of the file's lines; with `dry_run`, what would."""

    file: str
    dry_run: bool
    lines: int = 0
    new: int = 0
    known: int = 0
    refused: int = 0
    noted: int = 0
    refused_lines: list[dict[str, object]] = field(default_factory=list)
    noted_lines: list[dict[str, object]] = field(default_factory=list)


class Command(BaseCommand):
    help = "Take in the reports of a CSV or JSON Lines file; a second run goes on where it ended."

    def add_arguments(self, parser: ArgumentParser) -> None:
        columns = ", ".join(files.COLUMNS)
        parser.add_argument(
            "file", type=Path, metavar="FILE", help=f"or -: standard input; columns: {columns}"
        )
        parser.add_argument(
            "--format", choices=[*Format], help="as FILE ends or - begins, if left out"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")
        parser.add_argument("--json", action="store_true", help="say how it went as JSON")
        parser.add_argument("--as-partner", metavar="NAME", help="the reports are this partner's")
        parser.add_argument(
            "--errors", type=Path, metavar="FILE", help="write the refused lines here, with reasons"
        )
        parser.add_argument(
            "--workers", type=int, default=0, help="processes; two for a large file, if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = Outcome(file=options["file"].name, dry_run=options["dry_run"])
        partner = _partner(options["as_partner"])
        try:
            with ExitStack() as stack:
                stack.enter_context(rows.few_cycles())
                source = stack.enter_context(opened(options["file"]))
                self._import(source, outcome, partner, stack, options)
        except FileRefused as refusal:
            raise CommandError(refusal.message, returncode=2) from None
        except OSError as error:
            message = _("%(file)s: %(reason)s") % {
                "file": error.filename,
                "reason": error.strerror or type(error).__name__,
            }
            raise CommandError(message, returncode=2) from None
        except Stopped as error:
            self._tell(outcome, as_json=options["json"])
            raise CommandError(
                _(
                    "The rest of the file was not imported (%(reason)s). The same command "
                    "continues where this one ended."
                )
                % {"reason": error},
                returncode=3,
            ) from None
        self._tell(outcome, as_json=options["json"])
        if outcome.refused:
            sys.exit(1)

    def _import(
        self,
        source: BinaryIO,
        outcome: Outcome,
        partner: UUID | None,
        stack: ExitStack,
        options: dict[str, Any],
    ) -> None:
        digest = hashlib.sha256()
        size = files.examine(source, into=digest)
        source.seek(0)
        lines, refused = _open(source, stack, options)
        errand = Errand(
            file=digest.hexdigest(),
            reading=Reading(country=settings.COUNTRY, zone=zone(), at=now()),
            partner=partner,
            dry_run=options["dry_run"],
        )
        tqdm.monitor_interval = 0  # its thread would be there when the workers are forked
        shown = stack.enter_context(
            tqdm(total=size, unit="B", unit_scale=True, disable=None, file=sys.stderr, leave=False)
        )
        batches = batched(lines, AT_ONCE, strict=False)
        workers = options["workers"] or workers_for(size)
        for batch in treated(batches, errand=errand, workers=workers):
            for line in batch.refused:
                self._refuse(line, outcome, refused, as_json=options["json"])
            for noted in batch.noted:
                self._note(noted, outcome, as_json=options["json"])
            outcome.lines += batch.lines
            outcome.new += batch.new
            outcome.known += batch.known
            shown.update(source.tell() - shown.n)

    def _refuse(
        self, line: NotUnderstood, outcome: Outcome, refused: RefusedLines | None, *, as_json: bool
    ) -> None:
        outcome.refused += 1
        if refused is not None:
            refused.add(line)
        if not as_json:
            words = _("Line %(line)d: %(reason)s") % {"line": line.number, "reason": line.reason}
            with tqdm.external_write_mode(file=self.stderr):
                self.stderr.write(words)
        elif len(outcome.refused_lines) < TOLD:
            faults = [asdict(fault) for fault in line.faults]
            outcome.refused_lines.append({"line": line.number, "faults": faults})

    def _note(self, line: Noted, outcome: Outcome, *, as_json: bool) -> None:
        outcome.noted += 1
        if outcome.noted > TOLD:
            return
        if as_json:
            notes = [asdict(note) for note in line.notes]
            outcome.noted_lines.append({"line": line.number, "notes": notes})
            return
        reason = " ".join(dict.fromkeys(note.message for note in line.notes))
        with tqdm.external_write_mode(file=self.stderr):
            self.stderr.write(
                _("Line %(line)d, accepted: %(note)s") % {"line": line.number, "note": reason}
            )

    def _tell(self, outcome: Outcome, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(orjson.dumps(asdict(outcome)).decode())
            return
        if outcome.dry_run:
            new = ngettext(
                "%(count)d report would be imported.",
                "%(count)d reports would be imported.",
                outcome.new,
            )
        else:
            new = ngettext("%(count)d report imported.", "%(count)d reports imported.", outcome.new)
        known = ngettext("%(count)d already known.", "%(count)d already known.", outcome.known)
        refused = ngettext("%(count)d line refused.", "%(count)d lines refused.", outcome.refused)
        for words, count in ((new, outcome.new), (known, outcome.known)):
            self.stdout.write(words % {"count": count})
        self.stdout.write(refused % {"count": outcome.refused})


def _partner(name: str | None) -> UUID | None:
    if not name:
        return None
    partner = partner_named(name)
    if partner is None:
        message = _("No partner has the name “%(name)s”.") % {"name": name}
        raise CommandError(message, returncode=2)
    return partner.id


def _open(
    source: BinaryIO, stack: ExitStack, options: dict[str, Any]
) -> tuple[Iterator[Written], RefusedLines | None]:
    """Return the lines of a file, and where to put those that are refused."""
    written: Path = options["file"]
    kept: Path | None = options["errors"]
    form = options["format"] or format_of(written, source)
    if form not in set(Format):
        raise CommandError(_("Give the format of the file: --format csv or jsonl."), returncode=2)
    if kept is not None and _is_the_same(kept, written):
        raise CommandError(_("Refused lines need a separate file."), returncode=2)
    if form == Format.CSV:
        table = files.read_csv(source)
        if kept is None:
            return table.lines, None
        into = RefusedCsv(_kept(kept, stack), columns=table.columns, separator=table.separator)
        return table.lines, into
    lines = files.read_jsonl(source)
    return lines, None if kept is None else RefusedObjects(_kept(kept, stack))


def _is_the_same(kept: Path, written: Path) -> bool:
    if not kept.exists():
        return False
    if written != STANDARD_INPUT:
        return kept.samefile(written)
    try:
        return os.path.samestat(kept.stat(), os.fstat(sys.stdin.fileno()))
    except OSError:  # the dash for standard input is no file
        return False


def _kept(place: Path, stack: ExitStack) -> IO[str]:
    """Return a file that only its owner may read: refused lines hold what people wrote."""

    def opened(path: str, flags: int) -> int:
        return os.open(path, flags, 0o600)

    return stack.enter_context(open(place, "w", encoding="utf-8", newline="", opener=opened))
