"""From a content to its offence by questions, on the page of the verdict, without script too."""

import re
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.hotline.reports.actions import consulting
from balise.hotline.reports.models import Assessment, Content
from balise.hotline.reports.rules.words import ContentState
from balise.hotline.reports.tests.makers import make_content, take_and_open

pytestmark = pytest.mark.django_db

PRAISED = {"subject": "terrorism", "terrorism-praised": "yes"}


@pytest.fixture
def analyst(client: Client) -> Account:
    """Someone of the hotline, signed in past the second factor."""
    return sign_in(client, make_account("analyst"))


def questions(content: Content) -> str:
    return f"/staff/hotline/contents/{content.id}/questions/"


def controls(page: str) -> dict[str, str]:
    """Return what the verdict form of a page holds, as a browser would send it.

    Its bar is elsewhere on the page.
    """
    form = page[page.index('id="verdict-form"') :]
    form = form[: form.index("</form>")] + form[form.index('id="verdict-bar"') :]
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', form))
    found |= dict(re.findall(r'<input type="date" name="([^"]+)" value="([^"]*)"', form))
    for name, body in re.findall(r'(?s)<select name="([^"]+)".*?>(.*?)</select>', form):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    found |= dict(re.findall(r'type="radio" name="([^"]+)"[^>]*value="([^"]*)"[^>]* checked', form))
    return {
        name: value.replace("&amp;", "&").replace("&#x27;", "'") for name, value in found.items()
    }


