"""The operators' question: how many listeners?"""

from io import StringIO
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command

from balise.helpline.staffing.management.commands.seats import seconds, share, target
from balise.helpline.staffing.rules.erlang import Target

PEAK = ("--calls-per-hour", "18", "--aht", "35m", "--patience", "6m")


def seats(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("seats", *arguments, "--json", stdout=out)
    answer: dict[str, Any] = orjson.loads(out.getvalue())
    return answer


def test_says_how_many_sit_and_how_many_are_planned() -> None:
    answer = seats(*PEAK, "--model", "c", "--target", "80/60", "--shrinkage", "0.3")
    assert (answer["seats"], answer["rostered"]) == (15, 22)
    answer = seats(*PEAK, "--model", "a", "--target", "80/60")
    assert (answer["seats"], answer["rostered"]) == (13, 13)


def test_keeps_occupancy_bearable() -> None:
    answer = seats(*PEAK, "--model", "a", "--target", "80/60", "--max-occupancy", "0.7")
    assert answer["seats"] == 15
    assert answer["occupancy"] <= 0.7


def test_says_what_so_many_seats_give() -> None:
    answer = seats(*PEAK, "--model", "a", "--seated", "10")
    assert answer["p_abandon"] == pytest.approx(0.196, abs=0.001)
    assert answer["mean_wait_s"] == pytest.approx(70.7, abs=0.1)
    assert {"p_wait", "occupancy", "service_level"} < answer.keys()
    assert seats(*PEAK, "--model", "c", "--seated", "10")["mean_wait_s"] is None


def test_says_it_in_lines_too() -> None:
    out = StringIO()
    call_command("seats", *PEAK, "--model", "c", "--seated", "10", stdout=out)
    assert "mean_wait_s      –" in out.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--model", "a", "--calls-per-hour", "18", "--aht", "35m", "--target", "80/60"),
        PEAK,
        (*PEAK, "--target", "80"),
        (*PEAK, "--target", "100/60"),
        (*PEAK, "--target", "80/soon"),
        (*PEAK, "--seated", "-1"),
        (*PEAK, "--target", "80/60", "--max-occupancy", "1.5"),
        ("--calls-per-hour", "many", "--aht", "35m", "--target", "80/60"),
    ],
)
def test_refuses_kindly(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("seats", *arguments)


@pytest.mark.parametrize(
    ("text", "value"),
    [("35m", 2100), ("90s", 90), ("1h30m", 5400), ("45", 45), ("0,5h", 1800), ("6 min", 360)],
)
def test_reads_durations(text: str, value: float) -> None:
    assert seconds(text) == value


def test_reads_shares_and_targets() -> None:
    assert share("85%") == share("0.85") == share("0,85") == 0.85
    assert target("80/60") == target("80%/1m") == Target(0.8, 60)
