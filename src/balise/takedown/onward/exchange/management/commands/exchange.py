"""`balise exchange`: our card, the letters that wait, and bring them now."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from balise.foundation.actors import SYSTEM
from balise.takedown.onward.exchange.actions import carrying
from balise.takedown.onward.exchange.queries import peers
from balise.takedown.onward.exchange.tasks import carrying as tasks


class Command(BaseCommand):
    help = "Give our card, list the letters that wait for hotlines abroad, or bring them now."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for name, does in (
            ("card", "print the card that other hotlines need"),
            ("letters", "count the letters that wait, by hotline"),
            ("carry", "bring what waits and read what has come, at once"),
        ):
            act = acts.add_parser(name, help=does)
            act.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, **options: Any) -> None:
        if "exchange" not in settings.MODULES:
            raise CommandError("This module is off: name it in BALISE_MODULES.")
        as_json: bool = options["json"]
        match options["act"]:
            case "card":
                card = peers.own_card()
                self.stdout.write(card.to_text())
                if not as_json:
                    self.stdout.write(f"Check number: {card.check_number}")
            case "letters":
                self._letters(as_json=as_json)
            case "carry":
                self._carry(as_json=as_json)

    def _letters(self, *, as_json: bool) -> None:
        waiting = peers.waiting_by_peer()
        if as_json:
            self.stdout.write(json.dumps(waiting))
            return
        for name, count in waiting.items():
            self.stdout.write(f"{name}: {count}")
        if not waiting:
            self.stdout.write("No letter waits.")

    def _carry(self, *, as_json: bool) -> None:
        carrying.hurry(by=SYSTEM)
        letters, arrivals = peers.due_letters(), peers.unread_arrivals()
        for letter_id in letters:
            tasks.carry.func(letter_id=str(letter_id))
        for arrival_id in arrivals:
            tasks.read.func(arrival_id=str(arrival_id))
        still = sum(peers.waiting_by_peer().values())
        did = {"tried": len(letters), "read": len(arrivals), "waiting": still}
        if as_json:
            self.stdout.write(json.dumps(did))
        else:
            self.stdout.write(", ".join(f"{count} {what}" for what, count in did.items()))
