from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import answering, claiming, consulting, removal
from balise.hotline.reports.actions.assessing import Decision
from balise.hotline.reports.models import Assessment, Content
from balise.hotline.reports.rules.assessing import (
    AlreadyAssessed,
    ClaimedByAnother,
    OffenceMissing,
    SameEyes,
)
from balise.hotline.reports.rules.words import Confidence, ContentState, Verdict
from balise.hotline.reports.tasks import working
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LEAD,
    LISTENER,
    SECOND_ANALYST,
    give_verdict,
    make_content,
    make_decided,
    make_decision,
    make_report,
)
from balise.takedown.watch.events import ContentGone, HostMoved
from balise.takedown.watch.rules.removals import Heading
from balise.takedown.watch.rules.verdicts import Seen

pytestmark = pytest.mark.django_db


class TestClaim:
    def test_one_analyst_at_a_time(self) -> None:
        content = make_content()
        claiming.claim(content_id=content.id, by=ANALYST)

        with pytest.raises(ClaimedByAnother):
            claiming.claim(content_id=content.id, by=SECOND_ANALYST)

    def test_one_s_own_claim_is_renewed(self) -> None:
        content = make_content()

        claiming.claim(content_id=content.id, by=ANALYST)
        claiming.claim(content_id=content.id, by=ANALYST)

        assert Entry.objects.filter(event="hotline.content.claimed").count() == 2

    def test_a_claim_lapses(self) -> None:
        content = make_content()
        claiming.claim(content_id=content.id, by=ANALYST)
        Content.objects.update(claimed_at=now() - timedelta(minutes=31))

        claiming.claim(content_id=content.id, by=SECOND_ANALYST)

        assert Content.objects.get().claimed_by == SECOND_ANALYST.key

    def test_the_next_one_is_the_most_urgent_that_is_free(self) -> None:
        make_content("https://calm.example/", category="shocking")
        urgent = make_content("https://urgent.example/", category="csam", danger=True)
        middle = make_content("https://middle.example/", category="csam")

        assert claiming.claim_next(by=ANALYST) == urgent.id
        assert claiming.claim_next(by=SECOND_ANALYST) == middle.id

    def test_only_a_lead_gives_back_what_another_holds(self) -> None:
        content = make_content()
        claiming.claim(content_id=content.id, by=ANALYST)

        with pytest.raises(ClaimedByAnother):
            claiming.release(content_id=content.id, by=SECOND_ANALYST)
        for _again in range(2):
            claiming.release(content_id=content.id, by=LEAD)

        assert Content.objects.get().claimed_by == ""
        assert Entry.objects.filter(event="hotline.content.released").count() == 1

    def test_refuses_who_may_not_assess(self) -> None:
        content = make_content()

        for actor in (ANYONE, LISTENER):
            with pytest.raises(PermissionDenied):
                claiming.claim(content_id=content.id, by=actor)


class TestAssess:
    def test_an_illegal_content_goes_to_removal(self) -> None:
        content = make_decided()

        assert (content.state, content.verdict) == (ContentState.REMOVING, Verdict.ILLEGAL)
        assert content.decided_at
        names = Entry.objects.filter(subject=content.id).values_list("event", flat=True)
        assert {"hotline.content.assessed", "hotline.content.decided"} <= set(names)

    @pytest.mark.parametrize(
        "verdict", [verdict for verdict in Verdict if verdict is not Verdict.ILLEGAL]
    )
    def test_every_other_verdict_closes(self, verdict: Verdict) -> None:
        assert make_decided(verdict).state == ContentState.CLOSED

    def test_refuses_a_second_verdict(self) -> None:
        content = make_decided()

        with pytest.raises(AlreadyAssessed):
            give_verdict(content.id, make_decision(Verdict.GONE), by=SECOND_ANALYST)

    def test_refuses_an_illegal_content_without_its_offence(self) -> None:
        content = make_content()
        decision = Decision(
            verdict=Verdict.ILLEGAL,
            category="hate",
            offence="",
            facts_on=date(2026, 1, 1),
            confidence=Confidence.SURE,
            rationale="",
        )

        with pytest.raises(OffenceMissing):
            give_verdict(content.id, decision)

    def test_refuses_what_another_analyst_holds(self) -> None:
        content = make_content()
        claiming.claim(content_id=content.id, by=ANALYST)

        with pytest.raises(ClaimedByAnother):
            give_verdict(content.id, make_decision(), by=SECOND_ANALYST)

    def test_refuses_who_may_not_assess(self) -> None:
        content = make_content()

        with pytest.raises(PermissionDenied):
            give_verdict(content.id, make_decision(), by=LISTENER)

    def test_the_rationale_is_sealed(self) -> None:
        make_decided()

        assert b"law forbids" not in bytes(Assessment.objects.get().sealed)


def grave() -> Decision:
    """Return a decision that asks for other eyes, on facts of today."""
    return make_decision(category="csam", offence="csam-sharing")


