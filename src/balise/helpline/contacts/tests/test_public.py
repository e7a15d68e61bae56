"""The questions afterwards, as someone without script and without a name meets them."""

import pytest
from django.test import Client
from django.urls import reverse

from balise.foundation.encryption.worded import new_receipt
from balise.helpline.contacts.actions import wrapping
from balise.helpline.contacts.models import Fact
from balise.helpline.contacts.tests.makers import make_contact, make_listener

pytestmark = pytest.mark.django_db


def test_the_questions_are_answered_once(client: Client) -> None:
    one = make_listener()
    token = wrapping.wrap_up(
        contact_id=make_contact(by=one), contact_type="child-self", topics=["gaming"], by=one
    )
    page = reverse("after:after", args=[token])
    assert client.get(page).status_code == 200
    assert client.post(page, {"helpful": "maybe"}).status_code == 422
    answer = client.post(page, {"helpful": "yes", "before": "2", "after": "4"})
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    fact = Fact.objects.get()
    assert (fact.helpful, fact.recommends, fact.mood_before, fact.mood_after) == ("yes", "", 2, 4)
    assert client.post(page, {"helpful": "no"}).status_code == 410
    assert client.get(page).status_code == 410


@pytest.mark.parametrize("token", ["nothing", str(new_receipt())], ids=["mistyped", "unknown"])
def test_a_link_that_leads_nowhere_says_so(client: Client, token: str) -> None:
    assert client.get(reverse("after:after", args=[token])).status_code == 410
