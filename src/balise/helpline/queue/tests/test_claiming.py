"""Taking the next person: order, professions, capacity, and nobody left alone."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.waiting import PATIENCE

from balise.foundation import clock
from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.journal.models import Entry
from balise.helpline.queue import access, queries
from balise.helpline.queue.actions import claiming, seating, waiting
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.rules import (
    Band,
    ItemState,
    NotWaiting,
    NotYours,
    Reason,
    Risk,
    SeatFull,
    SeatNeeded,
    SeatState,
    Skill,
    WaitKind,
)
from balise.helpline.queue.tests.makers import make_item, make_listener

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

SUPERVISOR = Actor(
    ActorKind.STAFF,
    "5b3f0f8e-0000-4000-8000-000000000001",
    frozenset({access.READ, access.WORK, access.SUPERVISE}),
)


def written() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


def taken(listener: Actor) -> UUID | None:
    claimed = claiming.claim_next(by=listener)
    return claimed.id if claimed else None


def seat(listener: Actor) -> SeatState:
    return SeatState(Seat.objects.get(account=listener.key).state)


class TestClaimNext:
    def test_takes_the_highest_risk_then_who_was_dropped_then_who_waited(self) -> None:
        first, second = make_item(), make_item()
        dropped, urgent = make_item(returning=True), make_item(risk=Risk.A)
        order = [taken(make_listener(chat_cap=1)) for _four in range(4)]
        assert order == [urgent, dropped, first, second]
        assert taken(make_listener()) is None

    def test_is_written_down(self) -> None:
        make_item()
        claimed = claiming.claim_next(by=make_listener())
        assert claimed
        assert claimed.kind is WaitKind.CHAT
        assert written()[-2:] == ["helpline.item.claimed", "helpline.seat.changed"]

    def test_refuses_who_has_no_seat_or_no_ability(self) -> None:
        with pytest.raises(PermissionDenied):
            claiming.claim_next(by=ANYONE)
        with pytest.raises(SeatNeeded):
            claiming.claim_next(by=make_listener(seated=False))

    def test_refuses_a_seat_that_wraps_up(self) -> None:
        listener = make_listener()
        claiming.finish(item_id=_held(make_item(), listener), by=listener)
        assert seat(listener) is SeatState.WRAP_UP
        with pytest.raises(SeatNeeded):
            claiming.claim_next(by=listener)
        seating.be_ready(by=listener)
        assert claiming.claim_next(by=listener) is None

    def test_a_profession_goes_first_for_a_while(self) -> None:
        wanted = make_item(skill=Skill.LAWYER)
        other = make_item()
        assert taken(make_listener(Skill.PSYCHOLOGIST)) == other
        assert taken(make_listener(Skill.LAWYER)) == wanted

    def test_then_anyone_does(self) -> None:
        wanted = make_item(skill=Skill.LAWYER)
        Item.objects.update(waiting_since=clock.now() - timedelta(seconds=91))
        assert taken(make_listener(Skill.PSYCHOLOGIST)) == wanted

    def test_a_life_in_danger_waits_for_no_profession(self) -> None:
        wanted = make_item(skill=Skill.LAWYER, risk=Risk.A)
        assert taken(make_listener(Skill.PSYCHOLOGIST)) == wanted

    def test_the_listener_of_before_goes_first(self) -> None:
        before, other = make_listener(), make_listener()
        back = make_item(preferred=before.key, returning=True)
        assert taken(other) is None
        assert taken(before) == back

    def test_a_call_excludes_chats_and_a_chat_calls(self) -> None:
        listener = make_listener(chat_cap=3)
        make_item(WaitKind.CALL)
        assert taken(listener)
        make_item()
        assert taken(listener) is None
        other = make_listener(chat_cap=3)
        assert taken(other)
        make_item(WaitKind.CALL)
        assert taken(other) is None

    def test_chats_up_to_the_seats_number(self) -> None:
        listener = make_listener(chat_cap=2)
        for _three in range(3):
            make_item()
        assert taken(listener)
        assert taken(listener)
        assert taken(listener) is None

    def test_nothing_beside_a_life_in_danger(self) -> None:
        listener = make_listener(chat_cap=3)
        make_item(risk=Risk.A)
        make_item()
        assert taken(listener)
        assert taken(listener) is None


class TestClaim:
    def test_takes_the_one_asked_for(self) -> None:
        make_item()
        wanted = make_item()
        assert _held(wanted, make_listener()) == wanted

    def test_what_one_holds_stays_ones_own(self) -> None:
        listener = make_listener()
        item = _held(make_item(), listener)
        assert _held(item, listener) == item

    def test_the_second_is_told(self) -> None:
        item = _held(make_item(), make_listener())
        with pytest.raises(NotWaiting):
            claiming.claim(item_id=item, by=make_listener())

    def test_refuses_a_full_seat(self) -> None:
        listener = make_listener(chat_cap=1)
        _held(make_item(), listener)
        with pytest.raises(SeatFull):
            claiming.claim(item_id=make_item(), by=listener)


class TestEnding:
    def test_only_ones_own_is_finished(self) -> None:
        item = _held(make_item(), make_listener())
        with pytest.raises(NotYours):
            claiming.finish(item_id=item, by=make_listener())

    def test_the_last_of_two_chats_leads_to_the_wrap_up(self) -> None:
        listener = make_listener(chat_cap=2)
        one, two = _held(make_item(), listener), _held(make_item(), listener)
        claiming.finish(item_id=one, by=listener)
        assert seat(listener) is SeatState.BUSY
        claiming.finish(item_id=two, by=listener)
        assert seat(listener) is SeatState.WRAP_UP
        assert written()[-2:] == ["helpline.item.finished", "helpline.seat.changed"]

    def test_given_back_it_waits_in_front(self) -> None:
        listener = make_listener()
        item = _held(make_item(), listener)
        make_item()
        claiming.give_back(item_id=item, by=listener)
        assert taken(make_listener()) == item
        assert "helpline.item.returned" in written()

    def test_a_supervisor_gives_back_anothers_and_a_listener_does_not(self) -> None:
        item = _held(make_item(), make_listener())
        with pytest.raises(PermissionDenied):
            claiming.give_back(item_id=item, by=make_listener())
        claiming.give_back(item_id=item, by=SUPERVISOR)
        assert Item.objects.get(id=item).state == ItemState.WAITING

    def test_passed_on_to_a_profession(self) -> None:
        listener = make_listener(Skill.PSYCHOLOGIST)
        item = _held(make_item(), listener)
        claiming.hand_over(item_id=item, skill=Skill.LAWYER, by=listener)
        assert taken(make_listener(Skill.PSYCHOLOGIST)) is None
        assert taken(make_listener(Skill.LAWYER)) == item
        assert "helpline.item.handed-over" in written()

    def test_passed_on_to_a_listener(self) -> None:
        listener, other = make_listener(), make_listener()
        item = _held(make_item(), listener)
        claiming.hand_over(item_id=item, to=other.key, by=listener)
        assert taken(make_listener()) is None
        assert taken(other) == item

    def test_refuses_to_pass_on_to_nobody(self) -> None:
        listener = make_listener()
        item = _held(make_item(), listener)
        with pytest.raises(NotWaiting):
            claiming.hand_over(item_id=item, by=listener)


class TestVanished:
    def test_who_was_held_waits_in_front(self) -> None:
        listener = make_listener()
        item = _held(make_item(), listener)
        Seat.objects.update(heard_at=clock.now() - timedelta(seconds=59))
        assert claiming.return_vanished() == 1
        assert seat(listener) is SeatState.AWAY
        make_item()
        assert taken(make_listener()) == item

    def test_a_chat_without_danger_stays_for_a_minute_and_one_in_danger_does_not(self) -> None:
        listener = make_listener(chat_cap=2)
        calm, grave = _held(make_item(), listener), _held(make_item(), listener)
        waiting.judge_risk(item_id=grave, risk=Risk.A, by=listener)
        Seat.objects.update(heard_at=clock.now() - timedelta(seconds=10))
        assert claiming.return_vanished() == 1
        states = dict(Item.objects.values_list("id", "state"))
        assert (states[calm], states[grave]) == (ItemState.HELD, ItemState.WAITING)
        assert seat(listener) is SeatState.BUSY
        Seat.objects.update(heard_at=clock.now() - timedelta(seconds=59))
        assert claiming.return_vanished() == 1
        assert seat(listener) is SeatState.AWAY

    def test_a_seat_that_is_heard_of_stays(self) -> None:
        listener = make_listener()
        item = _held(make_item(), listener)
        Seat.objects.update(heard_at=clock.now() - timedelta(seconds=8))
        assert seating.heartbeat(by=listener)
        assert claiming.return_vanished() == 0
        assert Item.objects.get(id=item).held_by == listener.key

    def test_signs_within_a_second_are_written_once(self) -> None:
        listener = make_listener()
        moment = clock.now()
        long_ago = moment - timedelta(seconds=1)
        Seat.objects.update(heard_at=long_ago)
        with clock.at(moment):
            assert seating.heartbeat(by=listener)
        heard_at = Seat.objects.get().heard_at
        assert heard_at > long_ago
        with clock.at(heard_at + timedelta(milliseconds=999)):
            assert seating.heartbeat(by=listener)
        assert Seat.objects.get().heard_at == heard_at
        with clock.at(heard_at + timedelta(seconds=1)):
            assert seating.heartbeat(by=listener)
        assert Seat.objects.get().heard_at > heard_at

    def test_a_seat_given_up_hears_so(self) -> None:
        listener = make_listener()
        seating.stand(by=listener)
        assert not seating.heartbeat(by=listener)


class TestSeating:
    def test_a_break_waits_for_the_end_of_a_conversation(self) -> None:
        listener = make_listener()
        _held(make_item(), listener)
        with pytest.raises(SeatNeeded):
            seating.pause(by=listener)

    def test_standing_up_leaves_nobody_alone(self) -> None:
        listener = make_listener()
        item = _held(make_item(), listener)
        seating.stand(by=listener)
        assert Item.objects.get(id=item).state == ItemState.WAITING

    def test_refuses_without_ability(self) -> None:
        with pytest.raises(PermissionDenied):
            seating.sit(skills=(), by=ANYONE)


class TestWaiting:
    def test_a_subject_waits_once(self) -> None:
        item = make_item()
        subject = Item.objects.get(id=item).subject
        assert waiting.enqueue(kind=WaitKind.CHAT, subject=subject) == item
        assert written().count("helpline.item.queued") == 1

    def test_a_person_says_that_it_is_worse_never_better(self) -> None:
        item = make_item()
        waiting.raise_risk(item_id=item, risk=Risk.A)
        waiting.raise_risk(item_id=item, risk=Risk.E)
        assert Item.objects.get(id=item).risk == Risk.A
        assert written().count("helpline.item.risk-judged") == 1

    def test_a_listener_judges_either_way(self) -> None:
        item = make_item(risk=Risk.B)
        with pytest.raises(PermissionDenied):
            waiting.judge_risk(item_id=item, risk=Risk.E, by=ANYONE)
        waiting.judge_risk(item_id=item, risk=Risk.E, by=make_listener())
        assert Item.objects.get(id=item).risk == Risk.E

    def test_who_leaves_is_no_longer_taken(self) -> None:
        item = make_item()
        waiting.withdraw(item_id=item, reason=Reason.LEFT)
        waiting.withdraw(item_id=item, reason=Reason.LEFT)
        assert taken(make_listener()) is None
        assert written().count("helpline.item.withdrawn") == 1

    def test_whose_person_is_gone_wraps_up(self) -> None:
        listener, item = make_listener(), make_item()
        claiming.claim_next(by=listener)
        waiting.withdraw(item_id=item, reason=Reason.LEFT)
        assert Seat.objects.get(account=listener.key).state == SeatState.WRAP_UP
        assert written()[-2:] == ["helpline.item.withdrawn", "helpline.seat.changed"]


class TestStanding:
    def test_says_place_and_band(self) -> None:
        make_item()
        second = make_item()
        stands = queries.standing(second)
        assert (stands.position, stands.ahead, stands.band) == (2, 1, Band.UNKNOWN)
        make_listener()
        make_listener()
        assert queries.standing(second).band is Band.UNDER_5

    def test_the_room(self) -> None:
        listener = make_listener()
        make_item(risk=Risk.B)
        make_item(WaitKind.CALL)
        _held(make_item(), listener)
        room = queries.live()
        assert room.seated == 1
        assert room.waiting == {WaitKind.CHAT: 1, WaitKind.CALL: 1}
        assert room.risks == {Risk.B: 1, Risk.F: 1}
        assert room.held == {WaitKind.CHAT: 1}


def _held(item: UUID, listener: Actor) -> UUID:
    claimed = claiming.claim(item_id=item, by=listener)
    assert claimed is not None
    return claimed.id


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite sorts those who wait")
def test_who_is_next_is_read_off_the_index_and_nobody_is_sorted() -> None:
    moment = clock.now()
    waits = {"rank": 9, "queued_at": moment, "turn_at": moment, "waiting_since": moment}
    Item.objects.bulk_create(
        Item(kind=WaitKind.CHAT, subject=uuid4(), **waits) for _five_hundred in range(500)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    listener = make_listener(Skill.LAWYER)
    with CaptureQueriesContext(connection) as seen:
        assert taken(listener)
    (asked,) = (each["sql"] for each in seen if "ORDER BY" in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"{connection.ops.explain_query_prefix()} {asked}")
        plan = "\n".join(str(row) for row in cursor.fetchall())
    assert "queue_turn" in plan
    assert "Sort" not in plan


@pytest.mark.django_db(transaction=True)
def test_many_listeners_never_take_the_same_person() -> None:
    items = {make_item() for _ten in range(10)}
    listeners = [make_listener(chat_cap=1) for _twelve in range(12)]
    start, got = Barrier(len(listeners)), []

    def reach(listener: Actor) -> None:
        try:
            start.wait(PATIENCE)
            got.append(taken(listener))
        finally:
            connection.close()

    threads = [Thread(target=reach, args=(listener,)) for listener in listeners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(got) == len(listeners)
    taken_items = [item for item in got if item]
    assert set(taken_items) == items
    assert len(taken_items) == len(items)
