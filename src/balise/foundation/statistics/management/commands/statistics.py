"""`balise statistics`: do the tallies say what the journal says? And the journal in files.

balise statistics recount [--measure NAME] [--fix] [--json] [--archive]
balise statistics archive --before 2026-01-01

With BALISE_RAY, the files are read by the nodes of a cluster; it ends with 69 where that fails.
"""

import json
import os
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from balise.foundation.cluster import ClusterFailed
from balise.foundation.statistics.archive.engine import EngineFailed
from balise.foundation.statistics.archive.months import ArchiveFaulty
from balise.foundation.statistics.archive.recounting import count_archived
from balise.foundation.statistics.archive.writing import archive
from balise.foundation.statistics.counting import Comparison, recount
from balise.foundation.statistics.measures import MEASURES


class Command(BaseCommand):
    help = "Count every measure again from the journal and compare it with the tallies."

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True)
        again = orders.add_parser("recount", help=self.help)
        again.add_argument("--measure", choices=sorted(MEASURES), help="this measure alone")
        again.add_argument("--fix", action="store_true", help="make the tallies equal the recount")
        again.add_argument("--json", action="store_true", dest="as_json")
        again.add_argument(
            "--archive", action="store_true", help="read archived months from their files"
        )
        away = orders.add_parser("archive", help="Write months of the journal into files.")
        away.add_argument(
            "--before", type=date.fromisoformat, required=True, help="months that ended before"
        )

    def handle(self, *args: Any, order: str, **options: Any) -> None:
        try:
            if order == "archive":
                self._archive(options["before"])
            else:
                self._recount(**options)
        except (ArchiveFaulty, EngineFailed) as error:
            raise CommandError(str(error)) from error
        except ClusterFailed as error:
            raise CommandError(str(error), returncode=os.EX_UNAVAILABLE) from error

    def _archive(self, before: date) -> None:
        with tqdm(unit=" entries", disable=not sys.stderr.isatty()) as bar:
            written = archive(before, seen=bar.update)
        for month in written:
            rows = sum(file.rows for file in month.files)
            self.stdout.write(f"{month.line} {month.month}: {rows} entries, {month.digest}")
        if not written:
            self.stdout.write("Nothing to archive: no month more has ended before this day.")

    def _recount(
        self, *, measure: str | None, fix: bool, as_json: bool, archive: bool, **options: Any
    ) -> None:
        chosen = [MEASURES[measure]] if measure else list(MEASURES.values())
        with tqdm(unit=" entries", disable=not sys.stderr.isatty()) as bar:
            held = count_archived(chosen, seen=bar.update, ray=settings.RAY) if archive else {}
            found = [
                recount(one, fix=fix, seen=bar.update, archived=held.get(one.name))
                for one in chosen
            ]
        if as_json:
            self.stdout.write(json.dumps([_document(one) for one in found], indent=2))
        else:
            for one in found:
                self.stdout.write(_sentence(one, fix=fix))
        if not fix and not all(one.agrees or one.is_new for one in found):
            raise CommandError("The tallies differ from the journal: run again with --fix.")


def _document(found: Comparison) -> dict[str, object]:
    return {
        "measure": found.measure,
        "entries": found.entries,
        "agrees": found.agrees,
        "is_new": found.is_new,
        "differences": [
            {
                "day": difference.cell.day.isoformat(),
                "codes": difference.cell.codes,
                "recorded": difference.cell.recorded and difference.cell.recorded.isoformat(),
                "tallied": difference.tallied._asdict(),
                "recounted": difference.recounted._asdict(),
            }
            for difference in found.differences
        ],
    }


def _sentence(found: Comparison, *, fix: bool) -> str:
    if found.agrees:
        return f"{found.measure}: {found.entries} entries, the tallies agree"
    if found.is_new and not fix:
        return f"{found.measure}: new, the worker counts its {found.entries} entries within minutes"
    mended = ", mended" if fix else ""
    return f"{found.measure}: {len(found.differences)} cells differ{mended}"
