"""What a young person said of an item is no sighting: the platform is told it was reported."""

import pytest

from balise.foundation.accounts.tests.makers import make_actor
from balise.helpline.removals.actions import verifying
from balise.helpline.removals.queries.sightings import last_sighting
from balise.helpline.removals.tests.makers import get, make_ready, make_sent
from balise.takedown.notices.queries import by_id, letter_of
from balise.takedown.notices.rules.letters import SeenBy
from balise.takedown.watch.tests.makers import ONLINE, find

pytestmark = pytest.mark.django_db


def test_what_the_young_person_said_is_a_report_of_that_day() -> None:
    item = make_ready()

    told = last_sighting(item)

    assert (told.at, told.by) == (item.request.asked_at, SeenBy.REPORTER)


def test_the_notice_says_so() -> None:
    item = get(make_sent())
    assert item.notice is not None
    (notice,) = by_id([item.notice])

    assert not letter_of(notice).sighting.is_ours


def test_the_watch_that_found_it_online_is_a_sighting() -> None:
    item = make_ready()
    find("https://reseau.example/p/1", ONLINE, line="helpline", subject=item.id)

    assert last_sighting(item).by is SeenBy.WATCH


def test_a_listener_who_saw_it_back_is_one() -> None:
    listener = make_actor("listener")
    item = make_sent(listener)
    verifying.see_gone(item_id=item.id, by=listener)
    verifying.see_back(item_id=item.id, by=listener)

    assert last_sighting(get(item)).by is SeenBy.LOOKED
