"""Play a day: callers, those who write, listeners and a supervisor, each by their real action.

The moments are those of the day played. What happens next is decided by the centre, not by the
script: who is next, who may take whom, who gave up first.
"""

import heapq
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from balise.demonstration.day.exchange import Exchange
from balise.demonstration.day.script import CLOSES_S, OPENS_S, About, Person, Shift, people, shifts
from balise.foundation import clock
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.encryption.worded import Receipt
from balise.helpline.console.actions import accepting, danger, wrapping
from balise.helpline.console.actions.accepting import Accepted
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import dangers, seating
from balise.helpline.queue.rules import Risk, SeatState, Skill, WaitKind
from balise.helpline.queue.rules.dangers import Outcome
from balise.helpline.staffing.queries import rotas
from balise.helpline.staffing.rules.needs import HALF
from balise.helpline.telephony.rules.calls import EndedBy, Happening

_CHAT_CAP = 2
_BREAK_S = 3600
_RING_S = 3
_MOST_LATE_S = 300
_DECLARES_AFTER_S = 60
_JOINS_AFTER_S = 45
_LOOKS_EVERY_S = 0.25  # real seconds
_HEARD_FOR_S = 3.0  # real seconds, on a busy machine
_OTHERS = About("information")
_SAYS = ("Bonjour, j'ai un souci avec un compte.", "Merci, je vais essayer.")
_ENDED = "Sa grande sœur est avec elle, et le centre de santé la reçoit demain."
_ANSWERS = ("Bonjour, je suis là. Raconte-moi.", "Tu as bien fait d'en parler.")


@dataclass(slots=True)
class Played:
    """What was played, by the script's own count: the centre's figures must say the same.

    `wrapped` holds each record that was closed, as (channel, what it was about).
    """

    calls: int = 0
    chats: int = 0
    answered_calls: int = 0
    answered_chats: int = 0
    gave_up_calls: int = 0
    gave_up_chats: int = 0
    silent: int = 0
    dangers: int = 0
    wrapped: list[tuple[WaitKind, About]] = field(default_factory=list)

    def topics(self) -> Counter[str]:
        """Return how often each topic was noted."""
        return Counter(topic for _kind, about in self.wrapped for topic in about.topics)


