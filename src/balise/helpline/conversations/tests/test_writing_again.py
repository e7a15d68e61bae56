"""Writing after the end with the same code is the same child; the same browser is only perhaps."""

from collections.abc import Iterator
from http import HTTPStatus
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.encryption.worded import in_words
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry
from balise.helpline.conversations import queries
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.queries.earlier import before
from balise.helpline.conversations.rules import Earlier
from balise.helpline.conversations.streams import admitting
from balise.helpline.conversations.tests.makers import accept, make_conversation
from balise.helpline.conversations.tests.test_hours import at
from balise.helpline.conversations.tests.test_presence import seated
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import seating
from balise.helpline.queue.models import Danger, Item
from balise.helpline.queue.queries import dangers
from balise.helpline.queue.rules import Risk, WaitKind

AFTERNOON = at("2026-11-24T15:00")
REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.FOUND}

pytestmark = [pytest.mark.django_db, pytest.mark.safety]


def ended(*, in_danger: bool = False) -> saying.Begun:
    begun = saying.ask(nickname="Renard", is_life_danger=in_danger)
    passing.end_own(token=begun.token)
    return begun


def item_of(conversation_id: UUID) -> Item:
    return Item.objects.get(subject=conversation_id)


def test_a_browser_proves_nobody() -> None:
    assert [how for how in Earlier if how.is_sure] == [Earlier.CODE, Earlier.LISTENER]


class TestWithTheCode:
    def test_it_is_linked_and_comes_before_the_others_of_its_risk(self) -> None:
        old = ended()
        other = saying.ask(nickname="Loutre")
        new = saying.ask(nickname="Renard", before=old.token, is_by_code=True)
        found = before(new.id)
        assert found is not None
        assert (found.id, found.how) == (old.id, Earlier.CODE)
        assert item_of(new.id).returning
        assert not item_of(other.id).returning
        waits = [queries.waits(each) for each in (new.id, other.id)]
        assert [one.position for one in waits if one] == [1, 2]
        told = Entry.objects.get(event="helpline.conversation.continued")
        assert (told.subject, told.facts) == (new.id, {"how": "code"})

    def test_who_was_in_danger_still_is_and_the_danger_is_one(self) -> None:
        old = ended(in_danger=True)
        new = saying.ask(nickname="Renard", before=old.token, is_by_code=True)
        one = Danger.objects.get()
        assert (one.subject, one.item) == (new.id, item_of(new.id).id)
        assert dangers.is_on(one.item)
        assert item_of(new.id).risk == Risk.A
        assert queue.comes_first(WaitKind.CHAT, new.id)

    def test_its_listener_reads_the_earlier_one_and_the_reading_is_written_down(self) -> None:
        listener, other = seated(), seated()
        old = make_conversation("Ma vieille histoire", with_=other)
        passing.end_own(token=old.token)
        new = saying.ask(nickname="Renard", before=old.token, is_by_code=True)
        with pytest.raises(PermissionDenied):
            passing.open_before(conversation_id=new.id, by=listener)
        accept(new.id, by=listener)
        one, key = passing.open_before(conversation_id=new.id, by=listener)
        assert [each.text for each in queries.after(one.id, 0, key=key)][1:2] == [
            "Ma vieille histoire"
        ]
        read = Entry.objects.filter(event="helpline.conversation.read", subject=old.id)
        assert read.get().actor_key == listener.key
        with pytest.raises(PermissionDenied):
            passing.open_before(conversation_id=new.id, by=other)

    @pytest.mark.parametrize("how", ["goes on", "erased"])
    def test_one_that_goes_on_or_was_erased_is_linked_to_nothing(self, how: str) -> None:
        old = saying.ask(nickname="Renard")
        if how == "erased":
            passing.erase_own(token=old.token)
        new = saying.ask(nickname="Renard", before=old.token, is_by_code=True)
        assert before(new.id) is None
        assert not item_of(new.id).returning

    def test_one_that_is_erased_later_is_not_shown(self) -> None:
        old = ended()
        new = saying.ask(nickname="Renard", before=old.token, is_by_code=True)
        passing.erase_own(token=old.token)
        assert before(new.id) is None


