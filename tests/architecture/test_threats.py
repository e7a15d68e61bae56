"""The model of threats names a test for each line, and each of them exists."""

import re

import pytest

from tests.architecture.reading import ROOT

MODEL = (ROOT / "docs" / "security" / "threats.md").read_text("utf-8")
NAMED = re.findall(r"`([\w/]+\.py)::(\w+)`", MODEL)
ROWS = [line for line in MODEL.splitlines() if line.startswith("| ")]


def missing(file: str, name: str) -> bool:
    places = (ROOT / file, ROOT / "src" / "balise" / file)
    texts = [place.read_text("utf-8") for place in places if place.is_file()]
    return not any(re.search(rf"def {name}\(", text) for text in texts)


def test_each_test_that_the_model_of_threats_names_exists() -> None:
    assert NAMED
    assert [f"{file}::{name}" for file, name in NAMED if missing(file, name)] == []


def test_each_line_of_the_model_names_a_test() -> None:
    told = [row for row in ROWS if not row.startswith("| Who | ")]
    assert len(told) > len(re.findall(r"^## ", MODEL, re.MULTILINE))
    assert [row for row in told if not re.search(r"`[\w/]+\.py::test_\w+`", row)] == []


@pytest.mark.parametrize("page", ["threats.md", "first.md"])
def test_the_readme_leads_to_it(page: str) -> None:
    assert f"docs/security/{page}" in (ROOT / "README.md").read_text("utf-8")


def test_a_name_that_there_is_not_is_missed() -> None:
    assert missing("tests/hostile/test_planted.py", "test_nothing")
    assert missing("tests/nowhere.py", "test_nothing")
