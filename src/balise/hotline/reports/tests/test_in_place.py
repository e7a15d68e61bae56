"""“Save, then next” with script: the next content is the answer, in the place of the first."""

import re
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.hotline.reports.actions import claiming
from balise.hotline.reports.models import Content
from balise.hotline.reports.rules.words import ContentState
from balise.hotline.reports.tests.makers import make_content, take_and_open

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "content-work"}
FILLED = {"verdict": "out-of-scope", "category": "hate", "confidence": "sure", "next": "1"}
SWAPPED = re.compile(r'hx-select-oob="([^"]*)"')
MOST = 53  # statements that a verdict and the next content take


@pytest.fixture
def analyst(client: Client) -> Account:
    """Someone of the hotline, signed in past the second factor."""
    return sign_in(client, make_account("analyst"))


def address(content: Content) -> str:
    return f"/staff/hotline/contents/{content.id}/"


def two(analyst: Account) -> tuple[Content, Content]:
    first, second = make_content("https://a.example/1"), make_content("https://b.example/2")
    take_and_open(first.id, by=actor_of(analyst))
    return first, second


def test_the_next_content_is_the_answer(client: Client, analyst: Account) -> None:
    first, second = two(analyst)
    page = client.get(address(first)).text

    answer = client.post(f"{address(first)}verdict/", FILLED, headers=HTMX)

    assert answer.status_code == HTTPStatus.OK
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.claimed_by) == (ContentState.CLOSED, actor_of(analyst).key)
    part = answer.text
    assert "<html" not in part
    assert f'id="content-work" data-page="{address(second)}"' in part
    # All that the button swaps is on the page, and in the answer, once each.
    (swapped,) = SWAPPED.findall(page)
    for name in ("content-work", *re.findall(r"#([\w-]+)", swapped)):
        assert page.count(f'id="{name}"') == 1, name
        assert part.count(f'id="{name}"') == 1, name
    # It says once what was saved, with the way back to it.
    assert part.count(f'<a href="{address(first)}">') == 1
    assert "Qualification enregistrée" in part
    assert f'id="next-here" value="{second.id}"' in part


def test_what_is_drawn_is_what_its_page_draws(client: Client, analyst: Account) -> None:
    first, second = two(analyst)
    part = client.post(f"{address(first)}verdict/", FILLED, headers=HTMX).text
    page = client.get(address(second)).text
    drawn, opened = (
        " ".join(re.sub(r"<input[^>]*csrf[^>]*>", "", found[0]).split())
        for found in (re.search(r'(?s)<div class="content-pane">.*', one) for one in (part, page))
        if found
    )
    assert opened.startswith(drawn.removesuffix("</div>").rstrip())


def test_the_list_follows_the_content_that_is_shown(client: Client, analyst: Account) -> None:
    first, second = two(analyst)
    page = client.get(address(first)).text
    (again,) = re.findall(r'<div id="rows"[^>]* hx-get="([^"]+)"', page)
    asks = again.replace("&amp;", "&")
    headers = {"HX-Request": "true"}

    assert client.get(f"{asks}&here={first.id}", headers=headers).status_code == 204
    followed = client.get(f"{asks}&here={second.id}", headers=headers).text

    (current,) = re.findall(r'id="row-([^"]+)" href="[^"]+"\s+aria-current="page"', followed)
    assert current == str(second.id)


def test_an_empty_queue_leads_to_it_and_says_so_there(client: Client, analyst: Account) -> None:
    content = make_content()
    take_and_open(content.id, by=actor_of(analyst))

    answer = client.post(f"{address(content)}verdict/", FILLED, headers=HTMX)

    assert answer["HX-Redirect"] == "/staff/hotline/queue/"
    told = client.get("/staff/hotline/queue/").text
    assert "Qualification enregistrée" in told
    assert "la file est vide" in told


def test_a_refusal_is_drawn_with_what_was_typed(client: Client, analyst: Account) -> None:
    first, second = two(analyst)
    typed = FILLED | {"verdict": "", "rationale": "My own words."}

    answer = client.post(f"{address(first)}verdict/", typed, headers=HTMX)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'data-page="{address(first)}"' in answer.text
    assert "data-summary" in answer.text
    assert "My own words." in answer.text
    # What the page says of the verdict before, with the way to undo it, stays there.
    assert 'id="toasts"' not in answer.text
    second.refresh_from_db()
    assert second.claimed_by == ""


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_refusal_keeps_what_was_typed(
    client: Client, analyst: Account, headers: dict[str, str]
) -> None:
    first, _second = two(analyst)
    typed = FILLED | {"verdict": "", "rationale": "My own words."}

    answer = client.post(f"{address(first)}verdict/", typed, headers=headers)

    assert "Saisi par vous" in answer.text
    assert "My own words." in client.get(address(first)).text
    # A valid verdict that is refused is kept too: nobody has opened what it says is illegal.
    unseen = make_content("https://c.example/3")
    claiming.claim(content_id=unseen.id, by=actor_of(analyst))
    typed = FILLED | {"verdict": "harmful", "rationale": "Not opened yet."}
    assert "data-summary" in client.post(f"{address(unseen)}verdict/", typed, headers=headers).text
    assert "Not opened yet." in client.get(address(unseen)).text


def test_who_was_too_late_reads_it_there(client: Client, analyst: Account) -> None:
    first, second = two(analyst)
    verdict = f"{address(first)}verdict/"
    client.post(verdict, {name: given for name, given in FILLED.items() if name != "next"})

    late = client.post(verdict, FILLED | {"rationale": "My own words."}, headers=HTMX)

    # A page draws what is answered with 422; it says a conflict (409) as a failure.
    assert late.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "My own words." in late.text
    second.refresh_from_db()
    assert second.claimed_by == ""


@pytest.mark.parametrize("verdict", ["out-of-scope", ""])
def test_one_s_own_verdict_is_said_to_be_saved(
    client: Client, analyst: Account, verdict: str
) -> None:
    first, second = two(analyst)
    once = {name: given for name, given in FILLED.items() if name != "next"}
    client.post(f"{address(first)}verdict/", once)  # and its answer was lost

    again = client.post(f"{address(first)}verdict/", FILLED | {"verdict": verdict}, headers=HTMX)

    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    summary = again.text.partition("data-summary")[2].partition("</div>")[0]
    assert "Vous avez déjà enregistré cette qualification." in summary
    assert "Il manque" not in summary
    assert summary.count("<p>") + summary.count("<li>") == 1
    draft = client.post(f"{address(first)}verdict/draft/", once, headers={"HX-Request": "true"})
    assert "Vous avez déjà enregistré cette qualification." in draft.text
    second.refresh_from_db()
    assert second.claimed_by == ""


def test_a_verdict_and_the_next_content_ask_so_much(client: Client, analyst: Account) -> None:
    first, _second = two(analyst)
    client.get(address(first))
    with CaptureQueriesContext(connection) as found:
        client.post(f"{address(first)}verdict/", FILLED, headers=HTMX)
    assert len(found) <= MOST, len(found)
