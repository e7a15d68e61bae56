"""Blocks: short, with a second person, and never where someone may need help."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import ANYONE
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.helpline.contacts import access, queries
from balise.helpline.contacts.actions import blocking
from balise.helpline.contacts.models import Block, Contact
from balise.helpline.contacts.rules.blocking import (
    BlockOver,
    Length,
    NeverBlocked,
    NotKnownAgain,
    SecondPersonNeeded,
)
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
    erase_rows("helpline.bearers", rows_due("helpline.bearers", later))
    assert queries.contact(contact, seen_by=one).repeats == 1
    erase_rows("helpline.contacts", rows_due("helpline.contacts", later + timedelta(days=4 * 365)))
    assert not Contact.objects.exists()
    assert not Block.objects.exists()


def test_who_would_not_be_known_again_is_not_blocked() -> None:
    one = make_listener()
    with pytest.raises(NotKnownAgain):
        blocking.block(
            contact_id=make_contact(by=one),
            contact_type="abusive",
            bearer="",
            length=Length.DAY,
            by=one,
        )
    assert not Block.objects.exists()


def test_it_ends_by_itself_and_nobody_agrees_to_what_is_over() -> None:
    one, lead = make_listener(), make_listener(access.CONFIRM_BLOCK)
    block = partial(blocking.block, contact_type="abusive", by=one)
    block(contact_id=make_contact(by=one), bearer="short", length=Length.TWO_HOURS)
    week = block(contact_id=make_contact(by=one), bearer="long", length=Length.WEEK)
    known = queries.blocked("long")
    assert known
    assert known.may_last_until - known.until == timedelta(days=6)
    with clock.at(clock.now() + timedelta(hours=3)):
        assert queries.blocked("short") is None
        assert queries.blocked("long")
    with clock.at(clock.now() + timedelta(hours=25)):
        assert queries.blocked("long") is None
        assert not queries.blocks(seen_by=lead)
        with pytest.raises(BlockOver):
            blocking.confirm(block_id=week, by=lead)
    blocking.lift(block_id=week, by=lead)
    with pytest.raises(BlockOver):
        blocking.confirm(block_id=week, by=lead)


def test_who_looks_after_blocks_sees_codes_and_who_asked() -> None:
    one, lead = make_listener(access.CONFIRM_BLOCK), make_listener(access.CONFIRM_BLOCK)
    for bearer, length in (("a", Length.DAY), ("b", Length.WEEK)):
        contact = make_contact(by=one)
        Contact.objects.filter(id=contact).update(kind="misuse")
        blocking.block(
            contact_id=contact, contact_type="misuse", bearer=bearer, length=length, by=one
        )
    seen = queries.blocks(seen_by=lead)
    assert [(each.length, each.waits, each.may_agree) for each in seen] == [
        (Length.WEEK, True, True),
        (Length.DAY, False, False),
    ]
    assert not any(each.may_agree for each in queries.blocks(seen_by=one))
    assert queries.blocks_to_confirm(seen_by=lead) == 1
    with pytest.raises(PermissionDenied):
        queries.blocks(seen_by=ANYONE)
