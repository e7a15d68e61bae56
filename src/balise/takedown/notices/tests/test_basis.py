"""A notice keeps what it was worth on the day that it was sent, at no cost for each."""

from dataclasses import replace
from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balise.foundation.actors import SYSTEM
from balise.foundation.mail.tests.makers import Postmaster
from balise.takedown.directory.actions import packs
from balise.takedown.directory.rules.contacts import USUAL_TERMS, LegalBasis
from balise.takedown.directory.tests.makers import ANALYST as PROPOSER, make_contact, make_host
from balise.takedown.notices.actions import mailing
from balise.takedown.notices.models import Mailing, Notice
from balise.takedown.notices.tests.makers import (
    another_contact,
    get,
    make_notice,
    make_sent,
    send,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def flagger() -> UUID:
    """A contact that takes notices from a trusted flagger."""
    return make_contact(make_host(), terms=replace(USUAL_TERMS, basis=LegalBasis.FLAGGER))


def test_is_kept_whatever_becomes_of_the_contacts_terms(flagger: UUID, office: Postmaster) -> None:
    assert get(make_notice(contact_id=another_contact())).basis == ""
    notice_id = make_sent(office, contact_id=flagger)
    packs.revise_contact(contact_id=flagger, terms=USUAL_TERMS, by=PROPOSER)
    assert get(notice_id).basis == LegalBasis.FLAGGER
    assert [fact["basis"] for fact in told("sent")] == ["dsa-22"]
    assert get(make_sent(office, contact_id=flagger)).basis == LegalBasis.NOTICE


def test_costs_no_query_for_each_notice(office: Postmaster) -> None:
    asked = [_queries_of_a_mail(count, f"abuse{count}@host.example") for count in (2, 20)]
    assert asked[0] == asked[1]


def test_of_what_was_sent_before_is_the_contacts_own(flagger: UUID, office: Postmaster) -> None:
    sent, draft = make_sent(office, contact_id=flagger), make_notice(contact_id=flagger)
    Notice.objects.update(basis="")
    migration = import_module("balise.takedown.notices.migrations.0003_basis_when_sent")
    migration.keep_basis(apps, None)
    assert (get(sent).basis, get(draft).basis) == ("dsa-22", "")


def _queries_of_a_mail(count: int, address: str) -> int:
    """Return how many queries it takes to note that a mail with some notices was taken."""
    contact_id = make_contact(make_host(address, domains=()), address)
    for _each in range(count):
        send(make_notice(contact_id=contact_id))
    (mailing_id,) = mailing.gather(contact_id=contact_id, line="hotline", by=SYSTEM)
    mailing.hand_over(mailing_id=mailing_id, by=SYSTEM)
    with CaptureQueriesContext(connection) as asked:
        mailing.note_taken(mailing_id=mailing_id, by=SYSTEM)
    assert Mailing.objects.get(id=mailing_id).sent_at is not None
    return len(asked)
