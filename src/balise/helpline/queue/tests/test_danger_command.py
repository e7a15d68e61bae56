"""`balise danger words`: without a database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command


def said(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("danger", "words", str(file), *options, stdout=out)
    return out.getvalue()


def test_each_phrase_is_told_as_it_is_given(tmp_path: Path) -> None:
    file = tmp_path / "phrases"
    file.write_text("  Je veux MOURIR ce soir\t\n\n   \nsalut\nj'ai peur de mon père\r\n")
    found = json.loads(said(file, "--json"))
    assert [one["phrase"] for one in found] == [
        "  Je veux MOURIR ce soir\t",
        "salut",
        "j'ai peur de mon père",
    ]
    assert [(one["level"], one["category"]) for one in found] == [
        ("A", "suicide"),
        ("none", "none"),
        ("C", "violence-at-home"),
    ]
    assert [bool(one["rule"]) for one in found] == [True, False, True]


def test_odd_letters_do_not_stop_it(tmp_path: Path) -> None:
    file = tmp_path / "phrases"
    file.write_bytes("il m'a violée\n\x00\n".encode("cp1252") + b"\xff\x81\n")
    found = json.loads(said(file, "--json"))
    assert found[0] == {**found[0], "phrase": "il m'a violée", "level": "B"}
    assert len(found) == 3


def test_without_json_it_is_a_table(tmp_path: Path) -> None:
    file = tmp_path / "phrases"
    file.write_text("\ufeffau secours\nsalut\n")
    lines = said(file).splitlines()
    assert [line.split()[0] for line in lines] == ["A", "none"]
    assert "au secours" in lines[0]


def test_an_empty_file_is_an_empty_list(tmp_path: Path) -> None:
    file = tmp_path / "phrases"
    file.write_text("")
    assert json.loads(said(file, "--json")) == []


def test_a_file_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        said(tmp_path / "nothing", "--json")
    assert ended.value.code == 2
    assert "nothing: No such file or directory" in capsys.readouterr().err
