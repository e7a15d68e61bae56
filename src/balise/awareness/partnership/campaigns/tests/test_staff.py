"""The pages of campaigns, by those who may."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from balise.awareness.partnership.campaigns.models import Campaign, Declared
from balise.awareness.partnership.campaigns.tests.makers import make_campaign, make_declared
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.clock import today

pytestmark = pytest.mark.django_db
LIST = "/staff/awareness/campaigns/"


def test_awareness_reads_and_its_coordinator_writes(client: Browser) -> None:
    made = make_campaign()
    declared = make_declared(made)
    pages = ("", "add/", f"{made}/", f"{made}/change/")
    assert {client.get(f"{LIST}{page}").status_code for page in pages} == {302}
    sign_in(client, make_account("listener"))
    assert {client.get(f"{LIST}{page}").status_code for page in pages} == {403}
    sign_in(client, make_account("editor"))
    assert [client.get(f"{LIST}{page}").status_code for page in pages] == [200, 403, 200, 403]
    assert client.post(f"{LIST}{made}/{declared}/withdraw/").status_code == 403
    sign_in(client, make_account("awareness_lead"))
    assert {client.get(f"{LIST}{page}").status_code for page in pages} == {200}


def test_a_coordinator_adds_one_changes_it_and_declares_its_plan(client: Browser) -> None:
    sign_in(client, make_account("coordinator"))
    make_campaign("TAKEN")
    day = today()
    typed = {
        "name": "Le déclic",
        "code": "taken",
        "edition": "4",
        "hashtag": "#LeDéclic",
        "first": day.isoformat(),
        "last": (day + timedelta(days=30)).isoformat(),
        "partners": "Régie Passage\n\nRéseau Comptoirs\n",
    }
    refused = client.post(f"{LIST}add/", typed)
    assert refused.status_code == 422
    assert 'value="Le déclic"' in refused.text
    answer = client.post(f"{LIST}add/", {**typed, "code": "declic-2026"})
    row = Campaign.objects.get(code="DECLIC-2026")
    assert answer["Location"] == f"{LIST}{row.id}/"
    assert (row.hashtag, row.partners) == ("LeDéclic", ["Régie Passage", "Réseau Comptoirs"])

    page = f"{LIST}{row.id}/"
    assert "Régie Passage\nRéseau Comptoirs" in client.get(f"{page}change/").text
    assert client.post(f"{page}change/", {**typed, "name": "Autre"}).status_code == 302
    plan = {
        "medium": "influencer",
        "label": "@clic",
        "number": "900000",
        "declared_by": "La chaîne",
        "declared_on": (day + timedelta(days=1)).isoformat(),
    }
    later = client.post(page, plan)
    assert later.status_code == 422
    assert 'value="@clic"' in later.text
    assert client.post(page, {**plan, "declared_on": day.isoformat()}).status_code == 302
    shown = client.get(page).text
    assert "900\xa0000" in shown or "900\u202f000" in shown
    assert client.post(f"{page}{Declared.objects.get().id}/withdraw/").status_code == 302
    assert not Declared.objects.exists()
