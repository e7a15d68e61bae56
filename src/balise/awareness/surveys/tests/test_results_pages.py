"""The study of the demonstration on its pages: nobody reads more than was published."""

import csv
import io

import pytest
from django.test import Client

from balise.awareness.surveys.demonstration import study
from balise.awareness.surveys.models import Edition, Survey
from balise.awareness.surveys.queries import results
from balise.awareness.surveys.tests.makers import make_survey
from balise.awareness.surveys.tests.results_makers import make_answered
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]

PAGE = f"/fr/surveys/{study.SLUG}/results/"
STAFF = "/staff/awareness/surveys/results/"


@pytest.fixture
def _study() -> None:
    study.fill({"awareness_lead": make_actor("awareness_lead")})


def rows(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.usefixtures("_study")
class TestEveryone:
    def test_reads_each_question_with_its_margin(self, client: Client) -> None:
        page = client.get(PAGE).text
        assert "1\xa0136" in page
        assert "Ces six derniers mois" in page
        assert page.count("inventées") >= 2  # the answers, and the shares they weigh to
        assert "À 18, 19 et 20 ans, ce ne sont plus des mineurs" in page
        assert "18\u202f% des personnes invitées" in page
        in_english = client.get(PAGE.replace("/fr/", "/en/")).text
        assert "made up" in in_english
        assert "no longer minors" in in_english

    def test_reads_by_group_where_cells_allow(self, client: Client) -> None:
        page = client.get(f"{PAGE}?by=parent").text
        assert "Un autre adulte qui l’élève" in page
        assert 'class="withheld"' in page
        assert client.get(f"{PAGE}?by=talk").status_code == 404
        assert client.get(f"{PAGE}7/").status_code == 404

    def test_takes_the_file_and_what_its_codes_mean(self, client: Client) -> None:
        figures = rows(client, f"{PAGE}1/figures.csv")
        withheld = [each for each in figures if each["remark"]]
        assert withheld
        assert all(not each["value"] for each in withheld)
        assert {each["base"] for each in figures if each["base"]} <= {
            str(number) for number in range(11, 1137)
        }
        assert {"question", "answer"} <= figures[0].keys()
        codes = rows(client, f"{PAGE}1/codebook.csv")
        assert ("talk", "a") in {(each["question"], each["code"]) for each in codes}

    def test_no_survey_without_an_edition_has_a_page(self, client: Client) -> None:
        make_survey(slug="later")
        assert client.get("/fr/surveys/later/results/").status_code == 404


class TestStaff:
    @pytest.mark.usefixtures("_study")
    def test_a_director_reads_and_does_not_publish(self, client: Client) -> None:
        sign_in(client, make_account("steering"))
        assert study.SLUG in client.get(STAFF).text
        page = client.get(f"{STAFF}{study.SLUG}/?by=age").text
        assert 'class="withheld"' in page
        assert "Publier les résultats" not in page
        assert client.post(f"{STAFF}{study.SLUG}/", {"weighted": "on"}).status_code == 403

    @pytest.mark.usefixtures("_study")
    def test_what_is_refused_is_said_on_the_page(self, client: Client) -> None:
        sign_in(client, make_account("awareness_lead"))
        answer = client.post(f"{STAFF}{study.SLUG}/", {"weighted": "on"})
        assert answer.status_code == 409
        assert "11 réponses de plus" in answer.text
        assert Edition.objects.count() == 1

    def test_a_first_edition_is_published_by_the_head_of_awareness(self, client: Client) -> None:
        survey = Survey.objects.get(id=make_answered("later"))
        sign_in(client, make_account("awareness_lead"))
        address = f"{STAFF}{survey.slug}/"
        assert client.get(address).status_code == 200
        assert client.post(address, {"weighted": "on"}).status_code == 302
        assert results.editions(survey.id)[0][0] == 1
        box = client.get(address).text.partition('name="weighted"')[2].partition(">")[0]
        assert "checked" not in box  # nothing was weighted: nor is the next edition

    def test_others_read_nothing(self, client: Client) -> None:
        assert client.get(STAFF).status_code == 302
        sign_in(client, make_account("listener"))
        assert client.get(STAFF).status_code == 403
