"""The pages of trends: the notebook beside the rises, a briefing from draft to edition."""

from datetime import timedelta

import pytest
from django.test import Client

from balise.awareness.partnership.partners.tests.makers import make_organisation
from balise.awareness.partnership.trends.models import Briefing, EmergingUse, Reader
from balise.awareness.partnership.trends.tests.makers import make_sheet, make_use
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db

DESK = "/staff/awareness/trends/"


def test_who_has_no_part_enters_nothing_and_an_editor_reads(client: Client) -> None:
    use = make_use()
    assert client.get(DESK).status_code == 302
    sign_in(client, make_account("analyst"))
    assert client.get(DESK).status_code == 403
    sign_in(client, make_account("editor"))
    for path in ("", "rises/", "references/", "briefings/", "readers/", f"{use}/"):
        assert client.get(f"{DESK}{path}").status_code == 200, path
    assert client.get(f"{DESK}add/").status_code == 403
    assert client.post(f"{DESK}references/", {}).status_code == 422
    assert client.get(f"{DESK}{use}/sheet.pdf").status_code == 405


def test_a_use_is_noted_confirmed_and_told_to_insafe(client: Client) -> None:
    sign_in(client, make_account("coordinator"))
    seen = today() - timedelta(days=3)
    typed = {
        "title": "Filtres qui vieillissent",
        "signal": "En atelier.",
        "topic": "ai",
        "source": "field",
        "seen_by": "trainer",
        "evidence": "https://filter.example/",
    }
    for first_seen in ("", (today() + timedelta(days=1)).isoformat()):
        wrong = client.post(f"{DESK}add/", {**typed, "first_seen": first_seen})
        assert wrong.status_code == 422
        assert "Filtres qui vieillissent" in wrong.text
    page = client.post(f"{DESK}add/", {**typed, "first_seen": seen.isoformat()})["Location"]
    shown = client.get(page).text
    assert 'href="https://filter.example/"' not in shown  # text, and no link
    assert "https://filter.example/" in shown
    moved = {"do": "move", "state": "confirmed", "day": seen.isoformat()}
    assert client.post(page, {**moved, "day": "2020-01-01"}).status_code == 422
    assert client.post(page, moved).status_code == 302
    assert client.post(f"{page}change/", {**typed, "first_seen": seen}).status_code == 302
    assert client.get(f"{page}sheet/").status_code == 200
    make_sheet(EmergingUse.objects.get().id)
    assert client.get(f"{page}sheet/").status_code == 200
    kinds = {"pdf": b"%PDF", "csv": b"issue,topic", "json": b"{"}
    for form, begins in kinds.items():
        assert client.post(f"{page}sheet.{form}").content.startswith(begins)
    exported = Entry.objects.filter(event="awareness.sheet.exported")
    assert {entry.facts["form"] for entry in exported} == set(kinds)
    assert "Filtres qui vieillissent" in client.get(DESK).text


def test_a_briefing_is_begun_chosen_sent_and_corrected(client: Client) -> None:
    sign_in(client, make_account("awareness_lead"))
    use = make_use()
    begun = {"language": "fr", "title": "Novembre"}
    page = client.post(f"{DESK}briefings/", begun)["Location"]
    assert client.post(page, {"do": "send"}).status_code == 422
    chosen = {"do": "choose", "title": "Novembre", "intro": "Bonjour.", "uses": [str(use)]}
    wrong = client.post(page, {**chosen, "uses": ["nothing"]})
    assert wrong.status_code == 422
    assert "Bonjour." in wrong.text
    assert client.post(page, chosen).status_code == 302
    assert client.post(page, {"do": "send"}).status_code == 302
    row = Briefing.objects.get()
    assert row.number == 1
    shown = client.get(page).text
    assert "/fr/briefings/" in shown
    assert client.post(page, {"do": "choose", "title": "Autre"}).status_code == 200
    assert client.post(page, {"do": "correct", **begun}).status_code == 302
    assert Briefing.objects.get(number=None).corrects_id == row.id


def test_a_contact_who_asked_is_added_and_their_address_is_not_shown(client: Client) -> None:
    sign_in(client, make_account("coordinator"))
    typed = {"organisation_id": make_organisation("Partenaire"), "language": "fr"}
    assert client.post(f"{DESK}readers/", {**typed, "address": "nobody"}).status_code == 422
    sent = {**typed, "address": "contact@partner.example"}
    assert client.post(f"{DESK}readers/", sent).status_code == 302
    assert Reader.objects.count() == 1
    shown = client.get(f"{DESK}readers/").text
    assert "Partenaire" in shown
    assert "contact@partner.example" not in shown


def test_a_policy_is_noted_with_its_country(client: Client) -> None:
    sign_in(client, make_account("coordinator"))
    typed = {
        "kind": "policy",
        "day": today().isoformat(),
        "country": "zz",
        "topic": "ai",
        "title": "Une loi",
        "text": "En bref.",
    }
    assert client.post(f"{DESK}references/", typed).status_code == 422
    assert client.post(f"{DESK}references/", {**typed, "country": "be"}).status_code == 302
    assert "Belgique" in client.get(f"{DESK}references/").text
