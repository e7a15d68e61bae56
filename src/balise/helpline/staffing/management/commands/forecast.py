"""`balise forecast`: a week to come by half hour, and how the last weeks would have gone."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, no_translations

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.helpline.staffing.queries import history, planning
from balise.helpline.staffing.queries.planning import Week
from balise.helpline.staffing.rules.forecast import Trial, monday_of

_MOST_WEEKS = 12


class Command(BaseCommand):
    help = (
        "Print a week to come by half hour; or, with --tried, how the last weeks would have gone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--week", type=_day, metavar="DATE", help="next week without it")
        parser.add_argument("--tried", type=_weeks, metavar="WEEKS", help="on weeks that are past")
        parser.add_argument("--json", action="store_true", dest="as_json")

    @no_translations
    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        if options["tried"]:
            trials = planning.trials(weeks=options["tried"], seen_by=SYSTEM)
            said: dict[str, Any] = {name: _tried(trial) for name, trial in trials.items()}
            lines = [line for name, trial in trials.items() for line in _trial_lines(name, trial)]
        else:
            monday = monday_of(options["week"] or today() + timedelta(weeks=1))
            week = planning.week(monday, seen_by=SYSTEM)
            said, lines = _week(week), _week_lines(week)
        self.stdout.write(json.dumps(said) if as_json else "\n".join(lines))


def _tried(trial: Trial) -> dict[str, Any]:
    return {
        "half_hours": trial.halves,
        "came": trial.came,
        "mean_error": round(trial.mean_error, 3),
        "mean_error_of_the_week_before": round(trial.naive, 3),
        "error_share": round(trial.error_share, 4),
        "bias": round(trial.bias, 3),
        "inside_the_band": round(trial.inside, 4),
        "by_half_hour": {
            history.words_of(half): round(error, 2) for half, error in trial.by_half_hour.items()
        },
    }


def _trial_lines(name: str, trial: Trial) -> list[str]:
    said = _tried(trial)
    errors = said.pop("by_half_hour")
    return [
        f"{name}:",
        *(f"  {what:<30} {value}" for what, value in said.items()),
        "  mean error of each half hour",
        *(f"    {at} {error:5.2f}" for at, error in errors.items()),
    ]


def _week(week: Week) -> dict[str, Any]:
    return {
        "monday": week.monday.isoformat(),
        "seat_hours": week.seat_hours,
        "paid_hours": round(week.paid_hours, 1),
        "days": [
            {
                "day": day.day.isoformat(),
                "share_off_school": round(day.share_off, 3),
                "days_behind": day.behind,
                "lessons": round(day.lessons, 2),
                "half_hours": [
                    {
                        "at": half.at,
                        "calls": round(half.calls.mean, 2),
                        "chats": round(half.chats.mean, 2),
                        "least": half.least,
                        "most": half.most,
                        "erlangs": round(half.load.erlangs, 2),
                        "seats": half.seats,
                        "to_plan": half.planned,
                    }
                    for half in day.halves
                ],
            }
            for day in week.days
        ],
    }


def _week_lines(week: Week) -> list[str]:
    lines = []
    for day in week.days:
        lines.append(f"{day.day:%a} {day.day}: {day.calls} calls, {day.chats} chats")
        lines.extend(
            f"  {half.at} {half.calls.mean:5.1f} {half.chats.mean:5.1f}  {half.seats:3} seats"
            for half in day.halves
        )
    return [*lines, f"{week.seat_hours:.0f} hours to plan, {week.paid_hours:.0f} paid hours"]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day, as 2026-11-24") from None


def _weeks(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST_WEEKS:
        raise ArgumentTypeError(f"from 1 to {_MOST_WEEKS} weeks")
    return int(text)