class TestTheWalk:
    def test_anyone_and_other_roles_are_refused(self, client: Client) -> None:
        content = make_content()
        assert client.post(questions(content)).status_code == 302
        sign_in(client, make_account("listener"))
        assert client.post(questions(content)).status_code == 403

    def test_an_analyst_goes_from_question_to_verdict(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content(category="terrorism")
        client.post(f"/staff/hotline/contents/{content.id}/claim/")
        page = client.get(f"/staff/hotline/contents/{content.id}/").text
        page = client.post(questions(content), controls(page) | {"start": "1"}).text
        for question, answer in PRAISED.items():
            assert f'value="{question}={answer}"' in page
            given = controls(page) | {"answer": f"{question}={answer}"}
            page = client.post(questions(content), given).text

        filled = controls(page)
        assert (filled["verdict"], filled["offence"]) == ("illegal", "terrorism")
        assert "apologie" in filled["rationale"]
        assert "glorifies" in filled["translation"]
        address = f"/staff/hotline/contents/{content.id}/verdict/"

        refused = client.post(address, filled)  # nothing was opened, and how sure is not said
        assert refused.status_code == 422
        for question, answer in PRAISED.items():
            assert f"{question}={answer}" in controls(refused.text)["answers"]
        assert 'name="back"' in refused.text
        assert client.post(address, filled | {"confidence": "sure"}).status_code == 409
        client.post(f"/staff/hotline/contents/{content.id}/open/")
        client.post(address, filled | {"confidence": "sure", "ground": "looked"})

        assert Content.objects.get().state == ContentState.SECOND_LOOK
        (kept,) = consulting.consult(content_id=content.id, by=actor_of(analyst)).assessments
        assert kept.answers == PRAISED
        assert kept.rationale == filled["rationale"]
        assert kept.rationale_in("en") == filled["translation"]
        assert kept.rationale_in("fr") == filled["rationale"]
        assert b"apologie" not in bytes(Assessment.objects.get().sealed)


class TestAStep:
    def test_htmx_gets_the_form_alone(self, client: Client, analyst: Account) -> None:
        content = make_content()

        part = client.post(
            questions(content), {"answer": "subject=hate"}, headers={"HX-Request": "true"}
        ).text

        assert "<h1" not in part
        assert part.strip().startswith('<form id="verdict-form"')
        assert 'data-key="1"' in part

    def test_the_keys_of_the_verdict_wait_while_a_question_is_asked(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content()
        asked = client.post(questions(content), {"start": "1"}).text
        assert asked.count('data-key="1"') == 1
        ended = client.post(questions(content), {"answer": "subject=other"}).text
        assert ended.count('data-key="1"') == 1

    def test_keeps_what_was_filled_in(self, client: Client, analyst: Account) -> None:
        content = make_content(category="hate")

        given = {"answer": "subject=terrorism", "category": "terrorism", "confidence": "likely"}
        page = client.post(questions(content), given | {"rationale": "My own words."}).text

        filled = controls(page)
        assert (filled["category"], filled["confidence"]) == ("terrorism", "likely")
        assert filled["rationale"] == "My own words."

    def test_adds_to_what_was_typed_and_never_twice(self, client: Client, analyst: Account) -> None:
        content = make_content()
        last = {
            "answer": "terrorism-praised=yes",
            "answers": urlencode({"subject": "terrorism"}),
        }

        page = client.post(questions(content), last | {"rationale": "My own words."}).text
        written = controls(page)["rationale"]
        assert written.startswith("My own words.\n\n")
        page = client.post(questions(content), controls(page) | {"back": "1"}).text
        assert controls(page)["rationale"] == "My own words."
        again = controls(page) | {"answer": "terrorism-praised=yes"}
        page = client.post(questions(content), again).text

        assert controls(page)["rationale"] == written

    def test_goes_back_one_question(self, client: Client, analyst: Account) -> None:
        content = make_content()
        given = {"answers": "subject=minor-images&minor-images=held&minor=yes", "back": "1"}

        page = client.post(questions(content), given).text

        assert controls(page)["answers"] == "subject=minor-images&minor-images=held"
        assert 'value="minor=yes"' in page

    def test_an_unknown_element_is_a_doubt(self, client: Client, analyst: Account) -> None:
        content = make_content()
        given = PRAISED | {"terrorism-praised": "unknown"}

        page = client.post(questions(content), {"answers": urlencode(given)}).text

        assert controls(page)["confidence"] == "doubtful"

    def test_a_missing_element_names_no_offence(self, client: Client, analyst: Account) -> None:
        content = make_content()
        given = PRAISED | {"terrorism-praised": "no"}

        filled = controls(client.post(questions(content), {"answers": urlencode(given)}).text)

        assert "verdict" not in filled
        assert filled["offence"] == ""

    def test_asks_by_the_law_of_the_day_of_the_facts(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content()
        given = {"subject": "person-images", "person-images": "faked-sexual"}
        given |= {"montage-published": "yes", "no-consent": "yes", "not-apparent": "yes"}
        for on, offence in (("2024-05-22", "montage"), ("2024-05-23", "sexual-montage")):
            posted = {"answers": urlencode(given), "facts_on": on}
            assert controls(client.post(questions(content), posted).text)["offence"] == offence

    def test_offers_nothing_that_began_later(self, client: Client, analyst: Account) -> None:
        content = make_content()
        page = client.post(questions(content), {"facts_on": "2012-03-12", "start": "1"}).text
        offered = page[page.index('name="offence"') :]
        offered = offered[: offered.index("</select>")]
        for code in ("harassment", "intimate-images", "sexual-montage", "csam-requesting"):
            assert f'value="{code}"' not in offered, code
        assert 'value="csam-sharing"' in offered

    def test_takes_the_day_that_a_reporter_said(self, client: Client, analyst: Account) -> None:
        posted = {"facts_on": "2026-01-10", "certainty": "exact", "said_on": "2012-03-12"}
        filled = controls(client.post(questions(make_content()), posted).text)
        assert (filled["facts_on"], filled["certainty"]) == ("2012-03-12", "at-latest")

    def test_names_each_text_that_the_days_cross(self, client: Client, analyst: Account) -> None:
        given = {"subject": "minor-images", "minor-images": "held", "minor": "yes"}
        given |= {"pornographic": "yes", "held": "yes"}
        days = {"certainty": "exact", "facts_from": "2013-08-06", "facts_on": "2013-08-07"}
        page = client.post(questions(make_content()), days | {"answers": urlencode(given)}).text
        assert "n° 2013-711" in page
        assert "n° 2007-293" in page

    def test_opens_nothing_that_is_sealed(self, client: Client, analyst: Account) -> None:
        content = make_content("https://a.example/x")
        page = client.post(questions(content), {"start": "1", "opened": "1"})
        assert page.status_code == HTTPStatus.OK
        assert "a.example/x" not in page.text

    @pytest.mark.parametrize(
        "given",
        [
            {"answer": "nonsense"},
            {"answer": "subject=\x00"},
            {"answers": "%00=%FF&&=", "facts_on": "2025-13-45"},
            {"facts_on": "soon", "written_in": "xx", "back": "1"},
        ],
    )
    def test_takes_nonsense_for_no_answer(
        self, client: Client, analyst: Account, given: dict[str, str]
    ) -> None:
        page = client.post(questions(make_content()), given)
        assert page.status_code == 200
        assert 'value="subject=hate"' in page.text

    def test_an_unknown_content_is_not_found(self, client: Client, analyst: Account) -> None:
        address = "/staff/hotline/contents/00000000-0000-4000-8000-000000000000/questions/"
        assert client.post(address).status_code == 404


def test_answers_beside_the_way_are_not_kept(client: Client, analyst: Account) -> None:
    content = make_content()
    fields = {
        "verdict": "illegal",
        "category": "terrorism",
        "facts_on": "2026-01-10",
        "offence": "terrorism",
        "confidence": "sure",
        "ground": "looked",
        "rationale": "Glorifies.",
        "answers": urlencode(PRAISED | {"minor": "yes", "other": "x"}),
    }
    take_and_open(content.id, by=actor_of(analyst))

    client.post(f"/staff/hotline/contents/{content.id}/verdict/", fields)

    (kept,) = consulting.consult(content_id=content.id, by=actor_of(analyst)).assessments
    assert kept.answers == PRAISED
