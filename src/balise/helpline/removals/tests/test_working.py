"""What clerk and worker do: the watch's eyes, clocks, reminders, figures."""

from datetime import date, datetime, timedelta

import pytest

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due
from balise.helpline.console.actions import accepting, wrapping
from balise.helpline.console.tests.makers import make_asking, make_listener
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import WaitKind
from balise.helpline.removals import queries
from balise.helpline.removals.actions import asking, hearing, sending, verifying
from balise.helpline.removals.doubles.platforms import Platforms
from balise.helpline.removals.models import Fact, Item
from balise.helpline.removals.rules.api import Telling, Tells
from balise.helpline.removals.rules.requests import ItemKind
from balise.helpline.removals.rules.states import RemovalState
from balise.helpline.removals.tasks import working
from balise.helpline.removals.tests.makers import (
    get,
    make_item,
    make_platform,
    make_ready,
    make_sent,
    state_of,
    work,
)
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.outcomes import Outcome
from balise.takedown.tracing.rules.looks import Look
from balise.takedown.watch import queries as watch
from balise.takedown.watch.tests.makers import GONE, ONLINE, look

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener() -> Actor:
    return make_actor("listener")


def is_watched(item: Item) -> bool:
    """Return whether the watch looks after an item."""
    return bool(watch.of(line="helpline", subjects=[item.id], seen_by=SYSTEM))


def sees(item: Item, seen: Look, *, in_minutes: int) -> None:
    """Let the watch see something of an item."""
    found = watch.of(line="helpline", subjects=[item.id], seen_by=SYSTEM)
    at = clock.now() + timedelta(minutes=in_minutes)
    look(found[item.id], seen, at=at)


def sees_it_gone(item: Item) -> None:
    """Let the watch look three times, twenty minutes apart, and not find it."""
    for place in range(3):
        sees(item, GONE, in_minutes=20 * place)


class TestTheWatch:
    def test_it_looks_after_what_was_sent_and_sees_it_gone(self, listener: Actor) -> None:
        item = make_sent(listener)
        work()
        sees_it_gone(item)
        work()
        gone = get(item)
        assert gone.stands is RemovalState.VERIFIED_GONE

    def test_what_it_finds_again_waits_for_a_person(self, listener: Actor) -> None:
        item = make_sent(listener)
        work()
        sees_it_gone(item)
        work()
        sees(item, ONLINE, in_minutes=120)
        work()
        assert state_of(item) is RemovalState.REAPPEARED
        assert queue.open_item(WaitKind.REMOVAL, item.request_id) is not None

    def test_what_was_given_up_is_not_looked_at(self, listener: Actor) -> None:
        item = make_sent(listener)
        work()
        assert is_watched(item)
        asking.close(item_id=item.id, by=listener)
        work()
        assert not is_watched(item)

    def test_a_draft_is_never_looked_at(self, listener: Actor) -> None:
        item = make_item(listener)
        work()
        assert not is_watched(item)


class TestTheQueue:
    def test_a_removal_is_taken_like_everything_else_and_has_no_record(self) -> None:
        writer, second = make_actor("listener"), make_listener()
        item = make_item(writer, kind=ItemKind.ACCOUNT, handle="@faux")
        asking.complete(item_id=item.id, by=writer)
        sending.ask_second(item_id=item.id, by=writer)
        accepted = accepting.accept(by=second)
        assert accepted is not None
        assert (accepted.kind, accepted.subject) == (WaitKind.REMOVAL, item.request_id)
        assert accepted.contact is None
        sending.approve(item_id=item.id, by=second)
        wrapping.finish(item_id=accepted.item, by=second)
        assert queue.open_item(WaitKind.REMOVAL, item.request_id) is None

    def test_a_child_who_waits_comes_first(self, listener: Actor) -> None:
        item = make_sent(listener)
        asks = Telling(tells=Tells.ASKS, words="Laquelle ?")
        hearing.hear(item_id=item.id, telling=asks, by=SYSTEM)
        begun = make_asking()
        accepted = accepting.accept(by=make_listener())
        assert accepted is not None
        assert accepted.subject == begun.id


