"""`balise quiz check`: what it says of a quiz that can be published, and of one that cannot."""

from io import StringIO
from pathlib import Path
from typing import Any

import orjson
from django.core.management import call_command

from balise.awareness.activities.quizzes.rules import PACKAGE
from balise.foundation.packs import beside

EXAMPLE = Path(__file__).parents[1] / "documents" / "example.toml"


def asked(file: Path) -> tuple[Any, int]:
    heard = StringIO()
    try:
        call_command("quiz", "check", str(file), "--json", stdout=heard)
    except SystemExit as ended:
        return orjson.loads(heard.getvalue()), int(str(ended.code))
    return orjson.loads(heard.getvalue()), 0


def test_the_example_and_the_quizzes_of_the_pack_have_no_fault() -> None:
    told, status = asked(EXAMPLE)
    assert (told["ok"], told["faults"], told["questions"], status) == (True, [], 3, 0)
    chapters = [Path(str(each)) for each in beside_the_pack()]
    assert chapters
    assert all(asked(each)[1] == 0 for each in chapters)


def beside_the_pack() -> list[Any]:
    return list(beside(PACKAGE, country="FR", name="quizzes").joinpath("quizzes").iterdir())


def test_a_fault_has_the_line_of_its_question(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    before, mark, rest = text.partition("\nright = ")
    assert mark
    file = tmp_path / "a.toml"
    file.write_text(before + "\nwrong = " + rest, encoding="utf-8")
    told, status = asked(file)
    assert (told["ok"], status) == (False, 1)
    (fault,) = [each for each in told["faults"] if each["code"] == "right"]
    assert text.split("\n")[fault["line"] - 1].startswith("code = ")
    assert fault["where"] in text.split("\n")[fault["line"] - 1]


def test_html_and_a_file_of_something_else_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text(EXAMPLE.read_text("utf-8").replace('fr = "', 'fr = "<b>'), encoding="utf-8")
    assert [each["code"] for each in asked(file)[0]["faults"]] == ["words-not-plain"]
    file.write_text("a = 1\n")
    assert [each["code"] for each in asked(file)[0]["faults"]] == ["quizzes"]


def test_questions_of_another_program_are_counted_and_what_is_left_out_is_told(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.gift"
    file.write_text("::A:: Oui {T}\n\n::B:: Raconte. {}\n")
    told, status = asked(file)
    (fault,) = told["faults"]
    assert (told["questions"], status) == (1, 1)
    assert (fault["code"], fault["line"]) == ("kind", 3)
