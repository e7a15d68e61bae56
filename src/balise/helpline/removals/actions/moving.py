"""One step of an item: its state, its moments, the fact; and the queue, where a person is needed.

Every step of every story goes through here, with the item and its request locked.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.statistics.bands import band
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Reason, WaitKind
from balise.helpline.removals import events, queries
from balise.helpline.removals.models import Item, Request
from balise.helpline.removals.rules import states
from balise.helpline.removals.rules.customs import LADDER, TARGETS
from balise.helpline.removals.rules.next_steps import IN_QUEUE, RISKS, next_step
from balise.helpline.removals.rules.states import ENDED, WAITING, RemovalState, Step
from balise.takedown.notices.rules import ladder

# A round begins as if nothing had been sent before.
_FRESH: dict[str, object] = {
    "decided_at": None,
    "decision": "",
    "gone_at": None,
    "due_at": None,
    "reached": "",
    "taken": "",
    "notice": None,
    "ticket": "",
    "ticket_notice": None,
    "attempts": 0,
    "failure": "",
    "round_at": None,
}


def move(*, item: Item, step: Step, by: Actor) -> None:
    """Take a step with a locked item, and write down what it is; refuse one that does not fit.

    What a step brings with it (a decision, a notice, a failure) is set on the item before.
    """
    before, at = item.stands, now()
    item.state = states.after(step, before, is_gone=item.is_gone).value
    moved = item.fact(events.ItemMoved, before=before, after=item.stands)
    facts = [moved, *_keep_time(item, step, at)]
    reach(item=item, at=at, by=by)
    item.save()
    record_many(facts, by=by)
    settle(request=item.request, by=by)


def settle(*, request: Request, by: Actor) -> None:
    """Let a request wait in the queue exactly while one of its items needs a person; close it."""
    items = list(request.items.all())
    is_over = all(item.stands in ENDED for item in items)
    if is_over != (request.closed_at is not None):
        request.closed_at = now() if is_over else None
        request.save(update_fields=("closed_at",))
    if any(next_step(queries.standing(item)) in IN_QUEUE for item in items):
        waiting.enqueue(
            kind=WaitKind.REMOVAL,
            subject=request.id,
            risk=RISKS[request.how_urgent],
            # Who knows it may take it first; a second look is never theirs.
            preferred="" if _waits_for_second(items) else request.asked_by,
            by=by,
        )
        return
    item_id = queue.open_item(WaitKind.REMOVAL, request.id, is_waiting=True)
    if item_id is not None:
        waiting.withdraw(item_id=item_id, reason=Reason.MOVED, by=by)


def reach(*, item: Item, at: datetime, by: Actor) -> None:
    """Set, unsaved, which rung the clock has reached at a moment, and when it reaches the next.

    Write down that the platform's time has just passed without a word of it.
    """
    clock = queries.clock_of(item) if item.stands in WAITING else None
    if clock is None:
        item.due_at = None
        return
    target, was = TARGETS[item.request.how_urgent], item.reached
    found = ladder.reached(LADDER, has_run=clock.has_run(at), target=target)
    following = ladder.next_at(LADDER, found, target)
    item.reached = found.value if found is not None else ""
    item.due_at = clock.due(following) if following is not None else None
    if not was and found is not None and item.stands is RemovalState.SENT:
        record(item.fact(events.ItemSilent), by=by)


def _keep_time(item: Item, step: Step, at: datetime) -> Iterator[Event]:
    """Set the moments that a step brings, unsaved; yield the facts beside its own."""
    match step:
        case Step.LEFT:
            item.failure = ""
        case Step.DECIDE:
            item.decided_at = at
            yield item.decided(queries.ran(item, at))
        case Step.SEE_GONE:
            item.gone_at = at
            took = queries.ran(item, at)
            yield item.fact(events.ItemGone, band=Code(band(timedelta(seconds=took))), seconds=took)
        case Step.REAPPEAR:
            item.back_count += 1
            item.gone_at = None
        case Step.REOPEN | Step.RESUME:
            for name, value in _FRESH.items():
                setattr(item, name, value)
        case _:
            pass
    item.ended_at = at if item.stands in ENDED else None


def _waits_for_second(items: list[Item]) -> bool:
    return any(item.stands is RemovalState.SECOND_LOOK for item in items)
