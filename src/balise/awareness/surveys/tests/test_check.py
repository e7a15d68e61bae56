"""`balise survey check`: what it says of a questionnaire, for adults and for minors."""

from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import call_command

from balise.awareness.surveys.tests.makers import AGE, SAY, TALKS, WHY, says, text_of


def asked(file: Path, *words: str) -> tuple[Any, int]:
    heard = StringIO()
    try:
        call_command("survey", "check", str(file), "--json", *words, stdout=heard)
    except SystemExit as ended:
        return orjson.loads(heard.getvalue()), int(str(ended.code))
    return orjson.loads(heard.getvalue()), 0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.json"


def test_a_questionnaire_without_a_fault(file: Path) -> None:
    file.write_text(text_of(TALKS, WHY, AGE, SAY), encoding="utf-8")
    told, status = asked(file)
    assert told == {"file": str(file), "ok": True, "faults": [], "remarks": [], "questions": 4}
    assert status == 0


def test_minors_are_asked_without_free_text(file: Path) -> None:
    file.write_text(text_of(TALKS, SAY), encoding="utf-8")
    told, status = asked(file, "--audience", "minors")
    assert [(each["code"], each["where"]) for each in told["faults"]] == [("text-of-minors", "say")]
    assert status == 1


def test_a_language_that_one_question_lacks_is_a_fault(file: Path) -> None:
    file.write_text(text_of(TALKS, {**AGE, "asks": {"fr": "Quel âge ?"}}), encoding="utf-8")
    told, _status = asked(file)
    assert [(each["code"], each["where"]) for each in told["faults"]] == [("language", "age")]


def test_toml_is_read_too_and_a_fault_has_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text(
        '[[sections]]\ncode = "all"\n[[sections.questions]]\ncode = "age"\nkind = "number"\n'
        'asks = { fr = "Quel âge ?" }\nunknown = 1\n',
        encoding="utf-8",
    )
    told, status = asked(file)
    (fault,) = told["faults"]
    assert (fault["code"], fault["line"], status) == ("unread", 4, 1)


def test_what_is_no_questionnaire_is_said_in_words(file: Path) -> None:
    for text in ("{}", '{"sections": 1}', '{"sections": [{"code": "a", "questions": [1]}]}'):
        file.write_text(text)
        told, status = asked(file)
        assert (told["faults"][0]["code"], status) == ("wording-faulty", 1), says(text)
