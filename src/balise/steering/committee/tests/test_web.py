"""The pages of the committee, as a browser without scripts sends them."""

from datetime import date
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.steering.committee import actions
from balise.steering.committee.models import Decision, Meeting, Member
from balise.steering.committee.rules import DecisionState
from balise.steering.committee.tests.makers import (
    make_decision,
    make_item,
    make_meeting,
    make_member,
)

pytestmark = pytest.mark.django_db
HOME = "staff:committee:committee"


@pytest.fixture
def director(client: Client) -> Client:
    sign_in(client, make_account("steering"))
    return client


def test_a_meeting_is_planned_and_its_decision_followed(director: Client) -> None:
    director.post(reverse(HOME), {"do": "meeting", "day": "2026-03-04", "place": "Paris"})
    meeting = Meeting.objects.get()
    page = reverse("staff:committee:meeting", args=[meeting.id])
    director.post(page, {"do": "item", "words_fr": "Bilan", "words_en": "Review"})
    director.post(
        page,
        {"do": "decision", "words_fr": "Dire la part.", "owner_id": str(make_member("Lyre"))},
    )
    decision = Decision.objects.get()
    shown = director.get(page).content.decode()
    assert "Bilan" in shown
    assert "2026-01" in shown
    assert "Lyre" in shown
    of = reverse("staff:committee:decision", args=[decision.id])
    director.post(of, {"state": "done", "day": "2026-03-05", "words": "Fait."})
    decision.refresh_from_db()
    assert decision.stands is DecisionState.DONE
    assert "Fait." in director.get(of).content.decode()


def test_what_is_refused_stays_as_it_was_typed(director: Client) -> None:
    make_meeting(date(2026, 3, 4))
    sent = {"do": "meeting", "day": "2026-03-04", "place": "Lyon"}
    answer = director.post(reverse(HOME), sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="Lyon"' in answer.content.decode()
    of = reverse("staff:committee:decision", args=[make_decision()])
    answer = director.post(of, {"state": "dropped", "day": "2126-03-04", "words": ""})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_minutes_are_written_over_what_was_there(director: Client) -> None:
    of = reverse("staff:committee:minutes", args=[make_item()])
    director.post(of, {"words_fr": "Dit."})
    assert "Dit." in director.get(of).content.decode()


def test_a_seat_ends(director: Client) -> None:
    member = make_member()
    director.post(reverse("staff:committee:unseat", args=[member]))
    assert Member.objects.get(id=member).until is not None


def test_what_is_not_there_is_not_found(director: Client) -> None:
    for name in ("meeting", "minutes", "decision"):
        answer = director.get(reverse(f"staff:committee:{name}", args=[uuid4()]))
        assert answer.status_code == HTTPStatus.NOT_FOUND


def test_the_page_of_a_figure_names_the_decisions_that_cite_it(director: Client) -> None:
    address = "/staff/steering/figure/HOT-REP/"
    make_decision()
    assert "Décisions qui le citent" not in director.get(address).text
    cited = actions.decide(
        meeting_id=make_meeting(),
        words={"fr": "Suivre les signalements."},
        cites=("HOT-REP",),
        by=make_actor("steering"),
    )
    page = director.get(address).text
    assert "Suivre les signalements." in page
    assert f'href="{reverse("staff:committee:decision", args=[cited])}"' in page
