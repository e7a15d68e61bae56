"""A supervisor who reads along speaks: the young person is told before the first words."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.finding import NotYours
from balise.foundation.journal.models import Entry
from balise.helpline.conversations import access, queries
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.rules import (
    ConversationOver,
    ConversationState,
    NobodyTalks,
    NotInConversation,
    Side,
)
from balise.helpline.conversations.rules.saying import Refusal, Room, is_announced, place_of
from balise.helpline.conversations.streams import admitting
from balise.helpline.conversations.tests.makers import make_conversation, make_listener

LISTENER, LEAD = "listener", "lead"


def room(**given: object) -> Room:
    plain = Room(uuid4(), ConversationState.OPEN, LISTENER, 4)
    return replace(plain, **given)  # type: ignore[arg-type]


class TestWhoMaySpeak:
    def test_nobody_speaks_who_was_not_announced(self) -> None:
        assert place_of(room(), None, side=Side.STAFF, account=LEAD) is Refusal.NOT_IN_IT
        there = room(announced=frozenset({LEAD}))
        assert place_of(there, None, side=Side.STAFF, account=LEAD) == 5

    def test_only_while_a_listener_is_there(self) -> None:
        alone = room(listener="", announced=frozenset({LEAD}))
        assert place_of(alone, None, side=Side.STAFF, account=LEAD) is Refusal.NOT_IN_IT

    def test_nothing_is_added_to_one_that_has_ended(self) -> None:
        over = room(state=ConversationState.ENDED, announced=frozenset({LEAD}))
        assert place_of(over, None, side=Side.STAFF, account=LEAD) is Refusal.OVER

    def test_who_became_its_listener_is_no_other(self) -> None:
        assert not is_announced(room(announced=frozenset({LISTENER})), LISTENER)


def told(begun: saying.Begun) -> list[tuple[str, str, str]]:
    one, key = queries.opened(begun.token)
    events = queries.after(one.id, 0, key=key)
    return [(event.kind.value, event.code, event.text) for event in events]


def answer(conversation_id: UUID, text: str, by: Actor) -> None:
    saying.answer(conversation_id=conversation_id, text=text, client_id=uuid4(), by=by)


def written(name: str) -> list[str]:
    event = f"helpline.conversation.{name}"
    return list(Entry.objects.filter(event=event).values_list("actor_key", flat=True))


@pytest.mark.django_db
class TestSpeaking:
    def test_the_child_is_told_first_and_the_listener_stays(self) -> None:
        listener, lead = make_listener(), make_listener(access.READ_ALONG)
        begun = make_conversation("Bonjour", with_=listener)
        with pytest.raises(NotYours):
            answer(begun.id, "Trop tôt.", lead)
        passing.speak_in(conversation_id=begun.id, by=lead)
        passing.speak_in(conversation_id=begun.id, by=lead)
        answer(begun.id, "Je suis là aussi.", lead)
        answer(begun.id, "Nous sommes deux.", listener)
        passing.step_out(conversation_id=begun.id, by=lead)
        passing.step_out(conversation_id=begun.id, by=lead)
        assert told(begun) == [
            ("joined", "", ""),
            ("message", "", "Bonjour"),
            ("came_in", "", ""),
            ("message", "other", "Je suis là aussi."),
            ("message", "", "Nous sommes deux."),
            ("went_out", "", ""),
        ]
        assert Conversation.objects.get().listener == listener.key
        assert len(written("supervisor-joined")) == len(written("supervisor-left")) == 1
        with pytest.raises(NotInConversation):
            answer(begun.id, "Trop tard.", lead)

    def test_who_may_read_along_no_longer_speaks_no_longer(self) -> None:
        lead = make_listener(access.READ_ALONG)
        begun = make_conversation(with_=make_listener())
        passing.speak_in(conversation_id=begun.id, by=lead)
        less = replace(lead, abilities=frozenset({access.TALK}))
        with pytest.raises(NotInConversation):
            answer(begun.id, "Encore.", less)

    def test_refuses_who_may_not_read_along(self) -> None:
        begun = make_conversation(with_=make_listener())
        for who in (make_listener(), ANYONE):
            for action in (passing.speak_in, passing.step_out):
                with pytest.raises(PermissionDenied):
                    action(conversation_id=begun.id, by=who)

    def test_refuses_one_that_nobody_holds_or_that_has_ended(self) -> None:
        lead, listener = make_listener(access.READ_ALONG), make_listener()
        with pytest.raises(NobodyTalks):
            passing.speak_in(conversation_id=make_conversation().id, by=lead)
        begun = make_conversation(with_=listener)
        passing.speak_in(conversation_id=begun.id, by=lead)
        passing.end(conversation_id=begun.id, by=listener)
        passing.step_out(conversation_id=begun.id, by=lead)
        with pytest.raises(ConversationOver):
            passing.speak_in(conversation_id=begun.id, by=lead)
        assert not written("supervisor-left")

    def test_its_pages(self, client: Client) -> None:
        sign_in(client, make_account("helpline_lead"))
        listener = make_listener()
        begun = make_conversation("Bonjour", with_=listener)
        address = reverse("staff:talk:conversation", args=[begun.id])
        page = client.get(address).text
        assert f'action="{address}speak/"' in page
        assert "data-form" not in page
        page = client.post(f"{address}speak/", follow=True).text
        assert "data-form" in page
        assert f'action="{address}leave/"' in page
        said = {"text": "Je suis là aussi.", "client_id": uuid4()}
        assert client.post(f"{address}say/", said, headers={"X-Talk": "1"}).status_code == 200
        page = client.post(f"{address}leave/", follow=True).text
        assert f'action="{address}speak/"' in page
        assert "data-form" not in page
        child = Client()
        child.cookies[admitting.cookie_name()] = begun.token
        page = child.get("/en/talk/room/").text
        assert page.index("Someone else from the helpline has joined.") < page.index("là aussi")
        assert "Someone else from the helpline\n" in page
        assert "has left. Your listener is still here." in page
