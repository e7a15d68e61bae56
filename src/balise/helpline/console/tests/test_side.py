"""What is done from the side of a conversation comes back to it, and to no other address."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.clock import now
from balise.helpline.cases.models import CaseContact
from balise.helpline.cases.tests.makers import make_case
from balise.helpline.console.tests.makers import WORK, one_taken
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.models import Contact
from balise.helpline.contacts.rules import Channel
from balise.helpline.contacts.web.back import item_of
from balise.helpline.queue.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(client: Client, listener: Account) -> Item:
    """Someone who chats with whoever is signed in."""
    return one_taken(client)


def test_each_fold_leads_to_the_module_with_the_item_and_the_contact(
    client: Client, item: Item
) -> None:
    page = client.get(f"{WORK}{item.id}/").text
    asked = f"?item={item.id}&amp;contact={Contact.objects.get().id}"
    for path in (reverse("staff:removals:new"), reverse("staff:telephony:new")):
        assert f'hx-get="{path}{asked}"' in page
        assert f'<a href="{path}{asked}"' in page
        fold = page.partition(f'hx-get="{path}{asked}"')[2].partition(">")[0]
        assert 'hx-disinherit="hx-target hx-select hx-swap"' in fold  # its form asks for itself
        form = client.get(f"{path}?item={item.id}&contact={Contact.objects.get().id}").text
        assert "data-fetched-form" in form
        assert f"{WORK}{item.id}/" in form


def test_a_case_that_is_opened_comes_back_and_then_offers_the_referral(
    client: Client, item: Item
) -> None:
    contact = Contact.objects.get().id
    given = {"title": "Renard", "contact": str(contact), "item": str(item.id)}
    opened = client.post("/staff/helpline/cases/open/", given)
    assert opened.headers["Location"] == f"{WORK}{item.id}/"
    page = client.get(f"{WORK}{item.id}/").text
    assert "/tell/?item=" in page
    case = page.split("/tell/?item=")[0].rpartition("/")[2]
    receivers = client.get(f"/staff/helpline/cases/{case}/tell/?item={item.id}").text
    assert f"/?item={item.id}" in receivers


def test_the_earlier_contacts_of_the_case_are_a_fold_and_without_a_case_nothing(
    client: Client, item: Item, listener: Account
) -> None:
    where, contact = f"{WORK}{item.id}/", Contact.objects.get()
    assert "/contacts/?item=" not in client.get(where).text
    case = make_case(by=actor_of(listener), contact=contact.id)
    assert "/contacts/?item=" not in client.get(where).text

    earlier = keeping.begin(
        channel=Channel.CALL, subject=uuid4(), item=None, bearer="", by=actor_of(listener)
    )
    Contact.objects.filter(id=earlier).update(begun_at=contact.begun_at - timedelta(days=2))
    CaseContact.objects.create(contact=earlier, case_id=case, at=now())

    page = client.get(where).text
    fetched = f"{reverse('staff:cases:contacts', args=[case])}?item={item.id}&amp;contact="
    assert f'hx-get="{fetched}{contact.id}"' in page
    assert f'<a href="{fetched}{contact.id}"' in page
    assert "1 échange précédent" in page


@pytest.mark.parametrize("where", ["https://other.example/", "//other.example", "", "1"])
def test_no_other_address_is_come_back_to(client: Client, item: Item, where: str) -> None:
    given = {"title": "Renard", "contact": str(Contact.objects.get().id), "item": where}
    opened = client.post("/staff/helpline/cases/open/", given)
    assert opened.headers["Location"].startswith("/staff/helpline/cases/")


def test_an_item_is_named_by_the_page_or_by_its_form() -> None:
    one, make = uuid4(), RequestFactory()
    assert item_of(make.get("/", {"item": str(one)})) == one
    assert item_of(make.post("/", {"item": str(one)})) == one
    assert item_of(make.get("/", {"item": "x"})) is None
