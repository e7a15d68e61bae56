from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from balise.config.centre import countries
from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.worded import Receipt
from balise.foundation.journal.models import Entry as JournalEntry
from balise.foundation.refusals import Refused
from balise.foundation.retention.tests.makers import erase_rows
from balise.helpline.cases import tasks
from balise.helpline.cases.actions import handshakes, sending
from balise.helpline.cases.actions.sending import Sent, Telling
from balise.helpline.cases.models import SentReferral
from balise.helpline.cases.queries import sent as queries
from balise.helpline.cases.rules.files import NotOnCase
from balise.helpline.cases.rules.receivers import ReceiverUnknown, Way, receivers
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.rules.sendings import (
    LINK_LASTS,
    MOST_OPENINGS,
    ConsentNeeded,
    LinkOver,
    NothingTold,
    Refusal,
    SentState,
    StepOver,
)
from balise.helpline.cases.tests.makers import make_case, make_entry, make_listener

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener() -> Actor:
    return make_listener()


def a_telling(**given: Any) -> Telling:
    chosen: dict[str, Any] = {
        "receiver": "phare",
        "territory": "lille",
        "way": Way.LINK,
        "ground": "consent",
        "consent_of": "young-person",
        "consent_how": "chat",
        "consent_on": today(),
        "words": "Il attend un appel du collège.",
    }
    return Telling(**chosen | given)


def send(by: Actor, **given: Any) -> Sent:
    return sending.send(case_id=make_case(by=by), telling=a_telling(**given), by=by)


def token_of(sent: Sent) -> Receipt:
    assert sent.token is not None
    return sent.token


def state_of(sent: Sent) -> str:
    return SentReferral.objects.get(id=sent.id).state


def events() -> list[str]:
    found = JournalEntry.objects.filter(event__startswith="helpline.sent-referral.")
    names = found.order_by("id").values_list("event", flat=True)
    return [name.removeprefix("helpline.sent-referral.") for name in names]


class TestReceivers:
    def test_france_has_its_thirty_academies_and_no_invented_address(self) -> None:
        (phare,) = [one for one in receivers("fr") if one.code == "phare"]
        assert len(phare.territories) == 30
        assert len({one.code for one in phare.territories}) == 30
        assert phare.to_verify is not None
        assert not phare.public

    @pytest.mark.parametrize("country", countries())
    def test_each_country_has_who_takes_a_duty_and_a_complaint(self, country: str) -> None:
        found = receivers(country)
        assert [one for one in found if one.is_duty]
        assert [one for one in found if one.is_unit]
        assert [one for one in found if Way.HOTLINE in one.ways]
        for one in found:
            assert one.verified or one.to_verify is not None, one.code

    def test_the_centre_fills_in_who_is_written_to(self, listener: Actor) -> None:
        lead = make_listener("helpline_lead")
        given = {"who": "Mme Exemple", "email": "phare@ac.example", "phone": ""}
        with pytest.raises(PermissionDenied):
            sending.note_receiver(receiver="phare", territory="lille", **given, by=listener)
        sending.note_receiver(receiver="phare", territory="lille", **given, by=lead)
        found = queries.contact_of("phare", "lille", seen_by=listener)
        assert (found.email, found.checked_on) == ("phare@ac.example", today())
        assert not queries.contact_of("phare", "nice", seen_by=listener).is_filled_in
        with pytest.raises(ReceiverUnknown):
            sending.note_receiver(receiver="phare", territory="atlantis", **given, by=lead)


class TestConsent:
    @pytest.mark.parametrize(
        "missing",
        [
            {"consent_of": ""},
            {"consent_how": ""},
            {"consent_on": None},
            {"consent_on": date(2999, 1, 1)},
        ],
    )
    def test_nothing_is_told_without_it(self, missing: dict[str, Any], listener: Actor) -> None:
        with pytest.raises(ConsentNeeded):
            send(listener, **missing)
        assert not SentReferral.objects.exists()

    def test_the_law_may_stand_in_its_place_and_is_named(self, listener: Actor) -> None:
        one = send(
            listener,
            receiver="119",
            territory="",
            ground="child-in-danger",
            consent_of="",
            consent_how="",
            consent_on=None,
        )
        row = queries.sent_row(one.id, seen_by=listener)
        assert row.ground.article is not None
        assert "L. 226-3" in str(row.ground.article)

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"receiver": "nobody"}, ReceiverUnknown),
            ({"territory": "atlantis"}, ReceiverUnknown),
            ({"ground": "immediate-danger"}, ReceiverUnknown),
            ({"way": Way.HOTLINE}, ReceiverUnknown),
            ({"words": " "}, NothingTold),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, wrong: dict[str, Any], refusal: type[Refused], listener: Actor
    ) -> None:
        with pytest.raises(refusal):
            send(listener, **wrong)


