"""Known content inherits a verdict and is never shown; what a report says of a person is read."""

from datetime import timedelta
from unittest.mock import ANY

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM, Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.hotline.matching.banks.queries.hits import hits_of
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.signals.documents import reading
from balise.hotline.matching.signals.documents.apart import hash_file
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn
from balise.hotline.matching.signals.rules.pdq import nearly_turned
from balise.hotline.matching.signals.tests.test_hasher import DRAWING
from balise.hotline.reports.access import FINGERPRINT
from balise.hotline.reports.actions import claiming, consulting, recognising, submitting
from balise.hotline.reports.models import Content, Copy, Fingerprint, Match, Report
from balise.hotline.reports.queries import known as queries
from balise.hotline.reports.rules.known import NotAnswered, Standing, Why
from balise.hotline.reports.rules.words import Confidence, ContentState, Ground, ToRead, Verdict
from balise.hotline.reports.tests.known_makers import (
    give,
    make_banked,
    make_fingerprinted,
    make_signal,
    mirrored,
    recognition,
    work,
)
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LISTENER,
    SECOND_ANALYST,
    give_verdict,
    make_content,
    make_decision,
    make_report,
)

pytestmark = pytest.mark.django_db

A, B = make_signal(1), make_signal(2)


def facts(name: str) -> list[dict[str, object]]:
    return [one.facts for one in Entry.objects.filter(event=name).order_by("id")]


class TestAFingerprintIsTaken:
    def test_from_an_analyst_a_token_with_the_scope_and_our_own_process(self) -> None:
        content = make_content()
        partner = Actor(ActorKind.PARTNER, str(content.id), frozenset({FINGERPRINT}))
        for number, by in enumerate((ANALYST, partner, SYSTEM)):
            signal = make_signal(10 + number)
            assert submitting.add_fingerprints(content_id=content.id, signals=[signal], by=by) == 1
        assert list(Fingerprint.objects.order_by("at").values_list("source", flat=True)) == [
            *("analyst", "partner", "hasher"),
        ]
        assert facts("hotline.content.fingerprinted")[1] == {"source": "partner", "count": 1}
        assert A.value.hex() not in str(list(Entry.objects.values_list("facts_text", flat=True)))

    @pytest.mark.parametrize("by", [ANYONE, LISTENER, Actor(ActorKind.PARTNER, "x")])
    def test_from_nobody_else(self, by: Actor) -> None:
        content = make_content()
        with pytest.raises(PermissionDenied):
            submitting.add_fingerprints(content_id=content.id, signals=[A], by=by)
        assert not Fingerprint.objects.exists()

    def test_once(self) -> None:
        content = make_content()
        for count in (1, 0):
            assert (
                submitting.add_fingerprints(content_id=content.id, signals=[A, A], by=ANALYST)
                == count
            )
        assert len(facts("hotline.content.fingerprinted")) == 1


