"""The table of use and the page of short links, by those who may."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client as Browser

from balise.awareness.partnership.campaigns.tests.makers import make_campaign
from balise.awareness.publications.models import Published
from balise.awareness.publications.tests.makers import make_public
from balise.awareness.usage.models import DayTally, ShortLink
from balise.awareness.usage.rules.tallies import LOST, UsageKind
from balise.awareness.usage.tests.makers import make_link, use
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db
BOARD, LINKS = "/staff/awareness/usage/", "/staff/awareness/usage/links/"


def key_of(slug: str) -> str:
    make_public(slug=slug, title=f"Page {slug}")
    return str(Published.objects.get(slug=slug).key)


def test_only_awareness_opens_them(client: Browser) -> None:
    assert client.get(BOARD).status_code == 302
    sign_in(client, make_account("listener"))
    assert client.get(BOARD).status_code == 403
    assert client.get(LINKS).status_code == 403
    assert client.post(f"{BOARD}export/").status_code == 403


def test_the_table_has_the_exact_numbers_of_each_resource(client: Browser) -> None:
    big, middle, small = (key_of(slug) for slug in ("big", "middle", "small"))
    use(big, 40)
    use(middle, 9)
    use(small, 2)
    use(make_link(address="/fr/resources/big/").code, 6, kind=UsageKind.LINK)
    DayTally.objects.create(day=clock.today(), kind=LOST, count=1)

    sign_in(client, make_account("editor"))
    shown = client.get(BOARD, {"per": "day"}).text
    rows = shown.partition("<tbody>")[2].split("</tr>")
    told = [" ".join(row.partition("</th>")[2].split()) for row in rows]
    assert "40" in told[0]
    assert ">6<" in told[0]
    assert ">9<" in told[1]
    assert ">2<" in told[2]
    assert ">0<" in told[2]
    assert "51" in told[3]
    assert "alert-warn" in shown


def test_a_period_that_is_over_leaves_as_a_file_which_is_logged(client: Browser) -> None:
    page = key_of("page")
    use(page, 12, days_ago=1)
    sign_in(client, make_account("editor"))
    day = (clock.today() - timedelta(days=1)).isoformat()

    answer = client.post(f"{BOARD}export/", {"per": "day", "day": day})
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    (row,) = [row for row in rows if row["thing"] == page]
    assert (row["title"], row["kind"], row["number"]) == ("Page page", "view", "12")
    assert Entry.objects.get(event="awareness.usage.exported").facts["first"] == day
    # today is not over
    assert client.post(f"{BOARD}export/", {"per": "day"}).status_code == 302


def test_a_file_has_small_numbers_and_their_total(client: Browser) -> None:
    page = key_of("page")
    use(page, 2, days_ago=1)
    sign_in(client, make_account("editor"))
    day = (clock.today() - timedelta(days=1)).isoformat()
    answer = client.post(f"{BOARD}export/", {"per": "day", "day": day})
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    told = {(row["thing"], row["kind"]): (row["number"], row["remark"]) for row in rows}
    assert told[page, "view"] == ("2", "")
    assert told["total", "view"] == ("2", "")
    assert told["total", "print"] == ("0", "")


def test_an_editor_opens_a_link_draws_it_and_closes_it(client: Browser) -> None:
    sign_in(client, make_account("editor"))
    assert client.post(LINKS, {"address": "https://other.example/"}).status_code == 422
    unknown = client.post(LINKS, {"address": "/fr/resources/", "campaign": "sid"})
    assert unknown.status_code == 422
    assert 'value="/fr/resources/"' in unknown.text  # nothing typed is lost
    make_campaign("SID")
    assert client.post(LINKS, {"address": "/fr/resources/", "campaign": "sid"}).status_code == 302
    link = ShortLink.objects.get()
    assert f"/r/{link.code}" in client.get(LINKS).text
    svg, png = (client.get(f"{LINKS}{link.id}/code.{form}") for form in ("svg", "png"))
    assert svg.content.startswith(b"<?xml")
    assert png.content.startswith(b"\x89PNG")
    client.post(f"{LINKS}{link.id}/close/")
    assert ShortLink.objects.get().closed_at is not None
