"""`balise labels`: the label packs of others that this centre was given."""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from balise.foundation.actors import SYSTEM
from balise.foundation.refusals import refusals_as
from balise.takedown.law import actions, queries
from balise.takedown.law.rules.labels import LabelPack, loss_of


class Command(BaseCommand):
    help = "Import label packs, such as the Universal Classification Schema's, and list them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True)
        bring = orders.add_parser("import", help="bring in one version, from JSON or TOML")
        bring.add_argument("file", type=Path, metavar="FILE")
        bring.add_argument("--json", action="store_true", help="one JSON object")
        every = orders.add_parser("list", help="the packs that are here, and what they lose")
        every.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["order"] == "list":
            for imported in queries.label_packs():
                told = _told(imported.pack) | {"imported_at": imported.imported_at}
                self._say(told, as_json=options["json"])
            return
        with refusals_as(CommandError):
            outcome = actions.import_labels(document=_document(options["file"]), by=SYSTEM)
        self._say({"new": outcome.is_new} | _told(outcome.pack), as_json=options["json"])

    def _say(self, told: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(orjson.dumps(told).decode())
            return
        self.stdout.write(f"{told['namespace']} {told['version']}: {told['labels']} labels")
        for name, lost in told["loss"].items():
            self.stdout.write(f"  {name}: {', '.join(lost) or '–'}")


def _told(pack: LabelPack) -> dict[str, Any]:
    loss = loss_of(pack)
    return {
        "namespace": pack.namespace,
        "version": pack.version,
        "labels": len(pack.labels),
        "mappings": len(pack.meanings),
        "loss": {"unread": loss.unread, "unsaid": loss.unsaid, "merged": loss.merged},
    }


def _document(place: Path) -> Any:
    try:
        text = place.read_text(encoding="utf-8")
        return tomllib.loads(text) if place.suffix == ".toml" else orjson.loads(text)
    except (OSError, ValueError) as fault:
        raise CommandError(f"{place}: {fault}") from None
