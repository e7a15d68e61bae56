"""Blocks: short, with a second person, and never where someone may need help."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import ANYONE
from balise.foundation.journal.models import Entry
from balise.helpline.contacts import access, queries, retention
from balise.helpline.contacts.actions import blocking
from balise.helpline.contacts.models import Block, Contact
from balise.helpline.contacts.rules.blocking import Length, NeverBlocked, SecondPersonNeeded
from balise.helpline.contacts.tests.makers import make_contact, make_listener

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["silent", "testing", "hang-up", "child-self", "information"])
def test_silence_is_never_a_ground(kind: str) -> None:
    one = make_listener()
    contact = make_contact(by=one)
    with pytest.raises(NeverBlocked):
        blocking.block(contact_id=contact, contact_type=kind, bearer="t", length=Length.DAY, by=one)


def test_nobody_is_blocked_where_a_life_is_in_danger() -> None:
    one = make_listener()
    block = partial(blocking.block, contact_type="abusive", bearer="t", length=Length.DAY, by=one)
    with pytest.raises(NeverBlocked):
        block(contact_id=make_contact(by=one), risk="A")
    block(contact_id=make_contact(by=one))
    assert queries.blocked("t")
    assert queries.blocked("t", life_in_danger=True) is None
    assert queries.blocked("another") is None


def test_a_week_holds_a_day_until_a_second_person_agrees() -> None:
    one, lead = make_listener(access.CONFIRM_BLOCK), make_listener(access.CONFIRM_BLOCK)
    block = blocking.block(
        contact_id=make_contact(by=one),
        contact_type="flooding",
        bearer="+330000",
        length=Length.WEEK,
        by=one,
    )
    later = clock.now() + timedelta(days=3)
    with clock.at(later):
        assert queries.blocked("+330000") is None
    with pytest.raises(SecondPersonNeeded):
        blocking.confirm(block_id=block, by=one)
    with pytest.raises(PermissionDenied):
        blocking.confirm(block_id=block, by=ANYONE)
    blocking.confirm(block_id=block, by=lead)
    with clock.at(later):
        assert queries.blocked("+330000")
    blocking.lift(block_id=block, by=lead)
    assert queries.blocked("+330000") is None
    assert list(Entry.objects.order_by("id").values_list("event", flat=True))[-3:] == [
        "helpline.block.set",
        "helpline.block.confirmed",
        "helpline.block.lifted",
    ]


def test_repeats_are_counted_within_a_day_and_forgotten() -> None:
    one = make_listener()
    make_contact(by=one, bearer="token")
    contact = make_contact(by=one, bearer="token")
    assert queries.contact(contact, seen_by=one).repeats == 2
    later = clock.now() + timedelta(days=3)
    retention.erase_bearers(list(retention.bearers_due(later)))
    assert queries.contact(contact, seen_by=one).repeats == 1
    retention.erase_contacts(list(retention.contacts_due(later + timedelta(days=4 * 365))))
    assert not Contact.objects.exists()
    assert not Block.objects.exists()
