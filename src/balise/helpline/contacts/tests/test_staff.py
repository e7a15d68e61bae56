"""The page of blocks: anyone, another role, a listener, then the head of the helpline."""

from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor
from balise.helpline.contacts import access, queries
from balise.helpline.contacts.actions import blocking, keeping
from balise.helpline.contacts.models import Contact
from balise.helpline.contacts.rules.blocking import Length
from balise.helpline.contacts.tests.makers import make_contact, make_listener

pytestmark = pytest.mark.django_db

PAGE = "/staff/helpline/blocks/"


def block_a_week(by: Actor) -> UUID:
    contact = make_contact(by=by)
    keeping.save(contact_id=contact, version=0, given={"summary": "Un secret"}, by=by)
    Contact.objects.filter(id=contact).update(kind="abusive")
    return blocking.block(
        contact_id=contact, contact_type="abusive", bearer="b", length=Length.WEEK, by=by
    )


def test_the_walk(client: Client) -> None:
    one = block_a_week(make_listener())
    posts = [f"{PAGE}{one}/agree/", f"{PAGE}{one}/lift/"]
    for path in (PAGE, *posts):
        asked = client.get(path) if path == PAGE else client.post(path)
        assert "/staff/account/" in asked.headers["Location"], path
    for role in ("analyst", "listener"):
        other = Client()
        sign_in(other, make_account(role))
        assert other.get(PAGE).status_code == HTTPStatus.FORBIDDEN
        for path in posts:
            assert other.post(path).status_code == HTTPStatus.FORBIDDEN


def test_a_lead_agrees_then_lifts(client: Client) -> None:
    sign_in(client, make_account("helpline_lead"))
    assert "Personne n’est bloqué" in client.get(PAGE).text
    one = block_a_week(make_listener())
    page = client.get(PAGE).text
    assert "Injures" in page
    assert "En attente d’une deuxième personne" in page
    assert "Un secret" not in page
    assert "blocage attend une deuxième personne" in client.get("/staff/helpline/wallboard/").text
    client.post(f"{PAGE}{one}/agree/")
    assert "Accepter 7 jours" not in client.get(PAGE).text
    assert queries.blocked("b")
    client.post(f"{PAGE}{one}/lift/")
    assert queries.blocked("b") is None
    assert "déjà pris fin" in client.post(f"{PAGE}{one}/agree/", follow=True).text
    assert client.post(f"{PAGE}{uuid4()}/agree/").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"{PAGE}{uuid4()}/lift/").status_code == HTTPStatus.NOT_FOUND


def test_nobody_agrees_with_oneself(client: Client) -> None:
    account = sign_in(client, make_account("helpline_lead"))
    listener = make_listener(access.CONFIRM_BLOCK)
    one = block_a_week(Actor(listener.kind, str(account.pk), listener.abilities))
    assert "Vous l’avez demandé" in client.get(PAGE).text
    client.post(f"{PAGE}{one}/agree/")
    assert queries.blocks_to_confirm(seen_by=listener) == 1


def test_a_listener_is_not_shown_the_way_there(client: Client) -> None:
    sign_in(client, make_account("listener"))
    page = client.get("/staff/helpline/wallboard/")
    assert page.status_code == HTTPStatus.OK
    assert PAGE not in page.text