class TestTheSameBrowser:
    def test_is_proposed_and_nothing_else_follows(self) -> None:
        old = ended(in_danger=True)
        new = saying.ask(nickname="Renard", before=old.token)
        found = before(new.id)
        assert found is not None
        assert (found.is_sure, found.in_danger) == (False, True)
        assert (item_of(new.id).returning, item_of(new.id).risk) == (False, Risk.F)
        assert Danger.objects.get().subject == old.id

    def test_its_words_are_read_only_once_the_listener_has_asked(self) -> None:
        listener = seated()
        old = ended(in_danger=True)
        new = saying.ask(nickname="Renard", before=old.token)
        accept(new.id, by=listener)
        with pytest.raises(NotHere):
            passing.open_before(conversation_id=new.id, by=listener)
        passing.say_same(conversation_id=new.id, by=listener)
        assert passing.open_before(conversation_id=new.id, by=listener)[0].id == old.id
        assert Danger.objects.get().subject == new.id
        assert item_of(new.id).risk == Risk.A
        facts = Entry.objects.filter(event="helpline.conversation.continued")
        assert [one.facts["how"] for one in facts.order_by("id")] == ["browser", "listener"]

    def test_the_door_walk_of_its_pages(self, client: Client) -> None:
        mine, other = make_account("listener"), make_account("listener")
        old = make_conversation("Ma vieille histoire", with_=seated())
        passing.end_own(token=old.token)
        new = saying.ask(nickname="Renard", before=old.token)
        seating.sit(skills=(), by=actor_of(mine))
        accept(new.id, by=actor_of(mine))
        pages = f"/staff/helpline/conversation/{new.id}/"
        assert "login" in client.get(f"{pages}before/").headers["Location"]
        assert client.post(f"{pages}same/").status_code in REFUSED
        for account in (make_account("editor"), other):
            browser = Client()
            sign_in(browser, account)
            assert "Ma vieille histoire" not in browser.get(f"{pages}before/", follow=True).text
            browser.post(f"{pages}same/")
            assert Conversation.objects.get(id=new.id).earlier_by == Earlier.BROWSER
        browser = Client()
        sign_in(browser, mine)
        assert "Ma vieille histoire" not in browser.get(f"{pages}before/", follow=True).text
        browser.post(f"{pages}same/")
        assert Conversation.objects.get(id=new.id).earlier_by == Earlier.LISTENER
        assert "Ma vieille histoire" in browser.get(f"{pages}before/").text

    def test_the_danger_goes_with_them_and_that_is_written_down(self) -> None:
        listener = seated()
        new = saying.ask(nickname="Renard", before=ended(in_danger=True).token)
        accept(new.id, by=listener)
        passing.say_same(conversation_id=new.id, by=listener)
        judged = Entry.objects.filter(
            event="helpline.item.risk-judged", subject=item_of(new.id).id
        ).latest("id")
        assert (judged.facts["before"], judged.facts["risk"]) == ("F", "A")
        assert judged.actor_key == listener.key

    def test_another_listener_cannot_say_so(self) -> None:
        new = saying.ask(nickname="Renard", before=ended().token)
        accept(new.id, by=seated())
        with pytest.raises(PermissionDenied):
            passing.say_same(conversation_id=new.id, by=seated())
        assert Conversation.objects.get(id=new.id).earlier_by == Earlier.BROWSER


class TestPages:
    @pytest.fixture(autouse=True)
    def _open(self) -> Iterator[None]:
        with clock.at(AFTERNOON):
            yield

    def test_the_code_typed_makes_it_the_same_child(self, client: Client) -> None:
        seated()
        old = ended()
        answer = client.post("/fr/talk/resume/", {"code": in_words(old.token, "fr")})
        assert answer.cookies["typed"]["max-age"] == ""  # until the browser is closed
        assert "Commencer une nouvelle conversation" in client.get("/fr/talk/room/").text
        client.post("/fr/talk/", {"nickname": "Renard"})
        new = Conversation.objects.exclude(id=old.id).get()
        assert (new.earlier, new.earlier_by) == (old.id, Earlier.CODE)

    def test_the_same_browser_without_the_code_is_only_perhaps(self, client: Client) -> None:
        listener = seated()
        client.post("/fr/talk/", {"nickname": "Renard"})
        old = Conversation.objects.get()
        passing.join(conversation_id=old.id, by=listener)
        passing.end(conversation_id=old.id, by=listener)
        page = client.post("/fr/talk/", {"nickname": "Loutre"}, follow=True).text
        new = Conversation.objects.exclude(id=old.id).get()
        assert (new.earlier, new.earlier_by) == (old.id, Earlier.BROWSER)
        assert "Renard" not in page

    def test_ending_and_leaving_end_the_trace(self, client: Client) -> None:
        seated()
        old = ended()
        client.post("/fr/talk/resume/", {"code": in_words(old.token, "fr")})
        assert {"talk", "typed"} <= set(client.cookies) & {each.name for each in admitting.KEPT}
        client.post("/fr/talk/end/", {"how": "end"})
        client.post("/fr/talk/", {"nickname": "Loutre"})
        assert Conversation.objects.exclude(id=old.id).get().earlier is None
