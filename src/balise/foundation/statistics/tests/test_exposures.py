"""The class of each number: none without one, none with two."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from balise.config.registry import EXPOSURE
from balise.foundation.statistics import exposures
from balise.foundation.statistics.exposures import (
    TOTAL,
    ExposureFaulty,
    Exposures,
    definition_of,
    exposure_of,
    is_keyed,
    read,
)
from balise.foundation.statistics.protection import Exposure
from balise.foundation.statistics.tests.makers import PICKED, WEIGHED

COMPLETE = {
    (PICKED.name, TOTAL): Exposure.PUBLIC,
    (PICKED.name, "kind"): Exposure.SENSITIVE,
    (PICKED.name, "kind=quince"): Exposure.GRAVE,
    (PICKED.name, "ripe"): Exposure.INSIDE,
    (WEIGHED.name, TOTAL): Exposure.PUBLIC,
    (WEIGHED.name, "kind"): Exposure.PUBLIC,
}


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what the centre registered, for the length of a test."""
    monkeypatch.setattr(exposures, "EXPOSURES", {})
    monkeypatch.setattr(exposures, "_KEYED", set())


def register(table: Exposures) -> None:
    exposures.register(table, (PICKED, WEIGHED))


def test_a_number_has_the_class_of_its_measure_of_its_code_or_of_its_value() -> None:
    register(COMPLETE)
    assert exposure_of(PICKED.name) is Exposure.PUBLIC
    assert exposure_of(PICKED.name, "kind") is Exposure.SENSITIVE
    assert exposure_of(PICKED.name, "kind", "apple") is Exposure.SENSITIVE
    assert exposure_of(PICKED.name, "kind", "quince") is Exposure.GRAVE
    assert exposure_of(PICKED.name, "ripe", "yes") is Exposure.INSIDE


@pytest.mark.parametrize("left_out", sorted(set(COMPLETE) - {(PICKED.name, "kind=quince")}))
def test_a_number_without_a_class_prevents_the_start(left_out: tuple[str, str]) -> None:
    table = {number: each for number, each in COMPLETE.items() if number != left_out}
    with pytest.raises(ExposureFaulty, match=f"no class: {' '.join(left_out)}$"):
        register(table)


def test_a_class_of_no_number_prevents_it_too() -> None:
    with pytest.raises(ExposureFaulty, match=r"no such number: orchard.picked colour"):
        register({**COMPLETE, (PICKED.name, "colour"): Exposure.PUBLIC})


def test_a_module_that_is_off_may_stand_in_the_table() -> None:
    register({**COMPLETE, ("orchard.elsewhere", TOTAL): Exposure.PUBLIC})


def test_only_a_measure_with_a_protected_number_has_record_keys() -> None:
    before = definition_of(PICKED)
    register(COMPLETE)
    assert is_keyed(PICKED.name)
    assert not is_keyed(WEIGHED.name)
    assert definition_of(PICKED) != before == PICKED.definition
    assert definition_of(WEIGHED) == WEIGHED.definition


def test_the_table_of_the_centre_argues_each_class() -> None:
    table = read(EXPOSURE)
    assert table["helpline.topics.met", "topic"] is Exposure.SENSITIVE
    assert table["helpline.topics.met", "topic=grooming"] is Exposure.GRAVE
    assert {table[number] for number in table if number[0].startswith("steering.")} == {
        Exposure.PUBLIC
    }


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('class = "secret"\nwhy = "It is long enough to argue."\nof = {}', "class"),
        ('class = "public"\nwhy = "short"\nof = {}', "why"),
        ('why = "It is long enough to argue."\nof = {}', "class"),
        ('class = "public"\nwhy = "It is long enough to argue."\nof = {}\nby = 1', "by"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "exposure.toml"
    path.write_text(f"[[argued]]\n{written}\n")
    with pytest.raises(ValidationError, match=said):
        read(path)


def test_two_classes_of_one_number_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "exposure.toml"
    one = (
        '[[argued]]\nclass = "{}"\nwhy = "It is long enough to argue."\nof = {{ a = ["total"] }}\n'
    )
    path.write_text(one.format("public") + one.format("grave"))
    with pytest.raises(ExposureFaulty, match="a total has two classes"):
        read(path)
