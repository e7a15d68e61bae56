"""Families that say yes are counted by day; staff see the exact numbers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.activities.charter import actions, demonstration, queries
from balise.awareness.activities.charter.models import CharterTally, RuleTally
from balise.awareness.activities.charter.rules.bank import bank
from balise.awareness.activities.charter.rules.picks import What
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.web.testing import StrictClient

pytestmark = pytest.mark.django_db
FIRST, SECOND = (each.code for each in bank("fr").practices[:2])


def count(families: int, *, band: str = "8-10", chosen: tuple[str, ...] = (FIRST,)) -> None:
    """Count so many families that finished a charter."""
    for _family in range(families):
        actions.count(what=What.FINISHED, band=band, chosen=chosen, by=ANYONE)


def test_a_day_that_is_over_is_told_to_the_journal_once() -> None:
    with clock.at(clock.now() - timedelta(days=1)):
        count(2, chosen=(FIRST, SECOND))
        assert actions.tell_days(by=SYSTEM) == 0
    assert actions.tell_days(by=SYSTEM) == 3
    assert actions.tell_days(by=SYSTEM) == 0
    told = Entry.objects.filter(event="awareness.charter.counted").get().facts
    assert (told["what"], told["band"], told["families"]) == ("finished", "8-10", 2)
    rules = Entry.objects.filter(event="awareness.charter.rules-counted")
    assert {each.facts["practice"] for each in rules} == {FIRST, SECOND}


def test_the_numbers_are_exact_for_staff(client: StrictClient) -> None:
    count(2)
    count(12, band="11-13", chosen=(FIRST, SECOND))
    shown = queries.figures(by=make_actor("editor"))
    assert set(shown.charters.values()) == {0, 14}
    assert set(shown.bands.values()) == {0, 2, 12}
    assert [(row.chosen, row.kept) for row in shown.rules] == [(14, 0), (12, 0)]
    sign_in(client, make_account("editor"))
    page = "".join(client.get("/staff/awareness/charter/").text.split())
    assert all(f">{number}<" in page for number in (0, 2, 12, 14))


def test_only_who_may_reads_the_figures(client: StrictClient) -> None:
    with pytest.raises(PermissionDenied):
        queries.figures(by=make_actor("listener"))
    assert client.get("/staff/awareness/charter/").status_code == 302


def test_the_demonstration_has_half_a_year_of_families() -> None:
    demonstration.fill({"editor": make_actor("editor")})
    assert CharterTally.objects.count() > 200
    assert set(RuleTally.objects.values_list("of", flat=True)) == {"chosen", "kept"}
    assert queries.figures(by=make_actor("awareness_lead")).rules