class TestHandshake:
    def test_only_what_is_chosen_is_told(self, listener: Actor) -> None:
        case_id = make_case(by=listener, title="Renard")
        make_entry(case_id, Section.NOTES, by=listener, text="Ne pas dire.")
        chosen = make_entry(case_id, Section.INCIDENTS, by=listener, happened="On le bouscule.")
        telling = a_telling(entries=[chosen], words="À rappeler.", agreed="D'accord pour l'école.")
        one = sending.send(case_id=case_id, telling=telling, by=listener)

        told = handshakes.open_told(token=token_of(one))

        assert told.words == "À rappeler."
        (item,) = told.items
        assert item.title == "Faits"
        assert [words for _label, words in item.rows] == ["On le bouscule."]
        opened = sending.read_sent(referral_id=one.id, by=listener)
        assert opened.agreed == "D'accord pour l'école."
        assert events() == ["sent", "link-opened", "read"]

    def test_nothing_of_it_stands_in_clear(self, listener: Actor) -> None:
        one = send(listener, agreed="Renard veut bien", to="Mme Exemple")
        handshakes.answer(token=token_of(one), to=SentState.ACCEPTED, name="M. Modèle", words="Oui")
        (row,) = SentReferral.objects.values()
        kept = b" ".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for value in row.values()
        )
        for words in ("Renard", "Exemple", "appel du", "Modèle", token_of(one)):
            assert words.encode() not in kept

    def test_goes_from_sent_to_done(self, listener: Actor) -> None:
        one = send(listener)
        with clock.at(now() + timedelta(hours=5)):
            handshakes.answer(
                token=token_of(one), to=SentState.ACCEPTED, name="M. Modèle", words="Demain."
            )
        assert state_of(one) == "accepted"
        facts = JournalEntry.objects.get(event="helpline.sent-referral.accepted").facts
        assert (facts["receiver"], facts["band"]) == ("phare", "24h")
        handshakes.answer(token=token_of(one), to=SentState.DONE, words="Vu le principal.")
        answers = sending.read_sent(referral_id=one.id, by=listener).answers
        assert [(each.state, each.words) for each in answers] == [
            (SentState.ACCEPTED, "Demain."),
            (SentState.DONE, "Vu le principal."),
        ]
        with pytest.raises(StepOver):
            handshakes.answer(token=token_of(one), to=SentState.REFUSED)

    def test_a_refusal_says_why(self, listener: Actor) -> None:
        one = send(listener)
        handshakes.answer(token=token_of(one), to=SentState.REFUSED, refusal=Refusal.NO_ROOM)
        assert SentReferral.objects.get().refusal == "no-room"

    def test_what_was_answered_aloud_is_written_down(self, listener: Actor) -> None:
        one = send(listener, way=Way.PHONE)
        assert one.token is None
        handshakes.note_answer(
            referral_id=one.id, to=SentState.ACCEPTED, name="Au téléphone", by=listener
        )
        assert state_of(one) == "accepted"
        with pytest.raises(NotOnCase):
            handshakes.note_answer(referral_id=one.id, to=SentState.DONE, by=make_listener())

    def test_who_is_not_on_the_file_tells_and_reads_nothing(self, listener: Actor) -> None:
        one, other = send(listener), make_listener()
        case_id = SentReferral.objects.get().case_id
        with pytest.raises(NotOnCase):
            sending.send(case_id=case_id, telling=a_telling(), by=other)
        with pytest.raises(NotOnCase):
            sending.read_sent(referral_id=one.id, by=other)
        with pytest.raises(NotOnCase):
            sending.renew_link(referral_id=one.id, by=other)
        with pytest.raises(NotOnCase):
            sending.withdraw(referral_id=one.id, by=other)


