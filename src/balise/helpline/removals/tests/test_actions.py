from datetime import date, timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import Actor
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import WaitKind
from balise.helpline.removals import queries
from balise.helpline.removals.actions import asking, sending, verifying
from balise.helpline.removals.models import Item, Request
from balise.helpline.removals.rules import requests as rules
from balise.helpline.removals.rules.requests import ConsentBy, ItemKind
from balise.helpline.removals.rules.states import RemovalState, WrongState
from balise.helpline.removals.tests.makers import (
    URL,
    WORDS,
    get,
    make_given,
    make_item,
    make_platform,
    make_ready,
    make_sent,
    moved_to,
    prepare,
    state_of,
    told,
)
from balise.takedown.directory import actions as directory
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.directory.tests.makers import ANALYST, make_contact
from balise.takedown.law.rules import Facts, NotInForce
from balise.takedown.notices import queries as notices
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.outcomes import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener() -> Actor:
    return make_actor("listener")


def reports() -> list[dict[str, object]]:
    """Return what the hotline received."""
    return [entry.facts for entry in Entry.objects.filter(event="hotline.report.received")]


def waits(request: Request) -> bool:
    return queue.open_item(WaitKind.REMOVAL, request.id) is not None


class TestPrepare:
    def test_writes_one_request_however_often_it_is_sent(self, listener: Actor) -> None:
        key, platform = uuid4(), make_platform()
        given = {
            "key": key,
            "platform_id": platform,
            "consent": ConsentBy.VICTIM,
            "agreed": True,
            "urgency": Urgency.IMMEDIATE,
            "given": make_given(),
        }
        first = asking.prepare(**given, by=listener)  # type: ignore[arg-type]
        second = asking.prepare(**given, by=listener)  # type: ignore[arg-type]
        assert (first.id, second.id, second.code) == (key, key, None)
        assert Item.objects.count() == 1
        assert [facts["consent"] for facts in told("requested")] == ["victim"]

    def test_nothing_is_asked_that_nobody_agreed_to(self, listener: Actor) -> None:
        with pytest.raises(rules.NoConsent):
            asking.prepare(
                key=uuid4(),
                platform_id=make_platform(),
                consent=ConsentBy.PARENT,
                agreed=False,
                urgency=Urgency.STEADY,
                given=make_given(),
                by=listener,
            )
        assert not Request.objects.exists()

    def test_only_the_helpline_asks(self) -> None:
        with pytest.raises(PermissionDenied):
            prepare(make_actor("analyst"))

    def test_no_word_is_in_clear(self, listener: Actor) -> None:
        item = make_item(listener)
        clear = b"".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for row in (*Request.objects.values(), *Item.objects.values())
            for value in row.values()
        )
        assert not [word for word in (WORDS, URL, "13 ans") if word.encode() in clear]
        assert queries.told_of(item).words == WORDS

    def test_reading_is_written_down(self, listener: Actor) -> None:
        item = make_item(listener)
        opened = asking.read(request_id=item.request_id, by=listener)
        assert opened.items[0].told.url == URL
        assert len(told("read")) == 1
        with pytest.raises(PermissionDenied):
            asking.read(request_id=item.request_id, by=make_actor("analyst"))

    def test_an_offence_of_the_hotlines_is_refused(self, listener: Actor) -> None:
        with pytest.raises(rules.HotlinesOwn):
            make_item(listener, offence="csam-sharing")

    def test_intimate_pictures_are_the_hotlines_unless_an_adult_asks(self, listener: Actor) -> None:
        with pytest.raises(rules.HotlinesOwn):
            make_item(listener, offence="intimate-images")

    def test_an_offence_that_began_later_is_refused(self, listener: Actor) -> None:
        with pytest.raises(NotInForce):
            make_item(listener, facts=Facts(date(2012, 3, 12)))

    def test_the_notice_names_the_law_of_the_day(self, listener: Actor) -> None:
        item = make_item(listener, offence="threats", facts=Facts(date(2012, 3, 12)))
        asking.complete(item_id=item.id, by=listener)
        sending.send(item_id=item.id, by=listener)
        item.refresh_from_db()
        (notice,) = notices.by_id([item.notice] if item.notice else [])
        assert notice.law_text == "threats/2002-01-01"
        assert (notice.facts_on, notice.about_minor) == (date(2012, 3, 12), True)

    def test_a_lost_code_is_replaced(self, listener: Actor) -> None:
        prepared = prepare(listener)
        assert prepared.code is not None
        renewed = asking.renew_code(request_id=prepared.id, by=listener)
        assert queries.tracked(prepared.code) is None
        assert queries.tracked(renewed) is not None