class Pace:
    """At once, or so many times as fast as a real day: then `tick` is called as it goes by."""

    def __init__(self, opening: datetime, speed: float, tick: Callable[[], None]) -> None:
        self._opening, self._speed, self._tick = opening, speed, tick
        self._began = self._tick_at = time.monotonic()

    def begin(self) -> None:
        """Start the day now."""
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return what time it is in the day that is played."""
        return self._opening + timedelta(seconds=(time.monotonic() - self._began) * self._speed)

    def wait_until(self, at_s: float) -> None:
        """Move the clock to a moment of the day, in seconds after opening."""
        if not self._speed:
            return
        while True:
            self._tick_if_due()
            left = at_s / self._speed - (time.monotonic() - self._began)
            if left <= 0:
                return
            time.sleep(min(left, _LOOKS_EVERY_S))

    def _tick_if_due(self) -> None:
        """Send the signs of life of pages in time: as late as they are next due, and more."""
        if time.monotonic() < self._tick_at:
            return
        self._tick_at = time.monotonic() + _LOOKS_EVERY_S
        with clock.at(self.now() + timedelta(seconds=_HEARD_FOR_S * self._speed)):
            self._tick()


@dataclass(slots=True, eq=False)
class _Desk:
    """A listener: whom they have, and whether they would go as soon as they are free."""

    who: Actor
    shift: Shift
    held: dict[UUID, WaitKind] = field(default_factory=dict)
    is_there: bool = False
    wants_break: bool = False
    wants_to_leave: bool = False


@dataclass(frozen=True, slots=True)
class _Waiting:
    person: Person
    token: Receipt | None


def _desks(day: date, listeners: Sequence[Actor], chance: Random) -> list[_Desk]:
    """Return who sits when: by the rota in force, a few minutes late; by the script without one."""
    planned = rotas.turns_on(day)
    if not planned:
        return [
            _Desk(who, shift) for who, shift in zip(listeners, shifts(len(listeners)), strict=True)
        ]
    half_s = HALF * 60
    found = []
    for who in listeners:
        turn = planned.get(who.key)
        if turn is not None:
            begins, ends = (each * half_s - OPENS_S for each in (turn.begins, turn.ends))
            pause = None if turn.break_at is None else turn.break_at * half_s - OPENS_S
            found.append(_Desk(who, Shift(begins + chance.uniform(0, _MOST_LATE_S), ends, pause)))
    return found


class Day:
    """One day, played once."""

    def __init__(
        self,
        day: date,
        *,
        calls: int,
        chats: int,
        listeners: Sequence[Actor],
        lead: Actor,
        seed: int = 1,
        speed: float = 0,
    ) -> None:
        chance = Random(f"{day}-{seed}")  # noqa: S311 - a play, no secret
        midnight = datetime.combine(day, datetime.min.time(), tzinfo=clock.zone())
        self.opening = midnight + timedelta(seconds=OPENS_S)
        self.played = Played()
        self.pace = Pace(self.opening, speed, self._be_heard)
        self._is_at_once = not speed
        self._lead = lead
        self._desks = _desks(day, listeners, chance)
        self._waiting: dict[UUID, _Waiting] = {}
        self._next: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._at_s = 0.0
        self._exchange = Exchange(day.isoformat())
        for one in people(calls, chats, chance=chance, name=day.isoformat()):
            self._later(one.at_s, self._arrive, one)
        for place, desk in enumerate(self._desks):
            self._later(desk.shift.begins_s, self._sit, desk, list(Skill)[place % len(Skill)])
            if desk.shift.break_at_s is not None:
                self._later(desk.shift.break_at_s, self._take_break, desk)
            self._later(desk.shift.ends_s, self._leave, desk)

    def play(self) -> Played:
        """Play it to its end, or until it is broken off, and return what was played."""
        # At once is one transaction: it is all there, or nothing of it.
        whole: AbstractContextManager[Any] = (
            transaction.atomic() if self._is_at_once else nullcontext()
        )
        self.pace.begin()
        with whole:
            with clock.at(self.opening):
                self._send_home()
            try:
                self._go_on()
            except KeyboardInterrupt:
                with clock.at(self._moment()):
                    self._break_off()
        return self.played

    def _go_on(self) -> None:
        while self._next:
            at_s, _order, happens = heapq.heappop(self._next)
            self.pace.wait_until(at_s)
            self._at_s = at_s
            with clock.at(self._moment()):
                happens()

    def _moment(self) -> datetime:
        return self.opening + timedelta(seconds=round(self._at_s, 3))

    def _send_home(self) -> None:
        """Turn every console off: a day that was interrupted may have left someone there."""
        for desk in self._desks:
            seat = queue.own_seat(seen_by=desk.who)
            if seat is not None and seat.state is not SeatState.AWAY:
                seating.stand(by=desk.who)

    def _break_off(self) -> None:
        for subject in list(self._waiting):
            self._give_up(subject)
        self._send_home()

    def _later(self, at_s: float, happens: Callable[..., None], *about: Any) -> None:
        heapq.heappush(self._next, (at_s, next(self._order), lambda: happens(*about)))

    def _after(self, seconds: float, happens: Callable[..., None], *about: Any) -> None:
        self._later(self._at_s + seconds, happens, *about)

    # Those who call and write.

    def _arrive(self, person: Person) -> None:
        if person.is_chat:
            self.played.chats += 1
            begun = saying.ask(language="fr", by=ANYONE)
            saying.say(token=begun.token, text=_SAYS[0], client_id=uuid4(), by=ANYONE)
            if person.is_in_danger:
                saying.be_in_danger(token=begun.token, by=ANYONE)
            self._wait(begun.id, _Waiting(person, begun.token))
        else:
            self.played.calls += 1
            self._exchange.tell(person.ref, Happening.RINGING, number=person.number)
            self._after(_RING_S, self._queue, person)

    def _queue(self, person: Person) -> None:
        call_id = self._exchange.tell(
            person.ref, Happening.QUEUED, is_life_danger=person.is_in_danger
        )
        self._wait(call_id, _Waiting(person, None))

    def _wait(self, subject: UUID, one: _Waiting) -> None:
        self._waiting[subject] = one
        self._after(one.person.patience_s, self._give_up, subject)
        self._serve()

    def _give_up(self, subject: UUID) -> None:
        one = self._waiting.pop(subject, None)
        if one is None:
            return  # someone came
        if one.token is not None:
            self.played.gave_up_chats += 1
            passing.end_own(token=one.token, by=ANYONE)
        else:
            self.played.gave_up_calls += 1
            self._exchange.tell(one.person.ref, Happening.ABANDONED)

    # Those who listen.

    def _sit(self, desk: _Desk, skill: Skill) -> None:
        seating.sit(skills=[skill], chat_cap=_CHAT_CAP, by=desk.who)
        desk.is_there = True
        self._serve()

    def _take_break(self, desk: _Desk) -> None:
        desk.wants_break = True
        self._go(desk)

    def _come_back(self, desk: _Desk) -> None:
        seating.be_ready(by=desk.who)
        desk.is_there = True
        self._go(desk)
        self._serve()

    def _leave(self, desk: _Desk) -> None:
        desk.wants_to_leave = True
        self._go(desk)

    def _go(self, desk: _Desk) -> None:
        """Give a listener their break, or send them home, if nobody is with them."""
        if desk.held or not desk.is_there:
            return
        if desk.wants_to_leave:
            if self._waiting and self._at_s >= CLOSES_S - OPENS_S:
                return  # nobody goes home while someone still waits
            desk.is_there = False
            seating.stand(by=desk.who)
        elif desk.wants_break:
            desk.is_there = desk.wants_break = False
            seating.pause(by=desk.who)
            self._after(_BREAK_S, self._come_back, desk)

    def _serve(self) -> None:
        """Let each free listener take the next person, as long as anyone waits."""
        for desk in self._desks:
            while self._waiting and self._is_free(desk):
                accepted = accepting.accept(by=desk.who)
                if accepted is None:
                    break
                self._begin(desk, accepted)

    def _is_free(self, desk: _Desk) -> bool:
        is_closing = self._at_s >= CLOSES_S - OPENS_S
        if not desk.is_there or desk.wants_break or (desk.wants_to_leave and not is_closing):
            return False
        kinds = set(desk.held.values())
        if not kinds:
            return True
        has_room = kinds == {WaitKind.CHAT} and len(desk.held) < _CHAT_CAP
        return has_room and any(one.token is not None for one in self._waiting.values())

    def _begin(self, desk: _Desk, accepted: Accepted) -> None:
        desk.held[accepted.item] = accepted.kind
        one = self._waiting.pop(accepted.subject, None)
        if one is None:  # someone who waited before the play began
            self._after(300, self._wrap_up, desk, accepted, _OTHERS, Risk.F)
            return
        person = one.person
        if one.token is not None:
            self.played.answered_chats += 1
            self._after(20, self._answer, desk, accepted.subject, _ANSWERS[0])
            self._after(person.talk_s / 2, self._say, one.token)
        else:
            self.played.answered_calls += 1
            self.played.silent += person.is_silent
        risk = Risk.D
        if person.is_in_danger:
            risk = Risk.A
            self.played.dangers += 1
            self._after(_DECLARES_AFTER_S, self._declare, desk, accepted.item)
        self._after(person.talk_s, self._end, desk, accepted, person, risk)

    def _answer(self, desk: _Desk, conversation_id: UUID, words: str) -> None:
        saying.answer(conversation_id=conversation_id, text=words, client_id=uuid4(), by=desk.who)

    def _say(self, token: Receipt) -> None:
        saying.say(token=token, text=_SAYS[1], client_id=uuid4(), by=ANYONE)

    def _declare(self, desk: _Desk, item_id: UUID) -> None:
        if item_id in desk.held:
            danger.life_danger(item_id=item_id, by=desk.who)
            self._after(_JOINS_AFTER_S, self._join, item_id)

    def _join(self, item_id: UUID) -> None:
        dangers.join(item_id=item_id, by=self._lead)

    def _end(self, desk: _Desk, accepted: Accepted, person: Person, risk: Risk) -> None:
        if risk is Risk.A:
            dangers.propose_end(
                item_id=accepted.item,
                outcome=Outcome.ACCOMPANIED,
                risk=Risk.B,
                told=_ENDED,
                by=desk.who,
            )
        if not person.is_chat:
            ended_by = EndedBy.CALLER if person.is_silent else EndedBy.LISTENER
            self._exchange.tell(person.ref, Happening.ENDED, ended_by=ended_by)
        self._after(person.wrap_up_s, self._wrap_up, desk, accepted, person.about, risk)

    def _wrap_up(self, desk: _Desk, accepted: Accepted, about: About, risk: Risk) -> None:
        if accepted.contact is None:
            wrapping.finish(item_id=accepted.item, by=desk.who)
        else:
            wrapping.wrap_up(
                item_id=accepted.item,
                contact_id=accepted.contact,
                contact_type=about.kind,
                topics=about.topics,
                risk=None if risk is Risk.F else risk,
                actions_taken=about.actions_taken,
                place=about.place,
                outcome=about.outcome,
                age_band=about.age_band,
                gender=about.gender,
                caller=about.caller,
                by=desk.who,
            )
            self.played.wrapped.append((accepted.kind, about))
        if risk is Risk.A:
            dangers.agree_to_end(item_id=accepted.item, by=self._lead)
        del desk.held[accepted.item]
        self._go(desk)
        self._serve()

    def _be_heard(self) -> None:
        """Send the sign of life of each listener's page, as pages do every ten seconds."""
        for desk in self._desks:
            if desk.is_there or desk.held:
                seating.heartbeat(by=desk.who)
