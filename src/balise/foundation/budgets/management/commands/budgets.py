"""`balise budgets`: what each door may store, what is stored, and what is kept in reserve."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from balise.foundation.budgets import actions, queries
from balise.foundation.budgets.queries import Standing
from balise.foundation.budgets.rules import DECLARED, MIB
from balise.foundation.files.room import room


class Command(BaseCommand):
    help = "Print what may be stored, and what is; networks have a name of today alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--measure", action="store_true", help="measure what is stored first")

    def handle(self, *args: Any, as_json: bool, measure: bool, **options: Any) -> None:
        if measure:
            actions.measure(budgets=DECLARED.by_name.values())
        found, disk = queries.standings(), room()
        if as_json:
            kept = {"free": disk.free, "reserve": disk.reserve, "floor": disk.floor}
            document = {"disk": kept, "budgets": [_told(one) for one in found]}
            self.stdout.write(json.dumps(document, indent=2))
            return
        for one in found:
            most = f"of {one.in_all // MIB}" if one.in_all else "no total"
            each = f"{one.near // MIB} MiB a day each" if one.near else "no limit for each"
            close = f", {len(one.close)} near their limit" if one.close else ""
            self.stdout.write(f"{one.budget.name}: {one.used // MIB} MiB ({most}), {each}{close}")
        self.stdout.write(f"Disk: {disk.free // MIB} MiB free, {disk.reserve // MIB} MiB kept.")


def _told(one: Standing) -> dict[str, Any]:
    return {
        "name": one.budget.name,
        "comes_first": one.budget.comes_first,
        "limit": {"near": one.near, "each": one.budget.each, "in_all": one.in_all},
        "used": one.used,
        "measured_at": one.measured_at.isoformat() if one.measured_at else None,
        "since": one.since,
        "is_near_its_limit": one.is_near_its_limit,
        "close": [{"name": name, "octets": octets} for name, octets in one.close],
    }
