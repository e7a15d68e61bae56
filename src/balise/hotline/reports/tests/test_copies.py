"""One decision settles a content and its copies: exceptions, obstacles, undone as one."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.accounts.queries import names_of
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.finding import NotYours
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import (
    claiming,
    closing as closings,
    correcting,
    intake,
    settling,
)
from balise.hotline.reports.models import Closing, Content, Copy, Report
from balise.hotline.reports.module import erase_contents
from balise.hotline.reports.queries import closing as queries, listing
from balise.hotline.reports.queries.closing import settling as find_closing
from balise.hotline.reports.queries.standing import last_sighting
from balise.hotline.reports.rules.closing import UNDO_FOR, NotTogether, NotToUndo, Obstacle
from balise.hotline.reports.rules.known import NotToSettle, Standing
from balise.hotline.reports.rules.words import ContentState, Ground, ToRead, Verdict
from balise.hotline.reports.tests.known_makers import (
    give,
    make_fingerprinted,
    make_signal,
    mirrored,
    recognition,
    work,
)
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LEAD,
    LISTENER,
    SECOND_ANALYST,
    give_verdict,
    make_answers,
    make_content,
    make_decided,
    make_decision,
    make_incoming,
    make_report,
)
from balise.takedown.notices.rules.letters import SeenBy

pytestmark = pytest.mark.django_db

A = make_signal(1)


def cluster(count: int = 3, verdict: Verdict = Verdict.ILLEGAL) -> list[Content]:
    """Return contents alike, of which the first is decided."""
    found = [
        make_fingerprinted(f"https://copy{n}.example/", mirrored(A) if n % 2 else A)
        for n in range(count)
    ]
    give_verdict(found[0].id, make_decision(verdict))
    work()
    return again(*found)


def again(*contents: Content) -> list[Content]:
    return [Content.objects.get(id=one.id) for one in contents]


def stamps(*contents: Content) -> dict[UUID, str]:
    return {one.id: listing.stamp_of(one) for one in again(*contents)}


def settle(*contents: Content, **given: object) -> UUID:
    first, *others = contents
    return settling.settle(content_id=first.id, chosen=stamps(*others), by=ANALYST, **given)  # type: ignore[arg-type]


def after_ten_minutes() -> int:
    return settling.take_effect(at=now() + UNDO_FOR, by=SYSTEM)


def test_copies_take_the_verdict_after_ten_minutes_with_its_reasons() -> None:
    first, second, third = cluster()
    settle(first, second, third)
    assert {one.state for one in again(second, third)} == {ContentState.CLOSING}
    assert claiming.claim_next(by=SECOND_ANALYST) is None
    assert settling.take_effect(at=now(), by=SYSTEM) == 0

    assert after_ten_minutes() == 2

    for copy in again(second, third):
        assert (copy.state, copy.verdict) == (ContentState.REMOVING, Verdict.ILLEGAL)
        final = copy.assessments.get()
        assert (final.ground, final.seen_at, final.by) == (Ground.COPY, None, ANALYST.key)
        assert last_sighting(content=copy, seen_by=ANALYST).by is SeenBy.REPORTED
        assert recognition(copy).standing == Standing.KNOWN
    inherited = [
        (one.facts["way"], one.facts["turn"], one.facts["spared"])
        for one in Entry.objects.filter(event="hotline.content.inherited").order_by("id")
    ]
    assert sorted(inherited) == [("cluster", "as_is", 1), ("cluster", "mirrored", 1)]
    assert after_ten_minutes() == 0


def test_it_is_undone_as_one_by_who_decided_or_a_lead() -> None:
    first, second, third = cluster()
    closing = settle(first, second, third)
    with pytest.raises(NotYours):
        settling.undo(closing_id=closing, by=SECOND_ANALYST)
    assert settling.undo(closing_id=closing, by=LEAD) == 2
    assert {one.state for one in again(second, third)} == {ContentState.WAITING}
    with pytest.raises(NotToUndo, match="déjà annulé"):
        settling.undo(closing_id=closing, by=ANALYST)
    assert after_ten_minutes() == 0


def test_an_exception_is_left_out_for_good() -> None:
    first, second, third = cluster()
    settle(first, second, excepted=[third.id])
    after_ten_minutes()
    assert [one.state for one in again(second, third)] == [
        ContentState.REMOVING,
        ContentState.WAITING,
    ]
    assert not Copy.objects.get(of=first, content=second).is_excepted
    assert Copy.objects.get(of=first, content=third).is_excepted
    assert Entry.objects.filter(event="hotline.content.copy-excepted").count() == 1
    # Neither the banks nor another try give it that verdict afterwards.
    third = give(third, make_signal(1, away=3))
    assert third.state == ContentState.WAITING
    with pytest.raises(NotTogether):
        settle(first, third)


def test_what_was_left_out_comes_back_when_it_is_undone() -> None:
    first, second, third, fourth = cluster(4)
    kept = settle(first, second, excepted=[fourth.id])
    closing = settle(first, third, excepted=[fourth.id, second.id])
    settling.undo(closing_id=closing, by=ANALYST)
    excepted = Copy.objects.filter(of=first, is_excepted=True).values_list("content", flat=True)
    assert list(excepted) == [fourth.id], "the other decision left it out"
    settling.undo(closing_id=kept, by=ANALYST)
    assert not Copy.objects.filter(is_excepted=True).exists()
    told = queries.cluster(content_id=first.id, seen_by=ANALYST)
    assert len(told.chosen) == 3
    back = Entry.objects.filter(event="hotline.content.copy-back")
    assert set(back.values_list("subject", flat=True)) == {second.id, fourth.id}


def test_who_was_quicker_is_named() -> None:
    first, second, third = cluster()
    colleague = make_actor("analyst")
    name = names_of({colleague.key})[colleague.key]
    chosen = stamps(second)
    settling.settle(content_id=first.id, chosen=chosen, by=colleague)
    with pytest.raises(NotTogether, match=f"Décidé par\u202f: {name}") as refused:
        settling.settle(content_id=first.id, chosen=chosen, by=ANALYST)
    assert "Entre les mains" not in refused.value.message
    claiming.claim(content_id=third.id, by=colleague)
    with pytest.raises(NotTogether, match=f"Entre les mains de\u202f: {name}"):
        settle(first, third)
    after_ten_minutes()
    with pytest.raises(NotTogether, match=f"Décidé par\u202f: {name}"):
        settle(first, second)


def test_an_analyst_who_holds_a_copy_keeps_it() -> None:
    first, second, third = cluster()
    claiming.claim(content_id=second.id, by=SECOND_ANALYST)
    told = queries.cluster(content_id=first.id, seen_by=ANALYST)
    assert [one.row.id for one in told.chosen] == [third.id]
    assert [one.obstacles for one in told.others] == [(Obstacle.HELD,)]
    with pytest.raises(NotTogether):
        settle(first, second, third)
    settle(first, third)
    give_verdict(second.id, make_decision(Verdict.HARMFUL), by=SECOND_ANALYST)
    after_ten_minutes()
    assert [one.verdict for one in again(second, third)] == [Verdict.HARMFUL, Verdict.ILLEGAL]


def test_a_copy_that_left_and_was_decided_by_hand_stays_so_when_the_rest_is_undone() -> None:
    first, second, third = cluster()
    closing = settle(first, second, third)
    intake.receive(incoming=make_incoming(make_answers("https://copy1.example/")), by=ANYONE)
    assert again(second)[0].state == ContentState.WAITING
    give_verdict(second.id, make_decision(Verdict.HARMFUL), by=SECOND_ANALYST)

    assert settling.undo(closing_id=closing, by=ANALYST) == 1

    second, third = again(second, third)
    assert (second.state, second.verdict) == (ContentState.CLOSED, Verdict.HARMFUL)
    assert third.state == ContentState.WAITING


def test_where_the_verdict_no_longer_stands_the_copies_wait() -> None:
    first, second, third = cluster(verdict=Verdict.HARMFUL)
    settle(first, second, third)
    correcting.reopen(content_id=first.id, by=ANALYST)
    assert after_ten_minutes() == 0
    assert {one.state for one in again(second, third)} == {ContentState.WAITING}
    assert Closing.objects.get().closed == 0


def test_where_the_decided_content_is_erased_the_copies_wait() -> None:
    first, second, third = cluster()
    closing = settle(first, second, third)
    erase_contents([first.id])
    assert after_ten_minutes() == closings.take_effect(at=now() + UNDO_FOR, by=SYSTEM) == 0
    assert {one.state for one in again(second, third)} == {ContentState.WAITING}
    assert find_closing(closing_id=closing, seen_by=ANALYST).like is None


def test_a_copy_whose_day_has_no_such_law_waits() -> None:
    with clock.at(now().replace(year=1991, day=1)):
        old = make_content("https://old.example/")
    first = make_fingerprinted("https://first.example/", A)
    old = give(old, A)
    give_verdict(first.id, make_decision())
    settle(first, old)
    assert after_ten_minutes() == 0
    assert again(old)[0].state == ContentState.WAITING


def test_danger_in_a_copy_s_report_is_put_before_someone_at_once() -> None:
    first = make_fingerprinted("https://first.example/", A)
    report, _ = make_report("https://second.example/", danger=True)
    second = give(report.contents.get(), A)
    give_verdict(first.id, make_decision())
    settle(first, second)
    assert Report.objects.get(id=report.id).to_read == ToRead.DANGER


def test_what_changed_since_the_page_is_refused() -> None:
    first, second, third = cluster()
    chosen = stamps(second, third)
    intake.receive(incoming=make_incoming(make_answers("https://copy2.example/")), by=ANYONE)
    with pytest.raises(NotTogether):
        settling.settle(content_id=first.id, chosen=chosen, by=ANALYST)
    assert {one.state for one in again(second, third)} == {ContentState.WAITING}


def test_only_what_a_person_saw_and_decided_goes_to_copies() -> None:
    undecided = make_fingerprinted("https://waits.example/", A)
    copy = make_fingerprinted("https://copy.example/", A)
    gone = make_decided(Verdict.GONE)
    for content in (undecided, gone):
        with pytest.raises(NotToSettle):
            settling.settle(content_id=content.id, chosen=stamps(copy), by=ANALYST)
    assert queries.waiting_copies(undecided.id, seen_by=ANALYST) == 0


def test_what_is_no_copy_is_not_settled_with_it() -> None:
    first, *_others = cluster()
    stranger = make_content("https://stranger.example/")
    with pytest.raises(NotTogether):
        settling.settle(content_id=first.id, chosen=stamps(stranger), by=ANALYST)


def test_there_is_no_copy_of_a_copy() -> None:
    first = make_fingerprinted("https://first.example/", A)
    near = make_fingerprinted("https://near.example/", make_signal(1, away=25))
    far = make_fingerprinted("https://far.example/", make_signal(1, away=50))
    told = queries.cluster(content_id=first.id, seen_by=ANALYST)
    assert [one.row.id for one in told.copies] == [near.id]
    assert {one.of_id for one in Copy.objects.filter(content=far)} == {near.id}


def test_nobody_else_may() -> None:
    first, second, _third = cluster()
    with pytest.raises(PermissionDenied):
        settling.settle(content_id=first.id, chosen=stamps(second), by=LISTENER)
    with pytest.raises(PermissionDenied):
        settling.undo(closing_id=first.id, by=LISTENER)
    with pytest.raises(PermissionDenied):
        queries.cluster(content_id=first.id, seen_by=LISTENER)


def test_a_copy_found_a_day_later_is_listed_too() -> None:
    with clock.at(now() - timedelta(days=1)):
        first = make_fingerprinted("https://first.example/", A)
        give_verdict(first.id, make_decision(Verdict.OUT_OF_SCOPE))
        work()
    later = make_fingerprinted("https://later.example/", mirrored(A))
    assert queries.waiting_copies(first.id, seen_by=ANALYST) == 1
    settle(first, later)
    after_ten_minutes()
    assert again(later)[0].verdict == Verdict.OUT_OF_SCOPE