class TestClocks:
    def test_the_worker_finds_who_is_late(self, listener: Actor) -> None:
        item = make_sent(listener, urgency=Urgency.IMMEDIATE)
        with clock.at(clock.now() + timedelta(hours=2, minutes=1)):
            working.look_at_clocks.func()
            assert get(item).reached == Rung.OTHER_WAY
            assert queries.next_of(get(item)).value == "climb"
            working.look_at_clocks.func()
            assert get(item).due_at is not None

    def test_an_api_is_reminded_by_the_program(self, seventeen: Platforms, listener: Actor) -> None:
        platform = next(one.id for one in queries.platforms() if one.name == "Vagolo")
        item = make_ready(listener, platform=platform, urgency=Urgency.IMMEDIATE)
        sending.send(item_id=item.id, by=listener)
        work()
        with clock.at(clock.now() + timedelta(minutes=61)):
            working.look_at_clocks.func()
            sending.climb(item_id=item.id, rung=Rung.REMINDER, by=listener)
        work()
        (held,) = seventeen.told.values()
        assert [text for text in held.answers if text.startswith("Reminder")]

    def test_nightly_what_was_gone_for_long_is_closed(self, listener: Actor) -> None:
        item = make_sent(listener)
        verifying.see_gone(item_id=item.id, by=listener)
        with clock.at(clock.now() + working.GONE_FOR + timedelta(minutes=1)):
            working.close_gone.func()
            run_due()
        assert state_of(item) is RemovalState.CLOSED


class TestFigures:
    def test_they_are_exact_and_a_recount_changes_nothing(self, listener: Actor) -> None:
        begins = datetime(2026, 3, 2, 9, tzinfo=clock.zone())
        quick, slow = make_platform("Presto"), make_platform("Lento")
        for place, (platform, hours) in enumerate([(quick, 1), (quick, 2), (quick, 9), (slow, 30)]):
            at = begins + timedelta(days=place)
            with clock.at(at):
                item = make_sent(listener, platform=platform, urgency=Urgency.STEADY)
            with clock.at(at + timedelta(hours=hours)):
                verifying.see_gone(item_id=item.id, by=listener)
        with clock.at(begins):
            refused = make_sent(listener, platform=slow, urgency=Urgency.STEADY)
        with clock.at(begins + timedelta(hours=5)):
            telling = Telling(tells=Tells.DECIDED, decision=Outcome.REFUSED)
            hearing.hear(item_id=refused.id, telling=telling, by=listener)
        work()
        whole, (first, second) = queries.figures(
            since=date(2026, 3, 1), until=date(2026, 3, 31), seen_by=listener
        )
        hour = 3_600
        assert (first.name, first.now.sent, first.now.removed) == ("Presto", 3, 3)
        assert first.now.percentiles == (2 * hour, 9 * hour)
        assert (second.now.success, second.now.refusal) == (50, 50)
        assert (whole.now.sent, whole.now.removed, whole.now.refused) == (5, 4, 1)
        assert whole.now.percentiles == (2 * hour, 30 * hour)
        before = set(Fact.objects.values_list())
        working.count(list(Entry.objects.filter(event__startswith="helpline.removal.")))
        assert set(Fact.objects.values_list()) == before

    def test_the_year_before_stands_beside(self, listener: Actor) -> None:
        for year in (2025, 2026):
            with clock.at(datetime(year, 3, 2, 9, tzinfo=clock.zone())):
                item = make_sent(listener)
            with clock.at(datetime(year, 3, 2, 10, tzinfo=clock.zone())):
                verifying.see_gone(item_id=item.id, by=listener)
        work()
        whole, _rows = queries.figures(
            since=date(2026, 3, 1), until=date(2026, 3, 31), seen_by=listener
        )
        assert (whole.now.sent, whole.before.sent) == (1, 1)
        assert whole.now.percentiles == whole.before.percentiles == (3_600, 3_600)

    def test_what_a_platform_waited_for_us_is_not_its_time(self, listener: Actor) -> None:
        begins = datetime(2026, 3, 2, 9, tzinfo=clock.zone())
        with clock.at(begins):
            item = make_sent(listener, urgency=Urgency.STEADY)
        with clock.at(begins + timedelta(hours=1)):
            asks = Telling(tells=Tells.ASKS, words="Laquelle ?")
            hearing.hear(item_id=item.id, telling=asks, by=listener)
        with clock.at(begins + timedelta(hours=11)):
            hearing.answer(item_id=item.id, text="La deuxième.", by=listener)
        with clock.at(begins + timedelta(hours=12)):
            verifying.see_gone(item_id=item.id, by=listener)
        work()
        assert Fact.objects.get(result="removed").seconds == 2 * 3_600

    def test_silence_and_return_are_counted(self, listener: Actor) -> None:
        item = make_sent(listener, urgency=Urgency.IMMEDIATE)
        with clock.at(clock.now() + timedelta(minutes=61)):
            working.look_at_clocks.func()
            verifying.see_gone(item_id=item.id, by=listener)
            verifying.see_back(item_id=item.id, by=listener)
        work()
        results = sorted(Fact.objects.values_list("result", flat=True))
        assert results == ["back", "removed", "sent", "silent"]
