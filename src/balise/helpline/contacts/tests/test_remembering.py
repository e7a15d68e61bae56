from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.journal.models import Entry
from balise.helpline.contacts.actions.remembering import Remembered, remember
from balise.helpline.contacts.models import Contact, Fact
from balise.helpline.contacts.rules import Channel

pytestmark = pytest.mark.django_db

AT = datetime(2025, 3, 4, 16, 40, tzinfo=UTC)
NIGHT = datetime(2025, 3, 4, 22, 0, tzinfo=UTC)


def make_remembered() -> Remembered:
    return Remembered(
        id=uuid4(),
        at=AT,
        channel=Channel.CALL,
        kind="child-self",
        seconds=1_800,
        waited=40,
        topics=("cyberbullying", "sextortion"),
        age_band="12-14",
    )


def test_a_contact_of_the_past_is_a_fact_that_stays_and_is_counted_on_its_day() -> None:
    one = make_remembered()
    assert remember(contacts=[one], at=NIGHT, by=make_actor("listener")) == 1
    fact = Fact.objects.get()
    assert (fact.day.isoformat(), fact.half_hour, fact.is_counselling) == ("2025-03-04", 35, True)
    assert not Contact.objects.exists()
    entries = list(Entry.objects.filter(subject=one.id).order_by("id"))
    assert [entry.event for entry in entries] == [
        "helpline.contact.wrapped",
        "helpline.topic.met",
        "helpline.topic.met",
    ]
    assert {entry.at for entry in entries} == {NIGHT}
    assert entries[0].facts["seconds"] == 1_800


def test_whoever_keeps_no_contacts_brings_none_in() -> None:
    with pytest.raises(PermissionDenied):
        remember(contacts=[make_remembered()], at=NIGHT, by=make_actor("analyst"))
    assert not Fact.objects.exists()
