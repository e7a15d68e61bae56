"""Words of danger in the waiting room and in the chat: they raise, and a listener confirms."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.journal.models import Entry
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.models import Said
from balise.helpline.conversations.rules import ConversationOver
from balise.helpline.conversations.tests.makers import make_conversation, make_listener
from balise.helpline.conversations.tests.test_hours import at
from balise.helpline.conversations.tests.test_pages import a_child_talks
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import Reason, Risk, RiskFrom

pytestmark = pytest.mark.django_db

TONIGHT = "je veux mourir ce soir"


def facts() -> list[tuple[str, str, str]]:
    rows = Entry.objects.filter(event="helpline.item.risk-judged").order_by("id")
    return [(one.facts["before"], one.facts["risk"], one.facts["how"]) for one in rows]


def say(client: Client, text: str) -> None:
    client.post("/fr/talk/say/", {"text": text, "client_id": str(uuid4())})


class TestInTheWaitingRoom:
    def test_words_of_danger_put_a_child_in_front_once(self) -> None:
        before, begun = saying.ask(), saying.ask()
        name = uuid4()
        for _twice in range(2):
            saying.say(token=begun.token, text=TONIGHT, client_id=name)
        first = Item.objects.order_by("rank", "turn_at").first()
        assert first is not None
        assert (first.subject, first.risk, first.risk_from) == (begun.id, "A", "words")
        assert Item.objects.get(subject=before.id).risk == Risk.F
        assert facts() == [("F", "A", "words")]
        assert Said.objects.count() == 1

    def test_two_messages_are_read_together_within_two_minutes(self) -> None:
        begun, later = saying.ask(), saying.ask()
        saying.say(token=begun.token, text="je veux", client_id=uuid4())
        saying.say(token=begun.token, text="mourir", client_id=uuid4())
        assert Item.objects.get(subject=begun.id).risk == Risk.B
        with clock.at(clock.now() - timedelta(minutes=3)):
            saying.say(token=later.token, text="je veux", client_id=uuid4())
        saying.say(token=later.token, text="mourir", client_id=uuid4())
        assert Item.objects.get(subject=later.id).risk == Risk.F

    def test_a_yes_to_a_question_of_danger_raises(self) -> None:
        listener, begun = make_listener(), saying.ask()
        passing.join(conversation_id=begun.id, by=listener)
        for asked, risk in (("Tu es au collège ?", Risk.F), ("Penses-tu à mourir ?", Risk.B)):
            name = uuid4()
            saying.answer(conversation_id=begun.id, text=asked, client_id=name, by=listener)
            saying.say(token=begun.token, text="oui", client_id=uuid4())
            assert Item.objects.get().risk == risk

    def test_words_of_level_c_mark_and_call_nobody(self) -> None:
        begun = saying.ask()
        saying.say(token=begun.token, text="j'ai peur de mon père", client_id=uuid4())
        item = Item.objects.get()
        assert (item.risk, item.risk_from, item.highest) == ("C", "words", "F")
        assert facts() == [("F", "C", "words")]

    def test_what_means_no_harm_raises_nothing(self) -> None:
        begun = saying.ask()
        for text in ("je suis mort de rire", "on va tuer le temps", "j'ai peur"):
            saying.say(token=begun.token, text=text, client_id=uuid4())
        assert not facts()

    def test_no_word_lowers_what_was_said(self) -> None:
        begun = saying.ask(is_life_danger=True)
        saying.say(token=begun.token, text="je me scarifie", client_id=uuid4())
        item = Item.objects.get()
        assert (item.risk, item.risk_from, item.highest) == ("A", "declared", "A")

    def test_the_child_may_say_it_too_and_then_it_is_no_guess(self) -> None:
        begun = saying.ask()
        saying.say(token=begun.token, text=TONIGHT, client_id=uuid4())
        assert Item.objects.get().highest == Risk.F
        saying.be_in_danger(token=begun.token)
        item = Item.objects.get()
        assert (item.risk_from, item.highest) == (RiskFrom.DECLARED, "A")
        assert facts() == [("F", "A", "words"), ("A", "A", "declared")]

    def test_who_had_stepped_out_of_the_line_is_in_it_again(self) -> None:
        begun = saying.ask()
        waiting.withdraw(item_id=Item.objects.get().id, reason=Reason.MOVED)
        saying.say(token=begun.token, text="chui suicidaire", client_id=uuid4())
        assert not Item.objects.filter(ended_at=None).exists()
        saying.say(token=begun.token, text=TONIGHT, client_id=uuid4())
        assert Item.objects.get(ended_at=None).risk == Risk.A

    def test_nothing_rises_where_nothing_is_written(self) -> None:
        begun = make_conversation()
        passing.end_own(token=begun.token)
        with pytest.raises(ConversationOver):
            saying.say(token=begun.token, text=TONIGHT, client_id=uuid4())
        assert not Item.objects.exists()

    def test_no_time_is_told_and_the_numbers_are_there(self, client: Client) -> None:
        with clock.at(at("2026-11-24T15:00")):
            a_child_talks(client)
            assert "Tu passes en premier" not in client.get("/fr/talk/room/").text
            say(client, TONIGHT)
            seen = client.post("/fr/talk/seen/").json()
            page = client.get("/fr/talk/room/").text
        assert "Tu passes en premier" in seen["words"]
        assert seen["first"]
        assert "band" not in seen
        waits = page.partition("data-standing>")[2].partition("</section>")[0]
        assert "Tu passes en premier" in waits
        assert "minutes" not in waits
        # They are a row of their own above what scrolls.
        opening, _end, strip = page.partition("data-first")[2].partition(">")
        assert "hidden" not in opening
        assert 'href="tel:112"' in strip.partition("</section>")[0]

    def test_before_the_numbers_of_that_part_are_hidden(self, client: Client) -> None:
        with clock.at(at("2026-11-24T15:00")):
            a_child_talks(client)
            assert "data-first hidden" in client.get("/fr/talk/room/").text
            assert not client.post("/fr/talk/seen/").json()["first"]
