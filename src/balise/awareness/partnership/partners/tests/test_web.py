"""The pages of partners: staff keep the register, everyone reads what is in force and public."""

from datetime import timedelta

import pytest
from django.test import Client

from balise.awareness.partnership.partners.actions import advice
from balise.awareness.partnership.partners.models import Agreement, Mandate, Member, Organisation
from balise.awareness.partnership.partners.rules.advice import RecommendationState, Votes
from balise.awareness.partnership.partners.rules.mandates import PartnerKind, Role
from balise.awareness.partnership.partners.tests.makers import (
    make_agreement,
    make_group,
    make_mandate,
    make_meeting,
    make_member,
    make_opinion,
    make_organisation,
    make_recommendation,
)
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.clock import today

pytestmark = pytest.mark.django_db

DESK = "/staff/awareness/partners/"
ADDED = {"name": "Réseau d’essai", "kind": "network", "sector": "association", "country": "be"}


def test_who_has_no_part_enters_nothing_and_an_editor_reads(client: Client) -> None:
    organisation = make_organisation()
    assert client.get(DESK).status_code == 302
    sign_in(client, make_account("listener"))
    assert client.get(DESK).status_code == 403
    sign_in(client, make_account("editor"))
    assert client.get(DESK).status_code == 200
    assert client.get(f"{DESK}add/").status_code == 403
    page = f"{DESK}{organisation}/"
    assert "Ajouter une convention" not in client.get(page).text
    sent = {"do": "agreement", "kind": "grant", "signed": "2026-01-01"}
    assert client.post(page, sent).status_code == 403
    assert not Agreement.objects.exists()


def test_a_coordinator_keeps_an_organisation_and_what_was_typed_wrong_stays(
    client: Client,
) -> None:
    sign_in(client, make_account("coordinator"))
    wrong = client.post(f"{DESK}add/", {**ADDED, "country": "zz", "founded": "3000"})
    assert wrong.status_code == 422
    assert "Réseau d’essai" in wrong.text
    assert client.post(f"{DESK}add/", {**ADDED, "country": "zz"}).status_code == 422
    assert client.post(f"{DESK}add/", ADDED).status_code == 302
    row = Organisation.objects.get()
    page = f"{DESK}{row.id}/"

    wrong = client.post(page, {"do": "mandate", "role": "presidency", "since": "été 2020"})
    assert wrong.status_code == 422
    assert "été 2020" in wrong.text
    for sent in (
        {"do": "mandate", "role": "presidency", "since": "2020-07"},
        {"do": "members", "countries": "de, AT", "since": "2005"},
        {"do": "agreement", "kind": "convention", "signed": "2024-01-01", "until": "2030-12-31"},
    ):
        assert client.post(page, sent).status_code == 302
    mandate = Mandate.objects.get(role=Role.PRESIDENCY.value)
    ended = {"do": "end-mandate", "mandate_id": mandate.id, "until": "2022-06-30"}
    assert client.post(page, ended).status_code == 302
    shown = client.get(page).text
    assert "juillet 2020 au 30 juin 2022" in " ".join(shown.split())
    assert "2 pays membres" in shown

    held = client.get(f"{DESK}mandates/", {"on": "2020-07-14", "role": "presidency"}).text
    assert "Les dates ne le disent pas" in held
    before = client.get(f"{DESK}mandates/", {"on": "2020-06-30", "role": "presidency"}).text
    assert "Réseau d’essai" not in before
    changed = {**ADDED, "name": "Autre nom", "is_shown": "on"}
    assert client.post(f"{page}change/", changed).status_code == 302
    assert "Autre nom" in client.get("/fr/partners/").text


def test_everyone_reads_who_is_in_force_with_dates(client: Client) -> None:
    network = make_organisation("Réseau", kind=PartnerKind.NETWORK, founded=1998)
    make_mandate(network, "2005", role=Role.MEMBER)
    make_agreement(make_organisation("Mécène", kind=PartnerKind.SUPPORTER))
    make_agreement(make_organisation("Cachée", is_shown=False))
    shown = " ".join(client.get("/fr/partners/").text.split())
    assert shown.index("Avec le soutien de") < shown.index("Réseaux")
    for words in ("Mécène", "création en 1998", "depuis 2005"):
        assert words in shown
    assert "Cachée" not in shown
    assert "founded in 1998" in " ".join(client.get("/en/partners/").text.split())


