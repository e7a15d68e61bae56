"""What a figure was when an edition was frozen, beside what is known of the same days now."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.clock import today
from balise.foundation.journal.clerk import tick
from balise.foundation.statistics.tests.makers import pick
from balise.steering.editions.queries.earlier import earlier_values
from balise.steering.editions.tests.makers import make_edition, make_frozen

pytestmark = pytest.mark.django_db


def test_it_says_what_was_told_then_and_what_is_known_now() -> None:
    day = today() - timedelta(days=40)
    pick("apple", times=40, on=day)
    tick()
    frozen = make_frozen()
    pick("apple", times=20, on=day)
    tick()

    [found] = earlier_values("HOT-REP", seen_by=make_actor("steering"))

    assert found.edition_id == frozen
    assert (found.then, found.now) == ("40", "60")
    assert found.is_revised


def test_it_is_not_revised_where_nothing_changed() -> None:
    pick("apple", times=40, on=today() - timedelta(days=40))
    tick()
    make_frozen()
    [found] = earlier_values("HOT-REP", seen_by=make_actor("steering"))
    assert found.then == found.now
    assert not found.is_revised


def test_a_draft_and_another_figure_are_no_earlier_value() -> None:
    make_edition()
    assert not earlier_values("HOT-REP", seen_by=make_actor("steering"))
    assert not earlier_values("NOTHING", seen_by=make_actor("steering"))


def test_it_is_for_those_who_may_read_editions() -> None:
    with pytest.raises(PermissionDenied):
        earlier_values("HOT-REP", seen_by=make_actor("listener"))


def test_the_page_of_the_figure_shows_it(client: Client) -> None:
    sign_in(client, make_account("steering"))
    address = "/staff/steering/figure/HOT-REP/"
    assert "Valeurs antérieures" not in client.get(address).text
    pick("apple", times=40, on=today() - timedelta(days=40))
    tick()
    frozen = make_frozen()
    page = client.get(address).text
    assert "Valeurs antérieures" in page
    assert f'href="/staff/steering/editions/{frozen}/"' in page
