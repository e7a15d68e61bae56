"""`balise day`: a day of the demonstration's helpline, played; and the weeks before yesterday."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.config.management.addresses import Address, address
from balise.config.management.readiness import make_sure_free
from balise.demonstration.day import past
from balise.demonstration.day.playing import Day, Played
from balise.demonstration.day.showing import Window
from balise.foundation import clock
from balise.foundation.accounts.demonstration import is_mixed_with_real_people
from balise.foundation.journal import clerk
from balise.foundation.tasks import running
from balise.foundation.url import is_this_machine

_MOST = 2_000  # calls or chats of one day


class Command(BaseCommand):
    help = "Play a day of the demonstration's helpline again, or the weeks before it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True)
        replay = orders.add_parser("replay", help="play one day, with its wallboard")
        replay.add_argument("--day", type=_day, metavar="DATE", help="yesterday without it")
        replay.add_argument("--speed", type=_speed, default=60.0, help="60, or max: at once")
        replay.add_argument(
            "--address", type=address, default=Address("127.0.0.1", 8018), metavar="HOST:PORT"
        )
        weeks = orders.add_parser("past", help="play the weeks before yesterday, at once")
        weeks.add_argument("--weeks", type=_number(1, 26), default=8)
        for one in (replay, weeks):
            one.add_argument("--calls", type=_number(0, _MOST), default=150)
            one.add_argument("--chats", type=_number(0, _MOST), default=80)
            one.add_argument("--listeners", type=_number(1, 60), default=20)
            one.add_argument("--seed", type=int, default=1)
            one.add_argument("--json", action="store_true", dest="as_json")

    @no_translations
    def handle(self, *args: Any, order: str, as_json: bool, **options: Any) -> None:
        self._check_is_a_demonstration()
        size = {name: options[name] for name in ("calls", "chats", "listeners", "seed")}
        said = (
            self._replay(options["day"], options["speed"], options["address"], **size)
            if order == "replay"
            else self._past(options["weeks"], **size)
        )
        while clerk.tick():  # the figures, where no worker does it
            pass
        words = "\n".join(f"{name}: {value}" for name, value in said.items())
        self.stdout.write(json.dumps(said) if as_json else words)

    def _check_is_a_demonstration(self) -> None:
        if not settings.DEMONSTRATION or is_mixed_with_real_people():
            raise CommandError(
                "Only a demonstration is played with. This is a real centre.", returncode=2
            )

    def _replay(
        self, day: date | None, speed: float, where: Address, *, listeners: int, **size: int
    ) -> dict[str, Any]:
        if speed:
            if running.is_anyone_working():
                raise CommandError(
                    "A worker runs here, by another clock. Stop `make run` first, or play in a "
                    "centre of its own: make day.",
                    returncode=2,
                )
            if not is_this_machine(where.host):
                raise CommandError(f"{where.host} is not this machine.", returncode=2)
            make_sure_free(where)
        who, lead = past.team(listeners)
        played = Day(
            day or clock.today() - timedelta(days=1),
            listeners=who,
            lead=lead,
            speed=speed,
            **size,
        )
        window = Window(where.host, where.port, now=played.pace.now) if speed else None
        if window:
            self.stderr.write(
                f"Enter as the head of the helpline at http://{where}/staff/demonstration/, "
                f"then look at http://{where}/staff/helpline/wallboard/"
            )
        try:
            return _counts(played.play())
        finally:
            if window:
                window.close()

    def _past(self, weeks: int, **size: int) -> dict[str, Any]:
        said: dict[str, Any] = {"days": 0}
        for day, played in past.play_weeks(weeks, **size):
            counts = _counts(played)
            self.stderr.write(f"{day}: {counts['calls']} calls, {counts['chats']} chats")
            said["days"] += 1
            said |= {name: said.get(name, 0) + number for name, number in counts.items()}
        return said


def _counts(played: Played) -> dict[str, Any]:
    return {
        "calls": played.calls,
        "answered_calls": played.answered_calls,
        "gave_up_calls": played.gave_up_calls,
        "silent": played.silent,
        "chats": played.chats,
        "answered_chats": played.answered_chats,
        "gave_up_chats": played.gave_up_chats,
        "dangers": played.dangers,
        "records": len(played.wrapped),
    }


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day, as 2026-11-24") from None
    if day >= clock.today():
        raise ArgumentTypeError("only a day that is over is played")
    return day


def _speed(text: str) -> float:
    if text == "max":
        return 0.0
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= 3_600:  # noqa: PLR2004 - a day in fifteen seconds
        raise ArgumentTypeError("from 1 to 3600, or max")
    return speed


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise ArgumentTypeError(f"from {least} to {most}")
        return int(text)

    return read