class TestKnownContent:
    def test_takes_the_verdict_of_the_bank_and_leaves_the_queue(self) -> None:
        make_banked(A)

        content = make_fingerprinted("https://a.example/", mirrored(A), category="shocking")

        assert (content.state, content.verdict) == (ContentState.REMOVING, Verdict.ILLEGAL)
        assert content.offence == "hate-incitement"
        final = content.assessments.get()
        assert (final.ground, final.seen_at, final.is_final) == (Ground.BANK, None, True)
        assert recognition(content).standing == Standing.KNOWN
        assert facts("hotline.content.inherited") == [
            {
                "way": "bank",
                "bank": "known",
                "entry": ANY,
                "turn": "mirrored",
                "within": "same",
                "spared": 1,
            }
        ]
        assert claiming.claim_next(by=ANALYST) is None
        told = queries.known([content.id], seen_by=ANALYST)[content.id]
        assert (told.bank, told.is_known, told.turn != "") == ("known", True, True)

    def test_is_not_shown_to_anyone(self) -> None:
        make_banked(A)
        content = make_fingerprinted("https://a.example/", A)
        assert consulting.consult(content_id=content.id, by=ANALYST).place is None

    def test_what_its_reports_say_of_a_person_is_read(self) -> None:
        make_banked(A)
        report, _ = make_report("https://a.example/", danger=True, description="Elle est à côté.")
        calm, _ = make_report("https://a.example/")
        give(report.contents.get(), A)

        assert Report.objects.get(id=report.id).to_read == ToRead.DANGER
        assert Report.objects.get(id=calm.id).to_read == ToRead.NOTHING

    def test_by_an_offence_without_a_text_on_its_day_is_put_before_a_person(self) -> None:
        make_banked(A, labels=("hate-incitement",))
        with clock.at(now().replace(year=1991, day=1)):
            content = make_content("https://a.example/")
        content = give(content, A)
        assert content.state == ContentState.WAITING
        assert recognition(content).why == Why.UNNAMED

    def test_without_an_offence_is_put_before_a_person(self) -> None:
        make_banked(A, labels=("hate",))
        content = make_fingerprinted("https://a.example/", A)
        assert (content.state, recognition(content).why) == (ContentState.WAITING, Why.UNNAMED)
        assert facts("hotline.content.proposed") == [
            {"why": "unnamed", "bank": "known", "entry": ANY}
        ]

    def test_that_a_bank_calls_harmless_is_proposed_and_closes_nothing(self) -> None:
        make_banked(A, opinion=Opinion.NEGATIVE, is_negative=True)
        content = make_fingerprinted("https://a.example/", A)
        assert (content.state, recognition(content).why) == (ContentState.WAITING, Why.HARMLESS)
        assert claiming.claim_next(by=ANALYST) == content.id

    def test_two_hashes_of_opposite_opinion_are_a_person_s(self) -> None:
        make_banked(A)
        make_banked(B, bank="harmless", opinion=Opinion.NEGATIVE, is_negative=True)
        content = make_fingerprinted("https://a.example/", A, B)
        assert (content.state, recognition(content).why) == (ContentState.WAITING, Why.OPPOSED)
        assert Match.objects.filter(content=content).count() == 2

    def test_of_a_weak_picture_is_a_person_s(self) -> None:
        make_banked(A)
        content = make_fingerprinted("https://a.example/", A._replace(quality=30))
        assert (content.state, recognition(content).why) == (ContentState.WAITING, Why.UNSURE)


class TestAnAnalystHoldsIt:
    def test_it_stays_in_their_hands_and_says_what_is_known(self) -> None:
        make_banked(A)
        content = make_content("https://a.example/")
        claiming.claim(content_id=content.id, by=ANALYST)
        content = give(content, A, by=SYSTEM)
        assert (content.state, content.claimed_by) == (ContentState.WAITING, ANALYST.key)
        assert recognition(content).why == Why.IN_HAND

        claiming.release(content_id=content.id, by=ANALYST)
        with clock.at(now() + timedelta(minutes=2)):
            assert recognising.ask_again(at=now(), by=SYSTEM) == 1
        assert Content.objects.get(id=content.id).state == ContentState.REMOVING

    def test_their_own_verdict_stands_against_the_bank_s(self) -> None:
        make_banked(A)
        content = make_content("https://a.example/")
        claiming.claim(content_id=content.id, by=ANALYST)
        give(content, A, by=SYSTEM)
        give_verdict(content.id, make_decision(Verdict.HARMFUL))
        with clock.at(now() + timedelta(minutes=2)):
            recognising.ask_again(at=now(), by=SYSTEM)
        content.refresh_from_db()
        assert (content.state, content.verdict) == (ContentState.CLOSED, Verdict.HARMFUL)
        assert recognition(content).why == Why.DECIDED

    def test_a_first_verdict_is_looked_at_again_by_a_person(self) -> None:
        make_banked(A)
        content = make_content("https://a.example/")
        give_verdict(content.id, make_decision(confidence=Confidence.DOUBTFUL))
        content = give(content, A)
        assert (content.state, recognition(content).why) == (ContentState.SECOND_LOOK, Why.REVIEWED)


