"""Contacts that are brought in leave what the actions leave, at the moments that are told."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.testing import left_by
from balise.helpline.contacts.actions import keeping, wrapping
from balise.helpline.contacts.actions.wrapping import Brought
from balise.helpline.contacts.models import Contact, Fact, Questions
from balise.helpline.contacts.rules import Channel
from balise.helpline.contacts.rules.forms import FieldWrong
from balise.helpline.queue.rules import Risk

pytestmark = pytest.mark.django_db

BEGUN = datetime(2023, 3, 4, 16, 40, tzinfo=UTC)
CLOSED = BEGUN + timedelta(minutes=35)
TABLES = (Contact, Fact, Questions)


def make_brought(**changed: object) -> Brought:
    return Brought(
        **{
            "subject": uuid4(),
            "channel": Channel.CALL,
            "begun_at": BEGUN,
            "closed_at": CLOSED,
            "contact_type": "child-self",
            "met": {"topics": ("cyberbullying", "sextortion"), "age_band": "12-14"},
            "given": {"summary": "They go on.", "child_first_name": "Sam"},
            "waited_s": 40,
            **changed,
        }  # type: ignore[arg-type]
    )


def act(one: Brought, by: Actor) -> None:
    with clock.at(one.begun_at):
        contact = keeping.begin(
            channel=one.channel, subject=one.subject, waited_s=one.waited_s, by=by
        )
    with clock.at(one.closed_at):
        if one.given:
            keeping.save(contact_id=contact, version=0, given=one.given, by=by)
        wrapping.wrap_up(
            contact_id=contact, contact_type=one.contact_type, risk=one.risk, **one.met, by=by
        )


@pytest.mark.parametrize(
    "one",
    [
        make_brought(),
        make_brought(channel=Channel.CHAT, met={"topics": ("sextortion",), "age": 13}),
        make_brought(contact_type="information", met={}, given={}, waited_s=-1),
        make_brought(risk=Risk.C, given={"private_notes": "Tired.", "summary": "x" * 900}),
    ],
)
def test_it_leaves_the_same_rows_facts_and_tallies_as_the_actions(one: Brought) -> None:
    by = make_actor("listener")
    by_hand = left_by(lambda: act(one, by), *TABLES)
    at_once = left_by(lambda: wrapping.bring_in(contacts=[(one, by)], by=SYSTEM), *TABLES)
    assert not at_once.unlike(by_hand)
    assert by_hand.tallies


def test_its_listener_opens_it() -> None:
    by = make_actor("listener")
    found: list[UUID] = wrapping.bring_in(
        contacts=[(make_brought(), by), (make_brought(), by)], by=SYSTEM
    )
    opened = keeping.open_record(contact_id=found[1], by=by)
    assert opened.body == {"summary": "They go on."}
    assert opened.person == {"child_first_name": "Sam"}


def test_what_the_form_of_the_day_refuses_brings_nothing_in() -> None:
    by = make_actor("listener")
    wrong = make_brought(met={"topics": ("cyberbullying",), "caller": "nobody"})
    with pytest.raises(FieldWrong):
        wrapping.bring_in(contacts=[(make_brought(), by), (wrong, by)], by=SYSTEM)
    assert not Contact.objects.exists()


def test_whoever_keeps_no_contacts_brings_none_in() -> None:
    with pytest.raises(PermissionDenied):
        wrapping.bring_in(contacts=[(make_brought(), make_actor("analyst"))], by=SYSTEM)
    assert not Entry.objects.filter(event="helpline.contact.begun").exists()
