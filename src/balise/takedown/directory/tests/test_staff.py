"""The directory behind the staff door: anyone, another role, the right role."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.web.testing import squeezed
from balise.takedown.directory import actions, queries
from balise.takedown.directory.models import Contact, Organisation
from balise.takedown.directory.rules.contacts import ContactKind, Terms
from balise.takedown.directory.tests.makers import make_contact, make_host

pytestmark = pytest.mark.django_db

DIRECTORY = "/staff/takedown/directory/"
PAGES = ("", "add/", "whom/", "to-confirm/")
ABOUT = {"kind": "host", "country": "fr", "language": "fr"}


@pytest.fixture
def analyst(client: Client) -> Client:
    sign_in(client, make_account("analyst"))
    return client


class TestTheDoor:
    @pytest.mark.parametrize("page", PAGES)
    def test_sends_anyone_to_sign_in(self, client: Client, page: str) -> None:
        assert "/staff/account/login/" in client.get(DIRECTORY + page).headers["Location"]

    def test_is_closed_to_another_role(self, client: Client) -> None:
        sign_in(client, make_account("editor"))
        host_id = make_host()
        contact_id = make_contact(host_id)
        own = (f"{host_id}/", f"{host_id}/change/", f"{host_id}/{contact_id}/")
        for page in (*PAGES, *own):
            assert client.get(DIRECTORY + page).status_code == HTTPStatus.FORBIDDEN, page
        for step in ("confirm/", f"{contact_id}/approve/", f"{contact_id}/block/"):
            answer = client.post(f"{DIRECTORY}{host_id}/{step}")
            assert answer.status_code == HTTPStatus.FORBIDDEN, step

    def test_is_open_to_an_analyst(self, analyst: Client) -> None:
        for page in PAGES:
            assert analyst.get(DIRECTORY + page).status_code == HTTPStatus.OK, page


class TestThePages:
    def test_take_a_contact_from_one_person_to_the_next(self, analyst: Client) -> None:
        given = ABOUT | {
            "name": "Hébergeur <b>Exemple",
            "domains": "hebergeur.example\nwww.autre.example",
            "networks": "AS64500, 64501",
        }
        added = analyst.post(f"{DIRECTORY}add/", given, follow=True)
        host = Organisation.objects.get()
        assert added.redirect_chain == [(f"{DIRECTORY}{host.id}/", HTTPStatus.FOUND)]
        page = squeezed(added.content.decode())
        assert "Hébergeur &lt;b&gt;Exemple" in page
        assert "AS64500 · AS64501 · 2 domaines" in page

        proposed = {
            "kind": "mail",
            "address": "Abuse@hebergeur.example",
            "source": "mentions légales",
            "checked_on": "2026-11-01",
            "basis": "dsa-22",
            "languages": "FR, en",
            "countries": "fr",
            "serves": ["HATE_SPEECH"],
            "decide_minutes": "60",
            "needs_account": "on",
            "lines": ["hotline"],
            "rank": "2",
        }
        analyst.post(f"{DIRECTORY}{host.id}/", proposed)
        contact = Contact.objects.get()
        assert contact.languages == ["fr", "en"]
        assert contact.countries == ["FR"]
        shown = analyst.get(f"{DIRECTORY}{host.id}/").content.decode()
        assert "60 minutes" in shown
        approve = f"{DIRECTORY}{host.id}/{contact.id}/approve/"
        assert "Quelqu" in analyst.post(approve, follow=True).content.decode()
        assert queries.contact_for(domain="autre.example") is None

        other = Client()
        sign_in(other, make_account("analyst"))
        other.post(approve)
        found = queries.channel_for(domain="autre.example")
        assert found is not None
        assert found.options[0].contact.is_open

        other.post(f"{DIRECTORY}{host.id}/{contact.id}/block/")
        assert queries.contact_for(domain="autre.example") is None
        assert "Bloqué" in other.get(DIRECTORY).content.decode()

    def test_change_what_is_written(self, analyst: Client) -> None:
        host_id = make_host()
        url = f"{DIRECTORY}{host_id}/change/"
        assert "Hébergeur Exemple" in analyst.get(url).content.decode()
        analyst.post(url, ABOUT | {"kind": "platform", "evidence": "Une adresse."})
        one = Organisation.objects.get()
        assert (one.kind, one.evidence) == ("platform", "Une adresse.")
        wrong = analyst.post(url, ABOUT | {"country": "FRA"})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        Organisation.objects.update(checked_on=clock.today() - timedelta(days=300))
        analyst.post(f"{DIRECTORY}{host_id}/confirm/")
        one.refresh_from_db()
        assert one.checked_on == clock.today()

    def test_change_the_terms_of_a_contact(self, analyst: Client) -> None:
        host_id = make_host()
        contact_id = make_contact(host_id)
        url = f"{DIRECTORY}{host_id}/{contact_id}/"
        assert "abuse@hebergeur.example" in analyst.get(url).content.decode()
        analyst.post(url, {"basis": "abuse", "rank": "1", "hours": "9 h – 18 h"})
        assert Contact.objects.get().hours == "9 h – 18 h"
        for wrong in ({"rank": "10"}, {"basis": ""}, {"countries": "FRA"}, {"serves": ["X"]}):
            answer = analyst.post(url, {"basis": "abuse", "rank": "1"} | wrong)
            assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        elsewhere = f"{DIRECTORY}{contact_id}/{contact_id}/"
        assert analyst.get(elsewhere).status_code == HTTPStatus.NOT_FOUND

    def test_list_what_is_to_be_confirmed(self, analyst: Client) -> None:
        host_id = make_host()
        contact_id = make_contact(host_id)
        Contact.objects.update(checked_on=clock.today() - timedelta(days=300))
        assert "1 point de contact" in analyst.get(DIRECTORY).content.decode()
        listed = f"{DIRECTORY}to-confirm/"
        assert "Hébergeur Exemple" in analyst.get(listed).content.decode()
        answer = analyst.post(f"{DIRECTORY}{host_id}/{contact_id}/confirm/", {"back": listed})
        assert answer.headers["Location"] == listed
        away = analyst.post(
            f"{DIRECTORY}{host_id}/{contact_id}/confirm/", {"back": "https://away.example/"}
        )
        assert away.headers["Location"] == f"{DIRECTORY}{host_id}/"
        assert "Hébergeur Exemple" not in analyst.get(listed).content.decode()

    def test_narrow_the_list(self, analyst: Client) -> None:
        make_host()
        make_host("Autre", domains=())
        page = analyst.get(DIRECTORY, {"words": "autre"}).content.decode()
        assert "Autre" in page
        assert "Hébergeur Exemple" not in page
        assert "Aucun résultat" in analyst.get(DIRECTORY, {"words": "zzz"}).content.decode()

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
    def test_say_what_is_wrong(self, analyst: Client, field: str, value: str) -> None:
        answer = analyst.post(f"{DIRECTORY}add/", ABOUT | {"name": "x"} | {field: value})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Organisation.objects.exists()

    def test_say_what_is_wrong_with_a_contact(self, analyst: Client) -> None:
        host_id = make_host()
        given = {"kind": "mail", "address": "nobody", "source": "x", "checked_on": "2026-11-01"}
        answer = analyst.post(f"{DIRECTORY}{host_id}/", given | {"basis": "abuse", "rank": "5"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Contact.objects.exists()

    def test_know_nobody_who_is_not_there(self, analyst: Client) -> None:
        contact_id = make_contact(make_host())
        nowhere = f"{DIRECTORY}{contact_id}/"
        for page in (nowhere, f"{nowhere}change/"):
            assert analyst.get(page).status_code == HTTPStatus.NOT_FOUND
        no_contact = f"{nowhere}{Organisation.objects.get().id}/approve/"
        for step in (no_contact, f"{nowhere}confirm/"):
            assert analyst.post(step).status_code == HTTPStatus.NOT_FOUND


class TestWhomToTell:
    URL = f"{DIRECTORY}whom/"

    def ask(self, client: Client, address: str, **given: str) -> str:
        return client.post(self.URL, {"address": address, **given}).content.decode()

    def test_says_who_by_which_way_and_why(self, analyst: Client) -> None:
        host_id = make_host(networks=(64500,))
        make_contact(host_id)
        form = "https://hebergeur.example/form"
        portal = Terms(needs_account=True)
        make_contact(host_id, form, kind=ContactKind.PORTAL, terms=portal)
        page = self.ask(analyst, "https://www.hebergeur.example/page", line="hotline")
        assert "Hébergeur Exemple" in page
        assert "part d’ici" in page
        assert "un compte que cette ligne" in page
        narrowed = self.ask(analyst, "https://hebergeur.example/", offence="hate-incitement")
        assert "Hébergeur Exemple" in narrowed

    def test_says_that_nobody_is_known(self, analyst: Client) -> None:
        assert "Aucune organisation trouvée" in self.ask(analyst, "https://inconnu.example/")
        assert "Aucune organisation trouvée" in self.ask(analyst, "https://8.8.8.8/")

    def test_refuses_what_is_no_address(self, analyst: Client) -> None:
        answer = analyst.post(self.URL, {"address": "quelque chose"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_shows_the_packs_domains(self, analyst: Client) -> None:
        actions.read_packs(country="fr")
        one = Organisation.objects.get(pack_key="tiktok")
        page = analyst.get(f"{DIRECTORY}{one.id}/").content.decode()
        assert "tiktok.com" in page
        assert "À vérifier" in page