def test_a_group_is_kept_from_its_first_meeting_to_a_public_opinion(client: Client) -> None:
    sign_in(client, make_account("coordinator"))
    formed = {"kind": "experts", "name": "Experts", "mandate": "Conseiller.", "since": "2024-01-01"}
    assert client.post(f"{DESK}groups/", {**formed, "name": ""}).status_code == 422
    page = client.post(f"{DESK}groups/", formed)["Location"]
    yesterday = (today() - timedelta(days=1)).isoformat()
    seat = {"do": "seat", "role": "Juriste", "name": "Sacha Exemple", "since": yesterday}
    meeting = {"do": "meeting", "day": yesterday, "agenda": "Les jeux.", "present": "7"}
    for sent in (seat, meeting):
        assert client.post(page, sent).status_code == 302
    shown = client.get(page).text
    assert "Juriste" in shown
    assert "Sacha" not in shown

    member = f"{DESK}members/{Member.objects.get().id}/"
    assert "Sacha" not in client.get(member).text
    assert "Sacha Exemple" in client.post(member, {"do": "open"}).text
    assert client.post(member, {"do": "consent"}).status_code == 302
    sent = {"do": "interest", "text": "Aucun."}
    assert client.post(member, sent).status_code == 302

    write = shown.partition(f"{DESK}meetings/")[2].partition('"')[0]
    opinion = {
        "language": "fr",
        "title": "Les coffres à butin",
        "text": "Il faut les fermer.",
        "votes_for": "5",
        "votes_against": "2",
        "votes_abstained": "1",
    }
    wrong = client.post(f"{DESK}meetings/{write}", opinion)  # eight votes of seven
    assert wrong.status_code == 422
    assert "Il faut les fermer." in wrong.text
    page = client.post(f"{DESK}meetings/{write}", {**opinion, "votes_abstained": "0"})["Location"]
    assert client.post(page, {"do": "publish"}).status_code == 422
    assert "Les coffres" not in client.get("/fr/opinions/").text
    changed = {**opinion, "votes_abstained": "0", "minority": "Nous préférons informer."}
    assert client.post(f"{page}change/", changed).status_code == 302
    assert client.post(page, {"do": "publish"}).status_code == 302
    public = " ".join(client.get("/fr/opinions/").text.split())
    for words in ("Pour : 5. Contre : 2.", "Nous préférons informer.", "Sacha Exemple"):
        assert words in public.replace("\u202f", " ")
    assert client.post(f"{page}change/", changed).status_code == 422


def test_the_public_page_says_what_became_of_a_recommendation(client: Client) -> None:
    group = make_group()
    asked = make_recommendation(group)
    page = f"{DESK}recommendations/{asked}/"
    sign_in(client, make_account("awareness_lead"))
    assert client.post(page, {"do": "publish"}).status_code == 302
    assert "Fermez les messages" in client.get("/fr/opinions/").text
    step = {"do": "step", "state": "answered", "day": today().isoformat(), "words": ""}
    assert client.post(page, step).status_code == 422
    assert client.post(page, {**step, "words": "Ce sera fait."}).status_code == 302
    advice.note_step(
        recommendation_id=asked,
        state=RecommendationState.FOLLOWED,
        day=today(),
        by=make_actor("coordinator"),
    )
    assert "Ce sera fait." in client.get("/fr/opinions/").text
    assert "Suivie" in client.get("/fr/opinions/").text
    assert "Publier la recommandation" not in client.get(page).text


def test_the_pages_ask_the_same_number_of_queries_for_many(
    client: Client, django_assert_max_num_queries: object
) -> None:
    group = make_group()
    make_member(group, is_public=True)
    for _number in range(4):
        make_mandate(make_organisation(kind=PartnerKind.NETWORK), "2005", role=Role.MEMBER)
        opinion = make_opinion(make_meeting(group), Votes(3, 0, 0))
        advice.publish(opinion_id=opinion, by=make_actor("coordinator"))
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get("/fr/partners/")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get("/fr/opinions/")
