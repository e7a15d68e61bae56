"""The pages of the app that are read or answered, for anyone: the same each time, nothing kept."""

import re
from http import HTTPStatus

import pytest
from django.test import Client, override_settings
from django.utils.html import escape

from balise.foundation.journal.models import Entry
from balise.foundation.packs import Words
from balise.helpline.app.rules.leaflets import leaflets
from balise.helpline.app.rules.quiz import Code, Version, quiz

pytestmark = pytest.mark.django_db

VERSIONS = quiz("fr").versions
PAGES = (
    "app/quiz/",
    *(f"app/quiz/{one.code}/" for one in VERSIONS),
    "app/leaflets/",
    *(f"app/leaflets/{one.code}/" for one in leaflets("fr")),
    "app/what-happens/",
)
IN_EACH = [f"/{language}/{path}" for language in ("fr", "en") for path in PAGES]


def get(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def answers(version: Version, **given: str) -> dict[str, str]:
    return {f"a{one.number}": "1" for one in version.sentences} | given


def shown(words: Words) -> str:
    return escape(words.in_language("en"))


@pytest.mark.parametrize("path", IN_EACH)
def test_a_page_is_the_same_for_everyone_and_sets_nothing(path: str) -> None:
    first = Client().get(path)
    other = Client(headers={"cookie": "away-from=here; theme=dark"}, HTTP_USER_AGENT="another")
    second = other.get(path)
    assert first.status_code == HTTPStatus.OK
    assert first.content == second.content
    assert not first.cookies
    assert "csrf" not in first.content.decode()


@pytest.mark.parametrize("path", IN_EACH)
def test_a_page_can_be_left_and_is_of_the_release(path: str, client: Client) -> None:
    page = get(client, path)
    assert 'href="/exit/"' in page
    assert "data-released" in page
    assert "/app/help/" in page


@pytest.mark.parametrize("version", VERSIONS, ids=lambda one: one.code)
def test_answers_without_a_script_are_told_and_kept_nowhere(
    version: Version, client: Client
) -> None:
    before = Entry.objects.count()
    answer = client.post(f"/en/app/quiz/{version.code}/", answers(version))
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert shown(version.outcomes[0].title) in page
    assert "data-released" not in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert Entry.objects.count() == before
    assert shown(version.outcomes[0].card) in page
    assert 'href="tel:3018"' in page


@pytest.mark.parametrize("version", VERSIONS, ids=lambda one: one.code)
def test_a_danger_answer_without_a_script_has_the_numbers_first(
    version: Version, client: Client
) -> None:
    last = f"a{version.sentences[-1].number}"
    page = client.post(f"/en/app/quiz/{version.code}/", answers(version, **{last: "2"})).content
    main = page.decode().split("<main")[1]
    title = shown(version.outcome(version.dark).title)
    assert main.index('href="tel:3114"') < main.index('href="tel:112"') < main.index(title)
    assert shown(version.outcome(Code.CALM).title) not in main


def test_no_answer_at_all_is_asked_again(client: Client) -> None:
    page = client.post("/en/app/quiz/primary/", {"a1": "9", "b1": "1"}).content.decode()
    assert "Choose at least one answer." in page
    assert "data-form" in page


def test_few_answers_are_said_to_say_little(client: Client) -> None:
    page = client.post("/en/app/quiz/primary/", {"a1": "1"}).content.decode()
    assert "this quiz knows little" in page


def test_answers_sent_again_after_leaving_are_told_to_nobody(client: Client) -> None:
    client.post("/exit/")
    del client.cookies["away"]
    answer = client.post("/en/app/quiz/primary/", {"a1": "4"})
    assert answer.headers["Location"] == "/en/app/quiz/primary/"


def test_the_form_has_no_answer_in_its_address(client: Client) -> None:
    page = get(client, "/en/app/quiz/secondary/")
    sent = r'<form method="post" action="/en/app/quiz/secondary/" data-form autocomplete="off">'
    assert re.search(sent, page)
    assert "checked" not in page
    assert client.get("/en/app/quiz/secondary/?a1=4").content.count(b"checked") == 0


@pytest.mark.parametrize("path", ["/fr/app/quiz/nothing/", "/fr/app/leaflets/nothing/"])
def test_an_unknown_one_is_not_there(path: str, client: Client) -> None:
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND


def test_a_parent_is_spoken_to_as_an_adult(client: Client) -> None:
    page = get(client, "/fr/app/quiz/parent/")
    main = re.sub("«[^»]*»", "", page.split("<main")[1].split("</main>")[0])
    assert "/fr/write/adults/" in main
    assert not re.search(r"\b(?:tu|toi|ton)\b", main)


def test_the_four_steps_say_the_exception(client: Client) -> None:
    page = get(client, "/en/app/what-happens/")
    assert page.split("<main")[1].count("<h2>") == 4
    assert "There is one exception: serious danger or abuse." in page
    assert "/en/app/what-happens/" in get(client, "/en/talk/")


def test_a_leaflet_leads_on_within_the_app(client: Client) -> None:
    page = get(client, "/en/app/leaflets/threat/")
    assert "/en/app/vault/" in page
    assert "/en/removal/" in page
    assert 'href="tel:3018"' in page
    assert 'class="numbers-chat"' in page
    assert "//talk/" not in page


def test_the_leaflet_on_dark_thoughts_has_numbers_and_chat_before_all_else(client: Client) -> None:
    main = get(client, "/en/app/leaflets/dark/").split("<main")[1]
    assert main.index('href="tel:3114"') < main.index("/en/talk/") < main.index("Right now")
    assert "I have thoughts that scare me." in main


def test_a_country_without_a_number_leaves_it_out(client: Client) -> None:
    with override_settings(COUNTRY="lu"):
        assert "<h1>" in get(client, "/en/app/leaflets/friend/")
