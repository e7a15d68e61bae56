"""A field of a report reaches every place that must have it (CONTRIBUTING, “Recipes”)."""

from dataclasses import fields, replace
from datetime import date, time
from types import SimpleNamespace
from typing import Any, Final

import pytest

from balise.hotline.desk.rules.columns import COLUMNS as OF_A_DESK
from balise.hotline.reports.rules.given import Answers, Given
from balise.hotline.reports.rules.imports.files import COLUMNS as OF_A_FILE
from balise.hotline.reports.templatetags.reports import told
from balise.hotline.reports.web.api import ReportIn
from balise.hotline.reports.web.forms.reporting import WholeForm

FULL: Final[dict[str, Any]] = {
    "category": "hate",
    "danger": True,
    "concern": "known",
    "met_how": "sent",
    "met_on": date(2026, 11, 24),
    "met_time": time(15, 30),
    "description": "Un album public.",
    "contact": "claire@ecole.example",
    "age_band": "adult",
    "reference": "2026-114",
    "identities": "Un pseudonyme",
    "context": "Depuis une semaine",
}
# Where it is ("places" has rows of its own), and what our words of danger guess.
APART: Final = {"places", "words_level", "words_rule"}
# What each place leaves out, on purpose.
OF_PARTNERS: Final = {"met_time", "reference", "identities", "context"}  # what the police need
OF_PEOPLE: Final = {"concern", "met_how", "contact", "age_band"}  # an officer reports, no witness
OF_WITNESSES: Final = OF_PEOPLE - {"age_band"} | {"danger", "met_on", "met_time"}
OF_FILES: Final = OF_WITNESSES | {"identities", "context"}  # reports of before, brought together


def test_the_fields_are_all_here() -> None:
    assert {each.name for each in fields(Answers)} == FULL.keys() | APART


@pytest.mark.parametrize(
    ("place", "has", "without"),
    [
        ("a partner's or a file's answers", {each.name for each in fields(Given)}, set()),
        ("the API", set(ReportIn.model_fields), set()),
        ("the public form", set(WholeForm.base_fields), OF_PARTNERS),
        ("the table of a partner's desk", {each.code for each in OF_A_DESK}, OF_PEOPLE),
        ("the file of an import", set(OF_A_FILE), OF_FILES),
    ],
)
def test_a_field_is_asked(place: str, has: set[str], without: set[str]) -> None:
    assert FULL.keys() - has == without, place


@pytest.mark.parametrize("name", FULL)
def test_a_field_is_kept_as_it_was_said(name: str) -> None:
    answers = replace(Answers(), **{name: FULL[name]})
    assert answers.to_fields()[name]
    assert Answers.from_fields(answers.to_fields()) == answers


@pytest.mark.parametrize("name", FULL)
def test_a_field_is_shown_to_the_analyst(name: str) -> None:
    shown = told(SimpleNamespace(answers=replace(Answers(), **{name: FULL[name]})))  # type: ignore[arg-type]
    nothing = told(SimpleNamespace(answers=Answers()))  # type: ignore[arg-type]
    assert shown != nothing
