"""`balise recanonicalise`: part the contents that an earlier reading of addresses had merged."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from balise.foundation.actors import SYSTEM
from balise.hotline.reports.actions import rereading
from balise.hotline.reports.actions.rereading import Differing


@dataclass(slots=True)
class Found:
    """A content of which reports name other addresses today; `unsure` of them ask for a person."""

    content: UUID
    reports: list[UUID] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    unsure: int = 0
    is_held: bool = False
    made: list[UUID] = field(default_factory=list)


class Command(BaseCommand):
    help = (
        "Read the addresses of all reports again; give those that a cut had merged a content of "
        "their own. Needs the hotline's private key."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")
        parser.add_argument("--json", action="store_true", help="one JSON object a content")
        parser.add_argument(
            "--show-addresses", action="store_true", help="name the addresses, at a terminal only"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        shows = options["show_addresses"]
        if shows and not sys.stdout.isatty():
            raise CommandError(_("Addresses are only shown in a terminal, never in a log."))
        dry_run = options["dry_run"]
        found = _by_content(rereading.find(dry_run=dry_run, by=SYSTEM), dry_run=dry_run)
        for one in found:
            self._tell(one, as_json=options["json"], shows=shows)
        if not options["json"]:
            made = sum(len(one.made) for one in found)
            words = _("Content that differs: %(found)d. New content: %(made)d.")
            self.stdout.write(words % {"found": len(found), "made": made})

    def _tell(self, one: Found, *, as_json: bool, shows: bool) -> None:
        counts = {"reports": len(one.reports), "addresses": len(one.addresses)}
        told = asdict(one) | counts
        if shows:
            told["named"] = sorted(one.addresses)
        if as_json:
            self.stdout.write(orjson.dumps(told).decode())
        else:
            words = (f"{name}={_shown(value)}" for name, value in told.items() if value)
            self.stdout.write("  ".join(words))


def _by_content(differing: Iterable[Differing], *, dry_run: bool) -> list[Found]:
    """Part what differs, unless it is a dry run; return what was found, content by content."""
    found: dict[UUID, Found] = {}
    for each in differing:
        one = found.setdefault(each.content, Found(each.content))
        one.addresses.add(each.change.after.canonical)
        if each.change.is_sure:
            one.reports.append(each.report)
        else:
            one.unsure += 1
    if not dry_run:
        for one in found.values():
            parted = rereading.part(content_id=one.content, report_ids=one.reports, by=SYSTEM)
            one.is_held, one.made = parted.is_held, list(parted.made)
    return list(found.values())


def _shown(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
