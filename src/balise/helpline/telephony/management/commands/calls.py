"""`balise calls`: play a day of calls again, or take in an exchange's records of calls."""

import json
import sys
import time
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import datetime, time as hour, timedelta
from itertools import batched
from pathlib import Path
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.helpline.telephony import queries
from balise.helpline.telephony.actions.importing import import_records
from balise.helpline.telephony.actions.telling import CallTold, take_event
from balise.helpline.telephony.rules import calls as telephony_calls
from balise.helpline.telephony.rules.calls import CallFact
from balise.helpline.telephony.rules.records import ColumnsMissing, Record, Unread, read_records

_OPENS = hour(9)
_AT_ONCE = 500


class Command(BaseCommand):
    help = "Play a day of calls again, or take in a file of call detail records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True)
        play = orders.add_parser("simulate", help="play the calls of yesterday, invented")
        play.add_argument("--calls", type=int, default=150)
        play.add_argument("--speed", type=float, default=60, help="0: at once")
        play.add_argument("--seats", type=int, default=8, help="listeners there all day")
        play.add_argument("--seed", type=int, default=1)
        play.add_argument("--json", action="store_true", dest="as_json")
        take = orders.add_parser("import", help="columns: id,started_at,wait_s,talk_s,ended_by")
        take.add_argument("file", type=Path, metavar="FILE")
        take.add_argument("--source", default="cdr", help="the exchange's name")
        take.add_argument("--json", action="store_true", dest="as_json")

    @no_translations
    def handle(self, *args: Any, order: str, as_json: bool, **options: Any) -> None:
        if order == "import":
            said = self._import(options["file"], options["source"])
        else:
            said = _simulate(
                **{name: options[name] for name in ("calls", "speed", "seats", "seed")}
            )
        words = "\n".join(f"{name}: {value}" for name, value in said.items())
        self.stdout.write(json.dumps(said) if as_json else words)
        if said.get("refused"):
            sys.exit(1)

    def _import(self, file: Path, source: str) -> dict[str, Any]:
        said: dict[str, Any] = {"new": 0, "known": 0, "refused": 0, "refused_lines": []}
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                read = read_records(lines, zone=clock.zone())
                for some in batched(read, _AT_ONCE, strict=False):
                    records = [one for one in some if isinstance(one, Record)]
                    wrong = [asdict(one) for one in some if isinstance(one, Unread)]
                    new = import_records(records=records, source=source, by=SYSTEM)
                    said["new"] += new
                    said["known"] += len(records) - new
                    said["refused"] += len(wrong)
                    said["refused_lines"] += wrong
        except ColumnsMissing as missing:
            raise CommandError(f"{file.name}: no column {missing}", returncode=2) from None
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file.name}: {type(error).__name__}", returncode=2) from None
        return said


def _simulate(*, calls: int, speed: float, seats: int, seed: int) -> dict[str, Any]:
    yesterday = clock.today() - timedelta(days=1)
    opening = datetime.combine(yesterday, _OPENS, tzinfo=clock.zone())
    # A run of its own: the same seed twice is two days' calls, not one day's told twice.
    source = f"simulator-{time.time_ns()}"
    chance = Random(seed)  # noqa: S311 - a play, no secret
    day = telephony_calls.beats(telephony_calls.callers(calls, chance=chance), seats=seats)
    for pause, beat in telephony_calls.gaps(day, speed=speed):
        time.sleep(pause)
        at = opening + telephony_calls.offset(beat)
        with clock.at(at):
            take_event(event=_told(source, beat, at), by=SYSTEM)
    with clock.at(opening):
        found = queries.day(yesterday, seen_by=SYSTEM, source=source)
    return {
        "offered": found.offered,
        "answered": found.answered,
        "abandoned": found.abandoned,
        "mean_wait_s": found.wait_s,
        "mean_talk_s": found.talk_s,
        "answered_in_time_percent": found.in_time_percent,
    }


def _told(source: str, beat: telephony_calls.Beat, at: datetime) -> CallTold:
    return CallTold(
        source=source,
        event_id=f"{beat.caller.ref}/{beat.happening}",
        ref=beat.caller.ref,
        told=CallFact(beat.happening, at, beat.ended_by),
        digest=f"{at.isoformat()}|{beat.happening}".encode()[:32],
        number=beat.caller.number,
        is_life_danger=beat.caller.is_life_danger,
    )