class TestSecondLook:
    def test_is_asked_where_the_offence_asks_it(self) -> None:
        content = make_content()

        state = give_verdict(content.id, grave())

        assert state is ContentState.SECOND_LOOK
        assert Content.objects.get().decided_at is None

    def test_is_asked_where_the_first_analyst_doubts(self) -> None:
        content = make_content()
        doubtful = make_decision(confidence=Confidence.DOUBTFUL)

        state = give_verdict(content.id, doubtful)

        assert state is ContentState.SECOND_LOOK

    def test_is_refused_to_the_same_eyes(self) -> None:
        content = make_content()
        give_verdict(content.id, grave())

        with pytest.raises(SameEyes):
            give_verdict(content.id, grave())

    def test_confirms(self) -> None:
        content = make_content()
        give_verdict(content.id, grave())

        state = give_verdict(content.id, grave(), by=SECOND_ANALYST)

        assert state is ContentState.REMOVING
        assert not Entry.objects.filter(event="hotline.content.verdict-overturned").exists()

    def test_the_database_keeps_one_final_assessment(self) -> None:
        content = make_decided()
        final = Assessment.objects.get(content=content)

        final.pk = None
        with pytest.raises(IntegrityError, match=r"one_final|content_id"):
            final.save(force_insert=True)


class TestConsult:
    def test_is_written_down_before_anything_is_opened(self) -> None:
        content = make_content(description="what they saw")

        opened = consulting.consult(content_id=content.id, by=ANALYST)

        assert opened.reports[0].answers.description == "what they saw"
        entry = Entry.objects.get(event="hotline.content.consulted")
        assert (entry.subject, entry.actor_key) == (content.id, ANALYST.key)

    def test_refuses_another_line(self) -> None:
        content = make_content()

        with pytest.raises(PermissionDenied):
            consulting.consult(content_id=content.id, by=LISTENER)
        assert not Entry.objects.filter(event="hotline.content.consulted").exists()


class TestRemoval:
    def test_is_noted_once(self) -> None:
        content = make_decided()

        assert removal.note_removed(content_id=content.id, at=now(), by=SYSTEM)
        assert not removal.note_removed(content_id=content.id, at=now(), by=SYSTEM)

        assert Content.objects.get().state == ContentState.REMOVED
        assert Entry.objects.filter(event="hotline.content.removed").count() == 1

    def test_seen_by_the_watch_counts_from_the_first_look_without_it(self) -> None:
        content = make_decided()
        assert content.decided_at is not None
        gone_at = content.decided_at + timedelta(hours=5)
        gone = ContentGone(
            subject=content.id,
            for_line=Code("hotline"),
            gone_at=gone_at,
            gone_on=clock.day_of(gone_at),
            seconds=0,
            seen=Seen.GONE,
            heading=Heading.UNDER_3,
            host=None,
            network=0,
            country=Code(""),
            category=Code(""),
        )
        record(gone, by=SYSTEM)

        working.note_gone(list(Entry.objects.filter(event=ContentGone.name)))

        assert Content.objects.get().removed_at == gone_at
        assert Entry.objects.get(event="hotline.content.removed").facts["seconds"] == 5 * 3_600

    def test_what_comes_back_is_removed_again(self) -> None:
        content = make_decided()
        removal.note_removed(content_id=content.id, at=now(), by=SYSTEM)

        assert removal.note_reappeared(content_id=content.id, by=SYSTEM)

        assert Content.objects.get().state == ContentState.REMOVING

    def test_what_comes_back_is_counted_from_the_day_it_came_back(self) -> None:
        content = make_decided()
        Content.objects.update(decided_at=now() - timedelta(days=30))
        removal.note_removed(content_id=content.id, at=now() - timedelta(days=29), by=SYSTEM)
        removal.note_reappeared(content_id=content.id, by=SYSTEM)

        removal.note_removed(content_id=content.id, at=now() + timedelta(hours=2), by=SYSTEM)

        last = Entry.objects.filter(event="hotline.content.removed").order_by("id").last()
        assert last is not None
        assert 2 * 3_600 - 60 < last.facts["seconds"] <= 2 * 3_600

    def test_a_content_at_another_host_is_at_large_again_with_its_file(self) -> None:
        content = make_decided()
        removal.note_removed(content_id=content.id, at=now(), by=SYSTEM)
        moved = HostMoved(
            subject=content.id,
            for_line=Code("hotline"),
            by_site=False,
            network=64501,
            country=Code("DE"),
            from_network=64500,
            from_country=Code("FR"),
            category=Code(content.category),
        )
        record(moved, by=SYSTEM)

        working.note_host_moved(list(Entry.objects.filter(event=HostMoved.name)))

        found = Content.objects.get()
        assert (found.state, found.removed_at) == (ContentState.REMOVING, None)
        assert (found.country, found.network) == ("DE", 64501)
        assert found.verdict == content.verdict
        assert Entry.objects.get(event="hotline.content.host-moved").facts["network"] == 64501

    def test_a_content_that_is_not_illegal_may_be_at_any_host(self) -> None:
        content = make_content()
        assert not removal.note_host_moved(
            content_id=content.id, country="DE", network=64501, by=SYSTEM
        )

    def test_hosting_is_kept(self) -> None:
        content = make_content()

        removal.note_hosting(content_id=content.id, country="FR", network=64500, by=SYSTEM)

        found = Content.objects.get()
        assert (found.country, found.network) == ("FR", 64500)


class TestWaiting:
    def test_what_waits_long_comes_forward_once(self) -> None:
        before = make_content()
        Content.objects.update(first_reported_at=now() - timedelta(days=4))

        assert answering.raise_waiting(at=now(), by=SYSTEM) == 1
        assert answering.raise_waiting(at=now(), by=SYSTEM) == 0

        assert Content.objects.get().priority == before.priority + 20

    def test_a_form_left_open_counts(self) -> None:
        report, _receipt = make_report()
        type(report).objects.update(is_finished=False, last_answer_at=now() - timedelta(hours=1))

        assert answering.finish_left_open(at=now(), by=SYSTEM) == 1
        assert answering.finish_left_open(at=now(), by=SYSTEM) == 0
