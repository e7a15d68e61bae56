"""`balise keys`: make, activate, rewrap, retire and verify the keys of a line."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from balise.foundation.encryption import rotation, turning
from balise.foundation.encryption.keyring import KeyNotHeld, KeysFaulty, key_ring
from balise.foundation.encryption.signatures import renew_signing_key
from balise.foundation.encryption.turning import lines_with_keys
from balise.foundation.refusals import Refused


class Command(BaseCommand):
    help = "Turns the keys that the lines seal with (docs/operations/keys.md)."
    # A ring that is broken is what one comes here to look at.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        for name, told, takes_key in (
            ("new", "make a key; it is not used before it is activated", False),
            ("activate", "seal with this key from now on", True),
            ("rewrap", "move what older keys sealed to the active key", False),
            ("retire", "destroy a key that nothing is sealed to any more", True),
        ):
            act = acts.add_parser(name, help=told)
            if takes_key:
                act.add_argument("key_id", metavar="ID")
            act.add_argument("--line", required=True, choices=lines_with_keys())
            if name == "new":
                act.add_argument(
                    "--signing", action="store_true", help="a key to sign with; it is used at once"
                )
        act = acts.add_parser("verify", help="check that every key is held and a sample opens")
        act.add_argument("--line", choices=lines_with_keys())
        act.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: Any) -> None:
        acts: dict[str, Callable[[dict[str, Any]], None]] = {
            "new": self._new,
            "activate": self._activate,
            "rewrap": self._rewrap,
            "retire": self._retire,
            "verify": self._verify,
        }
        if not key_ring().holds_private_keys:
            raise CommandError("this process opens the public door only: turn keys elsewhere")
        try:
            acts[options["act"]](options)
        except (KeysFaulty, KeyNotHeld, Refused) as error:
            raise CommandError(str(error)) from error

    def _new(self, options: dict[str, Any]) -> None:
        line = options["line"]
        if options["signing"]:
            key_id = renew_signing_key(settings.KEYS, line)
            _write_down("new", line, key_id)
            self.stdout.write(key_id)
            return
        key_id = turning.new_line_key(settings.KEYS, line)
        _write_down("new", line, key_id)
        self.stdout.write(key_id)
        self.stderr.write("Back it up before you activate it: docs/operations/keys.md")

    def _activate(self, options: dict[str, Any]) -> None:
        line, key_id = options["line"], options["key_id"]
        turning.activate_key(settings.KEYS, line, key_id)
        _write_down("activate", line, key_id)
        self.stdout.write(f"{line} seals with {key_id}; running processes follow in a second")

    def _rewrap(self, options: dict[str, Any]) -> None:
        line = options["line"]
        result = rotation.Rewrapped()
        for result in rotation.rewrap(line):
            self.stdout.write(f"{result.moved} moved")
        active, _ = key_ring().active(line)
        _write_down("rewrap", line, active, count=result.moved)
        if result.broken:
            named = "\n".join(str(record) for record in result.broken)
            raise CommandError(f"{len(result.broken)} do not open and stay as they are:\n{named}")
        self.stdout.write(f"All of {line} is sealed to {active}")

    def _retire(self, options: dict[str, Any]) -> None:
        line, key_id = options["line"], options["key_id"]
        rotation.retire(line, key_id)
        _write_down("retire", line, key_id)
        self.stdout.write(
            f"{key_id} is gone from the ring; destroy its copies when backups age out"
        )

    def _verify(self, options: dict[str, Any]) -> None:
        found = rotation.verify([options["line"]] if options["line"] else None)
        if options["json"]:
            document = {"sound": found.is_sound, **asdict(found)}
            self.stdout.write(json.dumps(document, default=str, indent=2))
        else:
            for key in found.keys:
                self.stdout.write(
                    f"{'ok  ' if key.is_sound else 'BAD '} {key.key_id}"
                    f"{' (active)' if key.active else ''}: {key.wraps} sealed to it, "
                    f"{'held here' if key.held else 'NOT HELD here'}, {key.opened} opened on trial"
                )
                for record in key.broken:
                    self.stdout.write(f"     does not open: {record}")
            for batch in found.lost_batches:
                self.stdout.write(f"BAD  batch {batch} has lost its key")
        if not found.is_sound:
            raise CommandError("not everything that is sealed can be opened with these keys")


def _write_down(act: str, line: str, key_id: str, *, count: int = 0) -> None:
    if turning.key_turned.is_plugged:
        with transaction.atomic():
            turning.key_turned.ask(act=act, line=line, key_id=key_id, count=count)
