"""The roles of the centre: one line each, and no word for two roles."""

import pytest

from balise.config import roles
from balise.config.roles import ROLES, SHARED, check_roles
from balise.foundation.accounts.roles import Role, every_role, strays


def ids() -> list[str | None]:
    return [message.id for message in check_roles()]


def test_none_spans_two_lines() -> None:
    assert strays(ROLES, shared=SHARED) == []
    assert ids() == []


def test_the_wiring_registers_them_in_order() -> None:
    assert every_role() == ROLES


def test_one_that_spans_two_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = Role("both", "hotline", "Both", frozenset({"hotline.a.b", "helpline.a.b"}))
    monkeypatch.setattr(roles, "ROLES", (both,))

    assert ids() == ["balise.E201"]


def test_two_under_one_code_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = Role("twin", "hotline", "Twin", frozenset())
    monkeypatch.setattr(roles, "ROLES", (twin, twin))

    assert ids() == ["balise.E202"]
