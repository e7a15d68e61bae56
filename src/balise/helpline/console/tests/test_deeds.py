"""What Balise saw of a contact: a removal that was asked, a referral since it began."""

from datetime import timedelta

import pytest

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import Actor
from balise.helpline.cases.actions import sending
from balise.helpline.cases.tests.makers import make_case
from balise.helpline.cases.tests.test_sent import a_telling
from balise.helpline.console.queries.deeds import seen_in, seen_of
from balise.helpline.console.tests.makers import make_accepted, make_listener
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.queries import ContactRow
from balise.helpline.contacts.rules.proposing import NOTHING_SEEN, Seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener() -> Actor:
    return make_listener()


@pytest.fixture
def one(listener: Actor) -> ContactRow:
    contact = make_accepted(listener).contact
    assert contact is not None
    return contacts.contact(contact, seen_by=listener)


def test_nothing_was_done_yet(listener: Actor, one: ContactRow) -> None:
    assert seen_in(one, seen_by=listener) == NOTHING_SEEN


def test_a_referral_since_the_contact_began_is_seen_an_older_one_is_not(
    listener: Actor, one: ContactRow
) -> None:
    case = make_case(by=listener, contact=one.id)
    with clock.at(one.begun_at - timedelta(days=1)):
        sending.send(case_id=case, telling=a_telling(), by=listener)
    assert seen_in(one, seen_by=listener) == NOTHING_SEEN
    sending.send(case_id=case, telling=a_telling(receiver="police", territory=""), by=listener)
    assert seen_in(one, seen_by=listener) == Seen(receivers=frozenset({"police"}))


def test_who_may_read_neither_sees_neither(one: ContactRow) -> None:
    assert seen_in(one, seen_by=make_actor("analyst")) == NOTHING_SEEN
    assert seen_of(one, None, has_removal=True, seen_by=make_actor("analyst")).removal
