"""Open figures for programs: the JSON keeps its schema, the data package its specification."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from zipfile import ZipFile

import jsonschema
import pytest
from django.conf import settings
from django.test import Client

from balise.foundation import clock
from balise.steering.editions.tests.decks import deck
from balise.steering.published.rules import described, licence, packaged
from balise.steering.published.tests.makers import day_of, make_published
from balise.steering.rules.leaving import Cell, CellState

SCHEMA = json.loads(files(__package__).joinpath("schema.json").read_text(encoding="utf-8"))
AT = datetime(2031, 10, 20, 9, tzinfo=UTC)
ANY_SITE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def linked(number: str) -> str:
    return f"https://balise.example/fr/figures/2031-10-18/{number}/"


def document() -> Any:
    """Return the JSON of a deck of every form and state, as a program reads it."""
    told = described(deck(), published_at=AT, mark="0" * 64, licence=licence("fr"), linked=linked)
    return json.loads(json.dumps(told))


def package(country: str = "fr") -> bytes:
    return packaged(deck(), published_at=AT, name="Centre", licence=licence(country), linked=linked)


def read(octets: bytes) -> tuple[dict[str, Any], dict[str, list[dict[str, str]]]]:
    """Return the descriptor of a package, and the lines of each resource by its name."""
    with ZipFile(io.BytesIO(octets)) as archive:
        described = json.loads(archive.read("datapackage.json"))
        names = set(archive.namelist()) - {"datapackage.json"}
        assert names == {each["path"] for each in described["resources"]}
        lines = {
            each["name"]: list(csv.DictReader(io.StringIO(archive.read(each["path"]).decode())))
            for each in described["resources"]
        }
    return described, lines


def fits(value: str, kind: str) -> bool:
    """Return whether a value is of a type of Table Schema, in its default format."""
    reads: dict[str, Any] = {
        "string": str,
        "integer": int,
        "number": Decimal,
        "date": date.fromisoformat,
        "boolean": ["true", "false"].index,
        "datetime": lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ"),  # noqa: DTZ007
    }
    try:
        reads[kind](value)
    except (ValueError, ArithmeticError):
        return False
    return True


class TestJson:
    def test_keeps_its_schema(self) -> None:
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        jsonschema.validate(document(), SCHEMA, cls=jsonschema.Draft202012Validator)

    @pytest.mark.parametrize(
        ("name", "wrong"), [("value", 3), ("state", "shown"), ("code", None), ("method", "felt")]
    )
    def test_its_schema_refuses_another_shape(self, name: str, wrong: object) -> None:
        told = document()
        [hidden] = [one for one in told["figures"] if one["number"] == "F05"]
        hidden[name] = wrong
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(told, SCHEMA, cls=jsonschema.Draft202012Validator)

    def test_a_number_keeps_its_bound_and_a_withheld_one_is_none(self) -> None:
        figures = {one["number"]: one for one in document()["figures"]}
        first = figures["F01"]
        assert (first["value"], first["bound"], first["state"]) == (25000, "at_most", "shown")
        cells = {row["code"]: row["cells"][0] for row in figures["F04"]["rows"]}
        assert cells["weapons"] == {"value": None, "bound": None, "state": "withheld"}
        states = {row["code"]: row["cells"][0]["state"] for row in figures["F05"]["rows"]}
        assert states["app"] == "not-counted"

    @pytest.mark.django_db
    def test_is_open_to_any_site_and_named_by_its_digest(self, client: Client) -> None:
        day = day_of(make_published())
        answer = client.get(f"/figures/api/{day}.json")
        assert ANY_SITE.items() <= answer.headers.items()
        assert not answer.cookies
        told = answer.json()
        jsonschema.validate(told, SCHEMA, cls=jsonschema.Draft202012Validator)
        link = told["figures"][0]["permalink"]
        assert client.get(link.removeprefix(settings.PUBLIC_ADDRESS)).status_code == HTTPStatus.OK
        again = client.get("/figures/api/latest.json", headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")
        assert again["ETag"] == answer["ETag"]
        other = client.get("/figures/api/latest.json", headers={"If-None-Match": '"x"'})
        assert other.content == answer.content

    @pytest.mark.django_db
    def test_what_is_not_there_is_a_problem_that_any_site_reads(self, client: Client) -> None:
        answer = client.get("/figures/api/2031-10-18.json")
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert answer["Content-Type"] == "application/problem+json"
        assert ANY_SITE.items() <= answer.headers.items()


class TestPackage:
    """The properties that Data Package 1, Tabular Data Resource 1 and Table Schema 1 require."""

    def test_says_what_the_specification_requires(self) -> None:
        described, _lines = read(package())
        assert described["profile"] == "tabular-data-package"
        names = [described["name"], *(each["name"] for each in described["resources"])]
        assert all(name == name.lower() and " " not in name for name in names)
        assert len(names) == len(set(names))
        for each in described["resources"]:
            assert each["profile"] == "tabular-data-resource"
            assert not each["path"].startswith(("/", "."))
            fields = each["schema"]["fields"]
            assert len({field["name"] for field in fields}) == len(fields)
            assert "" in each["schema"]["missingValues"]

    def test_each_value_is_of_its_type_and_each_line_has_its_key(self) -> None:
        described, lines = read(package())
        for each in described["resources"]:
            fields, found = each["schema"]["fields"], lines[each["name"]]
            assert found
            key = each["schema"]["primaryKey"]
            keys = [tuple(line[name] for name in key) for line in found]
            assert len(set(keys)) == len(keys)
            assert all(all(parts) for parts in keys)
            for line in found:
                assert list(line) == [field["name"] for field in fields]
                for field in fields:
                    value = line[field["name"]]
                    assert not value or fits(value, field["type"]), (each["name"], field, value)
                    if allowed := field.get("constraints", {}).get("enum"):
                        assert value in allowed

    def test_a_withheld_number_is_missing_and_said(self) -> None:
        _described, lines = read(package())
        hidden = [one for one in lines["f04"] if one["row"] == "drugs"]
        assert [(one["value"], one["state"]) for one in hidden] == [("", "withheld")] * 2

    def test_is_the_same_octets_at_any_moment(self) -> None:
        before = package()
        with clock.at(clock.now().replace(year=clock.now().year + 1, day=1)):
            assert package() == before

    def test_its_licence_is_that_of_the_country(self) -> None:
        assert "name" not in read(package("fr"))[0]["licenses"][0]
        assert read(package("lu"))[0]["licenses"][0]["name"] == "CC-BY-4.0"
        for country in ("fr", "lu"):
            assert licence(country).url.startswith("https://")

    @pytest.mark.django_db
    def test_is_given_to_any_site(self, client: Client) -> None:
        day = day_of(make_published())
        answer = client.get(f"/figures/{day}/data.zip")
        assert ANY_SITE.items() <= answer.headers.items()
        described, lines = read(answer.content)
        assert described["version"] == day
        assert {one["number"].lower() for one in lines["definitions"]} == set(lines) - {
            "definitions"
        }


def test_a_cell_that_is_not_shown_can_hold_no_number() -> None:
    for state in CellState:
        with pytest.raises(ValueError, match="cell"):
            Cell(state, None if state is CellState.SHOWN else Decimal(918_273))
