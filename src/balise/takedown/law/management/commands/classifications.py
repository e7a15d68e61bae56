"""`balise classifications`: how our codes for items translate into others', and what is lost."""

from argparse import ArgumentParser
from typing import Any

import orjson
from django.core.management.base import BaseCommand, no_translations

from balise.takedown.law.rules.mappings import SCHEMES, Loss, Scheme, Table, loss, said

_NAMES = [scheme.code.upper() for scheme in SCHEMES]


class Command(BaseCommand):
    help = f"Print the tables to {', '.join(_NAMES[:-1])} and {_NAMES[-1]}, and what each loses."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        codes = [scheme.code for scheme in SCHEMES]
        parser.add_argument("schemes", nargs="*", metavar="SCHEME", help=", ".join(codes))
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["schemes"]
        for scheme in SCHEMES:
            if wanted and scheme.code not in wanted:
                continue
            if options["json"]:
                self.stdout.write(orjson.dumps(_told(scheme)).decode())
            else:
                self._print(scheme, loss(scheme))

    def _print(self, scheme: Scheme, lost: Loss) -> None:
        self.stdout.write(f"{scheme.name} ({scheme.source})")
        self.stdout.write(f"  facts that it does not carry: {_listed(lost.unread)}")
        for one in lost.tables:
            self.stdout.write(f"  {one.field} ({' + '.join(one.reads)})")
            for theirs, ours in one.merged.items():
                self.stdout.write(f"    {theirs} ← {_listed(ours)}")
            self.stdout.write(f"    cannot say: {_listed(one.unsaid)}")
            self.stdout.write(f"    never used: {_listed(one.unused)}")


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(codes) or "–"


def _told(scheme: Scheme) -> dict[str, Any]:
    lost = loss(scheme)
    return {
        "scheme": scheme.code,
        "name": scheme.name,
        "source": scheme.source,
        "tables": [_rows(table) for table in scheme.tables],
        "loss": {
            "unread": lost.unread,
            "tables": {
                one.field: {"merged": one.merged, "unsaid": one.unsaid, "unused": one.unused}
                for one in lost.tables
            },
        },
    }


def _rows(table: Table) -> dict[str, Any]:
    return {
        "field": table.field,
        "reads": table.reads,
        "rows": [
            {"ours": row, "theirs": said(code) if code is not None else None}
            for row, code in table.rows.items()
        ],
    }
