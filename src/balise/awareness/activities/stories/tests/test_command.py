"""`balise story`: what it writes, and how it ends."""

from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command

from balise.awareness.activities.stories.tests.makers import FILES
from balise.awareness.activities.stories.tests.sources import YARD, ink


def said(*arguments: object) -> Any:
    heard = StringIO()
    call_command("story", *map(str, arguments), "--json", stdout=heard)
    return orjson.loads(heard.getvalue())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "yard.json").write_text(ink(YARD).text, encoding="utf-8")
    return tmp_path


def test_a_story_without_findings_is_checked_from_its_source_and_compiled(folder: Path) -> None:
    compiled = ink(FILES["main.ink"]).text
    (folder / "own.json").write_text(compiled, encoding="utf-8")
    for name in ("main.ink", "own.json"):
        told = said("check", folder / name)
        assert told == {
            "file": str(folder / name),
            "ok": True,
            "faults": [],
            "remarks": [],
            "passages": told["passages"],
            "version": 1,
            "findings": [],
        }
        assert told["passages"] > 1


def faults(file: Path) -> list[dict[str, Any]]:
    """Return the faults of a file that has some."""
    heard = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("story", "check", str(file), "--json", stdout=heard)
    assert ended.value.code == 1
    assert heard.getvalue().count("\n") == 1
    found: list[dict[str, Any]] = orjson.loads(heard.getvalue())["faults"]
    return found


def test_findings_end_with_a_status_of_one(folder: Path) -> None:
    (folder / "main.ink").write_text("INCLUDE ../other.ink\n", encoding="utf-8")
    (fault,) = faults(folder / "main.ink")
    assert (fault["code"], fault["where"], fault["line"]) == ("ink", "main.ink", 1)


def test_a_table_alone_and_a_story_of_twine_are_checked_too(folder: Path) -> None:
    assert said("check", folder / "story.toml")["ok"]
    (folder / "story.toml").write_text("a = 1\n\na = 2\n")
    (fault,) = faults(folder / "story.toml")
    assert (fault["code"], fault["line"]) == ("toml", 3)
    (folder / "one.twee").write_text(":: Start\nHello $you.\n[[Start]]\n", encoding="utf-8")
    (fault,) = faults(folder / "one.twee")
    assert (fault["code"], fault["where"], fault["words"]) == ("variable", "Start", "$you")


def test_a_story_is_played_from_both(folder: Path) -> None:
    (folder / "main.ink").write_text(YARD, encoding="utf-8")
    both = [
        said("play", folder / name, "--choices", "0,0", "--seed", "3")
        for name in ("main.ink", "yard.json")
    ]
    assert both[0] == both[1]
    assert (both[0]["ending"], both[0]["variables"]) == ("heard", {"trust": 2})
    assert [len(scene["choices"]) for scene in both[0]["scenes"]] == [3, 2, 0]


def test_what_cannot_be_played_is_said_in_words(folder: Path) -> None:
    with pytest.raises(CommandError, match="choice 9 is not offered"):
        said("play", folder / "yard.json", "--choices", "9")
    (folder / "new.json").write_text('{"inkVersion": 99}', encoding="utf-8")
    with pytest.raises(CommandError, match="another version of ink"):
        said("play", folder / "new.json")
    (folder / "large.ink").write_text("x" * 5_000_000, encoding="utf-8")
    with pytest.raises(CommandError, match="larger than a story may be"):
        said("play", folder / "large.ink")
    with pytest.raises(CommandError, match="No such file"):
        said("play", folder / "nowhere.ink")


def test_twine_is_written_as_ink(folder: Path) -> None:
    (folder / "one.twee").write_text(":: Start\nHello $you.\n[[Start]]\n", encoding="utf-8")
    told = said("import", folder / "one.twee")
    assert "+ [Start # id: start.c1] -> start" in told["ink"]
    assert told["left_out"] == [{"passage": "Start", "kind": "variable", "text": "$you"}]
