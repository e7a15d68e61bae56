"""Offered, looked at, kept or not, closed and decided: with each refusal and each entry."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings
from PIL import Image

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption import age
from balise.foundation.encryption.sealing import KeyForgotten, forget, key_of_receipt, known
from balise.foundation.encryption.worded import Receipt, new_receipt
from balise.foundation.finding import NotHere, NotYours
from balise.foundation.journal.models import Entry
from balise.helpline.cases.actions import handshakes
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.tests.makers import make_case
from balise.helpline.conversations import queries as talks
from balise.helpline.conversations.actions import passing
from balise.helpline.conversations.rules import ChatEventKind, ConversationOver, TokenUnknown
from balise.helpline.conversations.tests.makers import make_conversation
from balise.helpline.pictures import module, queries, tasks
from balise.helpline.pictures.actions import offering, sealing
from balise.helpline.pictures.models import DRAWN, Looks, Picture
from balise.helpline.pictures.module import MEASURES
from balise.helpline.pictures.rules.showing import (
    NoPicture,
    NotNow,
    NotSent,
    OpenedAlready,
    Outcome,
    PictureState,
    TooHeavy,
)
from balise.helpline.pictures.tests.makers import HTML, a_bomb, a_screen, make_shown, make_someone
from balise.takedown.onward.dossiers.tests.makers import IDENTITY, RECIPIENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener() -> Actor:
    return make_someone()


@pytest.fixture
def lead() -> Actor:
    return make_someone("helpline_lead", "Claire")


def the_one() -> Picture:
    return Picture.objects.get()


def told(picture_id: UUID) -> list[str]:
    found = Entry.objects.filter(subject=picture_id).order_by("id")
    return [
        name.removeprefix("helpline.picture.") for name in found.values_list("event", flat=True)
    ]


def log_of(conversation_id: UUID) -> list[str]:
    found = talks.rows_after({conversation_id: 0})[conversation_id]
    return [row.code for row in found if row.kind == ChatEventKind.PICTURE]


class TestOffering:
    def test_is_encrypted_with_the_conversation_and_told_to_the_listener(
        self, listener: Actor
    ) -> None:
        begun, picture_id = make_shown(listener)
        one = the_one()
        assert (one.state, one.has_own_key, told(picture_id)) == (
            PictureState.OFFERED,
            False,
            ["offered"],
        )
        assert b"WEBP" not in bytes(one.sealed)
        assert log_of(begun.id) == ["offered"]
        key = key_of_receipt(begun.id, begun.token)
        assert key.open(bytes(one.sealed), where=DRAWN, row=one.id)["webp"]

    def test_the_same_one_again_is_one_picture(self, listener: Actor) -> None:
        begun, named = make_conversation(with_=listener), uuid4()
        for _press in range(2):
            offering.offer(token=begun.token, answer="no", octets=a_screen(), picture_id=named)
        assert the_one().id == named

    @pytest.mark.parametrize("answer", ["", "yes", "unsure"])
    def test_without_a_no_nothing_is_taken(self, listener: Actor, answer: str) -> None:
        begun = make_conversation(with_=listener)
        with pytest.raises(NotSent):
            offering.offer(token=begun.token, answer=answer, octets=a_screen())
        assert not Picture.objects.exists()

    @pytest.mark.parametrize("octets", [HTML, a_screen()[:-300], a_bomb(), b"", b"%PDF-1.7"])
    def test_what_is_no_picture_is_refused_in_words(self, listener: Actor, octets: bytes) -> None:
        begun = make_conversation(with_=listener)
        with pytest.raises(NoPicture, match=r"image|picture"):
            offering.offer(token=begun.token, answer="no", octets=octets)
        assert not Picture.objects.exists()
        assert log_of(begun.id) == []

    def test_more_than_eight_megabytes_is_refused_before_it_is_opened(self) -> None:
        with pytest.raises(TooHeavy):
            offering.offer(token=make_conversation().token, answer="no", octets=bytes(8_000_001))

    def test_one_that_has_ended_takes_no_picture(self, listener: Actor) -> None:
        begun = make_conversation(with_=listener)
        passing.end(conversation_id=begun.id, by=listener)
        with pytest.raises(ConversationOver):
            offering.offer(token=begun.token, answer="no", octets=a_screen())

    def test_not_sending_is_told_and_counts(self, listener: Actor) -> None:
        begun = make_conversation(with_=listener)
        offering.decline(token=begun.token)
        assert log_of(begun.id) == ["declined"]
        assert "declined" in told(begun.id)


def counted(picture_id: UUID) -> tuple[int, int]:
    """Return how many of its entries count as opened, and how many as seen."""
    written = list(Entry.objects.filter(subject=picture_id).values_list("event", flat=True))
    counts = {each.name: written.count(each.counts.name) for each in MEASURES}
    return counts["helpline.pictures.opened"], counts["helpline.pictures.seen"]


def test_figures_count_openings_by_bytes_and_what_was_seen_by_screens(listener: Actor) -> None:
    _begun, picture_id = make_shown(listener)
    for _time in range(2):
        sealing.look(picture_id=picture_id, by=listener)
    assert counted(picture_id) == (2, 0)
    sealing.shown(picture_id=picture_id, by=listener)
    assert counted(picture_id) == (2, 1)


class TestLooking:
    def test_each_look_is_written_down_and_counted(self, listener: Actor) -> None:
        _begun, picture_id = make_shown(listener)
        sealing.look(picture_id=picture_id, by=listener)
        drawn = sealing.look(picture_id=picture_id, by=listener)
        assert Image.open(BytesIO(drawn)).size == (360, 640)
        assert told(picture_id) == ["offered", "seen", "seen"]
        assert queries.looks_today(seen_by=listener) == 2
        assert the_one().seen_at is None  # its bytes went out: that is not yet a screen

    def test_it_is_seen_once_it_was_drawn_on_a_screen(self, listener: Actor) -> None:
        _begun, picture_id = make_shown(listener)
        sealing.shown(picture_id=picture_id, by=listener)
        first = the_one().seen_at
        assert first is not None
        sealing.shown(picture_id=picture_id, by=listener)
        assert the_one().seen_at == first
        assert told(picture_id) == ["offered", "shown"]
        with pytest.raises(NotYours):
            sealing.shown(picture_id=picture_id, by=make_someone(name="Sacha"))

    def test_nobody_else_sees_it(self, listener: Actor, lead: Actor) -> None:
        begun, picture_id = make_shown(listener)
        with pytest.raises(NotYours):
            sealing.look(picture_id=picture_id, by=make_someone(name="Sacha"))
        with pytest.raises(PermissionDenied):
            sealing.look(picture_id=picture_id, by=lead)
        assert queries.of_conversation(begun.id, seen_by=lead) == []
        assert told(picture_id) == ["offered"]

    def test_it_goes_with_its_conversation(self, listener: Actor) -> None:
        begun, picture_id = make_shown(listener)
        forget((begun.id,))
        with pytest.raises(KeyForgotten):
            sealing.look(picture_id=picture_id, by=listener)
        due = module.pictures_due(now())
        assert [one.id for one in due] == [picture_id]
        assert module.erase_pictures([picture_id]) == 1
        assert (the_one().state, bytes(the_one().sealed)) == (PictureState.GONE, b"")

    def test_the_counts_go_after_ninety_days(self, listener: Actor) -> None:
        sealing.count(by=listener)
        assert not module.looks_due(now()).exists()
        Looks.objects.update(day=today() - timedelta(days=91))
        assert module.looks_due(now()).exists()


class TestKeeping:
    def make_asked(self, listener: Actor) -> tuple[Receipt, UUID, UUID]:
        begun, picture_id = make_shown(listener)
        case_id = make_case(by=listener)
        sealing.ask(picture_id=picture_id, case_id=case_id, by=listener)
        return begun.token, picture_id, case_id

    def test_a_yes_keeps_it_under_a_key_of_its_own(self, listener: Actor) -> None:
        token, picture_id, case_id = self.make_asked(listener)
        sealing.answer(token=token, picture_id=picture_id, agrees=True)
        tasks.move_kept(list(Entry.objects.filter(event="helpline.picture.kept")))
        assert the_one().has_own_key
        forget((the_one().conversation,))
        assert sealing.look(picture_id=picture_id, by=listener)
        assert not module.pictures_due(now()).exists()
        assert [card.id for card in queries.of_case(case_id, seen_by=listener)] == [picture_id]
        assert told(picture_id) == ["offered", "asked", "kept", "seen"]
        forget((case_id,))
        assert module.pictures_due(now()).exists()

    def test_a_no_erases_it_at_once(self, listener: Actor) -> None:
        token, picture_id, _case = self.make_asked(listener)
        sealing.answer(token=token, picture_id=picture_id, agrees=False)
        assert (the_one().state, bytes(the_one().sealed)) == (PictureState.GONE, b"")
        assert told(picture_id)[-1] == "erased"
        assert log_of(the_one().conversation) == ["offered", "asked", "refused"]

    def test_a_kept_one_is_taken_back_at_any_time(self, listener: Actor) -> None:
        token, picture_id, _case = self.make_asked(listener)
        sealing.answer(token=token, picture_id=picture_id, agrees=True)
        sealing.move_kept(picture_id=picture_id)
        passing.end(conversation_id=the_one().conversation, by=listener)
        sealing.take_back(token=token, picture_id=picture_id)
        tasks.forget_erased(list(Entry.objects.filter(event="helpline.picture.erased")))
        assert (the_one().state, bytes(the_one().sealed)) == (PictureState.GONE, b"")
        assert not known((picture_id,))
        with pytest.raises(NotNow):
            sealing.take_back(token=token, picture_id=picture_id)

    def test_another_child_answers_for_nobody(self, listener: Actor) -> None:
        _token, picture_id, _case = self.make_asked(listener)
        with pytest.raises(NotHere):
            sealing.take_back(token=make_conversation().token, picture_id=picture_id)
        with pytest.raises(TokenUnknown):
            sealing.answer(token=new_receipt(), picture_id=picture_id, agrees=True)

    def test_nothing_is_kept_that_nobody_asked_about(self, listener: Actor) -> None:
        begun, picture_id = make_shown(listener)
        with pytest.raises(NotNow):
            sealing.answer(token=begun.token, picture_id=picture_id, agrees=True)

    def test_only_its_listener_asks_and_for_a_case_of_their_own(self, listener: Actor) -> None:
        _begun, picture_id = make_shown(listener)
        other = make_someone(name="Sacha")
        with pytest.raises(NotYours):
            sealing.ask(picture_id=picture_id, case_id=make_case(by=other), by=other)
        with pytest.raises(NotYours):
            sealing.ask(picture_id=picture_id, case_id=make_case(by=other), by=listener)

    def test_erasing_the_conversation_erases_its_pictures(self, listener: Actor) -> None:
        token, picture_id, _case = self.make_asked(listener)
        sealing.answer(token=token, picture_id=picture_id, agrees=True)
        passing.erase_own(token=token)
        tasks.erase_with(list(Entry.objects.filter(event="helpline.conversation.erased")))
        assert the_one().state == PictureState.GONE

    def test_a_listener_erases_one_that_is_of_no_use(self, listener: Actor) -> None:
        _begun, picture_id = make_shown(listener)
        with pytest.raises(NotYours):
            sealing.take_out(picture_id=picture_id, by=make_someone(name="Sacha"))
        sealing.take_out(picture_id=picture_id, by=listener)
        assert told(picture_id) == ["offered", "erased"]


class TestSealing:
    def test_closes_it_to_both_sides_at_once(self, listener: Actor) -> None:
        begun, picture_id = make_shown(listener)
        sealing.seal(picture_id=picture_id, by=listener)
        with pytest.raises(NotYours):
            sealing.look(picture_id=picture_id, by=listener)
        assert queries.of_child(begun.token) == []
        with pytest.raises(NotNow):
            sealing.take_back(token=begun.token, picture_id=picture_id)
        assert known((picture_id,))
        assert log_of(begun.id) == ["offered", "sealed"]
        assert told(picture_id) == ["offered", "sealed"]

    def test_no_code_of_the_child_opens_it(self, listener: Actor) -> None:
        begun, picture_id = make_shown(listener)
        sealing.seal(picture_id=picture_id, by=listener)
        with pytest.raises(KeyForgotten):
            key_of_receipt(picture_id, begun.token)

    def test_opens_the_duty_to_report_today(self, listener: Actor) -> None:
        _begun, picture_id = make_shown(listener)
        case_id = sealing.seal(picture_id=picture_id, by=listener)
        assert case_id is not None
        (due,) = handshakes.read_case(case_id=case_id, by=listener).of(Section.FOLLOW_UPS)
        assert due.due_on == today()

    def test_is_asked_of_who_sees_it(self, listener: Actor) -> None:
        _begun, picture_id = make_shown(listener)
        with pytest.raises(NotYours):
            sealing.seal(picture_id=picture_id, by=make_someone(name="Sacha"))

    def test_one_supervisor_opens_it_once_and_no_other(self, listener: Actor, lead: Actor) -> None:
        _begun, picture_id = make_shown(listener)
        sealing.seal(picture_id=picture_id, by=listener)
        assert queries.unclaimed(seen_by=lead) == 1
        with pytest.raises(PermissionDenied):
            sealing.take(picture_id=picture_id, by=listener)
        with pytest.raises(NotYours):
            sealing.open_once(picture_id=picture_id, by=lead)
        sealing.take(picture_id=picture_id, by=lead)
        assert queries.unclaimed(seen_by=lead) == 0
        other = make_someone("helpline_lead", "Ali")
        with pytest.raises(NotYours):
            sealing.take(picture_id=picture_id, by=other)
        with pytest.raises(NotYours):
            queries.sealed_one(picture_id, seen_by=other)
        assert sealing.open_once(picture_id=picture_id, by=lead)
        with pytest.raises(OpenedAlready):
            sealing.open_once(picture_id=picture_id, by=lead)
        assert told(picture_id) == ["offered", "sealed", "taken", "opened"]
        assert queries.looks_today(seen_by=lead) == 1

    def test_it_is_erased_without_being_opened(self, listener: Actor, lead: Actor) -> None:
        _begun, picture_id = make_shown(listener)
        sealing.seal(picture_id=picture_id, by=listener)
        sealing.take(picture_id=picture_id, by=lead)
        with pytest.raises(NotYours):
            sealing.settle(
                picture_id=picture_id,
                outcome=Outcome.ERASED,
                by=make_someone("helpline_lead", "Ali"),
            )
        sealing.settle(picture_id=picture_id, outcome=Outcome.ERASED, by=lead)
        assert not known((picture_id,))
        assert (the_one().state, bytes(the_one().sealed)) == (PictureState.GONE, b"")
        assert told(picture_id)[-1] == "settled"

    def test_the_police_get_what_they_alone_open(self, listener: Actor, lead: Actor) -> None:
        _begun, picture_id = make_shown(listener)
        sealing.seal(picture_id=picture_id, by=listener)
        sealing.take(picture_id=picture_id, by=lead)
        with override_settings(AUTHORITY_KEYS={}), pytest.raises(NotNow):
            sealing.pack(picture_id=picture_id, by=lead)
        with pytest.raises(NotNow):
            sealing.settle(picture_id=picture_id, outcome=Outcome.POLICE, by=lead)
        with override_settings(AUTHORITY_KEYS={"*": RECIPIENT}):
            packed = sealing.pack(picture_id=picture_id, by=lead)
        drawn = age.open_sealed(packed, identity=IDENTITY)
        assert Image.open(BytesIO(drawn)).format == "WEBP"
        sealing.settle(picture_id=picture_id, outcome=Outcome.POLICE, by=lead)
        assert told(picture_id)[-2:] == ["packed", "settled"]

    def test_it_stays_until_it_is_decided(self, listener: Actor, lead: Actor) -> None:
        begun, picture_id = make_shown(listener)
        sealing.seal(picture_id=picture_id, by=listener)
        passing.erase_own(token=begun.token)
        tasks.erase_with(list(Entry.objects.filter(event="helpline.conversation.erased")))
        forget((begun.id,))
        assert not module.pictures_due(now()).exists()
        sealing.take(picture_id=picture_id, by=lead)
        assert sealing.open_once(picture_id=picture_id, by=lead)
