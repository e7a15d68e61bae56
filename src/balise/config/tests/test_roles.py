"""The roles of the centre: one line each, and no word for two roles."""

import pytest

from balise.config import roles
from balise.config.roles import ROLES, SHARED, check_roles, roles_of_the_centre
from balise.foundation.accounts.roles import Role, every_role, role_of, strays
from balise.foundation.modules import Module


def ids() -> list[str | None]:
    return [message.id for message in check_roles()]


def test_none_spans_two_lines() -> None:
    assert strays(every_role(), shared=SHARED) == []
    assert ids() == []


def test_they_are_registered_in_order() -> None:
    assert every_role() == roles_of_the_centre()
    assert [role.code for role in every_role()] == [role.code for role in ROLES]


def test_a_role_above_another_may_all_that_the_other_may() -> None:
    assert role_of("analyst").abilities < role_of("hotline_lead").abilities


def test_a_module_that_names_an_unknown_role_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = {"balise.garden": Module(abilities={"gardener": ("garden.dig",)})}
    monkeypatch.setattr(roles, "modules", lambda: stranger)

    assert ids() == ["balise.E204"]


def test_one_that_spans_two_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = Role("both", "hotline", "Both", frozenset({"hotline.a.b", "helpline.a.b"}))
    monkeypatch.setattr(roles, "every_role", lambda: (both,))

    assert ids() == ["balise.E201"]


def test_two_under_one_code_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = Role("twin", "hotline", "Twin", frozenset())
    monkeypatch.setattr(roles, "ROLES", (*ROLES, twin, twin))

    assert ids() == ["balise.E202"]
