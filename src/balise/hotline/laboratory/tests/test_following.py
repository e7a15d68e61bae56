"""What someone does to entries in the bank's pages, as who sent the fingerprint reads it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.encryption.worded import Receipt, shown
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.laboratory.actions import disputing
from balise.hotline.laboratory.models import Case, Dispute, Item
from balise.hotline.laboratory.queries import tracking
from balise.hotline.laboratory.rules.standing import CaseState, ItemState, Outcome, state_of
from balise.hotline.laboratory.tests.makers import (
    make_barred,
    make_case,
    make_disputed,
    make_lead,
    work_off,
)
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.queries.exchanging import standings
from balise.hotline.matching.banks.rules.deciding import EntryState

ON, OFF, QUARANTINED, OUT = (
    EntryState.ON,
    EntryState.OFF,
    EntryState.QUARANTINED,
    EntryState.WITHDRAWN,
)


@pytest.mark.parametrize(
    ("entries", "is_disputed", "state"),
    [
        ([ON], False, ItemState.ACTIVE),
        ([OFF], False, ItemState.HELD),
        ([QUARANTINED], False, ItemState.HELD),
        ([OUT], False, ItemState.TAKEN_OFF),
        ([ON, OFF, OUT], False, ItemState.ACTIVE),
        ([OFF, OUT], False, ItemState.HELD),
        ([ON, OFF, OUT], True, ItemState.HELD),
        ([ON, ON, OUT], True, ItemState.ACTIVE),
    ],
)
def test_a_fingerprint_is_where_its_entries_are(
    entries: list[EntryState], is_disputed: bool, state: ItemState
) -> None:
    assert state_of(entries, is_disputed=is_disputed) is state


def press(client: Client, button: str, item: Item) -> None:
    for entry in item.entries:
        client.post(reverse(f"staff:banks:{button}", args=[entry]))
    clerk.tick()


def states(receipt: Receipt) -> list[ItemState]:
    return [one.state for one in tracking.tracked(receipt).prints]


def stand(item: Item) -> list[EntryState]:
    found = standings(item.entries)
    return [found[entry].state for entry in item.entries]


def read(receipt: Receipt) -> str:
    return Client().post("/en/lab/follow/", {"code": shown(receipt)}, follow=True).text


@pytest.mark.django_db
class TestInTheBank:
    @pytest.fixture
    def lead(self, client: Client) -> Client:
        sign_in(client, make_account("hotline_lead"))
        return client

    def test_what_is_stopped_or_taken_off_is_said_to_who_sent_it(self, lead: Client) -> None:
        case, receipt = make_case("a boat", "a tree", "a gull")
        first, second, _third = case.items.all()
        press(lead, "hold", first)
        press(lead, "withdraw", second)

        assert states(receipt) == [ItemState.HELD, ItemState.TAKEN_OFF, ItemState.ACTIVE]
        page = read(receipt)
        assert "Until then it does not protect." in page
        assert "No longer protected" in page
        assert "The team took it off the list." in page
        assert page.count('name="item"') == 2
        assert Fact.objects.filter(event="hotline.laboratory.withdrawn").count() == 1

        press(lead, "release", first)
        assert states(receipt)[0] is ItemState.ACTIVE
        assert "Until then it does not protect." not in read(receipt)

    def test_the_last_one_that_is_taken_off_ends_the_case(self, lead: Client) -> None:
        case, receipt = make_case()
        press(lead, "withdraw", case.items.get())
        case.refresh_from_db()
        assert case.stands is CaseState.ENDED
        assert states(receipt) == [ItemState.TAKEN_OFF]

    def test_one_frame_of_a_video_leaves_the_others_on(self, lead: Client) -> None:
        case, receipt = make_case(frames=3)
        clip = case.items.get(kind="clip")
        lead.post(reverse("staff:banks:withdraw", args=[clip.entries[0]]))
        clerk.tick()
        assert states(receipt) == [ItemState.ACTIVE, ItemState.ACTIVE]

    def test_what_is_done_to_one_hash_of_a_picture_with_bars_is_done_to_both(
        self, lead: Client
    ) -> None:
        case, receipt = make_case(prints=make_barred())
        item = case.items.get()
        for button, standing in (
            ("hold", [OFF, OFF]),
            ("release", [ON, ON]),
            ("hold", [OFF, OFF]),
        ):
            lead.post(reverse(f"staff:banks:{button}", args=[item.entries[0]]))
            clerk.tick()
            clerk.tick()  # what followed from it moves nothing more
            assert stand(item) == standing
            assert states(receipt) == [ItemState.ACTIVE if ON in standing else ItemState.HELD]
        lead.post(reverse("staff:banks:release", args=[item.entries[1]]))
        lead.post(reverse("staff:banks:hold", args=[item.entries[1]]))
        clerk.tick()
        assert stand(item) == [OFF, OFF], "the last word counts, heard late or not"

    def test_one_hash_of_a_picture_with_bars_may_go_alone(self, lead: Client) -> None:
        case, receipt = make_case(prints=make_barred())
        item = case.items.get()
        lead.post(reverse("staff:banks:withdraw", args=[item.entries[1]]))
        clerk.tick()
        assert stand(item) == [ON, OUT]
        assert states(receipt) == [ItemState.ACTIVE]
        press(lead, "withdraw", item)
        assert states(receipt) == [ItemState.TAKEN_OFF]

    def test_an_open_question_is_settled_with_it(self, lead: Client) -> None:
        item, receipt, dispute = make_disputed(make_lead())
        clerk.tick()
        assert states(receipt) == [ItemState.HELD]
        press(lead, "release", item)
        assert states(receipt) == [ItemState.ACTIVE]
        assert tracking.tracked(receipt).questions == ()
        assert Dispute.objects.get(id=dispute).outcome == Outcome.RELEASED
        assert Fact.objects.filter(event="hotline.laboratory.dispute-settled").count() == 1

    def test_what_its_sender_withdrew_stays_withdrawn(self) -> None:
        case, receipt = make_case("a boat", "a tree")
        item = case.items.all()[0]
        keeping.withdraw(entries=item.entries, by=make_lead())
        Item.objects.filter(id=item.id).update(state=ItemState.LEAVING)
        clerk.tick()
        work_off(Case.objects.get(id=case.id))
        clerk.tick()
        assert states(receipt) == [ItemState.WITHDRAWN, ItemState.ACTIVE]


@pytest.mark.django_db
def test_others_entries_and_what_did_not_move_change_nothing() -> None:
    case, _receipt = make_case()
    (entry,) = case.items.get().entries
    assert disputing.follow(entries=[entry, entry + 7]) == 0
    keeping.hold(entries=[entry], by=make_lead())
    with pytest.raises(PermissionDenied):
        disputing.follow(entries=[entry], by=make_actor("analyst"))
    assert disputing.follow(entries=[entry]) == 1
    assert disputing.follow(entries=[entry]) == 0
