"""`balise retention`: what is forgotten, now or as a rehearsal."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from balise.foundation.actors import SYSTEM
from balise.foundation.retention import actions, queries
from balise.foundation.retention.models import Outcome, Run


class Command(BaseCommand):
    help = "Apply the retention rules of every line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True)
        run = orders.add_parser("run", help=self.help)
        run.add_argument("--dry-run", action="store_true", help="count, and erase nothing")
        run.add_argument(
            "--clock-is-right",
            action="store_true",
            help="after a refusal: somebody has looked at the clock, and it is right",
        )
        run.add_argument("--json", action="store_true", dest="as_json")

    def handle(
        self, *args: Any, dry_run: bool, clock_is_right: bool, as_json: bool, **options: Any
    ) -> None:
        if dry_run:
            due = [
                {"rule": one.rule.name, "line": one.rule.line, "due": one.count}
                for one in queries.due_now()
            ]
            self._tell({"outcome": "dry-run", "rules": due}, as_json=as_json)
            return
        done = actions.run(by=SYSTEM, clock_is_right=clock_is_right)
        self._tell(_document(done), as_json=as_json)
        if done.outcome == Outcome.REFUSED:
            raise CommandError(
                "Nothing was erased: look at the clock, then run again with --clock-is-right."
            )
        if done.outcome == Outcome.FAILED:
            raise CommandError("A rule failed; the others were applied.")

    def _tell(self, document: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(document, indent=2))
            return
        for one in document["rules"]:
            words = f"{one['due']} due" if "due" in one else f"{one['erased']} erased"
            self.stdout.write(f"{one['rule']}: {words} {one.get('error', '')}".rstrip())
        self.stdout.write(f"Outcome: {document['outcome']}")


def _document(done: Run) -> dict[str, Any]:
    return {
        "outcome": done.outcome,
        "jumped_from": done.jumped_from.isoformat() if done.jumped_from else None,
        "jumped_to": done.jumped_to.isoformat() if done.jumped_to else None,
        "rules": [
            {"rule": one.rule, "line": one.line, "erased": one.count, "error": one.error}
            for one in done.applied.order_by("id")
        ],
    }