class TestTheAnswerIsNotWhole:
    @pytest.fixture(autouse=True)
    def _a_part_is_silent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.missing: tuple[str, ...] = ("abc",)
        whole = hits_of
        monkeypatch.setattr(
            "balise.hotline.matching.banks.actions.looking.hits_of",
            lambda signals: (whole(signals)[0], self.missing),
        )

    def test_it_waits_is_handed_to_nobody_and_is_asked_again(self) -> None:
        make_banked(A)
        content = make_fingerprinted("https://a.example/", A)
        assert recognition(content).standing == Standing.PARTIAL
        assert content.state == ContentState.WAITING
        assert claiming.claim_next(by=ANALYST) is None
        with pytest.raises(NotAnswered):
            claiming.claim(content_id=content.id, by=ANALYST)

        self.missing = ()
        with clock.at(now() + timedelta(minutes=2)):
            recognising.ask_again(at=now(), by=SYSTEM)
        assert Content.objects.get(id=content.id).state == ContentState.REMOVING

    def test_danger_is_handed_out_at_once_and_anything_after_a_while(self) -> None:
        danger = make_fingerprinted("https://danger.example/", A, danger=True)
        calm = make_fingerprinted("https://calm.example/", B)
        assert claiming.claim_next(by=ANALYST) == danger.id
        assert claiming.claim_next(by=SECOND_ANALYST) is None
        with clock.at(now() + timedelta(minutes=16)):
            assert claiming.claim_next(by=SECOND_ANALYST) == calm.id


def test_a_mirrored_copy_is_one_where_of_each_picture_one_hash_was_brought() -> None:
    mirror = Signal(HashKind.PDQ, nearly_turned(A.value)[Turn.MIRRORED])
    first = make_fingerprinted("https://a.example/", Signal(HashKind.PDQ, A.value))
    second = make_fingerprinted("https://b.example/", mirror)
    assert [one.of for one in Copy.objects.filter(content=second)] == [first]
    assert queries.alike_waiting(second.id, [mirror]) == {first.id: (0, Turn.MIRRORED)}


def test_weak_pictures_are_no_copies_of_one_another() -> None:
    for number in range(2):
        make_fingerprinted(f"https://weak{number}.example/", A._replace(quality=20))
    assert not Copy.objects.exists()


def test_a_report_without_a_fingerprint_leaves_no_trace_of_banks() -> None:
    make_content()
    work()
    assert not Entry.objects.filter(event__startswith="hotline.look-up").exists()
    assert not queries.known([Content.objects.get().id], seen_by=ANALYST)


class TestTheHasher:
    def test_reads_nothing_while_it_is_off(self) -> None:
        make_content("https://a.example/drawing.jpg")
        work()
        assert not Entry.objects.filter(event="hotline.content.picture-read").exists()

    @pytest.mark.usefixtures("set_up")
    def test_reads_what_is_reported_once_its_basis_is_stated(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # No report is taken of an address of this machine: the files come from here.
        served = {"https://a.example/drawing.jpg": DRAWING, "https://a.example/w.jpg": b"Dear all,"}
        monkeypatch.setattr(reading, "hash_at", lambda address: hash_file(served[address]))
        settings.HASHER_BASIS = "A text."
        make_banked(hash_file(DRAWING).pdq)
        content = make_content("https://a.example/drawing.jpg")
        words = make_content("https://a.example/w.jpg")
        work()
        content.refresh_from_db()
        assert (content.state, content.verdict) == (ContentState.REMOVING, Verdict.ILLEGAL)
        assert set(Fingerprint.objects.values_list("source", flat=True)) == {"hasher"}
        assert sorted(
            (one.subject == content.id, one.facts["hashes"] > 0)
            for one in Entry.objects.filter(event="hotline.content.picture-read")
        ) == [(False, False), (True, True)]
        assert not words.fingerprints.exists()
