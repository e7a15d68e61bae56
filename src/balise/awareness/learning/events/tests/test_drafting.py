"""Draft, publish, change, cancel: who may, what is refused, what is written down."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.learning.events import queries
from balise.awareness.learning.events.actions import drafting
from balise.awareness.learning.events.models import Event, Places
from balise.awareness.learning.events.rules import facts as events_facts
from balise.awareness.learning.events.rules.facts import EventState, Standing
from balise.awareness.learning.events.tests.makers import (
    counters,
    make_draft,
    make_facts,
    make_public,
    register,
    standings,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def facts_of(event: str) -> dict[str, object]:
    return dict(Entry.objects.filter(event=f"awareness.event.{event}").latest("id").facts)


def test_an_event_goes_from_a_draft_to_the_public_and_is_cancelled_once() -> None:
    by = make_actor("coordinator")
    event = make_draft()
    assert queries.card(event).closes_at is None
    drafting.publish(event_id=event, by=by)
    card = queries.card(event)
    assert (card.state, card.closes_at) == (EventState.PUBLISHED, card.ends_at)
    with pytest.raises(events_facts.NotNow):
        drafting.publish(event_id=event, by=by)

    drafting.cancel(event_id=event, by=by)
    card = queries.card(event)
    assert (card.state, card.closes_at, card.sequence) == (EventState.CANCELLED, None, 1)
    assert facts_of("cancelled") == {"kind": "webinar", "sequence": 1}
    for again in (
        lambda: drafting.cancel(event_id=event, by=by),
        lambda: drafting.change(event_id=event, facts=make_facts(), by=by),
    ):
        with pytest.raises(events_facts.NotNow):
            again()


def test_a_change_of_time_is_told_and_one_of_words_is_not() -> None:
    by = make_actor("awareness_lead")
    event = make_public()
    facts = make_facts(days=15)
    assert drafting.change(event_id=event, facts=facts, by=by)
    assert facts_of("moved") == {"kind": "webinar", "sequence": 1}
    assert not drafting.change(event_id=event, facts=facts, by=by)
    assert queries.card(event).sequence == 1
    assert Places.objects.get(event_id=event).closes_at == facts.ends_at
    assert not drafting.change(event_id=make_draft(), facts=facts, by=by)  # nobody knows it yet


def test_more_places_are_for_those_who_wait_and_nobody_loses_one() -> None:
    by = make_actor("coordinator")
    event = make_public(capacity=1)
    for _person in range(3):
        register(event)
    facts = make_facts(capacity=2)
    drafting.change(event_id=event, facts=facts, by=by)
    assert standings(event) == [Standing.CONFIRMED, Standing.CONFIRMED, Standing.WAITING]
    assert counters(event) == (2, 1, 0)
    with pytest.raises(events_facts.CapacityFaulty):
        drafting.change(event_id=event, facts=make_facts(capacity=1), by=by)


def test_what_is_nowhere_is_not_published_and_an_edition_is_one_event() -> None:
    by = make_actor("coordinator")
    with pytest.raises(events_facts.PlaceMissing):
        drafting.publish(event_id=make_draft(link=""), by=by)
    make_draft(series="festival", edition=2)
    with pytest.raises(events_facts.EditionTaken):
        make_draft(series="festival", edition=2)
    make_draft(series="festival", edition=3)
    assert Event.objects.filter(series="festival").count() == 2


def test_a_replay_is_linked_once_it_is_over_and_nothing_else_changes_then() -> None:
    by, page = make_actor("coordinator"), uuid4()
    event = make_public()
    with pytest.raises(events_facts.NotNow):
        drafting.link_replay(event_id=event, page=page, by=by)
    with clock.at(now() + timedelta(days=15)):
        drafting.link_replay(event_id=event, page=page, by=by)
        with pytest.raises(events_facts.NotNow):
            drafting.change(event_id=event, facts=make_facts(), by=by)
    assert queries.card(event).replay == page
    assert facts_of("replayed") == {"page": str(page)}


@pytest.mark.parametrize(
    "act",
    [
        lambda _event, by: drafting.draft(facts=make_facts(), by=by),
        lambda event, by: drafting.change(event_id=event, facts=make_facts(), by=by),
        lambda event, by: drafting.link_replay(event_id=event, page=None, by=by),
        lambda event, by: drafting.publish(event_id=event, by=by),
        lambda event, by: drafting.cancel(event_id=event, by=by),
    ],
)
def test_who_does_not_look_after_events_changes_none(act: Callable[[UUID, Actor], None]) -> None:
    event = make_public()
    for by in (make_actor("editor"), make_actor("listener"), ANYONE):
        with pytest.raises(PermissionDenied):
            act(event, by)
