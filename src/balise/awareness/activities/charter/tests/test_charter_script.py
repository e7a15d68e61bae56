"""What the script makes of a charter on a family's device is what the rules make of it."""

import json
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from balise.awareness.activities.charter.rules import files
from balise.awareness.activities.charter.rules.charter import Charter
from balise.awareness.activities.charter.rules.picks import Say

HERE = Path(__file__).parent
SCRIPT = HERE.parent / "static" / "charter" / "charter.js"
NODE = shutil.which("node") or ""
TODAY = date(2026, 11, 27)
CODES = ("sleep-basket", "meals-free", "play-together", "hour-before", "own-1", "own-2")
WORDS = ("", " Une  idée\n", "On joue 👨‍👩‍👧 ensemble", "x" * 200, "Encore\u202e une", "é" * 61)
ROUNDS = 300

pytestmark = pytest.mark.skipif(not NODE, reason="no Node on this machine to run the script")


def a_change(chance: random.Random) -> list[Any]:
    """Return one change by its word and what it is told."""
    code, words = chance.choice(CODES), chance.choice(WORDS)
    homes = chance.choice((None, {code: 2}))
    some = chance.sample(CODES[:4], chance.randrange(5))
    return chance.choice(
        [
            ["up", code],
            ["down", code],
            ["veto", code],
            ["restore", code],
            ["propose", chance.choice(CODES[:4])],
            ["say", words],
            ["title", words],
            ["reason", code, words],
            ["choose", some, chance.sample(CODES[:4], 2), homes],
            ["decide", code, chance.choice(Say.values), words],
            ["again", some],
            ["profile", ["14-17"], chance.choice((1, 2))],
            ["another"],
            ["days"],
            ["bare"],
        ]
    )


def for_the_calendar(charter: Charter) -> Charter:
    """Return what the script sends for a calendar: rules on trial with their days alone."""
    without = charter.without_words()
    trials = {code: pick for code, pick in without.picks.items() if pick.until}
    return replace(without, bands=(), aims=(), picks=trials)


def changed(charter: Charter, what: str, *said: Any) -> Charter:
    """Return a charter after one change, as the rules make it."""
    ways: dict[str, Callable[..., Charter]] = {
        "up": lambda code: charter.moved(code, up=True),
        "down": lambda code: charter.moved(code, up=False),
        "veto": charter.vetoed,
        "restore": charter.restored,
        "propose": charter.proposing,
        "say": charter.saying,
        "title": charter.titled,
        "reason": lambda code, words: charter.reasoned({code: words}),
        "choose": lambda children, parents, homes: charter.choosing(
            children=children, parents=parents, homes=homes
        ),
        "decide": lambda code, word, tries: charter.deciding(
            {code: Say(word)}, tries={code: tries}, today=TODAY
        ),
        "again": charter.asked_again,
        "profile": lambda bands, homes: charter.profiled(
            bands=bands, homes=homes, aims=charter.aims, is_counted=True
        ),
        "another": charter.for_another_child,
        "days": lambda: for_the_calendar(charter),
        "bare": charter.without_words,
    }
    return ways[what](*said)


def test_the_script_and_the_rules_tell_the_same() -> None:
    chance = random.Random(13)  # noqa: S311 - a sample
    begun = Charter().profiled(bands=["8-10"], homes=2, aims=["sleep"], is_counted=True)
    played, expected = [], []
    for _round in range(ROUNDS):
        changes = [a_change(chance) for _nth in range(chance.randrange(1, 12))]
        charter = begun
        for change in changes:
            charter = changed(charter, *change)
        played.append({"begun": files.write(begun), "changes": changes, "today": TODAY.isoformat()})
        expected.append(charter.told())
        assert files.read(files.write(charter).encode()) == charter
    answer = subprocess.run(  # noqa: S603 - our own script, on this machine
        [NODE, HERE / "playing.mjs", SCRIPT.as_uri()],
        input=json.dumps(played),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    for told, ours, how in zip(json.loads(answer.stdout), expected, played, strict=True):
        assert told == ours, how["changes"]
