"""A listener who vanishes, or passes someone on: the child reads that someone else is coming."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError
from django.db.models import QuerySet

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.web.testing import squeezed
from balise.helpline.console import queries
from balise.helpline.console.actions import accepting, danger, passing_on
from balise.helpline.console.rules import NotHeld
from balise.helpline.console.tests.makers import make_accepted, make_accepted_call, make_listener
from balise.helpline.conversations.actions import presence, saying
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.rules import ConversationState, NotInConversation
from balise.helpline.conversations.tests.test_faults import browser
from balise.helpline.conversations.tests.test_hours import at
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.rules import ItemState, Reason, SeatState, Skill, WaitKind
from balise.helpline.queue.tasks import SeatWatch
from balise.helpline.telephony.actions.telling import CallTold, take_event
from balise.helpline.telephony.rules.calls import CallFact, Happening

pytestmark = pytest.mark.django_db

OTHER_COMES = ">Quelqu’un d’autre de l’équipe arrive"
LAWYER_COMES = ">Une personne de l’équipe juridique arrive"


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with clock.at(at("2026-11-24T15:00")):
        yield


def later(seconds: float) -> AbstractContextManager[None]:
    return clock.at(clock.now() + timedelta(seconds=seconds))


def read_by(child: Begun) -> str:
    """Return the page of a young person, as a browser without a script reloads it."""
    return browser(child).get("/fr/talk/room/").text


def taken(begun: Begun) -> Conversation:
    return Conversation.objects.get(id=begun.id)


def item_of(subject: UUID) -> Item:
    return Item.objects.get(subject=subject)


class TestAListenerWhoVanishes:
    def test_leaves_the_conversation_and_the_child_reads_so(self) -> None:
        listener, child = make_listener(), saying.ask(nickname="Renard")
        accepting.accept(by=listener)
        assert OTHER_COMES not in squeezed(read_by(child))
        with later(60):
            assert claiming.return_vanished() == 1
            assert (taken(child).state, taken(child).listener) == (ConversationState.WAITING, "")
            assert "La connexion de la personne qui t’écoute a coupé" in read_by(child)
            assert "Tu es dans la salle d’attente" in read_by(child)
        assert "helpline.conversation.left" in Entry.objects.values_list("event", flat=True)

    def test_the_words_said_so_far_are_there_for_the_next(self) -> None:
        first, child = make_listener(), saying.ask(nickname="Renard")
        accepting.accept(by=first)
        saying.say(token=child.token, text="J’ai peur", client_id=uuid4())
        saying.answer(conversation_id=child.id, text="Je suis là", client_id=uuid4(), by=first)
        item = item_of(child.id).id
        with later(60):
            claiming.return_vanished()
            with pytest.raises(NotHeld, match=r"dropped|a coupé"):
                queries.held(item, seen_by=first)
            second = make_listener()
            assert accepting.accept(by=second) is not None
            with pytest.raises(NotInConversation):
                saying.answer(conversation_id=child.id, text="?", client_id=uuid4(), by=first)
            with pytest.raises(NotHeld, match=r"Another|Quelqu’un d’autre"):
                queries.held(item, seen_by=first)
            page = read_by(child)
        assert "J’ai peur" in page
        assert "Une autre personne prend la suite" in page

    def test_both_children_of_one_listener_come_back_in_their_order_and_in_front(self) -> None:
        listener = make_listener()
        begun = []
        for seconds in (-3, -2, -1):
            with later(seconds):
                begun.append(saying.ask(nickname="Renard").id)
        for _twice in range(2):
            accepting.accept(by=listener)
        with later(60):
            assert claiming.return_vanished() == 2
            waiting = queue.waiting(seen_by=listener)
            assert [one.subject for one in waiting] == begun

    @pytest.mark.safety
    def test_a_short_cut_costs_a_calm_child_nothing_but_a_choice(self) -> None:
        listener, child = make_listener(), saying.ask(nickname="Renard")
        accepting.accept(by=listener)
        assert not saying.have_another(token=child.token)
        assert 'data-cut aria-labelledby="cut" hidden' in read_by(child)
        with later(12):
            assert presence.be_seen(token=child.token).is_cut
            assert claiming.return_vanished() == 0
            assert 'data-cut aria-labelledby="cut">' in read_by(child)
            assert seating.heartbeat(by=listener)
            assert not presence.be_seen(token=child.token).is_cut
        assert item_of(child.id).held_by == listener.key

    @pytest.mark.safety
    def test_who_does_not_wait_has_someone_else_at_once(self) -> None:
        listener, child = make_listener(), saying.ask(nickname="Renard")
        accepting.accept(by=listener)
        with later(12):
            for _twice in range(2):
                assert saying.have_another(token=child.token)
            assert claiming.return_vanished() == 1
            assert item_of(child.id).state == ItemState.WAITING
            second = make_listener()
            assert accepting.accept(by=second) is not None
        assert not taken(child).wants_another
        events = list(Entry.objects.values_list("event", flat=True))
        assert events.count("helpline.conversation.another-wanted") == 1

    @pytest.mark.safety
    def test_in_danger_a_colleague_is_called_after_fifteen_seconds_as_before(self) -> None:
        listener, child = make_listener(), saying.ask(nickname="Renard")
        accepting.accept(by=listener)
        saying.be_in_danger(token=child.token)
        with later(10):
            assert claiming.return_vanished() == 1
            assert queue.live().in_danger == 1

    def test_a_call_that_is_up_stays_theirs(self) -> None:
        listener = make_listener()
        call = make_accepted_call(listener)
        with later(60):
            assert claiming.return_vanished() == 0
            assert item_of(call.subject).held_by == listener.key
            assert seating.heartbeat(by=listener)
        ended = CallFact(Happening.ENDED, clock.now())
        take_event(event=CallTold("pbx", "1/ended", "1", ended, b"y"), by=SYSTEM)
        with later(120):
            assert claiming.return_vanished() == 1
            assert item_of(call.subject).state == ItemState.WITHDRAWN
            assert Seat.objects.get(account=listener.key).state == SeatState.AWAY


class TestTheServerItself:
    """Nobody is gone for the time in which nobody could be heard."""

    def test_a_server_that_began_a_moment_ago_waits_for_everyone(self) -> None:
        make_accepted(make_listener())
        watch = SeatWatch()
        with later(60):
            assert watch.look() == 0
        for seconds in (62, 64, 66, 68):
            with later(seconds):
                assert watch.look() == 0
        with later(70):
            assert watch.look() == 1

    def test_a_server_that_slept_waits_for_everyone(self) -> None:
        make_accepted(make_listener())
        watch = SeatWatch()
        for seconds in (0, 2, 4, 6):
            with later(seconds):
                assert watch.look() == 0
        with later(600):
            assert watch.look() == 0
        with later(602):
            assert watch.look() == 0

    def test_nobody_is_gone_while_no_sign_can_be_written(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A disk is full, or another writes: what is asked still answers, what is heard is lost."""
        listener = make_listener()
        one = make_accepted(listener)
        danger.life_danger(item_id=one.item, by=listener)
        watch = SeatWatch()

        def refuses(*_given: object, **_named: object) -> int:
            raise OperationalError("database is locked")

        watch.look()
        for seconds in range(2, 40, 2):
            with later(seconds), monkeypatch.context() as locked:
                locked.setattr(QuerySet, "update", refuses)
                if seconds % 4 == 2:
                    with pytest.raises(OperationalError):
                        seating.heartbeat(by=listener)
                with suppress(OperationalError):
                    assert watch.look() == 0
        with later(40):
            assert watch.look() == 0
        with later(44):
            seating.heartbeat(by=listener)
            assert watch.look() == 0
        with later(46):
            assert watch.look() == 0
        assert Item.objects.get(id=one.item).held_by == listener.key

    def test_a_look_that_fails_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_accepted(make_listener())
        watch = SeatWatch()
        watch.look()
        with later(2), monkeypatch.context() as broken:
            broken.setattr(claiming, "free_for_danger", lambda: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                watch.look()
        with later(4):
            watch.look()
            assert watch._hears_since == clock.of_database()

    def test_within_the_limit_a_beat_keeps_the_place(self) -> None:
        listener = make_listener()
        make_accepted(listener)
        watch = SeatWatch()
        for seconds in range(0, 60, 2):
            with later(seconds):
                if seconds % 8 == 0:  # one beat of two is lost
                    seating.heartbeat(by=listener)
                assert watch.look() == 0


class TestATransfer:
    def test_the_child_reads_who_is_coming(self) -> None:
        psychologist, child = make_listener(Skill.PSYCHOLOGIST), saying.ask(nickname="Renard")
        one = accepting.accept(by=psychologist)
        assert one is not None
        passing_on.transfer(item_id=one.item, brief="x", skill=Skill.LAWYER, by=psychologist)
        assert (taken(child).state, taken(child).listener) == (ConversationState.WAITING, "")
        assert LAWYER_COMES in squeezed(read_by(child))

    def test_to_one_colleague_names_nobody(self) -> None:
        first, second = make_listener(), make_listener()
        child = saying.ask(nickname="Renard")
        one = accepting.accept(by=first)
        assert one is not None
        passing_on.transfer(item_id=one.item, brief="x", to=second.key, by=first)
        assert OTHER_COMES in squeezed(read_by(child))

    def test_given_back_by_a_supervisor_the_child_reads_it_too(self) -> None:
        listener, lead = make_listener(), make_listener(role="helpline_lead")
        child = saying.ask(nickname="Renard")
        one = accepting.accept(by=listener)
        assert one is not None
        claiming.give_back(item_id=one.item, reason=Reason.GIVEN_BACK, by=lead)
        assert OTHER_COMES in squeezed(read_by(child))

    def test_nothing_is_lost_where_the_child_is_offline_meanwhile(self) -> None:
        psychologist, child = make_listener(Skill.PSYCHOLOGIST), saying.ask(nickname="Renard")
        one = accepting.accept(by=psychologist)
        assert one is not None
        with later(10):
            passing_on.transfer(
                item_id=one.item, brief="En sécurité", skill=Skill.LAWYER, by=psychologist
            )
        with later(60):
            presence.suspend_dropped()
            presence.free_places()
        with later(70):
            saying.say(token=child.token, text="Me revoilà", client_id=uuid4())
            assert LAWYER_COMES in squeezed(read_by(child))
            lawyer = make_listener(Skill.LAWYER)
            again = accepting.accept(by=lawyer)
            assert again is not None
            assert again.item == one.item
            assert passing_on.open_briefs(item_id=again.item, by=lawyer) == ["En sécurité"]

    def test_who_stays_away_a_quarter_of_an_hour_leaves_the_line(self) -> None:
        listener, child = make_listener(), saying.ask(nickname="Renard")
        accepting.accept(by=listener)
        with later(61):
            claiming.return_vanished()
        with later(61):
            presence.suspend_dropped()
            assert item_of(child.id).state == ItemState.WAITING
        with later(16 * 60):
            presence.free_places()
            assert item_of(child.id).state == ItemState.WITHDRAWN
            presence.be_seen(token=child.token)
            assert queue.open_item(WaitKind.CHAT, child.id, is_waiting=True)
