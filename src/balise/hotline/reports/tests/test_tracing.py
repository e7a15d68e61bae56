"""From a claim to whom to tell: a real tracer, registers of ours, the analysts' page."""

import re
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.sealing import forget, key_of_line
from balise.foundation.journal import clerk
from balise.foundation.tasks.running import run_due
from balise.hotline.reports.actions import claiming, intake
from balise.hotline.reports.models import CONTENT_BODY, LINE, Content
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.words import PlaceKind
from balise.hotline.reports.tasks import working
from balise.hotline.reports.tests.makers import ANALYST, make_answers, make_content, make_incoming
from balise.takedown.directory import queries as directory
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.tracing.models import Inquiry
from balise.takedown.tracing.tests.makers import an_internet, in_a_thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def internet(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Registers of ours that answer well, and a tracer that reaches only them."""
    settings.TRACER_SOCKET = tmp_path / "tracer.sock"
    settings.DEMONSTRATION = True
    settings.RDAP_BOOTSTRAP = str(tmp_path)
    with in_a_thread(lambda: an_internet(settings.TRACER_SOCKET)) as ports:
        settings.TRACER_LOOPBACK = ports.by_name
        yield


@pytest.mark.usefixtures("internet")
def test_a_claim_has_the_content_traced_and_contacts_proposed() -> None:
    content = make_content("https://cache.example/x")
    claiming.claim(content_id=content.id, by=ANALYST)
    clerk.tick()
    run_due()
    content.refresh_from_db()
    assert (content.country, content.network) == ("IE", 64511)
    proposed = [
        contact
        for organisation in directory.entries(seen_by=SYSTEM)
        for contact in organisation.contacts.all()
        if not contact.is_open
    ]
    assert {one.address for one in proposed} >= {
        "abuse@relais.example",
        "https://www.bureau.example/abus",
        "abuse@registre.example",
    }
    assert not any("cache.example" in one.source for one in proposed)


@pytest.mark.usefixtures("internet")
def test_the_page_shows_the_history_and_once_opened_the_ladder(client: Client) -> None:
    sign_in(client, make_account("analyst"))
    content = make_content("https://cache.example/x")
    working.trace.func(content_id=str(content.id))
    address = f"/staff/hotline/contents/{content.id}/"

    closed = client.get(address).text
    assert "Relais Exemple" in closed
    assert "AS64511" in closed
    assert "cache.example/x" not in closed
    assert "abuse@relais.example" not in closed

    make_contact(make_host("Cache Exemple", domains=("cache.example",)), "legal@cache.example")
    opened = client.post(f"{address}open/").text
    assert "abuse@relais.example" in opened
    # Whom to tell, and why that one; the addresses that the name led to.
    assert "legal@cache.example" in opened
    assert "La notification part d’ici" in opened
    assert re.search(r'class="address">[0-9a-f.:]+</bdi>', opened)
    assert "https://www.bureau.example/abus" in opened
    assert 'href="https://www.bureau.example' not in opened
    assert "ns1.cache.example" in opened


def test_without_a_tracer_the_page_says_so_and_offers_it_again(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.TRACER_SOCKET = tmp_path / "nobody.sock"
    settings.RDAP_BOOTSTRAP = str(tmp_path)
    sign_in(client, make_account("analyst"))
    content = make_content("https://images.example/x")
    working.trace.func(content_id=str(content.id))
    assert Content.objects.get().traced_at is None

    page = client.get(f"/staff/hotline/contents/{content.id}/").text
    assert "L’outil de traçage n’a pas répondu" in page
    assert f"/staff/hotline/contents/{content.id}/trace/" in page


@pytest.mark.usefixtures("internet")
def test_a_trace_that_finds_nothing_says_what_was_asked_and_when(client: Client) -> None:
    sign_in(client, make_account("analyst"))
    content = make_content("https://nowhere-at-all.example/x")
    address = f"/staff/hotline/contents/{content.id}/"

    client.post(f"{address}trace/")
    assert "pas encore de réponse" in client.get(address).text
    run_due()

    page = client.get(address).text
    assert "Le nom ne mène à aucune adresse publique." in page
    assert "les adresses du nom (DNS)" in page
    assert "nowhere-at-all.example/x" not in page
    assert f"{address}trace/" in page


def test_what_is_no_address_of_the_web_is_not_traced(client: Client) -> None:
    sign_in(client, make_account("analyst"))
    place = places.elsewhere(kind=PlaceKind.GAME, service="Jeu", text="@someone")
    incoming = make_incoming(make_answers().with_given({"places": (place,)}))
    intake.receive(incoming=incoming, by=SYSTEM)
    content = Content.objects.get()

    working.trace.func(content_id=str(content.id))

    assert "rien à tracer" in client.get(f"/staff/hotline/contents/{content.id}/").text


def test_a_private_address_is_asked_of_nobody_and_the_page_says_so(client: Client) -> None:
    sign_in(client, make_account("analyst"))
    content = make_content("https://images.example/x")
    key = key_of_line(LINE, content.id)
    body = key.open(content.sealed, where=CONTENT_BODY, row=content.id)
    kept = orjson.loads(orjson.dumps(body).replace(b"images.example", b"10.0.0.1"))
    content.sealed = key.seal(kept, where=CONTENT_BODY, row=content.id)  # of before it was refused
    content.save()

    working.trace.func(content_id=str(content.id))

    page = client.get(f"/staff/hotline/contents/{content.id}/").text
    assert "adresse publique du Web" in page


def test_content_that_was_erased_since_is_not_traced() -> None:
    content = make_content("https://images.example/x")
    forget([content.id])
    working.trace.func(content_id=str(content.id))
    Content.objects.all().delete()
    working.trace.func(content_id=str(content.id))
    assert not Inquiry.objects.exists()
