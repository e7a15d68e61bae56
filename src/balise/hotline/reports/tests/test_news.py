"""A new danger or report reaches the open page of a content."""

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.hotline.reports.queries import listing
from balise.hotline.reports.tests.makers import ANALYST, make_content, make_report

pytestmark = [pytest.mark.django_db, pytest.mark.safety]


def test_a_danger_is_told_with_its_title_and_nothing_while_nothing_came(client: Client) -> None:
    content = make_content()
    about = f"/staff/hotline/contents/{content.id}/"
    seen = listing.content(content_id=content.id, seen_by=ANALYST).stamp
    asked = f"{about}news/?seen={seen}&reports=1"
    assert client.get(asked).status_code == 302  # to sign in
    sign_in(client, make_account("listener"))
    assert client.get(asked).status_code == 403
    sign_in(client, make_account("analyst"))
    page = client.get(about).text
    assert f"news/?seen={seen}&amp;reports=1" in page
    assert "every 4s" in page
    assert client.get(asked).status_code == 204

    make_report()
    told = client.get(asked).text
    assert "1 nouveau signalement" in told
    assert "Nouveau signalement" in told.partition("<title>")[2].partition("</title>")[0]
    make_report(danger=True)
    told = client.get(asked).text

    assert "Danger" in told.partition("<title>")[2].partition("</title>")[0]
    assert "qui vient d’arriver" in told
    again = told.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    assert client.get(again).status_code == 204
    assert client.get(f"{about}news/?seen=x&reports=99999999999").status_code == 200
