"""Content found in the queue by its address, a number, a host or a domain; nothing is opened."""

from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.journal.models import Entry
from balise.hotline.reports.models import Content
from balise.hotline.reports.queries import listing
from balise.hotline.reports.queries.finding import sought
from balise.hotline.reports.tests.makers import ANALYST, LISTENER, make_content, make_decided
from balise.hotline.reports.tests.test_beside import QUEUE, rows_in
from balise.hotline.reports.web.search import contents

pytestmark = pytest.mark.django_db


def number_of(content: Content) -> str:
    return content.id.hex[:8]


@pytest.mark.parametrize(
    "text", ["https://www.photos.example/a", "hxxps://www[.]photos[.]example/a"]
)
def test_an_exact_address_leads_to_the_number_of_its_content(text: str) -> None:
    content = make_content("https://www.photos.example/a")

    assert sought(text, seen_by=ANALYST) == {"ref": number_of(content)}


def test_a_number_is_of_content_or_of_a_report() -> None:
    content = make_content()
    report = content.reports.get()

    for number in (number_of(content), report.id.hex[:8].upper()):
        assert sought(f" {number} ", seen_by=ANALYST) == {"ref": number.casefold()}
    assert sought("00000000", seen_by=ANALYST) == {}


def test_a_domain_finds_its_hosts_and_names_none() -> None:
    make_content("https://www.photos.example/a")

    for text in ("photos.example", "WWW.photos.example"):
        found = sought(text, seen_by=ANALYST)
        assert found == {"of": listing.host_code(text), "state": "any"}
        assert "photos" not in urlencode(found)
    for nothing in ("other.example", "", " "):
        assert sought(nothing, seen_by=ANALYST) == {}


def test_is_for_those_who_read_reports() -> None:
    with pytest.raises(PermissionDenied):
        sought("photos.example", seen_by=LISTENER)


class TestTheDoor:
    def test_lists_what_was_found_whatever_its_state(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        content = make_decided()
        other = make_content("https://other.example/b")
        for text in ("https://pictures.example/album/1", number_of(content), "pictures.example"):
            answer = client.post(f"{QUEUE}find/", {"sought": text})
            assert "pictures" not in answer["Location"]
            found = rows_in(client.get(answer["Location"]).text)
            assert found == [str(content.id)], text
        assert str(other.id) in client.get(QUEUE).text
        assert not Entry.objects.filter(event="hotline.content.revealed").exists()

    def test_says_that_nothing_was_found(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        page = client.post(f"{QUEUE}find/", {"sought": "https://none.example/"}, follow=True).text
        assert "Rien trouvé" in page

    def test_is_refused_to_another_role(self, client: Client) -> None:
        sign_in(client, make_account("listener"))
        assert client.post(f"{QUEUE}find/", {"sought": "x.example"}).status_code == 403

    def test_is_the_search_of_every_page_too(self) -> None:
        content = make_content()
        (found,) = contents(number_of(content), ANALYST)
        assert found.url == f"{QUEUE}?ref={number_of(content)}"
