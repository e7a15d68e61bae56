"""Answering at the public door: by forms alone, in two tabs, late, by a school, in six words."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from balise.awareness.places.structures.tests.makers import make_structure
from balise.awareness.surveys.access import link_token
from balise.awareness.surveys.actions import making
from balise.awareness.surveys.models import Draft, Invitation, Waiting
from balise.awareness.surveys.queries import public
from balise.awareness.surveys.rules.promises import Audience
from balise.awareness.surveys.tests.makers import (
    AB,
    AFTER,
    AGE,
    CLOSES,
    DURING,
    OPENS,
    SAY,
    TALKS,
    WHY,
    begin,
    close,
    give,
    make_survey,
    says,
    send,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]

SURVEY = "/fr/surveys/parents-2026/"
ROWS = {
    "code": "often",
    "kind": "one",
    "asks": says("À quelle fréquence ?"),
    "choices": AB,
    "rows": [{"code": code, "asks": says(f"Le {code}")} for code in ("soir", "matin")],
}


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    with clock.at(DURING):
        yield


def hidden(page: str) -> dict[str, str]:
    """Return the version that a page was drawn with."""
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found is not None
    return {"seen": found[1]}


def asked_at(page: str) -> str:
    """Return where the form of a page goes."""
    found = re.search(r'action="([^"]*/answer/[^"]*)"', page)
    assert found is not None
    return found[1]


def test_a_survey_is_answered_page_by_page_left_resumed_and_sent(client: Client) -> None:
    make_survey(TALKS, WHY, ROWS, AGE, SAY)
    assert "parents-2026" in client.get("/fr/surveys/").text
    at = client.post(SURVEY)["Location"]
    words = at.split("/")[-2]
    at = asked_at(client.get(at).text)
    assert at.endswith("/talks/")
    assert client.post(at, {}).status_code == 422
    at = client.post(at, {"talks-answer": "b", "seen": "0"})["Location"]
    assert at.endswith("/why/")

    page = client.post("/fr/surveys/resume/", {"words": words.replace("-", " ")})
    page = client.get(page["Location"])
    at = asked_at(page.text)
    assert at.endswith("/why/")
    assert words.replace("-", " ") in page.text
    assert "Question 2" in page.text
    at = client.post(at, {"why-answer": "a", **hidden(page.text)})["Location"]
    both = client.get(at).text
    assert "Le soir" in both
    assert "Le matin" in both
    at = client.post(at, {"often-soir-answer": "a", "often-matin-answer": "b", **hidden(both)})[
        "Location"
    ]
    at = client.post(at, {"age-answer": "", "seen": "9"})["Location"]
    at = client.post(at, {"say-answer": "Merci", "seen": "9"})["Location"]
    assert "/review/" in at
    review = client.get(at).text
    assert "Merci" in review
    sent = client.post(at)["Location"]
    assert client.get(sent).status_code == 200
    assert Waiting.objects.count() == 1
    assert client.post(at)["Location"] == sent  # sent twice counts once
    assert client.get(at)["Location"] == sent
    assert Waiting.objects.count() == 1


def test_another_tab_is_told_and_loses_nothing(client: Client) -> None:
    make_survey(TALKS, AGE)
    words = begin()
    at = f"{SURVEY}answer/{words}/talks/"
    give(words, talks="a")

    page = client.post(at, {"talks-answer": "b", "seen": "0"})

    assert page.status_code == 409
    assert 'value="b"' in page.text
    assert "checked" in page.text.partition('value="b"')[2][:200]
    assert client.post(at, {"talks-answer": "b", **hidden(page.text)}).status_code == 302
    one = public.begun(words)
    assert one is not None
    assert one.given.answers == {"talks": "b"}


def test_what_is_typed_after_sending_or_closing_is_shown_back(client: Client) -> None:
    survey = make_survey(TALKS, SAY)
    late = send(talks="a", say="")
    page = client.post(f"{SURVEY}answer/{late}/say/", {"say-answer": "Encore un mot", "seen": "1"})
    assert page.status_code == 409
    assert "Encore un mot" in page.text

    words = begin()
    give(words, talks="a")
    close(survey)
    with clock.at(AFTER):
        page = client.post(f"{SURVEY}answer/{words}/say/", {"say-answer": "Trop tard", "seen": "1"})
        assert page.status_code == 409
        assert "Trop tard" in page.text
        review = client.get(f"/en/surveys/parents-2026/review/{words}/").text
        assert "were not sent" in review
        assert ">Send<" not in review
        assert client.post(f"{SURVEY}give-up/{words}/").status_code == 302
        assert client.get(f"{SURVEY}review/{words}/").status_code == 404
        assert "closed" in client.get(SURVEY.replace("/fr/", "/en/")).text
    assert not Draft.objects.exists()


def test_a_full_quota_is_said_kindly_and_nothing_is_kept(client: Client) -> None:
    make_survey(TALKS, AGE, quotas=[{"question": "talks", "is": "a", "most": 1}])
    send(talks="a", age="")
    at = f"{SURVEY}answer/{begin()}/talks/"
    page = client.post(at, {"talks-answer": "a", "seen": "0"})
    assert page["Location"].endswith("/full/")
    assert client.get(page["Location"]).status_code == 200
    assert not Draft.objects.exists()


def test_a_quota_filled_meanwhile_turns_nobody_away_who_was_further(client: Client) -> None:
    make_survey(TALKS, AGE, quotas=[{"question": "talks", "is": "a", "most": 1}])
    words = begin()
    give(words, talks="a")
    send(talks="a", age="")  # someone else is quicker
    at = f"{SURVEY}answer/{words}/"

    again = client.post(f"{at}talks/", {"talks-answer": "a", "seen": "1"})  # back, and on
    last = client.post(f"{at}age/", {"age-answer": "9", "seen": "2"})

    assert again["Location"].endswith("/age/")
    assert last["Location"] == f"{SURVEY}review/{words}/"
    assert client.post(last["Location"])["Location"].endswith("/sent/")
    assert Waiting.objects.count() == 2


def test_what_was_typed_where_another_tab_leads_elsewhere_is_shown_back(client: Client) -> None:
    say = {**SAY, "when": [{"question": "talks", "is": "b"}]}
    make_survey(TALKS, say, AGE)
    words = begin()
    give(words, talks="b")
    give(words, talks="a")
    at = f"{SURVEY}answer/{words}/say/"
    page = client.post(at, {"say-answer": "Un long conseil", "seen": "1"})
    assert page.status_code == 409
    assert "Un long conseil" in page.text
    assert f"{SURVEY}answer/{words}/" in page.text
    assert client.get(at)["Location"] == f"{SURVEY}answer/{words}/"


def test_mistyped_words_are_asked_back_and_made_up_ones_open_nothing(client: Client) -> None:
    make_survey()
    words = begin().split("-")
    typed = " ".join([f"x{words[0]}", *words[1:]])
    page = client.post("/en/surveys/resume/", {"words": typed})
    assert page.status_code == 422
    assert "Did you mean" in page.text
    page = client.post("/en/surveys/resume/", {"words": " ".join(words[:5])})
    assert "Type six words: here are 5." in page.text
    for place in ("answer/a-b-c-d-e-f/", "review/a-b-c-d-e-f/", "answer/x/talks/"):
        assert client.get(f"{SURVEY}{place}").status_code == 404


def test_a_wording_is_published_whole_and_a_survey_in_preparation_is_nowhere(
    client: Client,
) -> None:
    make_survey(TALKS, WHY, languages=("fr",))
    assert "Pourquoi ?" in client.get(f"{SURVEY}wording/1/").text
    assert client.get(f"{SURVEY}wording/1.json").json()["sections"]
    assert client.get(f"{SURVEY}wording/2/").status_code == 404
    assert "not translated" in client.get("/en/surveys/parents-2026/").text
    make_survey(slug="both")
    assert "not translated" not in client.get("/en/surveys/both/").text
    make_survey(slug="later", opened=False)
    assert client.get("/fr/surveys/later/").status_code == 404


def test_minors_are_asked_by_a_school_alone_a_week_after_the_notice_to_parents(
    client: Client,
) -> None:
    survey = make_survey(TALKS, audience=Audience.MINORS)
    with clock.at(DURING - timedelta(days=8)):
        invitation = making.invite(
            survey_id=survey,
            structure=make_structure(),
            notice_on=OPENS,
            ends_on=CLOSES,
            by=make_actor("coordinator"),
        )
    token = link_token(invitation)
    assert "parents-2026" not in client.get("/fr/surveys/").text
    client.post(SURVEY)
    assert not Draft.objects.exists()
    assert "La Passerelle" in client.get(f"/fr/surveys/parents/{token}/").text
    with clock.at(DURING - timedelta(days=2)):
        client.post(f"/fr/surveys/link/{token}/")
        assert not Draft.objects.exists()

    at = client.post(f"/fr/surveys/link/{token}/")["Location"]
    at = client.post(asked_at(client.get(at).text), {"talks-answer": "a", "seen": "0"})["Location"]
    client.post(at)

    assert Invitation.objects.get().sent == 1
    assert Waiting.objects.count() == 1
    assert client.get("/fr/surveys/link/made-up/").status_code == 404
