"""Our own verdicts in our bank, entries that leave theirs, and what was seen lately."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.journal.models import Entry
from balise.foundation.refusals import Refused
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.events import MatchFound
from balise.hotline.matching.banks.rules.deciding import Opinion, Rule
from balise.hotline.reports.actions import (
    assessing,
    banking,
    claiming,
    consulting,
    correcting,
    recognising,
)
from balise.hotline.reports.models import Content, Copy, Fingerprint
from balise.hotline.reports.rules.known import Standing, Why
from balise.hotline.reports.rules.words import ContentState, Ground, Verdict
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
    give_verdict,
    make_content,
    make_decided,
    make_decision,
)

pytestmark = pytest.mark.django_db

A, B = make_signal(1), make_signal(2)


def facts(name: str) -> list[dict[str, object]]:
    return [one.facts for one in Entry.objects.filter(event=name).order_by("id")]


def own_entry(content: Content) -> Fingerprint:
    return Fingerprint.objects.get(content=content)


def found_late(content: Content, entry: int) -> None:
    """Let the banks say what they find among what was seen lately, once an entry is there."""
    fact = MatchFound(
        subject=content.id,
        entry=entry,
        bank=Code("known"),
        distance=0,
        turn=0,
        rule=Rule.NEAR,
        is_late=True,
    )
    with transaction.atomic():
        record(fact, by=SYSTEM)
    work()


class TestOurOwnVerdict:
    def test_goes_into_our_bank_and_on_to_the_next_copy(self) -> None:
        first = make_fingerprinted("https://first.example/", A)
        give_verdict(first.id, make_decision())
        work()
        assert own_entry(first).opinion == Opinion.POSITIVE
        assert facts("hotline.content.banked") == [{"count": 1, "opinion": "positive"}]

        again = make_fingerprinted("https://again.example/", mirrored(make_signal(1, away=6)))

        assert (again.state, again.verdict) == (ContentState.REMOVING, Verdict.ILLEGAL)
        final = again.assessments.get()
        assert (final.ground, final.seen_at, final.by) == (Ground.COPY, None, SYSTEM.key)
        opened = consulting.verdict_of(content_id=again.id, by=ANALYST)
        assert opened is not None
        assert opened.rationale == make_decision().rationale
        assert facts("hotline.content.inherited")[0]["way"] == "own"

    def test_of_harmful_content_goes_on_and_out_of_scope_is_proposed(self) -> None:
        for signal, verdict in ((A, Verdict.HARMFUL), (B, Verdict.OUT_OF_SCOPE)):
            first = make_fingerprinted(f"https://{verdict}.example/", signal)
            give_verdict(first.id, make_decision(verdict))
        work()
        harmful = make_fingerprinted("https://harmful.example/2", A)
        harmless = make_fingerprinted("https://harmless.example/2", B)
        assert (harmful.state, harmful.verdict) == (ContentState.CLOSED, Verdict.HARMFUL)
        assert (harmless.state, recognition(harmless).why) == (ContentState.WAITING, Why.HARMLESS)

    def test_of_a_weak_picture_goes_on_to_none(self) -> None:
        weak = A._replace(quality=30)
        give_verdict(make_fingerprinted("https://a.example/", weak).id, make_decision())
        work()
        copy = make_fingerprinted("https://b.example/", weak)
        assert (copy.state, recognition(copy).why) == (ContentState.WAITING, Why.UNSURE)

    def test_is_not_banked_where_nobody_saw_it(self) -> None:
        make_banked(A)
        content = make_fingerprinted("https://a.example/", A)
        assert content.state == ContentState.REMOVING
        assert own_entry(content).entry is None

    def test_overturned_stops_the_entry_and_changes_it(self) -> None:
        first = make_fingerprinted("https://first.example/", A)
        give_verdict(first.id, make_decision(Verdict.HARMFUL))
        work()
        copy = make_fingerprinted("https://copy.example/", A)
        assert copy.state == ContentState.CLOSED

        correcting.reopen(content_id=first.id, by=ANALYST)
        work()
        assert own_entry(first).opinion == Opinion.DISPUTED
        copy.refresh_from_db()
        assert (copy.state, copy.verdict) == (ContentState.WAITING, "")
        assert recognition(copy).standing == Standing.RECALLED

        give_verdict(first.id, make_decision(Verdict.ILLEGAL))
        work()
        assert own_entry(first).opinion == Opinion.POSITIVE
        assert make_fingerprinted("https://next.example/", A).state == ContentState.REMOVING

    def test_of_something_gone_takes_it_out(self) -> None:
        first = make_fingerprinted("https://first.example/", A)
        give_verdict(first.id, make_decision(Verdict.HARMFUL))
        work()
        correcting.reopen(content_id=first.id, by=ANALYST)
        give_verdict(first.id, make_decision(Verdict.GONE))
        work()
        assert own_entry(first).opinion == ""
        assert make_fingerprinted("https://next.example/", A).state == ContentState.WAITING

    def test_tells_the_sources_of_other_entries_what_a_person_decided(self) -> None:
        (entry,) = make_banked(A, labels=())
        content = make_fingerprinted("https://a.example/", A)
        give_verdict(content.id, make_decision())
        work()
        assert facts("hotline.content.match-judged") == [
            {
                "bank": "known",
                "entry": entry,
                "distance": 0,
                "verdict": "illegal",
                "opinion": "positive",
            }
        ]

    def test_is_banked_where_the_hash_comes_after_it(self) -> None:
        content = make_decided()
        give(content, A)
        assert own_entry(content).opinion == Opinion.POSITIVE

    def test_is_banked_by_nobody_who_may_not_assess(self) -> None:
        content = make_content()
        with pytest.raises(PermissionDenied):
            banking.bank_verdict(content_id=content.id, by=LISTENER)
        with pytest.raises(PermissionDenied):
            banking.recall(entry=1, by=LISTENER)
        with pytest.raises(PermissionDenied):
            recognising.recognise(content_id=content.id, by=LISTENER)


class TestAnEntryLeavesItsBank:
    def test_what_inherited_waits_again_and_nobody_is_offered_that_verdict(self) -> None:
        (entry,) = make_banked(A)
        content = make_fingerprinted("https://a.example/", A)
        keeping.withdraw(entries=[entry], by=SYSTEM)
        work()
        content.refresh_from_db()
        assert (content.state, content.verdict) == (ContentState.WAITING, "")
        assert recognition(content).standing == Standing.RECALLED
        assert facts("hotline.content.recalled") == [
            {"bank": "known", "entry": entry, "reopened": True}
        ]
        claiming.claim(content_id=content.id, by=ANALYST)
        with pytest.raises(Refused):
            assessing.assess(content_id=content.id, decision=make_decision(), by=ANALYST)

    def test_where_a_removal_was_asked_the_verdict_stands_until_it_is_contested(self) -> None:
        (entry,) = make_banked(A)
        content = make_fingerprinted("https://a.example/", A)
        Content.objects.filter(id=content.id).update(removal_asked_at=now())
        keeping.hold(entries=[entry], by=SYSTEM)
        work()
        content.refresh_from_db()
        assert content.state == ContentState.REMOVING
        assert recognition(content).standing == Standing.RECALLED

    def test_what_a_person_decided_is_left_alone(self) -> None:
        (entry,) = make_banked(A, labels=())
        content = make_fingerprinted("https://a.example/", A)
        give_verdict(content.id, make_decision())
        keeping.withdraw(entries=[entry], by=SYSTEM)
        work()
        content.refresh_from_db()
        assert (content.state, content.verdict) == (ContentState.REMOVING, Verdict.ILLEGAL)


class TestSeenLately:
    def test_a_hash_banked_today_finds_yesterday_s_content(self) -> None:
        with clock.at(now() - timedelta(days=1)):
            content = make_fingerprinted("https://a.example/", mirrored(A))
            assert recognition(content).standing == Standing.UNKNOWN
        (entry,) = make_banked(A)
        found_late(content, entry)
        content.refresh_from_db()
        assert (content.state, content.verdict) == (ContentState.REMOVING, Verdict.ILLEGAL)

    def test_what_was_closed_otherwise_is_put_before_a_person(self) -> None:
        content = make_fingerprinted("https://a.example/", A)
        give_verdict(content.id, make_decision(Verdict.HARMFUL))
        work()
        (entry,) = make_banked(A)
        found_late(content, entry)
        content.refresh_from_db()
        assert content.verdict == Verdict.HARMFUL
        assert (recognition(content).standing, recognition(content).why) == (
            Standing.PROPOSED,
            Why.DECIDED,
        )

    def test_a_copy_that_waited_before_our_verdict_is_the_page_s(self) -> None:
        first = make_fingerprinted("https://first.example/", A)
        copy = make_fingerprinted("https://copy.example/", mirrored(A))
        assert set(Copy.objects.values_list("content", "of")) == {
            (first.id, copy.id),
            (copy.id, first.id),
        }
        give_verdict(first.id, make_decision())
        work()
        entry = own_entry(first).entry
        assert entry is not None
        found_late(copy, entry)
        copy.refresh_from_db()
        assert (copy.state, recognition(copy).why) == (ContentState.WAITING, Why.COPIES)

    def test_it_ends(self) -> None:
        first = make_fingerprinted("https://first.example/", A)
        give_verdict(first.id, make_decision())
        work()
        copy = make_fingerprinted("https://copy.example/", A)
        entry = own_entry(first).entry
        assert entry is not None
        for content in (first, copy):
            found_late(content, entry)
        looked = Entry.objects.filter(event="hotline.look-up.made")
        before = looked.count()
        for content in (first, copy, make_content("https://bare.example/")):
            found_late(content, entry)
        assert looked.count() == before
