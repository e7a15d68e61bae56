"""The record at the side: saved as typed, wrapped up as it says, nothing typed lost."""

from http import HTTPStatus

import pytest
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.helpline.console.tests.makers import SEAT, make_asking, one_taken
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.models import Contact, Fact
from balise.helpline.contacts.rules import State
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState

pytestmark = pytest.mark.django_db

SAID = {
    "record-caller_relation": "child",
    "record-child_age": "14",
    "record-place": "messaging",
    "record-topics": ["cyberbullying", "peers-friends"],
    "record-summary": "Moqueries.",
    "record-outcome": "advised",
}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def item(client: Client, listener: Account) -> Item:
    """Someone who chats with whoever is signed in."""
    return one_taken(client)


def save_of() -> str:
    return f"{SEAT}records/{Contact.objects.get().id}/save/"


def kept(listener: Account) -> dict[str, object]:
    contact = Contact.objects.get().id
    return dict(keeping.open_record(contact_id=contact, by=actor_of(listener)).body)


def test_what_the_record_says_is_not_asked_again(
    client: Client, item: Item, listener: Account
) -> None:
    saved = client.post(save_of(), {"version": "0", **SAID}, headers=HTMX)
    assert "6 sur 9" in saved.text
    assert kept(listener)["topics"] == ["cyberbullying", "peers-friends"]
    page = client.get(f"{SEAT}{item.id}/").text
    assert page.count('value="cyberbullying"') == 1
    answer = client.post(f"{SEAT}{item.id}/wrap-up/", {"version": "1", **SAID})
    assert answer.headers["Location"] == SEAT
    fact = Fact.objects.get()
    assert (fact.kind, fact.caller, fact.age, fact.age_band) == ("child-self", "child", 14, "12-14")
    assert (fact.topics, fact.place) == (["cyberbullying", "peers-friends"], "messaging")
    assert (fact.outcome, fact.risk) == ("advised", "F")


def test_what_was_never_saved_is_saved_by_the_wrap_up(
    client: Client, item: Item, listener: Account
) -> None:
    client.post(f"{SEAT}{item.id}/wrap-up/", {"version": "0", **SAID})
    assert kept(listener)["summary"] == "Moqueries."
    assert Contact.objects.get().state == State.CLOSED


def test_one_press_wraps_up_and_takes_the_next(client: Client, item: Item) -> None:
    make_asking()
    answer = client.post(f"{SEAT}{item.id}/wrap-up/", {"version": "0", **SAID, "next": "1"})
    after = Item.objects.get(state=ItemState.HELD)
    assert after != item
    assert answer.headers["Location"] == f"{SEAT}{after.id}/"
    nobody = client.post(
        f"{SEAT}{after.id}/wrap-up/", {"version": "0", **SAID, "next": "1"}, follow=True
    )
    assert "Personne n’attend" in nobody.text


def test_what_is_missing_is_asked_in_place(client: Client, item: Item) -> None:
    page = f"{SEAT}{item.id}/"
    nothing = client.post(f"{page}wrap-up/", {"version": "0", "record-summary": "Mes mots."})
    assert nothing.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="#id_record-contact_type"' in nothing.text
    assert "Mes mots." in nothing.text
    topic = client.post(f"{page}wrap-up/", {"version": "1", "record-caller_relation": "child"})
    assert 'href="#id_record-topics_0"' in topic.text
    assert Item.objects.get().state == ItemState.HELD


@pytest.mark.parametrize(
    ("code", "typed", "says"),
    [
        ("summary", "a" * 20_000, "10000"),
        ("child_age", "131", "120"),
        ("child_school", "é" * 201, "200"),
    ],
)
def test_what_cannot_be_is_said_and_what_is_right_is_saved(
    client: Client, item: Item, listener: Account, code: str, typed: str, says: str
) -> None:
    given = {"version": "0", "record-child_grade": "4e", f"record-{code}": typed}
    saved = client.post(save_of(), given, headers=HTMX)
    assert "à corriger" in saved.text
    assert kept(listener)["child_grade"] == "4e"
    plain = client.post(save_of(), given)
    assert typed in plain.text
    assert says in plain.text
    assert code not in kept(listener)
    wrapped = client.post(f"{SEAT}{item.id}/wrap-up/", {**SAID, **given, "version": "1"})
    assert wrapped.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert typed in wrapped.text


def test_words_from_right_to_left_are_kept(client: Client, item: Item, listener: Account) -> None:
    words = "\u202eقالت لي إنها خائفة"
    client.post(save_of(), {"version": "0", "record-summary": words}, headers=HTMX)
    assert kept(listener)["summary"] == words
    assert words in client.get(f"{SEAT}{item.id}/").text


def test_a_baby_of_under_one_year_has_an_age(client: Client, item: Item, listener: Account) -> None:
    client.post(save_of(), {"version": "0", "record-child_age": "0"}, headers=HTMX)
    assert kept(listener)["child_age"] == 0


def test_anothers_record_is_not_saved(client: Client, item: Item) -> None:
    other = Client()
    assert "/staff/account/" in other.post(save_of(), SAID).headers["Location"]
    assert contacts.contact_of(item.subject, seen_by=actor_of(Account.objects.get())) is not None
