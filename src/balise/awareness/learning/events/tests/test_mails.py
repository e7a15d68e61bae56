"""What is mailed: a place, a turn, a change that a calendar reads, two reminders; never twice."""

from datetime import timedelta
from email.message import MIMEPart
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from balise.awareness.learning.events import queries
from balise.awareness.learning.events.actions import drafting, registering
from balise.awareness.learning.events.queries import people
from balise.awareness.learning.events.rules.calendars import Found, read
from balise.awareness.learning.events.tasks import remind_due
from balise.awareness.learning.events.tests.makers import (
    make_facts,
    make_incoming,
    make_public,
    register,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE
from balise.foundation.clock import now
from balise.foundation.journal import clerk
from balise.foundation.tasks.running import run_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]

LINK = "https://webinars.example/join/7"


def letters() -> list[mail.EmailMessage]:
    """Return what left since the last time, once the clerk and the worker have done their part."""
    before = len(mail.outbox)
    while clerk.tick():
        pass
    run_due()
    run_due()
    return list(mail.outbox[before:])


def calendar_of(letter: mail.EmailMessage) -> tuple[str, Found]:
    """Return the method and the event of the calendar that goes with a mail."""
    (part,) = letter.attachments
    assert isinstance(part, MIMEPart)
    (found,) = read(part.get_payload(decode=True), known={})  # type: ignore[arg-type]
    return part["Content-Type"].params["method"], found


def test_who_has_a_place_gets_the_link_and_who_waits_does_not() -> None:
    event = make_public(capacity=1)
    register(event)
    waits = register(event)
    placed, waiting = letters()
    assert LINK in str(placed.body)
    method, told = calendar_of(placed)
    assert (method, told.uid, told.sequence, told.problems) == ("REQUEST", str(event), 0, [])
    assert "1" in str(waiting.body)
    assert LINK not in str(waiting.body)
    assert not waiting.attachments

    first = next(iter(people.to_tell(event)))
    registering.release(registration_id=first, by=ANYONE)
    (promoted,) = letters()
    assert promoted.to == [people.addressed(waits.id).address]  # type: ignore[union-attr]
    assert LINK in str(promoted.body)
    assert letters() == []


def test_a_change_of_time_reaches_everyone_and_their_calendars_once() -> None:
    by = make_actor("coordinator")
    event = make_public(capacity=1)
    register(event)
    register(event)
    letters()
    facts = make_facts(days=15, capacity=1)
    drafting.change(event_id=event, facts=make_facts(days=16, capacity=1), by=by)
    drafting.change(event_id=event, facts=facts, by=by)  # before the worker came: told once
    placed, waiting = letters()
    method, told = calendar_of(placed)
    assert (method, told.uid, told.sequence, told.status) == ("REQUEST", str(event), 2, "CONFIRMED")
    assert (
        told.start == queries.card(event).starts_at.astimezone(ZoneInfo("Europe/Paris")).isoformat()
    )
    assert not waiting.attachments

    drafting.cancel(event_id=event, by=by)
    cancelled = letters()
    method, told = calendar_of(cancelled[0])
    assert (method, told.sequence, told.status) == ("CANCEL", 3, "CANCELLED")
    assert len(cancelled) == 2


def test_two_reminders_go_to_those_with_a_place_and_again_once_it_is_moved() -> None:
    event = make_public(capacity=1)
    register(event)
    register(event)
    letters()
    start = queries.card(event).starts_at

    def at(left: timedelta) -> int:
        with clock.at(start - left):
            remind_due.func()
            remind_due.func()
            return len(letters())

    assert [at(timedelta(days=1, minutes=1)), at(timedelta(hours=23))] == [0, 1]
    assert [at(timedelta(hours=2)), at(timedelta(minutes=59))] == [0, 1]
    assert at(timedelta(minutes=1)) == 0
    assert LINK in str(mail.outbox[-1].body)

    drafting.change(
        event_id=event, facts=make_facts(days=20, capacity=1), by=make_actor("coordinator")
    )
    letters()
    start = queries.card(event).starts_at
    assert at(timedelta(hours=23)) == 1


def test_a_second_registration_is_told_to_the_mailbox_alone() -> None:
    event = make_public()
    register(event, address="camille@mailbox.example")
    letters()
    again = make_incoming(event, address="camille@mailbox.example")
    with clock.at(now() + timedelta(hours=2)):
        registering.register(incoming=again, by=ANYONE)
        (told,) = letters()
    assert told.to == ["camille@mailbox.example"]
    assert "déjà" in told.subject


def test_people_are_named_to_those_who_may_and_to_nobody_once_erased() -> None:
    event = make_public()
    one = register(event, name="Camille", address="camille@mailbox.example")
    (person,) = people.people(event, seen_by=make_actor("coordinator"))
    assert (person.name, person.address) == ("Camille", "camille@mailbox.example")
    assert people.addressed(UUID(int=0)) is None
    assert people.people(event, after=one.number, seen_by=make_actor("coordinator")) == []
