"""Families that say yes are counted by day; nothing is shown of fewer than eleven."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.activities.charter import actions, demonstration, queries
from balise.awareness.activities.charter.models import CharterTally, RuleTally
from balise.awareness.activities.charter.module import MEASURES
from balise.awareness.activities.charter.rules.bank import bank
from balise.awareness.activities.charter.rules.picks import What
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
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


def test_nothing_is_shown_of_fewer_than_eleven_families() -> None:
    reader = make_actor("editor")
    count(10)
    shown = queries.figures(by=reader)
    assert set(shown.charters.values()) == {None}
    assert set(shown.bands.values()) == {None}
    assert shown.rules == ()
    count(30, chosen=(FIRST, SECOND))
    count(12, band="11-13", chosen=(SECOND,))
    shown = queries.figures(by=reader)
    assert [number for number in shown.charters.values() if number] == [52]
    # With its total, a band alone would tell of the small ones beside it: the smallest goes too.
    assert sorted(number for number in shown.bands.values() if number) == [40]
    assert [(row.chosen, row.kept) for row in shown.rules] == [(42, None), (40, None)]


def test_what_leaves_the_house_has_the_threshold_of_families() -> None:
    assert {each.threshold.fewest for each in MEASURES} == {11}
    assert all(each.threshold.hides_zero for each in MEASURES)


def test_only_who_may_reads_the_figures(client: StrictClient) -> None:
    with pytest.raises(PermissionDenied):
        queries.figures(by=make_actor("listener"))
    assert client.get("/staff/awareness/charter/").status_code == 302


def test_the_demonstration_has_half_a_year_of_families() -> None:
    demonstration.fill({"editor": make_actor("editor")})
    assert CharterTally.objects.count() > 200
    assert set(RuleTally.objects.values_list("of", flat=True)) == {"chosen", "kept"}
    assert queries.figures(by=make_actor("awareness_lead")).rules
