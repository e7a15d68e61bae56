"""`balise tasks`: the jobs that were given up."""

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from balise.foundation.actors import SYSTEM
from balise.foundation.refusals import refusals_as
from balise.foundation.tasks import running
from balise.foundation.tasks.models import DeadLetter


class Command(BaseCommand):
    help = "List the jobs that were given up, or give them another chance."

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True)
        listed = orders.add_parser("dead", help="list the jobs that were given up")
        listed.add_argument("--json", action="store_true", dest="as_json")
        again = orders.add_parser("retry", help="put them back in the queue")
        which = again.add_mutually_exclusive_group(required=True)
        which.add_argument("ids", nargs="*", type=UUID, default=[], metavar="ID")
        which.add_argument("--all", action="store_true", dest="everything")

    def handle(self, *args: Any, order: str, **options: Any) -> None:
        if order == "dead":
            self._list(as_json=options["as_json"])
        else:
            self._retry(options["ids"], everything=options["everything"])

    def _list(self, *, as_json: bool) -> None:
        dead = running.dead()
        if as_json:
            self.stdout.write(json.dumps([_document(letter) for letter in dead], indent=2))
            return
        for one in dead:
            self.stdout.write(
                f"{one.id}  {one.died_at:%Y-%m-%d %H:%M}  {one.job}  "
                f"{one.attempts} attempts  {one.error} {one.place}".rstrip()
            )
        if not dead:
            self.stdout.write("No job was given up.")

    def _retry(self, ids: list[UUID], *, everything: bool) -> None:
        chosen = [letter.id for letter in running.dead()] if everything else ids
        with refusals_as(CommandError):
            count = running.retry(letters=chosen, by=SYSTEM)
        self.stdout.write(f"{count} jobs are in the queue again")


def _document(letter: DeadLetter) -> dict[str, object]:
    return {
        "id": str(letter.id),
        "job": letter.job,
        "ids": letter.ids,
        "attempts": letter.attempts,
        "error": letter.error,
        "place": letter.place,
        "died_at": letter.died_at.isoformat(),
    }
