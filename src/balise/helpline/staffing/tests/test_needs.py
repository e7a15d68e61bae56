"""From contacts to seats: loads that last, and calls and chats in one queue, by simulation."""

import heapq
from random import Random

import pytest

from balise.helpline.queue.rules import WaitKind, kinds_for
from balise.helpline.staffing.rules.erlang import Load, Target
from balise.helpline.staffing.rules.needs import (
    Aim,
    Manner,
    loads,
    seats_needed,
    steady_load,
    with_seats,
)

MANNER = Manner(call_s=35 * 60, chat_s=45 * 60, patience_s=6 * 60, concurrency=2)
AIM = Aim(Target(0.8, 60), 0.85)


def test_a_long_talk_is_still_there_in_the_next_half_hour() -> None:
    found = loads([0, 12, 0, 0], [0, 0, 0, 0], MANNER)
    busy = [each.erlangs for each in found]
    assert busy[0] == 0
    assert busy[1] > busy[2] > busy[3] > 0


def test_the_same_arrivals_all_day_become_the_steady_load() -> None:
    found = loads([9.0] * 40, [4.0] * 40, MANNER)[-1]
    steady = steady_load(18, 8, MANNER)
    assert found.erlangs == pytest.approx(steady.erlangs, rel=1e-3)
    assert steady.erlangs == pytest.approx(18 * 35 / 60 + 8 * 45 / 60 / 2)


def test_calls_alone_are_erlang_s_load() -> None:
    assert steady_load(18, 0, MANNER) == Load(18, 35 * 60, 6 * 60)
    assert seats_needed(steady_load(18, 0, MANNER), AIM) == 13


def test_nobody_needs_nobody() -> None:
    assert seats_needed(steady_load(0, 0, MANNER), AIM) == 0


def test_more_chats_at_once_need_fewer_seats() -> None:
    alone = Manner(MANNER.call_s, MANNER.chat_s, MANNER.patience_s, 1)
    assert seats_needed(steady_load(6, 12, MANNER), AIM) < seats_needed(
        steady_load(6, 12, alone), AIM
    )


def simulated(calls: float, chats: float, seats: int) -> tuple[float, float]:
    """Return who gives up and who is answered within a minute, by the queue's own rule of seats.

    First come first served; a seat takes what `kinds_for` lets it take beside what it holds. Work
    and patience are exponential, as in the model.
    """
    chance, many = Random(3), 20_000  # noqa: S311 - a simulation
    arrivals: list[tuple[float, WaitKind]] = []
    at = 0.0
    for _each in range(many):
        at += chance.expovariate((calls + chats) / 3600)
        kind = WaitKind.CALL if chance.random() < calls / (calls + chats) else WaitKind.CHAT
        arrivals.append((at, kind))
    held: list[list[WaitKind]] = [[] for _seat in range(seats)]
    waiting: list[tuple[float, float, WaitKind]] = []
    ends: list[tuple[float, int, WaitKind]] = []
    gave_up = in_time = 0

    def serve(moment: float) -> None:
        nonlocal gave_up, in_time
        still = []
        for since, until, kind in waiting:
            if until < moment:
                gave_up += 1
                continue
            free = next(
                (
                    seat
                    for seat, some in enumerate(held)
                    if kind in kinds_for(some, chat_cap=MANNER.concurrency)
                ),
                None,
            )
            if free is None:
                still.append((since, until, kind))
                continue
            held[free].append(kind)
            lasts = MANNER.call_s if kind is WaitKind.CALL else MANNER.chat_s
            heapq.heappush(ends, (moment + chance.expovariate(1 / lasts), free, kind))
            in_time += moment - since <= AIM.target.within_s
        waiting[:] = still

    for at, kind in arrivals:
        while ends and ends[0][0] <= at:
            moment, seat, ended = heapq.heappop(ends)
            held[seat].remove(ended)
            serve(moment)
        waiting.append((at, at + chance.expovariate(1 / MANNER.patience_s), kind))
        serve(at)
    return gave_up / many, in_time / many


# At the seats that the plan asks for, the true queue keeps what is promised: that a voice call
# leaves no room for a chat costs little beside that several chats wait for no seat.
@pytest.mark.parametrize(("calls", "chats"), [(18, 0), (12, 6), (6, 12), (18, 10)])
def test_the_plan_holds_in_the_queue_s_own_rule(calls: float, chats: float) -> None:
    load = steady_load(calls, chats, MANNER)
    seats = seats_needed(load, AIM)
    promised = with_seats(load, seats, AIM)
    gave_up, in_time = simulated(calls, chats, seats)
    assert gave_up == pytest.approx(promised.p_abandon, abs=0.03)
    assert in_time == pytest.approx(promised.service_level, abs=0.06)
