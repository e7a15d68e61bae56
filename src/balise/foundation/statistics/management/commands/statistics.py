"""`balise statistics recount`: do the tallies say what the journal says?"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

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

    def handle(
        self, *args: Any, measure: str | None, fix: bool, as_json: bool, **options: Any
    ) -> None:
        chosen = [MEASURES[measure]] if measure else list(MEASURES.values())
        with tqdm(unit=" entries", disable=not sys.stderr.isatty()) as bar:
            found = [recount(one, fix=fix, seen=bar.update) for one in chosen]
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
