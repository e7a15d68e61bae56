"""The pages of those who look after events: who may, what is asked twice, what is shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from balise.awareness.learning.events import module, queries
from balise.awareness.learning.events.models import Event, Registration
from balise.awareness.learning.events.queries.campaigns import counted
from balise.awareness.learning.events.rules.codes import code_of
from balise.awareness.learning.events.rules.facts import EventKind, EventState
from balise.awareness.learning.events.tests.makers import TITLE, make_draft, make_public, register
from balise.awareness.partnership.campaigns.models import Campaign
from balise.awareness.partnership.campaigns.rules import CampaignUnknown
from balise.awareness.partnership.campaigns.tests.makers import make_campaign
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.clock import now

pytestmark = pytest.mark.django_db

HOME = "/staff/awareness/events/"
FORM: dict[str, Any] = {
    "kind": "webinar",
    "starts_at": "2030-01-14T18:30",
    "ends_at": "2030-01-14T19:30",
    "zone": "Indian/Reunion",
    "link": "https://webinars.example/join/7",
    "capacity": "3",
    "audience": "adults",
    "speakers": "Dominique Roy | psychologue | Cyberviolences\nAlix Petit",
    "title_fr": TITLE,
    "summary_fr": "Quarante minutes.",
}


def signed_in(client: Client, role: str = "coordinator") -> Client:
    sign_in(client, make_account(role))
    return client


def test_a_coordinator_writes_and_publishes_in_the_zone_of_the_event(client: Client) -> None:
    signed_in(client)
    assert client.post(f"{HOME}add/", FORM | {"ends_at": "2030-01-14T18:00"}).status_code == 422
    assert client.post(f"{HOME}add/", FORM | {"title_fr": ""}).status_code == 422
    place = client.post(f"{HOME}add/", FORM)["Location"]
    card = queries.card(Event.objects.get().id)
    assert card.starts_at.isoformat() == "2030-01-14T14:30:00+00:00"
    assert [one.group for one in card.speakers] == ["Cyberviolences", ""]
    assert "18\u202fh\u202f30" in client.get(place).text

    client.post(f"{place}publish/")
    assert queries.card(card.id).state is EventState.PUBLISHED
    assert client.get(f"{place}change/").text.count("2030-01-14T18:30") == 1


def test_what_would_be_mailed_is_shown_before_it_is(client: Client) -> None:
    signed_in(client)
    event = make_public()
    register(event)
    place = f"{HOME}{event}/"
    asked = client.post(f"{place}change/", FORM)
    assert asked.status_code == 200
    assert "envoyer les messages" in asked.text
    assert queries.card(event).sequence == 0
    assert client.post(f"{place}change/", FORM | {"told": "1"})["Location"] == place
    assert queries.card(event).sequence == 1

    assert "1 personne inscrite" in client.get(f"{place}cancel/").text
    client.post(f"{place}cancel/")
    assert queries.card(event).state is EventState.CANCELLED


def test_who_came_is_ticked_read_from_codes_or_counted(client: Client) -> None:
    with clock.at(now() - timedelta(days=15)):
        event = make_public()
        first, second = register(event, name="Camille"), register(event)
        stand = make_public(kind=EventKind.STAND, capacity=0, place="Rennes")
    signed_in(client)
    place = f"{HOME}{event}/"
    assert "Camille" in client.get(f"{place}attendance/").text
    client.post(f"{place}attendance/", {"came": [str(first.id), str(stand)]})
    assert queries.attended(event).heads == 1
    read = client.post(f"{place}codes/", {"codes": f"{code_of(second.id)};x\nNOBODY"}, follow=True)
    assert queries.attended(event).heads == 2
    assert "NOBODY" in read.text
    client.post(f"{HOME}{stand}/heads/", {"heads": "240"})
    assert queries.attended(stand).heads == 240
    assert "240" in client.get(f"{HOME}{stand}/").text


def test_the_proof_of_what_was_deleted_stands_on_the_page(client: Client) -> None:
    with clock.at(now() - timedelta(days=60)):
        event = make_public()
        register(event, name="Anonyme")
    signed_in(client)
    assert "Anonyme" in client.get(f"{HOME}{event}/registered/").text
    elsewhere = {"address": "https://other.example/film/"}
    assert "aucune page" in client.post(f"{HOME}{event}/replay/", elsewhere, follow=True).text
    module.erase_registrations(list(Registration.objects.values_list("id", flat=True)))
    assert "Données personnelles supprimées" in client.get(f"{HOME}{event}/").text
    assert "Anonyme" not in client.get(f"{HOME}{event}/registered/").text


@pytest.mark.parametrize(
    ("role", "reads", "changes"),
    [
        ("coordinator", 200, 200),
        ("awareness_lead", 200, 200),
        ("editor", 200, 403),
        ("listener", 403, 403),
    ],
)
def test_roles_see_and_change_what_they_may(
    client: Client, role: str, reads: int, changes: int
) -> None:
    event = make_draft()
    signed_in(client, role)
    assert client.get(f"{HOME}{event}/").status_code == reads
    for page in ("change/", "attendance/", "registered/"):
        assert client.get(f"{HOME}{event}/{page}").status_code == changes
    assert client.get(f"{HOME}add/").status_code == changes
    status = client.post(f"{HOME}{event}/publish/").status_code
    assert (status == 302) is (changes == 200)


def test_a_campaign_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CampaignUnknown):
        make_draft(campaign="NO-SUCH")


def test_a_campaign_reads_what_events_counted_and_nothing_that_nobody_did() -> None:
    campaign = make_campaign()
    code = Campaign.objects.get(id=campaign).code
    event = make_public(campaign=code, capacity=9)
    for _person in range(6):
        register(event)
    assert [(one.number, one.unit) for one in counted(code=code)] == [
        (1, "événements"),
        (6, "inscriptions"),
    ]
    assert counted(code="NO-SUCH") == []
