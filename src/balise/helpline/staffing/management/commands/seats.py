"""`balise seats`: how many listeners a load needs, or what so many give."""

import re
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.foundation.refusals import Refused, refusals_as
from balise.helpline.staffing.rules import erlang
from balise.helpline.staffing.rules.erlang import Load, Model, Target

_UNITS = {"h": 3600, "m": 60, "min": 60, "s": 1, "": 1}
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*(h|min|m|s|)\s*", re.ASCII)


class Command(BaseCommand):
    help = "Print the seats that a load needs (Erlang A, B or C), or what --seated N gives."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        models = [model.value for model in Model]
        parser.add_argument("--model", choices=models, default="a", help="a: people give up")
        parser.add_argument("--calls-per-hour", type=_number, required=True, metavar="N")
        parser.add_argument("--aht", type=seconds, required=True, help="time of work for each: 35m")
        parser.add_argument("--patience", type=seconds, help="mean, for model a: 6m")
        parser.add_argument("--target", type=target, help="percent/seconds: 80/60")
        parser.add_argument("--seated", type=int, metavar="N", help="instead: what N seats give")
        parser.add_argument("--max-occupancy", type=share, help="0.85")
        parser.add_argument("--shrinkage", type=share, default=0.0, help="0.3; none unless said")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_as(CommandError):
            answer = _answer(options)
        if options["json"]:
            self.stdout.write(orjson.dumps(answer).decode())
        else:
            for name, value in answer.items():
                shown = f"{value:.4g}" if isinstance(value, float) else value
                self.stdout.write(f"{name:16} {'–' if value is None else shown}")


def _answer(options: dict[str, Any]) -> dict[str, Any]:
    model = Model(options["model"])
    if model is Model.A and options["patience"] is None:
        raise CommandError("Model a needs --patience, 6m for instance.")
    load = Load(options["calls_per_hour"], options["aht"], options["patience"])
    aim: Target | None = options["target"]
    asked = {"model": model.value, "erlangs": load.erlangs}
    if options["seated"] is not None:
        within_s = aim.within_s if aim else 60
        found = erlang.outcome(model, load, options["seated"], within_s=within_s)
        return asked | {"seated": options["seated"], "within_s": within_s} | asdict(found)
    if aim is None:
        raise CommandError("Say a --target, 80/60 for instance, or --seated N.")
    seats = erlang.seats_for(model, load, aim, max_occupancy=options["max_occupancy"])
    found = erlang.outcome(model, load, seats, within_s=aim.within_s)
    planned = erlang.rostered(seats, shrinkage=options["shrinkage"])
    return asked | {"seats": seats, "rostered": planned} | asdict(found)


def seconds(text: str) -> float:
    """Read a duration: `35m`, `90s`, `1h30m`, or a number of seconds."""
    parts = _PART.findall(text.strip().lower())
    if not parts or not _PART.sub("", text.strip().lower()) == "":
        raise ArgumentTypeError(f"{text!r} is no duration: write 35m, 90s or 1h30m")
    return sum(_float(number) * _UNITS[unit] for number, unit in parts)


def share(text: str) -> float:
    """Read a share: `0.85` or `85%`."""
    value = _number(text.removesuffix("%"))
    value = value / 100 if text.endswith("%") else value
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"{text!r} is no share: write 0.85 or 85%")
    return value


def target(text: str) -> Target:
    """Read a target: `80/60` is 80 % within 60 seconds."""
    first, _, second = text.partition("/")
    if not second:
        raise ArgumentTypeError(f"{text!r} is no target: write 80/60, percent and seconds")
    percent = _number(first.strip().removesuffix("%"))
    try:
        return Target(percent / 100, seconds(second))
    except Refused as refusal:
        raise ArgumentTypeError(refusal.message) from None


def _number(text: str) -> float:
    try:
        return _float(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no number") from None


def _float(text: str) -> float:
    return float(text.replace(",", "."))
