"""The list at the side of a content: its filters stay, its rows are taken from there."""

import re
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import claiming
from balise.hotline.reports.models import Content
from balise.hotline.reports.queries import listing, views
from balise.hotline.reports.templatetags.reports import initials
from balise.hotline.reports.tests.makers import ANALYST, SECOND_ANALYST, make_content
from balise.hotline.reports.tests.test_queue import make_looked_at

pytestmark = pytest.mark.django_db

QUEUE = "/staff/hotline/queue/"
MOST_QUERIES = 50


@pytest.fixture
def analyst(client: Client) -> Account:
    return sign_in(client, make_account("analyst"))


def page_of(content: Content) -> str:
    return f"/staff/hotline/contents/{content.id}/"


def rows_in(page: str) -> list[str]:
    return re.findall(r'id="row-([^"]+)"', page)


class TestTheFilters:
    def test_stay_beside_a_content_and_after_an_act(self, client: Client, analyst: Account) -> None:
        ours = make_content("https://photos.example/a", category="csam")
        other = make_content("https://forum.example/b", category="hate")
        client.get(f"{QUEUE}?category=csam&host=photos.example")

        assert rows_in(client.get(page_of(other)).text) == [str(ours.id)]
        after = client.post(f"{page_of(other)}claim/")
        assert rows_in(client.get(after["Location"]).text) == [str(ours.id)]
        client.get(QUEUE)
        assert len(rows_in(client.get(page_of(other)).text)) == 2

    def test_name_no_host_in_a_session_nor_in_the_address_of_a_content(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content("https://photos.example/a")
        client.get(f"{QUEUE}?host=photos.example")

        assert "photos" not in repr(dict(client.session))
        page = client.get(page_of(content)).text
        assert not re.findall(r'(?:href|hx-get|action)="[^"]*photos', page)
        assert listing.host_code("photos.example") in page

    def test_what_is_no_code_is_no_filter(self, client: Client, analyst: Account) -> None:
        content = make_content()

        assert rows_in(client.get(f"{QUEUE}?of=nonsense").text) == [str(content.id)]


class TestARow:
    def test_says_whose_it_is(self, client: Client, analyst: Account) -> None:
        mine, theirs = make_content("https://a.example/"), make_content("https://b.example/")
        colleague = make_account("analyst", email="colleague@centre.example")
        client.post(f"{page_of(mine)}claim/")
        Content.objects.filter(id=theirs.id).update(
            claimed_by=str(colleague.id), claimed_at=Content.objects.get(id=mine.id).claimed_at
        )

        page = client.get(QUEUE).text

        assert "Pris en charge par vous" in page
        assert f"Pris en charge par {colleague.name}" in page
        assert f"{page_of(mine)}release/" in page
        assert f"{page_of(theirs)}claim/" not in page

    def test_is_taken_without_being_opened(self, client: Client, analyst: Account) -> None:
        shown, other = make_content("https://a.example/"), make_content("https://b.example/")

        plain = client.post(f"{page_of(other)}claim/", {"here": ""})
        assert plain["Location"] == QUEUE
        assert Content.objects.get(id=other.id).claimed_by == str(analyst.id)
        fact = Entry.objects.filter(event="hotline.content.claimed").last()
        assert fact is not None
        assert fact.subject == other.id
        beside = client.post(f"{page_of(other)}release/", {"here": str(shown.id)})
        assert beside["Location"] == page_of(shown)

    def test_is_released_and_that_is_undone(self, client: Client, analyst: Account) -> None:
        content = make_content()
        client.post(f"{page_of(content)}claim/")

        page = client.post(f"{page_of(content)}release/", follow=True).text
        undo = re.search(r'form="undo" formaction="([^"]+)"', page)
        assert undo
        assert Content.objects.get().claimed_by == ""
        client.post(undo[1])
        assert Content.objects.get().claimed_by == str(analyst.id)

    def test_is_drawn_again_in_its_list_and_ticks_stay(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content()
        sign_in(client, make_account("hotline_lead", email="lead@centre.example"))
        ticked = f"{content.id}~{listing.stamp_of(content)}"

        part = client.post(
            f"{page_of(content)}claim/",
            {"here": "", "content": [ticked]},
            headers={"HX-Request": "true"},
        ).text

        assert part.strip().startswith('<div id="rows"')
        assert re.search(r'value="[^"]+~[^"]+" checked', part)

    def test_that_another_was_quicker_to_take_says_so(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content()
        claiming.claim(content_id=content.id, by=ANALYST)

        part = client.post(
            f"{page_of(content)}claim/", {"here": ""}, headers={"HX-Request": "true"}
        ).text

        assert "travaille sur ce contenu" in part
        assert Content.objects.get().claimed_by == ANALYST.key

    def test_names_its_holder_by_two_letters(self) -> None:
        assert [initials(name) for name in ("Alix Dupré", "Alix", "", "a b c")] == [
            *("AD", "A", "", "AC"),
        ]


class TestAskedAgain:
    def test_answers_nothing_while_nothing_changed(self, client: Client, analyst: Account) -> None:
        content = make_content()
        again = re.search(r'hx-get="([^"]+)"', client.get(QUEUE).text)
        assert again
        address = again[1].replace("&amp;", "&")
        listed = Entry.objects.filter(event="hotline.hosts.listed")
        before = listed.count()

        same = client.get(address, headers={"HX-Request": "true"})
        assert (same.status_code, listed.count()) == (204, before)

        claiming.claim(content_id=content.id, by=ANALYST)
        changed = client.get(address, headers={"HX-Request": "true"})
        assert changed.status_code == 200
        assert rows_in(changed.text) == [str(content.id)]

    def test_leaves_the_filters_of_other_pages(self, client: Client, analyst: Account) -> None:
        content = make_content("https://a.example/", category="hate")
        client.get(f"{QUEUE}?category=csam")
        client.get(QUEUE, headers={"HX-Request": "true"})

        page = client.get(page_of(content))
        assert page.status_code == HTTPStatus.OK
        assert not rows_in(page.text)


def test_a_lead_who_releases_a_colleague_s_is_told_so(client: Client) -> None:
    content = make_content()
    claiming.claim(content_id=content.id, by=ANALYST)
    sign_in(client, make_account("hotline_lead"))
    page = client.post(f"{page_of(content)}release/", follow=True).text
    assert "chacun peut le prendre en charge" in page
    assert not Content.objects.get().claimed_by


def test_who_releases_what_a_colleague_has_now_is_told_whose_it_is(client: Client) -> None:
    content, colleague = make_content(), make_account("analyst", name="Camille")
    claiming.claim(content_id=content.id, by=actor_of(colleague))
    sign_in(client, make_account("analyst"))
    answer = client.post(f"{page_of(content)}release/", follow=True)
    assert answer.redirect_chain == [(page_of(content), 302)]
    assert "Camille travaille sur ce contenu" in answer.text
    assert Content.objects.get().claimed_by == str(colleague.id)


class TestTheViews:
    def test_count_what_waits_for_the_reader(self) -> None:
        content = make_content("https://a.example/")
        make_content("https://b.example/")
        make_looked_at()
        claiming.claim(content_id=content.id, by=SECOND_ANALYST)

        assert views.waiting(seen_by=SECOND_ANALYST) == views.Waiting(3, 1, 1)
        assert views.waiting(seen_by=ANALYST) == views.Waiting(2, 0, 0)

    def test_are_refused_to_another_role(self, client: Client) -> None:
        sign_in(client, make_account("listener"))
        assert client.get(QUEUE, headers={"HX-Request": "true"}).status_code == 403


class TestTheNextOne:
    def test_from_a_content_is_another_one(self, client: Client, analyst: Account) -> None:
        first = make_content("https://a.example/", category="csam")
        second = make_content("https://b.example/", category="hate")

        assert client.post(f"{QUEUE}next/")["Location"] == page_of(first)
        answer = client.post(f"{QUEUE}next/", {"here": str(first.id)})
        assert answer["Location"] == page_of(second)
        # What one holds stays one's own.
        assert Content.objects.filter(claimed_by=str(analyst.id)).count() == 2
        assert client.post(f"{QUEUE}next/", {"here": str(second.id)})["Location"] == QUEUE

    def test_is_of_the_list_that_is_seen(self, client: Client, analyst: Account) -> None:
        first = make_content("https://a.example/", category="hate")
        second = make_content("https://b.example/", category="hate")
        other = make_content("https://c.example/", category="csam")
        client.get(f"{QUEUE}?category=hate")

        assert client.post(f"{QUEUE}next/")["Location"] == page_of(first)
        assert client.post(f"{QUEUE}next/", {"here": "1"})["Location"] == page_of(second)
        answer = client.post(f"{QUEUE}next/", {"here": "1"}, follow=True)
        assert answer.redirect_chain == [(f"{QUEUE}?category=hate", 302)]
        assert "Plus rien à prendre en charge dans cette liste" in answer.text
        client.get(QUEUE)
        assert client.post(f"{QUEUE}next/", {"here": "1"})["Location"] == page_of(other)

    def test_that_others_hold_is_not_an_empty_queue(self, client: Client, analyst: Account) -> None:
        assert "la file est vide" in client.post(f"{QUEUE}next/", follow=True).text
        content = make_content()
        claiming.claim(content_id=content.id, by=ANALYST)

        told = client.post(f"{QUEUE}next/", follow=True).text

        assert "Rien à prendre pour l’instant" in told
        assert "la file est vide" not in told
        # One's own is held too, where another one is asked for.
        claiming.release(content_id=content.id, by=ANALYST)
        client.post(f"{page_of(content)}claim/")
        own = client.post(f"{QUEUE}next/", {"here": str(content.id)}, follow=True).text
        assert "Rien à prendre pour l’instant" in own

    def test_is_drawn_in_few_queries(self, client: Client, analyst: Account) -> None:
        content = make_content()
        for n in range(30):
            make_content(f"https://site{n}.example/")
        client.get(page_of(content))
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(content))
        assert len(asked) <= MOST_QUERIES, "\n".join(one["sql"][:160] for one in asked)


class TestTheTabs:
    def test_lead_to_the_pages_of_the_work_with_what_cannot_wait(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content(danger=True)

        page = client.get(page_of(content)).text
        tabs = page[page.index('class="tabs staff-tabs"') :].partition("</nav>")[0]

        assert re.findall(r'href="([^"]+)"', tabs) == [
            QUEUE,
            "/staff/hotline/words/",
            "/staff/hotline/desk/questions/",
            "/staff/takedown/notices/",
            "/staff/takedown/watch/",
            "/staff/takedown/dossiers/",
        ]
        assert "1 en danger" in " ".join(tabs.split())
        assert views.in_danger(ANALYST) == views.to_assess(ANALYST) == 1

    def test_are_not_for_a_page_of_another_kind(self, client: Client, analyst: Account) -> None:
        page = client.get("/staff/hotline/my-day/")
        assert page.status_code == HTTPStatus.OK
        assert "staff-tabs" not in page.text
