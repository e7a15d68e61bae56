"""What a page counts of its use, and how someone who needs help gets it from there."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from balise.awareness.publications.actions import editions
from balise.awareness.publications.models import Edition, Published
from balise.awareness.publications.tests.makers import film_facts, make_kit, make_paper, make_public
from balise.awareness.usage import actions
from balise.awareness.usage.rules.clients import Clients
from balise.awareness.usage.tests.makers import BROWSER
from balise.config.centre import read_centre
from balise.foundation.actors import SYSTEM

pytestmark = pytest.mark.django_db
PAGE, PAPER = "/fr/resources/ecrans/", "/fr/resources/ecrans/print/"


@pytest.fixture(autouse=True)
def nobody_came(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin with an empty memory, and leave it empty."""
    monkeypatch.setattr(actions, "_clients", Clients())
    actions._held.take()
    yield
    actions._held.take()


def counted() -> dict[str, int]:
    """Return what is held by kind, all of one page in one language."""
    held = actions._held.take()
    key = str(Published.objects.get(slug="ecrans").key)
    assert all(cell[2:] == (key, "fr", "") for cell in held)
    return {cell.kind: count for cell, count in held.items()}


def read(client: Client, address: str = PAGE, **headers: str) -> Any:
    answer: Any = client.get(address, headers={"User-Agent": BROWSER, **headers})
    if answer.streaming:
        b"".join(answer)
    return answer


def test_a_view_counts_once_for_a_client_and_sets_nothing(client: Client) -> None:
    make_public(slug="ecrans")
    read(client)
    read(client)
    read(client, **{"User-Agent": f"{BROWSER} other"})
    assert counted() == {"view": 2}
    assert not client.cookies


def test_what_nobody_looks_at_is_no_view(client: Client) -> None:
    make_public(slug="ecrans")
    client.head(PAGE, headers={"User-Agent": BROWSER})
    read(client, **{"Sec-Purpose": "prefetch;prerender"})
    read(client, **{"User-Agent": "Googlebot/2.1"})
    assert counted() == {}


def test_a_download_counts_for_its_page_where_it_begins(client: Client) -> None:
    paper = make_paper()
    make_public(slug="ecrans", paper=paper)
    address = Published.objects.get().paper["address"]
    read(client, address, Range="bytes=100-")
    assert counted() == {}
    read(client, address, Range="bytes=0-")
    assert counted() == {"download": 1}


def test_a_film_that_is_saved_is_a_download_and_one_that_is_played_is_not(client: Client) -> None:
    make_public(slug="ecrans", **film_facts())
    film = Published.objects.get().video["film"]
    read(client, film, Range="bytes=0-")
    read(client, film, **{"Sec-Fetch-Dest": "video"})
    assert counted() == {}
    read(client, film)
    read(client, film)  # once for a client in half an hour
    assert counted() == {"download": 1}


def test_the_whole_kit_is_a_download_of_its_page(client: Client) -> None:
    kit = Published.objects.get(pk=make_kit(slug="kit"))
    editions.make_editions(by=SYSTEM)
    made = Edition.objects.get()
    read(client, f"/media/{made.folder}/{made.zip_name}")
    assert [(cell.kind, cell.thing) for cell in actions._held.take()] == [
        ("download", str(kit.key))
    ]


def test_the_page_to_print_is_a_print(client: Client) -> None:
    make_public(slug="ecrans", title="Écrans", topic=["bullying"])
    assert f'href="{PAPER}"' in read(client).text
    counted()
    shown = read(client, PAPER).text
    assert "<h1>Écrans</h1>" in shown
    assert "Écrans" not in shown.partition("</title>")[0]
    assert counted() == {"print": 1}


class TestHelp:
    @pytest.mark.parametrize(("country", "number"), [("fr", "3018"), ("lu", "80021234")])
    def test_on_a_page_that_harms_stands_before_the_text_with_the_territorys_numbers(
        self, client: Client, country: str, number: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "CENTRE", read_centre(country))
        make_public(slug="ecrans", topic=["bullying"])
        shown = read(client).text
        help_now, _, text = shown.partition("Un paragraphe")
        assert f'href="tel:{number}"' in help_now
        assert 'href="/fr/talk/"' in help_now
        assert 'href="tel:112"' in help_now
        assert 'id="quick-exit"' in help_now
        assert f'href="tel:{number}"' in text

    def test_on_another_page_stands_below_it(self, client: Client) -> None:
        make_public(slug="ecrans", topic=["screens"])
        before, _, after = read(client).text.partition("Un paragraphe")
        assert 'href="tel:3018"' not in before
        assert 'href="tel:3018"' in after
