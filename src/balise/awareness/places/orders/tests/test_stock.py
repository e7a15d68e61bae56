"""The ledger: what comes in and leaves, and that it never goes below zero."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from balise.awareness.partnership.campaigns.rules import CampaignUnknown
from balise.awareness.places.orders import actions
from balise.awareness.places.orders.models import Entry, Note, Order, Printed
from balise.awareness.places.orders.queries import trace
from balise.awareness.places.orders.rules import (
    AlreadyReversed,
    MarkTaken,
    NotThere,
    NumbersFaulty,
    OrderState,
    Range,
    StockShort,
    TooMany,
)
from balise.awareness.places.orders.tests.makers import deliver, make_accepted, make_kit, stock_of
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry as Fact

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def moved() -> list[tuple[str, int]]:
    """Return what the journal was told of kits: kind and number."""
    facts = Fact.objects.filter(event="awareness.kits.moved").order_by("pk")
    return [(row.facts["kind"], row.facts["number"]) for row in facts]


def test_a_mark_is_one_kits_and_a_campaign_is_known() -> None:
    make_kit()
    with pytest.raises(MarkTaken):
        make_kit(mark="6e")
    with pytest.raises(CampaignUnknown):
        make_kit(mark="5E", campaign="NONE-2026")
    with pytest.raises(PermissionDenied):
        actions.add_kit(name="Kit", mark="4E", by=make_actor("editor"))
    assert Fact.objects.filter(event="awareness.kit.added").count() == 1


def test_copies_of_a_second_run_go_on_where_the_first_ended() -> None:
    kit = make_kit(copies=100)
    actions.print_run(kit_id=kit, number=50, printed_on=today(), by=make_actor("coordinator"))
    assert [run.range for run in Printed.objects.get().runs.all()] == [
        Range(101, 150),
        Range(1, 100),
    ]
    assert stock_of(kit) == 150
    assert moved() == [("printed", 100), ("printed", 50)]


def test_a_delivery_takes_the_lowest_numbers_and_its_note_has_the_next_number() -> None:
    kit = make_kit(copies=100)
    first, second = make_accepted(kit, 30), make_accepted(kit, 90)
    note = Note.objects.get(id=deliver(first))
    with pytest.raises(StockShort, match="70"):
        deliver(second)
    with pytest.raises(TooMany):
        deliver(second, 91)
    later = Note.objects.get(id=deliver(second, 60))
    assert (note.number, later.number) == (1, 2)
    assert [entry.range for entry in later.entries.all()] == [Range(31, 90)]
    assert Order.objects.get(id=first).stands is OrderState.DELIVERED
    assert Order.objects.get(id=second).stands is OrderState.ACCEPTED
    assert stock_of(kit) == 10
    assert moved()[1:] == [("delivered", 30), ("delivered", 60)]


def test_what_is_lost_leaves_the_stock_and_what_is_not_there_cannot() -> None:
    kit = make_kit(copies=100)
    deliver(make_accepted(kit, 30))
    by = make_actor("awareness_lead")
    actions.lose(kit_id=kit, kits=Range(41, 45), by=by)
    for gone in (Range(1, 2), Range(45, 46), Range(100, 101)):
        with pytest.raises(NotThere):
            actions.lose(kit_id=kit, kits=gone, by=by)
    assert stock_of(kit) == 65


def test_what_comes_back_was_out_by_this_note_and_leaves_again_first() -> None:
    kit = make_kit(copies=100)
    note = deliver(make_accepted(kit, 30))
    other = deliver(make_accepted(kit, 10))
    by = make_actor("coordinator")
    actions.take_back(note_id=note, kits=Range(21, 30), by=by)
    for wrong, kits in ((note, Range(30, 30)), (other, Range(1, 1))):
        with pytest.raises(NotThere):
            actions.take_back(note_id=wrong, kits=kits, by=by)
    assert stock_of(kit) == 70
    again = Note.objects.get(id=deliver(make_accepted(kit, 12)))
    assert [entry.range for entry in again.entries.all()] == [Range(21, 30), Range(41, 42)]


def test_a_wrong_entry_is_reversed_once_by_another_and_both_stay() -> None:
    kit = make_kit(copies=100)
    order = make_accepted(kit, 30)
    note = Note.objects.get(id=deliver(order))
    by = make_actor("coordinator")
    entry = note.entries.get()
    actions.reverse(entry_id=entry.id, by=by)
    counter = Entry.objects.get(reverses=entry)
    assert (counter.change, counter.note) == (30, note)
    for again in (entry, counter):
        with pytest.raises(AlreadyReversed):
            actions.reverse(entry_id=again.id, by=by)
    row = Order.objects.get(id=order)
    assert (row.delivered, row.stands) == (0, OrderState.ACCEPTED)
    assert stock_of(kit) == 100
    assert moved()[1:] == [("delivered", 30), ("delivered", -30)]

    deliver(order)
    with pytest.raises(NotThere):  # its copies have left
        actions.reverse(entry_id=Entry.objects.get(kind="printed").id, by=by)


def test_the_database_itself_refuses_a_stock_below_zero() -> None:
    make_kit(copies=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Printed.objects.update(stock=-1)


def test_a_kit_is_traced_to_its_run_its_school_its_day_and_back() -> None:
    kit = make_kit(copies=100)
    deliver(make_accepted(kit, 30))
    note = Note.objects.get(id=deliver(make_accepted(kit, 10, place="École des Dunes")))
    reader = make_actor("editor")
    found = trace("6E-000035", seen_by=reader)
    printed, delivered = found.entries
    assert printed.run is not None
    assert printed.run.printed_on == today()
    assert delivered.note == note
    assert delivered.note.order.place == "École des Dunes"
    assert (delivered.note.order.area, not found.in_stock) == ("974", True)

    back = trace("BL-000002", seen_by=reader)
    assert (back.note, back.ranges, len(back.runs)) == (note, [Range(31, 40)], 1)
    assert len(trace("6E-25-45", seen_by=reader).entries) == 3
    for unknown in ("6E-000101", "5E-1", "BL-9"):
        with pytest.raises(NumbersFaulty):
            trace(unknown, seen_by=reader)
    with pytest.raises(PermissionDenied):
        trace("6E-1", seen_by=make_actor("listener"))


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_never_give_the_same_kit_nor_more_than_there_are() -> None:
    kit = make_kit(copies=100)
    clerk = make_actor("coordinator")
    orders = [make_accepted(kit, 60) for _clerk in range(2)]
    together = Barrier(2)

    def give(order: UUID) -> bool:
        together.wait()
        try:
            actions.deliver(order_id=order, number=60, day=today(), by=clerk)
        except StockShort:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        given = list(pool.map(give, orders))
    assert sorted(given) == [False, True]
    assert stock_of(kit) == 40
    assert Note.objects.count() == 1
