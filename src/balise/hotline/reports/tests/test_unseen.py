"""A verdict asks a claim, and rests on something: an opening in it, or what is named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import assessing, claiming, consulting, correcting, removal
from balise.hotline.reports.models import Assessment, Content
from balise.hotline.reports.queries.standing import last_sighting
from balise.hotline.reports.rules.assessing import (
    DangerUnread,
    Look,
    Looked,
    NotClaimed,
    NotLooked,
    NotSeen,
    ground,
    looked_at,
)
from balise.hotline.reports.rules.words import (
    ContentState,
    Ground,
    LookedWhere,
    LookedWith,
    Verdict,
)
from balise.hotline.reports.tests.makers import (
    ANALYST,
    SECOND_ANALYST,
    give_verdict,
    make_content,
    make_decided,
    make_decision,
    make_report,
    take_and_open,
)
from balise.takedown.notices.rules.letters import SeenBy
from balise.takedown.tracing import access as tracing, actions as hosting
from balise.takedown.tracing.rules.live import LiveTrace
from balise.takedown.tracing.rules.registers import Problem
from balise.takedown.watch import access as watching
from balise.takedown.watch.tests.makers import GONE, find

pytestmark = pytest.mark.django_db

MIGRATIONS = "balise.hotline.reports.migrations"

READER = replace(ANALYST, abilities=ANALYST.abilities | {tracing.READ, watching.READ})


class TestNothingUnseen:
    """A verdict asks a claim, and says what it rests on."""

    def test_asks_a_claim(self) -> None:
        content = make_content()

        with pytest.raises(NotClaimed):
            assessing.assess(content_id=content.id, decision=make_decision(), by=ANALYST)
        assert Content.objects.get().state == ContentState.WAITING

    @pytest.mark.parametrize("verdict", [Verdict.ILLEGAL, Verdict.HARMFUL])
    def test_asks_that_it_was_opened_in_this_claim(self, verdict: Verdict) -> None:
        content = make_content()
        consulting.consult(content_id=content.id, by=ANALYST)  # before the claim: not in it
        claiming.claim(content_id=content.id, by=ANALYST)
        decision = make_decision(verdict, ground=Ground.LOOKED)

        with pytest.raises(NotSeen):
            assessing.assess(content_id=content.id, decision=decision, by=ANALYST)
        consulting.consult(content_id=content.id, by=ANALYST)
        assessing.assess(content_id=content.id, decision=decision, by=ANALYST)

        kept = Assessment.objects.get()
        assert kept.ground == Ground.LOOKED
        assert kept.seen_at is not None
        assert (kept.looked_where, kept.looked_with) == (LookedWhere.PUBLIC, LookedWith.BROWSER)
        facts = Entry.objects.filter(subject=content.id)
        assert facts.get(event="hotline.content.opened").actor_key == ANALYST.key
        assert facts.get(event="hotline.content.assessed").facts["ground"] == "looked"

    def test_the_end_of_a_claim_is_the_end_of_what_was_opened_in_it(self) -> None:
        content = make_content()
        take_and_open(content.id)
        claiming.release(content_id=content.id, by=ANALYST)
        claiming.claim(content_id=content.id, by=ANALYST)

        with pytest.raises(NotSeen):
            assessing.assess(content_id=content.id, decision=make_decision(), by=ANALYST)

    def test_what_a_colleague_opened_is_nobody_else_s(self) -> None:
        content = make_content()
        take_and_open(content.id)
        Content.objects.update(claimed_at=now() - timedelta(minutes=31))
        claiming.claim(content_id=content.id, by=SECOND_ANALYST)

        with pytest.raises(NotSeen):
            assessing.assess(content_id=content.id, decision=make_decision(), by=SECOND_ANALYST)

    def test_a_claim_that_is_renewed_keeps_what_was_opened(self) -> None:
        content = make_content()
        take_and_open(content.id)
        claiming.claim(content_id=content.id, by=ANALYST)

        looked = make_decision(ground=Ground.LOOKED)
        assert assessing.assess(content_id=content.id, decision=looked, by=ANALYST) is (
            ContentState.REMOVING
        )

    def test_what_was_found_illegal_before_is_known(self) -> None:
        content = make_decided()
        removal.note_removed(content_id=content.id, at=now(), by=SYSTEM)
        correcting.reopen(content_id=content.id, by=ANALYST)
        claiming.claim(content_id=content.id, by=ANALYST)

        harmful = make_decision(Verdict.HARMFUL)
        with pytest.raises(NotSeen):
            assessing.assess(content_id=content.id, decision=harmful, by=ANALYST)
        assessing.assess(content_id=content.id, decision=make_decision(), by=ANALYST)

        final = Assessment.objects.get(is_final=True)
        assert (final.ground, final.seen_at) == (Ground.KNOWN, None)  # nobody looked again

    def test_gone_may_rest_on_the_trace(self) -> None:
        content = make_content()
        claiming.claim(content_id=content.id, by=READER)
        by_trace = make_decision(Verdict.GONE, ground=Ground.TRACE)

        with pytest.raises(NotSeen):
            assessing.assess(content_id=content.id, decision=by_trace, by=READER)
        nowhere = LiveTrace(
            host="gone.example",
            domain="gone.example",
            at=now(),
            problems=(Problem("names", "no-public-address"),),
        )
        hosting.note_hosting(line="hotline", subject=content.id, trace=nowhere, by=SYSTEM)
        # Unsaid, it is what happened that counts.
        assessing.assess(content_id=content.id, decision=make_decision(Verdict.GONE), by=READER)

        assert Assessment.objects.get().ground == Ground.TRACE

    def test_gone_may_rest_on_the_watch(self) -> None:
        content = make_content()
        claiming.claim(content_id=content.id, by=READER)
        by_watch = make_decision(Verdict.GONE, ground=Ground.WATCH)

        with pytest.raises(NotSeen):
            assessing.assess(content_id=content.id, decision=by_watch, by=READER)
        find("https://gone.example/x", GONE, line="hotline", subject=content.id)
        assessing.assess(content_id=content.id, decision=make_decision(Verdict.GONE), by=READER)

        assert Assessment.objects.get().ground == Ground.WATCH

    def test_unverifiable_asks_an_opening_or_a_reason(self) -> None:
        content = make_content()
        claiming.claim(content_id=content.id, by=ANALYST)

        with pytest.raises(NotSeen):
            assessing.assess(
                content_id=content.id, decision=make_decision(Verdict.UNVERIFIABLE), by=ANALYST
            )
        decision = make_decision(Verdict.UNVERIFIABLE, ground=Ground.PRIVATE)
        assessing.assess(content_id=content.id, decision=decision, by=ANALYST)

        assert Assessment.objects.get().ground == Ground.PRIVATE

    def test_no_reason_makes_it_illegal(self) -> None:
        content = make_content()
        claiming.claim(content_id=content.id, by=ANALYST)

        for said in (Ground.PRIVATE, Ground.UNOPENED, Ground.KNOWN):
            with pytest.raises(NotSeen):
                assessing.assess(
                    content_id=content.id, decision=make_decision(ground=said), by=ANALYST
                )

    def test_a_second_look_opens_it_too(self) -> None:
        content = make_content()
        grave = make_decision(category="csam", offence="csam-sharing")
        give_verdict(content.id, grave)
        claiming.claim(content_id=content.id, by=SECOND_ANALYST)

        with pytest.raises(NotSeen):
            assessing.assess(content_id=content.id, decision=grave, by=SECOND_ANALYST)


class TestHowOneKnows:
    """To have opened a report says nothing of the content."""

    @pytest.mark.parametrize("verdict", [Verdict.ILLEGAL, Verdict.HARMFUL, Verdict.GONE])
    def test_is_asked_of_what_says_how_the_content_is(self, verdict: Verdict) -> None:
        opened = Looked(opened=True)

        for said in (None, Ground.OPENED):
            with pytest.raises(NotSeen):
                ground(verdict, said, opened)
        assert ground(verdict, Ground.LOOKED, opened) is Ground.LOOKED

    def test_the_watch_and_a_fingerprint_say_it_of_what_they_found(self) -> None:
        online = Looked(opened=True, watch_found_online=True)
        assert ground(Verdict.ILLEGAL, None, online) is Ground.WATCH
        for verdict in (Verdict.GONE, Verdict.UNVERIFIABLE):
            with pytest.raises(NotSeen):
                ground(verdict, Ground.WATCH, online)
        hashed = Looked(fingerprinted=True)
        assert ground(Verdict.ILLEGAL, Ground.FINGERPRINT, hashed) is Ground.FINGERPRINT
        for looked in (Looked(opened=True), Looked()):
            with pytest.raises(NotSeen):
                ground(Verdict.ILLEGAL, Ground.FINGERPRINT, looked)

    def test_the_report_alone_asks_that_it_was_opened_and_never_says_gone(self) -> None:
        assert ground(Verdict.ILLEGAL, Ground.REPORT, Looked(opened=True)) is Ground.REPORT
        assert ground(Verdict.UNVERIFIABLE, None, Looked(opened=True)) is Ground.REPORT
        for verdict, looked in ((Verdict.GONE, Looked(opened=True)), (Verdict.ILLEGAL, Looked())):
            with pytest.raises(NotSeen):
                ground(verdict, Ground.REPORT, looked)

    def test_nobody_looked_tomorrow_or_before_it_was_reported(self) -> None:
        noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
        hour = timedelta(hours=1)
        for at in (noon + hour, noon - 2 * hour):
            with pytest.raises(NotLooked):
                looked_at(Look(at=at), since=noon - hour, now=noon)
        assert looked_at(Look(), since=noon - hour, now=noon) == noon
        assert looked_at(Look(at=noon - hour), since=noon - hour, now=noon) == noon - hour

    @pytest.mark.safety
    def test_only_who_looked_is_said_to_have_seen(self) -> None:
        for number, said in enumerate((Ground.REPORT, Ground.LOOKED)):
            content = make_content(f"https://seen.example/{number}")
            give_verdict(content.id, make_decision(ground=said))
            by = last_sighting(content=Content.objects.get(id=content.id), seen_by=ANALYST).by
            assert by is (SeenBy.LOOKED if said is Ground.LOOKED else SeenBy.REPORTED)

    def test_a_verdict_of_before_is_no_sighting(self) -> None:
        content = make_decided()
        Assessment.objects.update(
            ground=Ground.OPENED, seen_at=None, looked_where="", looked_with="", opened_at=now()
        )

        assert last_sighting(content=content, seen_by=ANALYST).by is SeenBy.REPORTED
        with pytest.raises(IntegrityError):
            Assessment.objects.update(seen_at=now())


class TestDangerIsRead:
    """No verdict closes what says that someone may be in danger, unread."""

    def test_not_even_by_a_verdict_that_rests_on_nothing_seen(self) -> None:
        content = make_content(danger=True)
        claiming.claim(content_id=content.id, by=ANALYST)
        advert = make_decision(Verdict.OUT_OF_SCOPE)

        with pytest.raises(DangerUnread):
            assessing.assess(content_id=content.id, decision=advert, by=ANALYST)
        consulting.consult(content_id=content.id, by=ANALYST)
        assert (
            assessing.assess(content_id=content.id, decision=advert, by=ANALYST)
            == ContentState.CLOSED
        )

    def test_one_that_came_after_the_opening_is_opened_too(self) -> None:
        content = make_content()
        take_and_open(content.id)
        make_report(danger=True)

        with pytest.raises(DangerUnread):
            assessing.assess(
                content_id=content.id, decision=make_decision(ground=Ground.LOOKED), by=ANALYST
            )
        make_report()  # one without danger asks nothing more
        consulting.consult(content_id=content.id, by=ANALYST)
        make_report()
        looked = make_decision(ground=Ground.LOOKED)
        assessing.assess(content_id=content.id, decision=looked, by=ANALYST)

        assert Entry.objects.filter(event="hotline.content.decided").count() == 1


class TestWhatWasKeptBefore:
    """What the migrations do, asked of today's tables."""

    def test_a_content_that_waits_for_a_second_review_forgets_the_first(self) -> None:
        before = import_module(f"{MIGRATIONS}.0016_blind_reviews")
        content = make_content(category="hate")
        give_verdict(content.id, make_decision(category="csam", offence="csam-sharing"))
        Content.objects.update(verdict="illegal", offence="csam-sharing", category="csam")

        before.forget_first_reviews(apps, None)

        content.refresh_from_db()
        assert (content.verdict, content.offence, content.category) == ("", "", "hate")