class TestComplete:
    def test_says_what_is_missing(self, listener: Actor) -> None:
        item = make_item(listener, kind=ItemKind.ACCOUNT, words="Trop court")
        with pytest.raises(rules.Incomplete) as refused:
            asking.complete(item_id=item.id, by=listener)
        assert "nom du compte" in refused.value.message
        asking.revise_item(
            item_id=item.id, given=make_given(kind=ItemKind.ACCOUNT, handle="@faux"), by=listener
        )
        asking.complete(item_id=item.id, by=listener)
        assert state_of(item) is RemovalState.READY

    def test_only_a_draft_is_changed(self, listener: Actor) -> None:
        item = make_ready(listener)
        with pytest.raises(WrongState):
            asking.revise_item(item_id=item.id, given=make_given(), by=listener)


class TestSecondLook:
    def test_an_account_is_not_sent_without_one(self, listener: Actor) -> None:
        item = make_item(listener, kind=ItemKind.ACCOUNT, handle="@faux")
        asking.complete(item_id=item.id, by=listener)
        with pytest.raises(rules.NeedsSecondLook):
            sending.send(item_id=item.id, by=listener)

    def test_whoever_wrote_it_does_not_take_it(self, listener: Actor) -> None:
        item = make_item(listener, kind=ItemKind.ACCOUNT, handle="@faux")
        asking.complete(item_id=item.id, by=listener)
        sending.ask_second(item_id=item.id, by=listener)
        assert waits(item.request)
        with pytest.raises(rules.SameEyes):
            sending.approve(item_id=item.id, by=listener)
        second = make_actor("listener")
        sending.approve(item_id=item.id, by=second)
        assert (state_of(item), get(item).approved_by) == (RemovalState.READY, second.key)
        assert not waits(item.request)

    def test_the_table_itself_refuses_one_pair_of_eyes(self, listener: Actor) -> None:
        item = make_ready(listener, kind=ItemKind.ACCOUNT, handle="@faux")
        with pytest.raises(IntegrityError), transaction.atomic():
            Item.objects.filter(id=item.id).update(approved_by=listener.key)
        with pytest.raises(IntegrityError), transaction.atomic():
            Item.objects.filter(id=item.id).update(state=RemovalState.SENDING, approved_by="")

    def test_a_draft_again_is_agreed_to_again(self, listener: Actor) -> None:
        item = make_ready(listener, is_sensitive=True)
        assert item.approved_by
        sending.send_back(item_id=item.id, by=listener)
        assert not get(item).approved_by


class TestByHand:
    def test_the_clock_runs_once_a_person_sent_it(self, listener: Actor) -> None:
        item = make_ready(listener)
        sending.send(item_id=item.id, by=listener)
        assert (state_of(item), queries.clock_of(get(item))) == (RemovalState.SENDING, None)
        sending.note_sent_by_hand(item_id=item.id, by=listener)
        sent = get(item)
        assert sent.stands is RemovalState.SENT
        assert sent.due_at is not None
        runs = queries.clock_of(sent)
        assert runs is not None
        assert sent.due_at - runs.starts_at == timedelta(hours=4)
        assert len(moved_to("sent")) == 1

    def test_another_way_can_be_chosen_before(self, listener: Actor) -> None:
        platform = make_platform()
        mail = make_contact(platform, "legal@papotage.example")
        item = make_ready(listener, platform=platform)
        form = next(way for way in queries.ways(item) if way.kind is ContactKind.FORM)
        sending.send(item_id=item.id, contact_id=form.id, by=listener)
        sending.put_back(item_id=item.id, by=listener)
        sending.send(item_id=item.id, contact_id=mail, by=listener)
        assert (state_of(item), get(item).way) == (RemovalState.SENDING, mail)

    def test_a_platform_that_nobody_can_tell_is_said_to_be_so(self, listener: Actor) -> None:
        platform = make_platform()
        item = make_ready(listener, platform=platform)
        for way in queries.ways(item):
            directory.block_contact(contact_id=way.id, by=ANALYST)
        with pytest.raises(rules.NoChannel):
            sending.send(item_id=item.id, by=listener)


