"""The age in years that a young person gave is proposed, and in the fact once confirmed."""

import pytest
from django.test import Client

from balise.helpline.console.tests.makers import SEAT, WORK, seated
from balise.helpline.contacts.models import Fact
from balise.helpline.conversations.actions import saying
from balise.helpline.queue.models import Item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listener")]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, (15, "15-17")),
        ({"record-child_age": "14"}, (14, "12-14")),
        ({"record-child_age": "", "record-child_age_band": "18-25"}, (None, "18-25")),
        ({"record-child_age": ""}, (None, "")),
    ],
)
def test_the_record_proposes_the_age_and_its_band_is_derived(
    client: Client, given: dict[str, str], kept: tuple[int | None, str]
) -> None:
    saying.ask(nickname="Renard", language="fr", age=15)
    seated(client)
    client.post(f"{SEAT}next/")
    item = Item.objects.get()
    page = client.get(f"{WORK}{item.id}/").text
    assert "15 ans" in page
    assert 'data-proposal="child_age:15"' in page
    assert 'name="record-child_age" value' not in page
    shown = {"record-contact_type": "information", "record-risk": "F", "record-child_age": "15"}
    answer = client.post(f"{SEAT}{item.id}/wrap-up/", shown | given)
    assert answer.status_code == 302
    fact = Fact.objects.get()
    assert (fact.age, fact.age_band) == kept


def test_an_age_that_no_person_has_comes_back_with_what_was_typed(client: Client) -> None:
    saying.ask()
    seated(client)
    client.post(f"{SEAT}next/")
    item = Item.objects.get()
    shown = {"record-contact_type": "information", "record-risk": "F", "record-child_age": "300"}
    answer = client.post(f"{SEAT}{item.id}/wrap-up/", shown)
    assert answer.status_code == 422
    assert 'value="300"' in answer.text
