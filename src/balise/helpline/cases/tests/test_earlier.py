"""The contacts of a case before this one: what codes say of them, to who is on it."""

from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.helpline.cases.models import CaseContact
from balise.helpline.cases.queries.files import earlier_contacts
from balise.helpline.cases.rules.files import NotOnCase
from balise.helpline.cases.tests.makers import make_case, make_listener
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.rules import Channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(client: Client) -> Account:
    return sign_in(client, make_account("listener", name="Camille"))


@pytest.fixture
def listener(account: Account) -> Actor:
    return actor_of(account)


def make_contact(*, by: Actor, channel: Channel = Channel.CALL) -> UUID:
    """Return a contact that has begun."""
    return keeping.begin(channel=channel, subject=uuid4(), item=None, bearer="", by=by)


def make_case_of_three(*, by: Actor) -> tuple[UUID, tuple[UUID, UUID, UUID]]:
    """Return a case, and its contacts: by call, in writing, by chat, the first first."""
    first = make_contact(by=by)
    second = make_contact(by=by, channel=Channel.MESSAGE)
    third = make_contact(by=by, channel=Channel.CHAT)
    case = make_case(by=by, contact=first)
    for each in (second, third):
        CaseContact.objects.create(contact=each, case_id=case, at=now())
    return case, (first, second, third)


def where(case: UUID) -> str:
    """Return the address of the contacts of a case."""
    return reverse("staff:cases:contacts", args=[case])


def test_those_before_this_one_are_listed_the_latest_first(listener: Actor) -> None:
    case, (first, second, third) = make_case_of_three(by=listener)

    with CaptureQueriesContext(connection) as asked:
        found = earlier_contacts(case, seen_by=listener, before=third)

    assert [one.id for one in found] == [second, first]
    assert [one.channel for one in found] == [Channel.MESSAGE, Channel.CALL]
    assert len(asked) == 3
    assert len(earlier_contacts(case, seen_by=listener)) == 3
    assert earlier_contacts(case, seen_by=listener, before=first) == ()


def test_another_refuses(listener: Actor) -> None:
    case, _contacts = make_case_of_three(by=make_listener(name="Dominique"))
    with pytest.raises(NotOnCase):
        earlier_contacts(case, seen_by=listener)


def test_who_is_on_it_reads_the_page_without_a_word(client: Client, listener: Actor) -> None:
    case, (_first, second, third) = make_case_of_three(by=listener)
    page = client.get(where(case), {"contact": str(third)})
    assert page.status_code == HTTPStatus.OK
    listed = page.text.partition("data-contacts>")[2].partition("</ul>")[0]
    assert listed.count("<li>") == 2
    assert str(Channel.CALL.label) in listed
    assert str(Channel.CHAT.label) not in listed
    assert str(second) not in page.text
    assert "Renard" not in page.text


def test_the_case_of_another_is_not_there(client: Client, listener: Actor) -> None:
    case, _contacts = make_case_of_three(by=make_listener(name="Dominique"))
    assert client.get(where(case)).status_code == HTTPStatus.NOT_FOUND
    assert client.get(where(uuid4())).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("role", ["analyst", "editor"])
def test_another_role_is_refused(client: Client, role: str) -> None:
    case, _contacts = make_case_of_three(by=make_listener())
    sign_in(client, make_account(role))
    assert client.get(where(case)).status_code == HTTPStatus.FORBIDDEN
