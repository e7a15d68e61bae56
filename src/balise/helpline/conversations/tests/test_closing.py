"""Whoever waits when the chat closes is told so, and is in front when it opens again."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balise.foundation import clock
from balise.foundation.journal.models import Entry
from balise.helpline.conversations import queries
from balise.helpline.conversations.actions import passing, presence, saying
from balise.helpline.conversations.models import Conversation, Said
from balise.helpline.conversations.rules import ChatEventKind, ConversationState
from balise.helpline.conversations.tests.test_hours import at
from balise.helpline.conversations.tests.test_presence import seated
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming, seating, waiting
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState, Risk, WaitKind

pytestmark = pytest.mark.django_db

BEFORE, CLOSED = at("2026-11-24T22:50"), at("2026-11-24T23:10")
SHUT, AGAIN = at("2026-11-24T23:31"), at("2026-11-25T09:05")


@pytest.fixture(autouse=True)
def _evening() -> Iterator[None]:
    with clock.at(BEFORE):
        yield


def still_there(begun: saying.Begun, *moments: str) -> None:
    for moment in moments:
        with clock.at(at(moment)):
            presence.be_seen(token=begun.token)


def state(begun: saying.Begun) -> str:
    return Conversation.objects.get(id=begun.id).state


def test_half_an_hour_after_closing_they_step_out_and_come_back_in_front() -> None:
    begun = saying.ask(nickname="Renard")
    with clock.at(CLOSED):
        assert presence.step_out_when_shut() == 0
    with clock.at(SHUT):
        presence.be_seen(token=begun.token)
        assert presence.step_out_when_shut() == 1
        assert presence.step_out_when_shut() == 0
        assert presence.be_seen(token=begun.token).state is ConversationState.SUSPENDED
        saying.say(token=begun.token, text="Il y a quelqu’un ?", client_id=uuid4())
        assert queue.open_item(WaitKind.CHAT, begun.id) is None
    (fact,) = Entry.objects.filter(event="helpline.item.withdrawn")
    assert fact.facts["reason"] == "closed"
    assert Said.objects.filter(conversation=begun.id, kind=ChatEventKind.MESSAGE).count() == 1
    with clock.at(AGAIN):
        saying.ask(nickname="Loutre")
        assert presence.be_seen(token=begun.token).state is ConversationState.WAITING
        standing = queries.waits(begun.id)
        assert standing is not None
        assert standing.position == 1


def test_a_page_that_is_there_all_night_is_not_forgotten() -> None:
    begun = saying.ask(nickname="Renard")
    with clock.at(SHUT):
        presence.be_seen(token=begun.token)
        presence.step_out_when_shut()
    still_there(begun, "2026-11-25T03:00", "2026-11-25T08:50")
    with clock.at(at("2026-11-26T00:00")):
        assert presence.end_forgotten() == 0


def test_who_is_in_danger_stays_in_the_line() -> None:
    saying.ask(nickname="Renard", is_life_danger=True)
    with clock.at(SHUT):
        assert presence.step_out_when_shut() == 0
    assert Item.objects.get().state == ItemState.WAITING


def test_danger_said_at_night_is_in_the_line_at_once() -> None:
    begun = saying.ask(nickname="Renard")
    with clock.at(SHUT):
        presence.step_out_when_shut()
        saying.be_in_danger(token=begun.token)
        assert presence.be_seen(token=begun.token).state is ConversationState.WAITING
        assert Item.objects.get(state=ItemState.WAITING).risk == Risk.A
        assert presence.step_out_when_shut() == 0


def test_whose_listener_is_still_there_stays() -> None:
    begun = saying.ask(nickname="Renard")
    with clock.at(SHUT):
        seated()
        assert presence.step_out_when_shut() == 0
    assert state(begun) == ConversationState.WAITING


def test_what_can_wait_is_not_counted_before_a_child_and_who_is_in_danger_is() -> None:
    with clock.at(at("2026-11-24T22:40")):
        waiting.enqueue(kind=WaitKind.MESSAGE, subject=uuid4(), risk=Risk.B)
    begun = saying.ask(nickname="Renard")
    standing = queries.waits(begun.id)
    assert standing is not None
    assert standing.ahead == 0
    waiting.enqueue(kind=WaitKind.MESSAGE, subject=uuid4(), risk=Risk.A)
    standing = queries.waits(begun.id)
    assert standing is not None
    assert standing.ahead == 1


def test_whoever_was_not_reached_is_in_front_in_the_order_of_the_evening() -> None:
    begun = []
    for minute in range(40, 45):
        with clock.at(at(f"2026-11-24T22:{minute}")):
            begun.append(saying.ask(nickname="Renard"))
    worse = begun[3]
    place = queue.open_item(WaitKind.CHAT, worse.id)
    assert place is not None
    waiting.raise_risk(item_id=place, risk=Risk.B)
    with clock.at(SHUT):
        for each in begun:
            presence.be_seen(token=each.token)
        assert presence.step_out_when_shut() == 5
    with clock.at(AGAIN):
        new = saying.ask(nickname="Loutre")
        for each in reversed(begun):  # whose page speaks first is no matter
            assert presence.be_seen(token=each.token).state is ConversationState.WAITING
        order = [worse, *begun[:3], begun[4], new]
        found = [queries.waits(each.id) for each in order]
        assert [each.position for each in found if each] == [1, 2, 3, 4, 5, 6]
        listener = seated()
        claimed = claiming.claim_next(by=listener)
    assert claimed is not None
    assert (claimed.subject, claimed.risk) == (worse.id, Risk.B)
    assert claimed.waited_s == 0  # the night is no wait


def test_that_it_is_open_costs_a_page_no_query() -> None:
    seated()
    standing = queries.waits(saying.ask(nickname="Renard").id)
    assert standing is not None
    with CaptureQueriesContext(connection) as seen:
        assert queries.open_for(standing).is_open
    assert len(seen) == 0


class TestTheRoom:
    def test_says_that_it_has_closed_and_what_one_can_do(self, client: Client) -> None:
        listener = seated()
        client.post("/fr/talk/", {"nickname": "Renard"})
        page = client.get("/fr/talk/room/").text
        assert "Personne n’est avant toi" in page
        assert "data-closed" not in page
        seating.stand(by=listener)
        assert "Tu gardes ta place" in client.get("/fr/talk/room/").text
        for moment in (CLOSED, SHUT):
            with clock.at(moment):
                presence.step_out_when_shut()
                page = client.get("/fr/talk/room/").text
                heard = client.post("/fr/talk/seen/", headers={"X-Talk": "1"}).json()
            assert "Personne n’est avant toi" not in page
            assert "data-closed" in page
            assert "mercredi 25 novembre" in page
            assert "09:00" in page
            assert "/fr/write/" in page
            assert "112" in page
            assert heard["closed"]
            assert "mercredi 25 novembre" in heard["words"]
        with clock.at(AGAIN):
            seated()
            heard = client.post("/fr/talk/seen/", headers={"X-Talk": "1"}).json()
            assert "data-closed" not in client.get("/fr/talk/room/").text
        assert (heard["state"], heard["closed"]) == ("waiting", False)

    def test_listeners_who_stay_after_hours_may_come(self, client: Client) -> None:
        seated()
        client.post("/fr/talk/", {"nickname": "Renard"})
        with clock.at(CLOSED):
            seated()
            assert "Quelqu’un peut encore te répondre" in client.get("/fr/talk/room/").text

    def test_what_came_after_the_end_is_shown_to_be_copied(self, client: Client) -> None:
        listener = seated()
        client.post("/fr/talk/", {"nickname": "Renard"})
        one = Conversation.objects.get()
        passing.join(conversation_id=one.id, by=listener)
        passing.end(conversation_id=one.id, by=listener)
        said = {"text": "Attends, encore une chose", "client_id": str(uuid4())}
        answer = client.post("/fr/talk/say/", said)
        assert answer.status_code == 409
        assert "Attends, encore une chose" in answer.text
        assert "readonly" in answer.text
        assert "Cette conversation est terminée." in answer.text
        assert '<form method="post" action="/fr/talk/say/"' not in answer.text
