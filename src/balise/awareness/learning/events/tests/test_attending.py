"""Who came, and what is destroyed 30 days after; the counts stay."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.learning.events import module, queries
from balise.awareness.learning.events.actions import attending, registering
from balise.awareness.learning.events.models import Registration
from balise.awareness.learning.events.rules import facts
from balise.awareness.learning.events.rules.codes import code_of
from balise.awareness.learning.events.rules.facts import EventKind
from balise.awareness.learning.events.tests.makers import counters, make_public, register
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import known
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_ticks_and_codes_say_who_came() -> None:
    by = make_actor("coordinator")
    event = make_public()
    first, second, third = (register(event) for _person in range(3))
    stranger = register(make_public())
    with pytest.raises(facts.NotNow):
        attending.note(event_id=event, came={first.id}, absent=(), by=by)
    assert queries.attended(event).heads is None  # not zero: nobody counted
    with clock.at(now() + timedelta(days=15)):
        assert attending.note(event_id=event, came={first.id}, absent={second.id}, by=by) == 1
        codes = [code_of(third.id), code_of(stranger.id), "nobody", code_of(third.id)]
        read = attending.read_codes(event_id=event, codes=codes, by=by)
    assert (read.came, read.unknown) == (2, [code_of(stranger.id), "nobody"])
    assert queries.attended(event) == queries.Attended(3, 2, is_declared=False)
    noted = Entry.objects.filter(event="awareness.event.attended").order_by("id")
    assert [(one.facts["came"], one.facts["more"]) for one in noted] == [(1, 1), (2, 1)]


def test_heads_are_declared_where_nobody_registers_and_corrected() -> None:
    by = make_actor("coordinator")
    stand, webinar = make_public(kind=EventKind.STAND, capacity=0, place="Rennes"), make_public()
    with clock.at(now() + timedelta(days=15)):
        attending.declare(event_id=stand, heads=240, by=by)
        attending.declare(event_id=stand, heads=230, by=by)
        with pytest.raises(facts.NotNow):
            attending.declare(event_id=webinar, heads=3, by=by)
    assert queries.attended(stand) == queries.Attended(0, 230, is_declared=True)
    noted = Entry.objects.filter(event="awareness.event.counted").order_by("id")
    assert [one.facts["more"] for one in noted] == [240, -10]


def test_only_who_looks_after_events_says_who_came() -> None:
    event = make_public()
    for by in (make_actor("editor"), ANYONE):
        with pytest.raises(PermissionDenied):
            attending.note(event_id=event, came=(), absent=(), by=by)
        with pytest.raises(PermissionDenied):
            attending.read_codes(event_id=event, codes=(), by=by)
        with pytest.raises(PermissionDenied):
            attending.declare(event_id=event, heads=1, by=by)
        with pytest.raises(PermissionDenied):
            attending.erase(registrations=[uuid4()], by=by)


def test_thirty_days_after_it_what_is_personal_goes_and_the_counts_stay() -> None:
    event = make_public(capacity=2)
    people = [register(event) for _person in range(3)]
    registering.release(registration_id=people[0].id, by=ANYONE)
    ids = [one.id for one in people]
    end = queries.card(event).ends_at
    assert not module.registrations_due(end + timedelta(days=30, seconds=-1)).exists()
    due = module.registrations_due(end + timedelta(days=30))
    assert {one.id for one in due} == set(ids)

    assert module.erase_registrations(ids) == 3
    assert not Registration.objects.exists()
    assert known(ids) == set()
    assert counters(event) == (2, 0, 1)
    proof = Entry.objects.get(event="awareness.event.erased")
    assert (proof.subject, proof.facts) == (event, {"count": 3})
