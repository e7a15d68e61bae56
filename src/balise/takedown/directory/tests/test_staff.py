"""The directory behind the staff door: anyone, another role, the right role."""

from http import HTTPStatus

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.takedown.directory import queries
from balise.takedown.directory.models import Contact, Host
from balise.takedown.directory.tests.makers import make_contact, make_host

pytestmark = pytest.mark.django_db

HOSTS = "/staff/takedown/directory/"


class TestTheDoor:
    def test_sends_anyone_to_sign_in(self, client: Client) -> None:
        assert "/staff/account/login/" in client.get(HOSTS).headers["Location"]

    def test_is_closed_to_another_role(self, client: Client) -> None:
        sign_in(client, make_account("editor"))
        host_id = make_host()
        assert client.get(HOSTS).status_code == HTTPStatus.FORBIDDEN
        assert client.get(f"{HOSTS}{host_id}/").status_code == HTTPStatus.FORBIDDEN

    def test_is_open_to_an_analyst(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        assert "Aucun hébergeur" in client.get(HOSTS).content.decode()


class TestThePages:
    def test_take_a_contact_from_one_person_to_the_next(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        given = {
            "name": "Hébergeur <b>Exemple",
            "domains": "hebergeur.example\nwww.autre.example",
            "networks": "AS64500, 64501",
            "country": "fr",
            "language": "fr",
        }
        added = client.post(HOSTS, given, follow=True)
        host = Host.objects.get()
        assert added.redirect_chain == [(f"{HOSTS}{host.id}/", HTTPStatus.FOUND)]
        page = added.content.decode()
        assert "Hébergeur &lt;b&gt;Exemple" in page
        assert "FR · AS64500 · AS64501 · 2 domaines" in page

        proposed = {
            "kind": "mail",
            "address": "Abuse@hebergeur.example",
            "source": "mentions légales",
            "checked_on": "2026-11-01",
        }
        client.post(f"{HOSTS}{host.id}/", proposed)
        contact = Contact.objects.get()
        approve = f"{HOSTS}{host.id}/{contact.id}/approve/"
        assert "Quelqu" in client.post(approve, follow=True).content.decode()
        assert queries.contact_for(domain="autre.example") is None

        other = Client()
        sign_in(other, make_account("analyst"))
        other.post(approve)
        found = queries.contact_for(domain="autre.example")
        assert found is not None
        assert found.address == "abuse@hebergeur.example"

        other.post(f"{HOSTS}{host.id}/{contact.id}/block/")
        assert queries.contact_for(domain="autre.example") is None
        assert "Bloqué" in other.get(HOSTS).content.decode()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", ""),
            ("domains", "8.8.8.8"),
            ("networks", "ASx"),
            ("networks", "4294967296"),
            ("country", "FRA"),
            ("language", "xx"),
        ],
    )
    def test_say_what_is_wrong_with_a_host(self, client: Client, field: str, value: str) -> None:
        sign_in(client, make_account("analyst"))
        given = {"name": "x", "domains": "", "networks": "", "country": "", "language": "fr"}
        answer = client.post(HOSTS, given | {field: value})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Host.objects.exists()

    def test_say_what_is_wrong_with_a_contact(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        host_id = make_host()
        given = {"kind": "mail", "address": "nobody", "source": "x", "checked_on": "2026-11-01"}
        answer = client.post(f"{HOSTS}{host_id}/", given)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Contact.objects.exists()

    def test_know_no_host_that_is_not_there(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        contact_id = make_contact(make_host())
        nowhere = f"{HOSTS}{contact_id}/"
        assert client.get(nowhere).status_code == HTTPStatus.NOT_FOUND
        no_contact = f"{nowhere}{Host.objects.get().id}/approve/"
        assert client.post(no_contact).status_code == HTTPStatus.NOT_FOUND
