"""The centre changes its bank: each change is a version, an entry, and refused to others."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.awareness.activities.charter import actions, queries
from balise.awareness.activities.charter.models import PracticeVersion
from balise.awareness.activities.charter.rules.bank import bank
from balise.awareness.activities.charter.rules.picks import Whom
from balise.awareness.activities.charter.web.bank_forms import PracticeForm
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import now
from balise.foundation.finding import NotHere, there
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db

CODE = "meals-without"


def row(**french: str) -> dict[str, Any]:
    """Return the practice of meals, with some of its French words changed."""
    known = bank("fr").practice(CODE)
    assert known
    told = known.told()
    return {**told, **{name: {**told[name], "fr": words} for name, words in french.items()}}


def test_an_editor_changes_wording_and_each_version_stays() -> None:
    editor = make_actor("editor")
    actions.change(code=CODE, row=row(says="On dîne sans écran."), after=0, by=editor)
    actions.change(code=CODE, row=row(says="À table, pas d’écran."), after=1, by=editor)

    found = queries.written(CODE, seen_by=editor)
    assert queries.current().practice(CODE) == found.practice
    assert "À table" in found.practice.says.in_language("fr")
    assert [each.number for each in found.versions] == [2, 1]
    assert "dîne" in found.versions[1].practice.says.in_language("fr")
    told = Entry.objects.filter(event="awareness.practice.written").order_by("id")
    assert [each.facts["number"] for each in told] == [1, 2]
    assert "table" not in str([each.facts for each in told])


def test_a_change_made_on_an_old_version_is_refused() -> None:
    editor = make_actor("awareness_lead")
    actions.change(code=CODE, row=row(says="On dîne sans écran."), after=0, by=editor)
    with pytest.raises(actions.PracticeChanged):
        actions.change(code=CODE, row=row(says="Autre chose."), after=0, by=editor)
    assert PracticeVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"child": "Tu " + "vas " * 12 + "bien."}, "child_fr"),
        ({"reason": "42 enfants sur 100."}, "reason_fr"),
        ({"tip": "On te promet que ça marche."}, "tip_fr"),
        ({"easy": ""}, "easy_fr"),
    ],
)
def test_words_that_break_a_rule_are_refused_with_their_field(
    words: dict[str, str], field: str
) -> None:
    with pytest.raises(actions.WordingFaulty) as refused:
        actions.change(code=CODE, row=row(**words), after=0, by=make_actor("editor"))
    assert refused.value.field == field
    assert not Entry.objects.filter(event__startswith="awareness.practice").exists()


def test_a_practice_is_withdrawn_and_offered_again() -> None:
    editor = make_actor("editor")
    actions.withdraw(code=CODE, after=0, by=editor)
    assert CODE not in {each.code for each in queries.current().offered(())}
    assert queries.current().practice(CODE)
    actions.restore(code=CODE, after=1, by=editor)
    assert CODE in {each.code for each in queries.current().offered(())}
    told = Entry.objects.filter(event__startswith="awareness.practice").order_by("id")
    assert [each.event.rpartition(".")[2] for each in told] == ["withdrawn", "restored"]


def test_a_practice_is_added_under_a_code_of_its_english_words_and_once() -> None:
    editor = make_actor("editor")
    new = row(says="On cuisine ensemble le mercredi.")
    new["says"]["en"] = "We cook together on Wednesdays."
    code = actions.add(row=new, by=editor)
    assert code == "we-cook-together-on-wednesdays"
    assert queries.current().practice(code)
    with pytest.raises(actions.CodeTaken):
        actions.add(row=new, by=editor)


def test_nobody_else_changes_the_bank_and_an_unknown_practice_is_nowhere() -> None:
    for role in ("coordinator", "analyst", "listener"):
        with pytest.raises(PermissionDenied):
            actions.withdraw(code=CODE, after=0, by=make_actor(role))
        with pytest.raises(PermissionDenied):
            actions.add(row=row(), by=make_actor(role))
    with pytest.raises(NotHere):
        actions.restore(code="nothing", after=0, by=make_actor("editor"))


def test_the_form_of_a_practice_says_what_the_pack_says() -> None:
    known = bank("fr").practice(CODE)
    assert known
    initial = PracticeForm.initial_of(known, number=0)
    form = PracticeForm(initial, bank=bank("fr"))
    assert form.is_valid(), form.errors
    assert form.row == known.told()


def test_what_an_editor_writes_is_on_the_familys_page(client: Client) -> None:
    actions.change(code=CODE, row=row(says="On dîne sans écran."), after=0, by=make_actor("editor"))
    assert "On dîne sans écran." in client.get("/fr/charter/steps/choose/").text


def test_what_was_written_before_says_who_commits_in_the_words_of_a_charter() -> None:
    moves = import_module(
        "balise.awareness.activities.charter.migrations.0002_one_word_for_who_commits"
    )
    old = {**row(), "who": "child"}
    PracticeVersion.objects.create(practice=CODE, number=1, row=old, written_at=now())
    moves.to_the_words_of_a_charter(apps, None)
    assert there(queries.current().practice(CODE)).who is Whom.CHILDREN
    moves.back(apps, None)
    assert PracticeVersion.objects.get().row == old
