"""“Someone else had already reported it” is said of others, and of what they have sent."""

import pytest
from django.test import Client

from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.tests.test_public import FORM, ticket_of, whole

pytestmark = pytest.mark.django_db


def test_never_says_it_to_the_browser_that_reported_it(client: Client) -> None:
    whole(client)
    client.post(FORM, {"go": "another"})
    whole(client)

    assert Content.objects.get().report_count == 2
    assert "avait déjà été signalé" not in client.get(FORM).text


def test_an_unfinished_form_counts_as_nothing_until_it_lapses(client: Client) -> None:
    begun = Client()
    values = {
        "ticket": ticket_of(begun.get(FORM)),
        "step": "where",
        "go": "on",
        "addresses": "https://a.example/x",
    }
    begun.post(FORM, values)
    assert Report.objects.get().is_finished is False

    whole(client)

    assert Content.objects.get().report_count == 2
    assert "avait déjà été signalé" not in client.get(FORM).text
    Report.objects.filter(is_finished=False).update(is_finished=True)
    assert "avait déjà été signalé" in client.get(FORM).text
