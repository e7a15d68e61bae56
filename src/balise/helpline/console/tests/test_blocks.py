"""“Not for a while”, at the wrap-up: what it needs, what it refuses, and whom it is about."""

import re
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.helpline.console.actions import accepting, danger, wrapping
from balise.helpline.console.actions.accepting import Accepted
from balise.helpline.console.queries import rail
from balise.helpline.console.tests.makers import SEAT, WORK, make_accepted, make_listener, posts
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.models import Block
from balise.helpline.contacts.rules.blocking import Length, NeverBlocked, NotKnownAgain
from balise.helpline.conversations import queries as conversations
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.rules import ConversationState
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import seating, waiting
from balise.helpline.queue.rules import ItemState, Reason, Risk, WaitKind
from balise.helpline.queue.rules.dangers import DangerGoesOn
from balise.helpline.telephony import queries as telephony
from balise.helpline.telephony.actions.telling import CallTold, take_event
from balise.helpline.telephony.rules.calls import CallFact, Happening

pytestmark = pytest.mark.django_db


def wrap_up(one: Accepted, by: Actor, *, block: Length | None, kind: str = "abusive") -> None:
    assert one.contact is not None
    wrapping.wrap_up(
        item_id=one.item, contact_id=one.contact, contact_type=kind, block=block, by=by
    )


def make_call(listener: Actor, *, number: str = "0199000001") -> Accepted:
    """Let someone call, and a listener accept them."""
    told = CallFact(Happening.QUEUED, now())
    event = CallTold("pbx", "1", "1", told, b"x", number, hears_answer=True)
    take_event(event=event, by=SYSTEM)
    accepted = accepting.accept(by=listener)
    assert accepted is not None
    return accepted


class TestAChat:
    def test_is_blocked_by_what_its_browser_brings(self) -> None:
        listener = make_listener()
        one = make_accepted(listener)
        wrap_up(one, listener, block=Length.DAY)
        assert contacts.blocked(conversations.bearer_of(one.subject))
        assert Entry.objects.filter(event="helpline.block.set").count() == 1

    def test_is_not_without_a_word_of_it(self) -> None:
        listener = make_listener()
        one = make_accepted(listener)
        wrap_up(one, listener, block=None)
        assert not Block.objects.exists()

    def test_is_refused_as_a_whole_where_someone_is_in_danger(self) -> None:
        listener = make_listener()
        one = make_accepted(listener)
        danger.life_danger(item_id=one.item, by=listener)
        with pytest.raises(NeverBlocked):
            wrap_up(one, listener, block=Length.DAY)
        with pytest.raises(DangerGoesOn):
            waiting.judge_risk(item_id=one.item, risk=Risk.E, by=listener)
        assert queue.item(one.item, seen_by=listener).state == ItemState.HELD
        assert not Block.objects.exists()


class TestACall:
    def test_is_blocked_by_a_blind_that_then_goes(self) -> None:
        listener = make_listener()
        one = make_call(listener)
        bearer = telephony.bearer_of(one.subject)
        wrap_up(one, listener, block=Length.TWO_HOURS)
        assert contacts.blocked(bearer)
        assert telephony.bearer_of(one.subject) == ""
        assert not Entry.objects.filter(event="helpline.number.read").exists()

    def test_goes_without_a_block_too(self) -> None:
        listener = make_listener()
        one = make_call(listener)
        wrap_up(one, listener, block=None)
        assert telephony.bearer_of(one.subject) == ""

    def test_of_a_withheld_number_is_refused(self) -> None:
        listener = make_listener()
        one = make_call(listener, number="anonymous")
        with pytest.raises(NotKnownAgain):
            wrap_up(one, listener, block=Length.DAY)
        assert queue.item(one.item, seen_by=listener).state == ItemState.HELD


