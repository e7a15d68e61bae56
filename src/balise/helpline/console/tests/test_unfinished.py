"""Whoever is gone before the wrap-up: their record is finished later, and counts."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.helpline.console.actions import accepting, passing_on, wrapping
from balise.helpline.console.actions.accepting import Accepted
from balise.helpline.console.queries import rail
from balise.helpline.console.rules import StillHere
from balise.helpline.console.tests.makers import SEAT, WORK, make_asking, make_listener
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.models import Contact, Fact
from balise.helpline.contacts.rules import ContactClosed, ContactState
from balise.helpline.conversations.actions import presence
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import seating, waiting
from balise.helpline.queue.rules import Reason, SeatState, WaitKind

pytestmark = pytest.mark.django_db

RECORDS = f"{SEAT}records/"
GIVEN = {"record-contact_type": "information", "record-risk": "E"}


def gone(listener: Actor) -> tuple[Accepted, UUID]:
    """Let a listener accept a young person, whose telephone then goes silent for good."""
    make_asking()
    one = accepting.accept(by=listener)
    assert one is not None
    assert one.contact is not None
    with clock.at(now() + timedelta(minutes=5)):
        presence.suspend_dropped()
    with clock.at(now() + timedelta(minutes=20)):
        presence.free_places()
    return one, one.contact


def written() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


@pytest.fixture
def account(client: Client) -> Account:
    """A listener, signed in and seated."""
    account = sign_in(client, make_account("listener"))
    seating.sit(skills=(), by=actor_of(account))
    return account


class TestFinishing:
    def test_the_record_waits_and_counts_until_they_went(self) -> None:
        listener = make_listener()
        one, contact = gone(listener)
        found = rail.unfinished(seen_by=listener)
        assert [(each.id, each.is_mine) for each in found] == [(contact, True)]
        with clock.at(now() + timedelta(hours=20)):
            wrapping.finish_record(contact_id=contact, contact_type="information", by=listener)
        assert contacts.contact(contact, seen_by=listener).state is ContactState.CLOSED
        assert timedelta(seconds=Fact.objects.get().duration_s) < timedelta(minutes=21)
        assert written()[-1] == "helpline.seat.changed"
        assert "helpline.contact.wrapped" in written()
        assert rail.unfinished(seen_by=listener) == ()
        place = queue.own_seat(seen_by=listener)
        assert place is not None
        assert place.state is SeatState.READY
        assert queue.item(one.item, seen_by=listener).ended_at is not None

    def test_who_is_on_a_break_stays_on_it(self) -> None:
        listener = make_listener()
        _one, contact = gone(listener)
        seating.pause(by=listener)
        wrapping.finish_record(contact_id=contact, contact_type="information", by=listener)
        place = queue.own_seat(seen_by=listener)
        assert place is not None
        assert place.state is SeatState.BREAK

    def test_who_has_come_back_is_wrapped_up_by_whoever_has_them(self) -> None:
        listener = make_listener()
        one, contact = gone(listener)
        waiting.enqueue(kind=WaitKind.CHAT, subject=one.subject, returning=True)
        assert rail.unfinished(seen_by=listener) == ()
        with pytest.raises(StillHere):
            wrapping.finish_record(contact_id=contact, contact_type="information", by=listener)
        seating.be_ready(by=listener)
        again = accepting.accept(by=listener)
        assert again is not None
        assert again.contact == contact

    def test_is_for_whose_it_is(self) -> None:
        _one, contact = gone(make_listener())
        with pytest.raises(PermissionDenied):
            wrapping.finish_record(contact_id=contact, contact_type="information", by=ANYONE)
        assert rail.unfinished(seen_by=make_listener()) == ()

    def test_a_supervisor_takes_over_what_a_colleague_cannot_finish(self) -> None:
        listener, lead = make_listener(), make_listener(role="helpline_lead")
        _one, contact = gone(listener)
        found = rail.unfinished(seen_by=lead)
        assert [(each.id, each.is_mine) for each in found] == [(contact, False)]
        with pytest.raises(PermissionDenied):
            wrapping.take_over(contact_id=contact, by=listener)
        wrapping.take_over(contact_id=contact, by=lead)
        assert written()[-1] == "helpline.contact.passed"
        wrapping.finish_record(contact_id=contact, contact_type="information", by=lead)
        with pytest.raises(ContactClosed):
            wrapping.take_over(contact_id=contact, by=lead)

    def test_a_caller_who_hung_up_while_they_waited_again(self) -> None:
        listener = make_listener()
        make_asking()
        one = accepting.accept(by=listener)
        assert one is not None
        seating.stand(by=listener)
        assert rail.unfinished(seen_by=listener) == ()
        waiting.withdraw(item_id=one.item, reason=Reason.LEFT)
        assert len(rail.unfinished(seen_by=listener)) == 1


class TestThePages:
    def test_the_page_of_someone_who_went_leads_to_their_record(
        self, client: Client, account: Account
    ) -> None:
        one, contact = gone(actor_of(account))
        assert "1 fiche à terminer" in client.get(WORK).text
        page = client.get(f"{WORK}{one.item}/", follow=True)
        assert page.redirect_chain == [(f"{RECORDS}{contact}/", HTTPStatus.FOUND)]
        saved = client.post(
            f"{RECORDS}{contact}/save/",
            {"version": "0", "record-summary": "Elle allait mieux."},
            headers={"HX-Request": "true"},
        )
        assert 'value="1"' in saved.text
        typed = {"version": "1", "record-summary": "Elle allait mieux."}
        wrong = client.post(f"{RECORDS}{contact}/wrap-up/", typed)
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Elle allait mieux." in wrong.text
        stale = client.post(f"{RECORDS}{contact}/wrap-up/", GIVEN)
        assert stale.status_code == HTTPStatus.CONFLICT
        client.post(f"{RECORDS}{contact}/wrap-up/", {**typed, **GIVEN})
        assert Contact.objects.get().state == ContactState.CLOSED
        assert client.get(f"{RECORDS}{contact}/").status_code == HTTPStatus.FOUND

    def test_what_was_being_typed_as_they_went_is_kept(
        self, client: Client, account: Account
    ) -> None:
        one, _contact = gone(actor_of(account))
        client.post(f"{SEAT}{one.item}/wrap-up/", GIVEN)
        assert Contact.objects.get().state == ContactState.CLOSED

    def test_whoever_is_still_there_is_on_their_own_page(
        self, client: Client, account: Account
    ) -> None:
        make_asking()
        one = accepting.accept(by=actor_of(account))
        assert one is not None
        answer = client.get(f"{RECORDS}{one.contact}/")
        assert answer.headers["Location"] == f"{WORK}{one.item}/"

    def test_anothers_is_not_there(self, client: Client, account: Account) -> None:
        _one, contact = gone(make_listener())
        for path in ("save/", "wrap-up/"):
            answer = client.post(f"{RECORDS}{contact}/{path}", GIVEN)
            assert answer.status_code == HTTPStatus.NOT_FOUND
        assert client.get(f"{RECORDS}{contact}/").status_code == HTTPStatus.NOT_FOUND
        taken = client.post(f"{RECORDS}{contact}/take-over/")
        assert taken.status_code == HTTPStatus.FORBIDDEN

    def test_who_had_a_record_is_told_who_took_it_over_with_what_they_typed(
        self, client: Client, account: Account
    ) -> None:
        _one, contact = gone(actor_of(account))
        lead = make_account("helpline_lead")
        wrapping.take_over(contact_id=contact, by=actor_of(lead))
        typed = {
            "version": "0",
            "record-summary": "Elle allait\nmieux.",
            "record-topics": ["cyberbullying"],
            "record-child_age": "12 ans",
        }
        says = f"{lead.name} a repris cette fiche"
        saved = client.post(f"{RECORDS}{contact}/save/", typed, headers={"HX-Request": "true"})
        assert saved.status_code == HTTPStatus.OK  # it is drawn in the page, which has the text
        assert says in saved.text
        for path in ("save/", "wrap-up/"):
            shown = client.post(f"{RECORDS}{contact}/{path}", typed)
            assert shown.status_code == HTTPStatus.CONFLICT
            assert says in shown.text
            assert "Elle allait<br>mieux." in shown.text
            assert "Cyberharcèlement" in shown.text
            assert "12 ans" in shown.text
            assert f'href="{WORK}"' in shown.text
        page = client.get(f"{RECORDS}{contact}/")
        assert (page.status_code, says in page.text) == (HTTPStatus.CONFLICT, True)
        assert Contact.objects.get().version == 0
        wrapping.finish_record(contact_id=contact, contact_type="information", by=actor_of(lead))
        assert says in client.post(f"{RECORDS}{contact}/wrap-up/", typed).text

    def test_so_is_who_wrapped_up_the_person_whom_another_has_now(
        self, client: Client, account: Account
    ) -> None:
        make_asking()
        one = accepting.accept(by=actor_of(account))
        assert one is not None
        other = make_account("listener")
        seating.sit(skills=(), by=actor_of(other))
        passing_on.transfer(
            item_id=one.item, brief="Prends-la.", to=str(other.id), by=actor_of(account)
        )
        accepting.accept(item_id=one.item, by=actor_of(other))
        typed = {**GIVEN, "version": "0", "record-summary": "Mes mots."}
        shown = client.post(f"{SEAT}{one.item}/wrap-up/", typed)
        assert shown.status_code == HTTPStatus.CONFLICT
        assert f"{other.name} a repris cette fiche" in shown.text
        assert "Mes mots." in shown.text
        sign_in(client, make_account("listener"))
        never = client.post(f"{SEAT}{one.item}/wrap-up/", typed)
        assert never.status_code == HTTPStatus.NOT_FOUND
        assert "Mes mots." not in never.text

    def test_a_supervisor_takes_over(self, client: Client) -> None:
        listener = make_listener()
        _one, contact = gone(listener)
        sign_in(client, make_account("helpline_lead"))
        assert f"{contact}/take-over/" in client.get(RECORDS).text
        client.post(f"{RECORDS}{contact}/take-over/")
        assert "record-contact_type" in client.get(f"{RECORDS}{contact}/").text