class TestHandOver:
    def test_the_hotline_gets_the_address_and_nothing_stays_here(self, listener: Actor) -> None:
        item = make_item(listener, shows_abuse=True, offence="", words=WORDS)
        handed = get(item)
        assert (handed.stands, bytes(handed.sealed), handed.offence) == (
            RemovalState.HANDED_OVER,
            b"",
            "",
        )
        (received,) = reports()
        assert (received["channel"], received["contents"]) == ("helpline", 1)
        assert handed.request.closed_at is not None
        assert not waits(item.request)

    def test_a_name_alone_is_no_address(self, listener: Actor) -> None:
        with pytest.raises(rules.Incomplete):
            make_item(listener, shows_abuse=True, url="", handle="@faux")
        assert not Request.objects.exists()

    def test_what_a_platform_has_is_not_handed_over(self, listener: Actor) -> None:
        item = make_sent(listener)
        with pytest.raises(WrongState):
            asking.hand_over(item_id=item.id, by=listener)
        assert not reports()


class TestForgetting:
    def test_everything_of_a_request_goes_with_its_key(self, listener: Actor) -> None:
        item = make_sent(listener)
        draft = make_item(listener, platform=item.request.platform)
        asking.close(item_id=item.id, by=listener)
        in_two_years = clock.now() + timedelta(days=731)
        assert rows_due("helpline.removals", in_two_years) == [item.request_id]
        assert rows_due("helpline.removal-drafts", in_two_years) == [draft.request_id]
        erase_rows("helpline.removals", [item.request_id, draft.request_id])
        assert not Request.objects.exists()
        assert not KeyWrap.objects.filter(record=item.request_id).exists()

    def test_what_came_back_is_no_draft(self, listener: Actor) -> None:
        item = make_sent(listener)
        verifying.see_gone(item_id=item.id, by=listener)
        verifying.see_back(item_id=item.id, by=listener)
        verifying.reopen(item_id=item.id, by=listener)
        assert get(item).round_at is None
        assert not rows_due("helpline.removal-drafts", clock.now() + timedelta(days=91))

    def test_what_was_let_leave_before_the_first_time_was_kept_is_no_draft(
        self, listener: Actor
    ) -> None:
        draft = make_item(listener)
        sent = make_sent(listener)
        again = make_sent(listener)
        verifying.see_gone(item_id=again.id, by=listener)
        verifying.see_back(item_id=again.id, by=listener)
        verifying.reopen(item_id=again.id, by=listener)
        Item.objects.update(first_round_at=None)
        migration = import_module("balise.helpline.removals.migrations.0002_first_round")
        migration.fill(apps, None)
        assert get(draft).first_round_at is None
        assert get(sent).first_round_at == sent.round_at
        assert get(again).first_round_at is not None
        assert rows_due("helpline.removal-drafts", clock.now() + timedelta(days=91)) == [
            draft.request_id
        ]


def test_what_was_stored_before_is_read_in_the_codes_of_notices(listener: Actor) -> None:
    item = make_sent(listener)
    Request.objects.update(urgency="now")
    Item.objects.update(reached="t3", taken="t1 t2", decision="no-action")
    migration = import_module("balise.helpline.removals.migrations.0006_one_machine")
    migration.take_their_codes(apps, None)
    found = get(item)
    assert found.request.how_urgent is Urgency.IMMEDIATE
    assert (found.rung_reached, found.decided_as) == (Rung.CALL, Outcome.REFUSED)
    assert found.rungs_taken == {Rung.REMINDER, Rung.OTHER_WAY}
