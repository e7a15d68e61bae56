"""Register, wait, give back, come back: one place for one address, and the line in order."""

from datetime import timedelta

import pytest

from balise.awareness.learning.events.actions import drafting, registering
from balise.awareness.learning.events.models import LINE, PERSON, Registration
from balise.awareness.learning.events.rules import facts
from balise.awareness.learning.events.rules.facts import Standing
from balise.awareness.learning.events.tests.makers import (
    counters,
    make_draft,
    make_incoming,
    make_public,
    register,
    standings,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db

CONFIRMED, WAITING, NOT_COMING = Standing


def test_a_name_and_an_address_are_kept_sealed_and_told_to_nobody() -> None:
    one = register(make_public(), name="Camille", address="Camille@mailbox.example")
    assert b"Camille" not in bytes(one.sealed)
    person = key_of_line(LINE, one.id).open(one.sealed, where=PERSON, row=one.id)
    assert person == {"name": "Camille", "address": "Camille@mailbox.example"}
    told = Entry.objects.get(event="awareness.registration.made")
    assert told.subject == one.id
    assert told.facts["standing"] == "confirmed"


def test_the_first_have_places_and_the_others_wait_in_order() -> None:
    event = make_public(capacity=2)
    people = [register(event) for _person in range(4)]
    assert [one.number for one in people] == [1, 2, 3, 4]
    assert standings(event) == [CONFIRMED, CONFIRMED, WAITING, WAITING]
    assert counters(event) == (2, 2, 0)


def test_an_address_has_one_registration_and_the_answer_does_not_tell() -> None:
    event = make_public(capacity=1)
    one = register(event, address="camille@mailbox.example")
    same = make_incoming(event, address=" Camille@MAILBOX.example ")
    stranger = make_incoming(event)
    assert registering.register(incoming=same, by=ANYONE) is WAITING  # as the stranger is told
    assert registering.register(incoming=stranger, by=ANYONE) is WAITING
    assert standings(event) == [CONFIRMED, WAITING]
    repeated = Entry.objects.filter(event="awareness.registration.repeated")
    assert not repeated.exists()  # within the hour nobody is written to again
    with clock.at(now() + timedelta(hours=2)):
        registering.register(incoming=same, by=ANYONE)
        registering.register(incoming=same, by=ANYONE)
    assert [entry.subject for entry in repeated] == [one.id]


def test_several_of_one_moment_are_written_together_the_same_address_once() -> None:
    event, other, draft = make_public(capacity=2), make_public(capacity=9), make_draft()
    address = "camille@mailbox.example"
    asked = [
        *(make_incoming(event, address=address), make_incoming(event, address=address)),
        *(make_incoming(event), make_incoming(event), make_incoming(other, address=address)),
        make_incoming(draft),
    ]
    outcomes = registering._register_all([(one, ANYONE) for one in asked])
    assert outcomes == [CONFIRMED, CONFIRMED, CONFIRMED, WAITING, CONFIRMED, None]
    assert counters(event) == (2, 1, 0)
    assert counters(other) == (1, 0, 0)


def test_a_place_given_back_is_the_first_ones_who_waits() -> None:
    event = make_public(capacity=1)
    first, second, third = (register(event) for _person in range(3))
    registering.release(registration_id=first.id, by=ANYONE)
    assert standings(event) == [NOT_COMING, CONFIRMED, WAITING]
    promoted = Entry.objects.get(event="awareness.registration.promoted")
    assert promoted.subject == second.id

    registering.release(registration_id=first.id, by=ANYONE)  # said twice
    registering.come_back(registration_id=first.id, by=ANYONE)
    assert counters(event) == (1, 2, 0)
    in_line = Registration.objects.filter(standing=WAITING).order_by("number")
    assert [one.id for one in in_line] == [third.id, first.id]  # at the end
    registering.release(registration_id=third.id, by=ANYONE)
    assert counters(event) == (1, 1, 1)


def test_who_registers_after_giving_back_comes_back() -> None:
    event = make_public(capacity=1)
    one = register(event, address="camille@mailbox.example")
    registering.release(registration_id=one.id, by=ANYONE)
    again = make_incoming(event, address="camille@mailbox.example")
    assert registering.register(incoming=again, by=ANYONE) is CONFIRMED
    assert counters(event) == (1, 0, 0)
    assert Entry.objects.filter(event="awareness.registration.resumed", subject=one.id).exists()


def test_nobody_registers_for_what_is_a_draft_cancelled_over_or_without_places() -> None:
    cancelled = make_public()
    one = register(cancelled)
    drafting.cancel(event_id=cancelled, by=make_actor("coordinator"))
    for event in (make_draft(), cancelled, make_public(capacity=0)):
        with pytest.raises(facts.RegistrationClosed):
            registering.register(incoming=make_incoming(event), by=ANYONE)
    registering.release(registration_id=one.id, by=ANYONE)
    with pytest.raises(facts.RegistrationClosed):
        registering.come_back(registration_id=one.id, by=ANYONE)

    over = make_public()
    with clock.at(now() + timedelta(days=15)), pytest.raises(facts.RegistrationClosed):
        registering.register(incoming=make_incoming(over), by=ANYONE)


def test_nothing_is_asked_of_a_minor() -> None:
    with pytest.raises(facts.AdultsOnly):
        registering.register(incoming=make_incoming(make_public(), is_adult=False), by=ANYONE)
    assert not Registration.objects.exists()
