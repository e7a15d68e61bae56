"""The record of a contact, from accepting to what stays of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import ANYONE
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.helpline.contacts import access, queries
from balise.helpline.contacts.actions import keeping, wrapping
from balise.helpline.contacts.models import Contact, Fact, Questions
from balise.helpline.contacts.rules import (
    Channel,
    Conflict,
    ContactClosed,
    ContactState,
    NotYourContact,
)
from balise.helpline.contacts.rules.asking import Answer, Mood, QuestionsOver
from balise.helpline.contacts.rules.forms import FieldWrong
from balise.helpline.contacts.rules.kinds import TopicNeeded
from balise.helpline.contacts.tests.makers import make_contact, make_listener
from balise.helpline.queue.rules import Risk

pytestmark = pytest.mark.django_db


def journalled() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


def test_a_contact_is_begun_once_and_another_listener_goes_on_with_it() -> None:
    one, other, subject = make_listener(), make_listener(), uuid4()
    first = keeping.begin(channel=Channel.CALL, subject=subject, by=one)
    assert keeping.begin(channel=Channel.CALL, subject=subject, by=one) == first
    assert keeping.begin(channel=Channel.CALL, subject=subject, by=other) == first
    assert Contact.objects.get().listener == other.key
    assert "helpline.contact.begun" in journalled()
    assert "helpline.contact.passed" in journalled()
    with pytest.raises(PermissionDenied):
        keeping.begin(channel=Channel.CALL, subject=uuid4(), by=ANYONE)


def test_a_listener_sees_those_of_today_and_those_still_open() -> None:
    one, other = make_listener(), make_listener()
    with clock.at(now() - timedelta(days=2)):
        left, done = make_contact(by=one), make_contact(by=one)
    wrapping.wrap_up(contact_id=done, contact_type="information", by=one)
    latest = make_contact(by=one, channel=Channel.CALL)
    wrapping.wrap_up(contact_id=latest, contact_type="information", by=one)
    make_contact(by=other)
    found = queries.own_contacts(seen_by=one)
    assert [(row.id, row.state) for row in found] == [
        (latest, ContactState.CLOSED),
        (left, ContactState.OPEN),
    ]
    assert found[0].kind
    with pytest.raises(PermissionDenied):
        queries.own_contacts(seen_by=ANYONE)


def test_what_is_written_is_sealed_and_opens_whole_for_its_listener() -> None:
    one = make_listener()
    contact = make_contact(by=one)
    given = {"summary": "They go on.", "child_first_name": "Sam", "private_notes": "Tired."}
    assert keeping.save(contact_id=contact, version=0, given=given, by=one) == 1
    kept = Contact.objects.get(id=contact)
    assert b"Sam" not in bytes(kept.sealed_person)
    opened = keeping.open_record(contact_id=contact, by=one)
    assert (opened.body, opened.person, opened.notes) == (
        {"summary": "They go on."},
        {"child_first_name": "Sam"},
        {"private_notes": "Tired."},
    )
    assert journalled()[-2:] == ["helpline.contact.saved", "helpline.contact.read"]


def test_a_conflict_carries_both_texts_and_overwrites_nothing() -> None:
    one = make_listener()
    contact = make_contact(by=one)
    keeping.save(contact_id=contact, version=0, given={"summary": "first"}, by=one)
    with pytest.raises(Conflict) as refused:
        keeping.save(contact_id=contact, version=0, given={"summary": "second"}, by=one)
    assert (refused.value.version, refused.value.yours, refused.value.theirs) == (
        1,
        {"summary": "second"},
        {"summary": "first"},
    )
    assert keeping.open_record(contact_id=contact, by=one).body == {"summary": "first"}
    assert keeping.save(contact_id=contact, version=0, given={"summary": "first"}, by=one) == 1


def test_another_reads_only_what_they_may() -> None:
    contact = make_contact(by=make_listener())
    with pytest.raises(PermissionDenied):
        keeping.open_record(contact_id=contact, by=make_listener())
    lead = make_listener(access.READ_OTHERS)
    assert keeping.open_record(contact_id=contact, by=lead).person is None
    with pytest.raises(NotYourContact):
        keeping.save(contact_id=contact, version=0, given={"summary": "x"}, by=lead)


def test_a_field_says_only_what_it_can() -> None:
    one = make_listener()
    contact = make_contact(by=one)
    for given in ({"child_gender": "x"}, {"nothing": "x"}, {"child_age": "old"}):
        with pytest.raises(FieldWrong):
            keeping.save(contact_id=contact, version=0, given=given, by=one)


def test_the_fact_stays_when_the_record_is_erased() -> None:
    one = make_listener()
    contact = make_contact(by=one)
    wrapping.wrap_up(
        contact_id=contact, contact_type="child-self", topics=["cyberbullying"], by=one
    )
    (due,) = rows_due("helpline.contacts", now() + timedelta(days=2 * 365 + 1))
    assert erase_rows("helpline.contacts", [due]) == 1
    assert not Contact.objects.exists()
    assert Fact.objects.get().topics == ["cyberbullying"]


def test_wrapping_up_leaves_a_fact_that_leads_to_nobody() -> None:
    one = make_listener()
    contact = make_contact(by=one)
    with pytest.raises(TopicNeeded):
        wrapping.wrap_up(contact_id=contact, contact_type="child-self", by=one)
    token = wrapping.wrap_up(
        contact_id=contact,
        contact_type="child-self",
        topics=["cyberbullying", "family-siblings", "cyberbullying"],
        risk=Risk.C,
        actions_taken=["direct", "school"],
        place="messaging",
        outcome="advised",
        age_band="12-14",
        gender="girl",
        caller="child",
        by=one,
    )
    fact = Fact.objects.get()
    assert fact.topics == ["cyberbullying", "family-siblings"]
    assert {field.name for field in Fact._meta.get_fields()}.isdisjoint({"contact", "listener"})
    assert queries.contact(contact, seen_by=one).state is ContactState.CLOSED
    assert journalled()[-3:] == ["helpline.contact.wrapped", *["helpline.topic.met"] * 2]
    with pytest.raises(ContactClosed):
        wrapping.wrap_up(contact_id=contact, contact_type="silent", by=one)
    assert queries.are_open(token)
    wrapping.answer(token=token, helpful=Answer.YES, before=Mood.BAD, after=Mood.GOOD)
    fact.refresh_from_db()
    assert (fact.helpful, fact.mood_after) == ("yes", 4)
    assert not Questions.objects.exists()
    with pytest.raises(QuestionsOver):
        wrapping.answer(token=token, helpful=Answer.NO)
