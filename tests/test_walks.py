"""A walk names every cell that it fails for, and fails where there is none."""

from enum import StrEnum
from inspect import signature

import pytest
from django.db import connection

from balise.config.roles import ROLES
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import make_account
from tests.walks import of_each, rolled_back


class Light(StrEnum):
    DAY = "day"
    NIGHT = "night"


def test_every_cell_that_fails_is_named_on_a_line() -> None:
    @of_each("number", range(4))
    def promise(number: int) -> None:
        assert number % 2, "is even"

    with pytest.raises(AssertionError) as told:
        promise()

    assert str(told.value).splitlines() == [
        "0: is even",
        "2: is even",
        "2 of 4 cells fail",
    ]
    assert "is even" in str(told.value.__cause__)


def test_what_is_no_assertion_is_told_with_its_class() -> None:
    @of_each(("number", "light"), [(0, Light.DAY), (1, Light.NIGHT)])
    def promise(number: int, light: Light) -> None:
        if light is Light.DAY:
            1 / number
        pytest.fail("it is night")

    with pytest.raises(AssertionError) as told:
        promise()

    assert str(told.value).splitlines()[:2] == [
        "0 · day: ZeroDivisionError: division by zero",
        "1 · night: Failed: it is night",
    ]


def test_no_cell_is_a_failure() -> None:
    @of_each("number", ())
    def promise(number: int) -> None:
        assert number

    with pytest.raises(AssertionError, match="no cell"):
        promise()


def test_a_cell_is_named_as_a_parameter_is() -> None:
    @of_each("light", [pytest.param(Light.DAY, id="noon")])
    def promise(light: Light) -> None:
        assert light is Light.NIGHT

    with pytest.raises(AssertionError, match=r"^noon: "):
        promise()


def test_fixtures_are_asked_for_and_cells_are_not() -> None:
    @of_each("number", [1])
    def promise(number: int, tmp_path: object) -> None:
        """Hold."""

    assert list(signature(promise).parameters) == ["tmp_path"]


class TestInAClass:
    @of_each("light", Light)
    def test_a_cell_may_be_asked_by_name(self, *, light: Light, request: object) -> None:
        assert light in Light
        assert request


@pytest.mark.django_db
def test_a_cell_leaves_nothing_to_the_next_even_where_a_statement_fails() -> None:
    found = []

    @of_each("table", ["accounts_account", "nowhere", "accounts_account"], apart=rolled_back)
    def promise(table: str) -> None:
        found.append(Account.objects.count())
        make_account(ROLES[0].code)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
            assert cursor.fetchone()

    with pytest.raises(AssertionError, match="1 of 3 cells fail"):
        promise()

    assert found == [0, 0, 0]
    assert Account.objects.count() == 0
