"""Each address that takes a body spends a budget, or says why it stores nothing."""

from collections.abc import Iterator

import pytest
from django.test import RequestFactory
from tests.architecture.test_doors import views

from balise.config.modules import modules
from balise.config.tests.test_open_addresses import address, browser
from balise.config.tests.test_staff_addresses import methods
from balise.foundation.budgets.rules import DECLARED, Budget
from balise.foundation.web.spending import budget_of

WRITES = {"post", "put", "patch", "delete"}
FIRST = {"hotline.reports", "helpline.conversations", "helpline.chats-begun"}


def without() -> Iterator[str]:
    """Yield the addresses that take a body and have no budget, of all doors."""
    client = browser()
    for route, view in views():
        if budget_of(view, RequestFactory().put("/")) or getattr(view, "writes_nothing", ""):
            continue
        if WRITES.intersection(methods(client, address(route))):
            yield route


@pytest.mark.django_db
def test_each_address_that_writes_has_a_budget() -> None:
    assert len(DECLARED.by_name) > len(FIRST)
    assert not (found := list(without())), (
        found and "tell a budget in module.py, or mark the view with its reason"
    )


@pytest.mark.django_db
def test_one_whose_budget_is_taken_away_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    of_modules = {**DECLARED._of_module}
    del of_modules["balise.awareness.events"]
    monkeypatch.setattr(DECLARED, "_of_module", of_modules)
    assert any(route.endswith("register/") for route in without())


def test_what_comes_first_has_no_total() -> None:
    told = [one for module in modules().values() for one in module.budgets]
    first = {one.name: one for one in told if one.comes_first}
    assert first.keys() >= FIRST
    assert not [one for one in first.values() if one.in_all]
    with pytest.raises(ValueError, match="no total"):
        Budget(name="a", says="b", in_all=1, comes_first=True)


def test_a_living_chat_is_shut_by_no_count() -> None:
    assert DECLARED.by_name["helpline.conversations"].near == 0