class TestLink:
    def test_opens_a_few_times_only(self, listener: Actor) -> None:
        one = send(listener)
        for _time in range(MOST_OPENINGS):
            handshakes.open_told(token=token_of(one))
        with pytest.raises(LinkOver):
            handshakes.open_told(token=token_of(one))

    def test_opens_for_some_days_only(self, listener: Actor) -> None:
        one = send(listener)
        with clock.at(now() + LINK_LASTS + timedelta(minutes=1)):
            with pytest.raises(LinkOver):
                queries.partner_page(token_of(one))
            with pytest.raises(LinkOver):
                handshakes.open_told(token=token_of(one))
            tasks.remind_and_expire.func()
        assert state_of(one) == "expired"
        assert not KeyWrap.objects.filter(record=one.id, kind="receipt").exists()

    def test_whoever_refused_reads_no_more(self, listener: Actor) -> None:
        one = send(listener)
        handshakes.answer(token=token_of(one), to=SentState.REFUSED)
        assert queries.partner_page(token_of(one)).openings_left == 0
        with pytest.raises(LinkOver):
            handshakes.open_told(token=token_of(one))
        tasks.remind_and_expire.func()
        assert not KeyWrap.objects.filter(record=one.id, kind="receipt").exists()
        assert "link-ended" in events()

    def test_one_that_was_accepted_ends_too(self, listener: Actor) -> None:
        one = send(listener)
        handshakes.answer(token=token_of(one), to=SentState.ACCEPTED)
        with clock.at(now() + LINK_LASTS + timedelta(minutes=1)):
            tasks.remind_and_expire.func()
            tasks.remind_and_expire.func()
        assert state_of(one) == "accepted"
        assert not KeyWrap.objects.filter(record=one.id, kind="receipt").exists()
        assert events().count("link-ended") == 1

    def test_a_new_one_ends_the_old(self, listener: Actor) -> None:
        one = send(listener)
        fresh = sending.renew_link(referral_id=one.id, by=listener)
        with pytest.raises(LinkOver):
            handshakes.open_told(token=token_of(one))
        assert handshakes.open_told(token=fresh).words

    def test_is_over_when_it_is_taken_back(self, listener: Actor) -> None:
        one = send(listener)
        sending.withdraw(referral_id=one.id, by=listener)
        with pytest.raises(LinkOver):
            handshakes.answer(token=token_of(one), to=SentState.ACCEPTED)
        assert not KeyWrap.objects.filter(record=one.id, kind="receipt").exists()

    def test_another_secret_opens_nothing(self, listener: Actor) -> None:
        send(listener)
        with pytest.raises(LinkOver):
            handshakes.open_told(token=Receipt("0" * 28))


class TestReminders:
    def test_its_sender_is_told_three_times_at_most(self, listener: Actor) -> None:
        one = send(listener)
        for days in range(1, 14):
            with clock.at(now() + timedelta(days=days)):
                tasks.remind_and_expire.func()
        assert events() == ["sent", *["reminded"] * 3]
        assert state_of(one) == "sent"

    def test_nobody_is_reminded_of_what_was_answered(self, listener: Actor) -> None:
        one = send(listener)
        handshakes.answer(token=token_of(one), to=SentState.ACCEPTED)
        with clock.at(now() + timedelta(days=5)):
            sending.remind(referral_id=one.id, by=SYSTEM)
        assert "reminded" not in events()


class TestHotline:
    def tell(self, by: Actor, addresses: list[str]) -> UUID:
        telling = a_telling(
            receiver="hotline", territory="", way=Way.HOTLINE, addresses=addresses, words="Vu hier."
        )
        return sending.send(case_id=make_case(by=by), telling=telling, by=by).id

    def test_a_content_enters_its_queue_without_a_name(self, listener: Actor) -> None:
        referral_id = self.tell(listener, ["https://images.example/1", "forum.example/2"])
        facts = JournalEntry.objects.get(event="hotline.report.received").facts
        assert (facts["channel"], facts["contents"]) == ("helpline", 2)
        assert SentReferral.objects.get(id=referral_id).state == "accepted"

    def test_pressed_twice_it_is_one_referral_and_one_report(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        addresses = ["https://images.example/1"]
        telling = a_telling(receiver="hotline", territory="", way=Way.HOTLINE, addresses=addresses)
        first = sending.send(case_id=case_id, telling=telling, by=listener)
        again = sending.send(case_id=case_id, telling=telling, by=listener)
        assert (first.is_new, again.is_new, again.id) == (True, False, first.id)
        assert SentReferral.objects.count() == 1
        for event in ("hotline.report.received", "helpline.sent-referral.sent"):
            assert JournalEntry.objects.filter(event=event).count() == 1

    @pytest.mark.parametrize("addresses", [[], ["ce n'est pas une adresse"]])
    def test_what_cannot_be_read_is_refused_and_nothing_is_sent(
        self, addresses: list[str], listener: Actor
    ) -> None:
        with pytest.raises(Refused):
            self.tell(listener, addresses)
        assert not JournalEntry.objects.filter(event="hotline.report.received").exists()
        assert not SentReferral.objects.exists()


def test_what_was_told_goes_with_the_file(listener: Actor) -> None:
    one = send(listener)
    erase_rows("helpline.cases", [SentReferral.objects.get().case_id])
    assert not KeyWrap.objects.filter(record=one.id).exists()
    assert not SentReferral.objects.exists()