class TestSomeoneWhoIsGone:
    """A block that was chosen while they went is applied as any other, or refused and said so."""

    def lost(self, listener: Actor) -> Accepted:
        one = make_accepted(listener)
        waiting.withdraw(item_id=one.item, reason=Reason.LEFT)
        return one

    def finish(self, one: Accepted, by: Actor) -> None:
        assert one.contact is not None
        wrapping.finish_record(
            contact_id=one.contact, contact_type="abusive", block=Length.DAY, by=by
        )

    def test_of_a_chat_does_not_come_back_to_it(self) -> None:
        listener = make_listener()
        one = self.lost(listener)
        self.finish(one, listener)
        assert contacts.blocked(conversations.bearer_of(one.subject))
        assert Conversation.objects.get().state == ConversationState.ENDED

    def test_of_a_call_is_known_by_what_is_left(self) -> None:
        listener = make_listener()
        one = make_call(listener)
        bearer = telephony.bearer_of(one.subject)
        waiting.withdraw(item_id=one.item, reason=Reason.LEFT)
        self.finish(one, listener)
        assert contacts.blocked(bearer)

    def test_is_refused_as_a_whole_where_nothing_is_left_to_know_them_by(self) -> None:
        listener = make_listener()
        one = make_call(listener, number="anonymous")
        waiting.withdraw(item_id=one.item, reason=Reason.LEFT)
        with pytest.raises(NotKnownAgain):
            self.finish(one, listener)
        assert len(rail.unfinished(seen_by=listener)) == 1

    def test_is_refused_where_a_danger_is_not_over(self) -> None:
        listener = make_listener()
        one = make_accepted(listener)
        danger.life_danger(item_id=one.item, by=listener)
        waiting.withdraw(item_id=one.item, reason=Reason.LEFT)
        with pytest.raises(NeverBlocked):
            self.finish(one, listener)

    def test_the_page_offers_it_applies_it_and_says_why_not(self, client: Client) -> None:
        account = sign_in(client, make_account("listener"))
        listener = actor_of(account)
        seating.sit(skills=(), by=listener)
        given = {"record-contact_type": "abusive", "record-risk": "E", "wrap-block": "24h"}
        one = make_call(listener, number="anonymous")
        waiting.withdraw(item_id=one.item, reason=Reason.LEFT)
        path = f"{SEAT}records/{one.contact}/"
        assert 'name="wrap-block"' in client.get(path).text
        refused = client.post(f"{path}wrap-up/", given)
        assert refused.status_code == HTTPStatus.CONFLICT
        assert "Blocage impossible" in refused.text
        client.post(f"{path}wrap-up/", {**given, "wrap-block": ""})
        lost = self.lost(listener)
        client.post(f"{SEAT}{lost.item}/wrap-up/", given)
        assert contacts.blocked(conversations.bearer_of(lost.subject))


def test_who_is_called_back_is_not_blocked() -> None:
    listener = make_listener()
    waiting.enqueue(kind=WaitKind.CALL_BACK, subject=uuid4())
    one = accepting.accept(by=listener)
    assert one is not None
    with pytest.raises(NotKnownAgain):
        wrap_up(one, listener, block=Length.DAY)


class TestThePage:
    @pytest.fixture
    def listener(self, client: Client) -> Actor:
        """Someone of the helpline, signed in and seated."""
        listener = actor_of(sign_in(client, make_account("listener")))
        seating.sit(skills=(), chat_cap=2, by=listener)
        return listener

    @pytest.fixture
    def at(self, listener: Actor) -> tuple[str, UUID]:
        """The page of someone who chats, and the conversation."""
        one = make_accepted(listener)
        return f"{WORK}{one.item}/", one.subject

    def test_offers_three_lengths_and_says_for_what(
        self, client: Client, at: tuple[str, UUID]
    ) -> None:
        page = client.get(at[0]).text
        for words in ("Bloquer temporairement", "2 heures", "24 heures", "7 jours", "Injures"):
            assert words in page, words

    @pytest.mark.parametrize(
        ("kind", "risk", "says"),
        [
            ("silent", "F", "jamais un motif"),
            ("information", "F", "jamais un motif"),
            ("abusive", "B", "peut-être en danger"),
        ],
    )
    def test_a_refusal_keeps_what_was_typed(
        self, client: Client, at: tuple[str, UUID], kind: str, risk: str, says: str
    ) -> None:
        given = {"record-contact_type": kind, "record-risk": risk, "wrap-block": "24h"}
        answer = client.post(f"{posts(at[0])}wrap-up/", given | {"record-child_age_band": ""})
        assert answer.status_code == HTTPStatus.CONFLICT
        assert says in answer.text
        assert '<option value="24h" selected' in answer.text
        (chosen,) = re.findall(
            r'name="record-contact_type" value="([^"]+)"[^>]* checked', answer.text
        )
        assert chosen == kind
        assert not Block.objects.exists()

    @pytest.mark.parametrize(
        ("length", "says"), [("2h", "prend fin automatiquement"), ("7d", "deuxième personne")]
    )
    def test_says_what_holds(
        self, client: Client, at: tuple[str, UUID], length: str, says: str
    ) -> None:
        given = {"record-contact_type": "abusive", "record-risk": "E", "wrap-block": length}
        assert says in client.post(f"{posts(at[0])}wrap-up/", given, follow=True).text
        assert contacts.blocked(conversations.bearer_of(at[1]))

    def test_who_is_called_back_is_not_offered_one(self, client: Client, listener: Actor) -> None:
        waiting.enqueue(kind=WaitKind.CALL_BACK, subject=uuid4())
        one = accepting.accept(by=listener)
        assert one is not None
        page = client.get(f"{WORK}{one.item}/").text
        assert "Clôturer" in page
        assert "Bloquer temporairement" not in page
