"""A country is configuration: the same code, other packs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from balise.config.centre import countries, read_centre
from balise.foundation.packs import PackFaulty, countries_of, load
from balise.helpline.app.module import faults
from balise.hotline.reports.rules.categories import categories
from balise.takedown.law.rules.histories import DSA_KEYWORDS
from balise.takedown.law.rules.qualification import qualification

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent / "countries"


@pytest.mark.parametrize("country", countries())
def test_each_country_has_its_law_its_categories_and_its_numbers(country: str) -> None:
    assert {"police", "emergency", "helpline"} <= {one.code for one in read_centre(country).numbers}
    assert {one.dsa_keyword for one in categories(country)} <= DSA_KEYWORDS
    assert qualification(country).offences


@pytest.mark.parametrize("country", countries())
def test_each_dangerous_answer_leads_to_numbers_of_the_country(country: str) -> None:
    with override_settings(COUNTRY=country, CENTRE=read_centre(country)):
        assert not list(faults(country))


def test_there_are_two_countries_and_no_condition_on_one() -> None:
    assert set(countries()) == set(countries_of("balise.takedown.law")) >= {"fr", "lu"}
    source = ROOT / "src" / "balise"
    for path in source.rglob("*.py"):
        if "tests" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert 'COUNTRY == "' not in text, path
            assert 'country == "' not in text, path


@pytest.mark.parametrize(("country", "file"), [("lu", "luxembourg.py")], ids=str)
@pytest.mark.whole
def test_a_report_goes_the_way_of_another_country(country: str, file: str, tmp_path: Path) -> None:
    surroundings = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BALISE_", "PYTEST_"))
    }
    surroundings |= {
        "BALISE_COUNTRY": country,
        "BALISE_HOME": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/country.sqlite3",
    }
    done = subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", "-q", str(HERE / file)],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


# What a country may be without: an open format of its own for places of help.
OF_SOME = {"src/balise/awareness/places/structures/packs/*/mediation"}


def test_each_country_has_each_pack() -> None:
    packs: dict[str, set[str]] = {country: set() for country in countries()}
    for country, found in packs.items():
        for path in (ROOT / "src" / "balise").glob(f"**/packs/{country}/*"):
            if (path / "story.toml").exists():  # of a country that takes another's triggers
                continue
            if path.suffix == ".toml" or any(path.glob("*.toml")):  # one file, or several
                name = str(path.relative_to(ROOT).with_suffix(""))
                found.add(name.replace(f"/{country}/", "/*/"))
    assert all(found | OF_SOME == packs["fr"] | OF_SOME for found in packs.values())


class TestAsIn:
    @pytest.mark.parametrize(
        ("packs", "says"),
        [
            ({"aa": 'as_in = "bb"', "bb": "x = 1"}, {"x": 1}),
            ({"aa": "x = 2", "bb": "x = 1"}, {"x": 2}),
            ({"aa": 'as_in = "bb"', "bb": 'as_in = "aa"'}, None),
            ({"aa": 'as_in = "bb"\nx = 2', "bb": "x = 1"}, None),
            ({"aa": 'as_in = "cc"'}, None),
        ],
    )
    def test_a_country_takes_what_another_says_once(
        self,
        packs: dict[str, str],
        says: dict[str, int] | None,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        for country, text in packs.items():
            (tmp_path / "packs" / country).mkdir(parents=True)
            (tmp_path / "packs" / country / "hat.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr("balise.foundation.packs.files", lambda _package: tmp_path)
        if says is None:
            with pytest.raises(PackFaulty):
                load("balise", country="aa", name="hat")
        else:
            assert load("balise", country="aa", name="hat") == says
