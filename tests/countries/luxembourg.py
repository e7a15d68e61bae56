"""In Luxembourg: a report from the public form to its offence by that country's questions.

Not collected with the rest: `tests/test_countries.py` starts it with `BALISE_COUNTRY=lu`.
"""

import re

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.test import Client

from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.hotline.reports.models import Content
from balise.hotline.reports.rules.words import ContentState
from balise.hotline.reports.tests.makers import take_and_open
from balise.takedown.law.rules import offence_on

pytestmark = pytest.mark.django_db

FORM = "/fr/report/"
ANSWERS = ("subject=minor-images", "minor-images=shared", "minor=yes", "pornographic=yes")


def ticket_of(page: str) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found
    return found[1]


def test_the_house_stands() -> None:
    assert settings.COUNTRY == "lu"
    assert [each for each in run_checks() if each.level >= 40] == []


@pytest.mark.parametrize("path", ["/fr/", "/en/", "/fr/leaving/", "/fr/report/", "/fr/follow/"])
def test_public_pages_are_shown(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "3018" not in page.text


def test_a_report_reaches_the_offence_of_luxembourg(client: Client) -> None:
    where = {"step": "where", "addresses": "https://images.example/lu/1", "go": "on"}
    where["ticket"] = ticket_of(client.get(FORM).text)
    page = client.post(FORM, where, follow=True).text
    assert "révisionnisme" in page
    what = {"ticket": ticket_of(page), "step": "what", "category": "csam", "go": "on"}
    client.post(FORM, what, follow=True)
    content = Content.objects.get()

    account = make_account("analyst")
    sign_in(client, account)
    take_and_open(content.id, by=actor_of(account))
    address = f"/staff/hotline/contents/{content.id}/"
    answers: dict[str, str] = {"written_in": "fr", "facts_on": "2026-11-01"}
    page = ""
    for given in ANSWERS:
        page = client.post(f"{address}questions/", answers | {"answer": given}).text
        found = re.search(r'name="answers" value="([^"]*)"', page)
        assert found
        answers["answers"] = found[1].replace("&amp;", "&")
    assert "article 383ter du code pénal luxembourgeois" in page
    assert "loi du 16 juillet 2011" in page
    reasons = re.search(r'<textarea name="rationale"[^>]*>\n?([^<]*)', page)
    assert reasons
    verdict = {"verdict": "illegal", "category": "csam", "offence": "csam-sharing"}
    verdict |= {"ground": "report"}
    verdict |= {"confidence": "sure", "rationale": reasons[1].replace("&#x27;", "'")}
    client.post(f"{address}verdict/", answers | verdict)

    content.refresh_from_db()
    assert (content.state, content.offence) == (ContentState.SECOND_LOOK, "csam-sharing")
    (kept,) = content.assessments.all()
    offence = offence_on(kept.offence, on=kept.facts_on, country=settings.COUNTRY)
    assert "luxembourgeois" in offence.article.in_language("fr")
