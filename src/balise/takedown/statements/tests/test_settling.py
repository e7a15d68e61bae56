"""A person says which statement answers; a platform's own number says it alone."""

from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.takedown.notices.queries.values import sent_about
from balise.takedown.notices.rules.states import Outcome
from balise.takedown.statements import tasks
from balise.takedown.statements.actions import settling
from balise.takedown.statements.actions.comparing import compare
from balise.takedown.statements.models import Contradiction, Match
from balise.takedown.statements.queries import comparing
from balise.takedown.statements.rules.dumps import Contradicts, Seen
from balise.takedown.statements.rules.matching import ReferenceFaulty, ReferenceKind
from balise.takedown.statements.rules.settling import AlreadySettled
from balise.takedown.statements.tests.makers import (
    ANALYST,
    LISTENER,
    OUTSIDER,
    make_csv,
    make_form,
    make_row,
    make_sent,
    read,
)
from balise.takedown.watch.actions import watching
from balise.takedown.watch.models import Watched

pytestmark = pytest.mark.django_db


def make_match(**row: str) -> Match:
    make_sent()
    read(make_csv(make_row(**row)))
    return Match.objects.get()


def make_watched(subject: UUID, state: str) -> None:
    """Let the watch have seen a content so: its own tests say how it comes to that."""
    watching.watch(line="hotline", subject=subject, address="https://seen.example/a", by=SYSTEM)
    is_gone = state == "gone"
    Watched.objects.filter(subject=subject).update(
        state=state, misses=3 * is_gone, first_gone_at=now() if is_gone else None
    )


def told(name: str) -> list[dict[str, object]]:
    return [entry.facts for entry in Entry.objects.filter(event=f"takedown.{name}").order_by("id")]


class TestConfirm:
    def test_is_written_down(self) -> None:
        match = make_match()

        settling.confirm(match_id=match.id, by=ANALYST)

        match.refresh_from_db()
        assert (match.state, match.settled_by) == ("confirmed", ANALYST.key)
        (fact,) = told("statement.matched")
        assert (fact["by_number"], fact["score"]) == (False, match.score)

    def test_a_statement_answers_one_notice(self) -> None:
        contact = make_form()
        make_sent(contact)
        make_sent(contact)
        read(make_csv(make_row()))
        first, second = Match.objects.order_by("id")

        settling.confirm(match_id=first.id, by=ANALYST)

        second.refresh_from_db()
        assert second.state == "rejected"
        with pytest.raises(AlreadySettled):
            settling.confirm(match_id=second.id, by=ANALYST)

    def test_what_was_rejected_is_not_proposed_again(self) -> None:
        make_sent()
        content = make_csv(make_row())
        read(content)
        settling.reject(match_id=Match.objects.get().id, by=ANALYST)

        read(content)

        assert Match.objects.get().state == "rejected"
        assert len(told("match.rejected")) == 1

    @pytest.mark.parametrize("who", [OUTSIDER, LISTENER])
    def test_asks_for_the_right_and_the_line(self, who: object) -> None:
        match = make_match()

        for act in (settling.confirm, settling.reject):
            with pytest.raises(PermissionDenied):
                act(match_id=match.id, by=who)  # type: ignore[arg-type]
        with pytest.raises(PermissionDenied):
            settling.note_reference(
                notice_id=match.notice_id,
                kind=ReferenceKind.PUID,
                value="a",
                by=who,  # type: ignore[arg-type]
            )


class TestReference:
    def test_settles_what_was_read_before(self) -> None:
        match = make_match(platform_uid="known-1")

        settled = settling.note_reference(
            notice_id=match.notice_id, kind=ReferenceKind.PUID, value="known-1", by=ANALYST
        )

        match.refresh_from_db()
        assert (settled, match.state, match.score, match.settled_by) == (1, "confirmed", 100, "")
        assert told("statement.matched")[0]["by_number"] is True
        assert told("reference.noted") == [{"kind": "puid"}]

    def test_settles_what_is_read_later(self) -> None:
        notice = make_sent()
        settling.note_reference(
            notice_id=notice, kind=ReferenceKind.PUID, value="known-2", by=ANALYST
        )

        outcome = read(make_csv(make_row(platform_uid="known-2"), make_row()))

        assert (outcome.certain, outcome.proposed) == (1, 1)
        assert Match.objects.get(state="confirmed").score == 100

    def test_twice_is_once(self) -> None:
        notice = make_sent()
        for _again in range(2):
            settling.note_reference(
                notice_id=notice, kind=ReferenceKind.PUID, value="known-2", by=ANALYST
            )

        assert len(told("reference.noted")) == 1

    def test_refuses_an_address(self) -> None:
        with pytest.raises(ReferenceFaulty):
            settling.note_reference(
                notice_id=make_sent(),
                kind=ReferenceKind.PUID,
                value="https://host.example/1",
                by=ANALYST,
            )


class TestContradictions:
    def test_accepted_but_still_there(self) -> None:
        subject = uuid4()
        notice = make_sent(outcome=Outcome.REMOVED, subject=subject)
        make_watched(subject, "online")

        tasks.compare_notices(list(Entry.objects.filter(event="takedown.notice.outcome-recorded")))

        found = comparing.overview(seen_by=ANALYST)
        (one,) = found.contradictions
        assert (one.notice.id, one.kind, one.seen) == (
            notice,
            Contradicts.ACCEPTED_BUT_THERE,
            Seen.ONLINE,
        )
        assert found.counts[Contradicts.ACCEPTED_BUT_THERE] == 1
        assert told("contradiction.found")[0]["kind"] == "accepted-but-there"

    def test_refused_but_gone_until_it_is_back(self) -> None:
        subject = uuid4()
        notice = make_sent(outcome=Outcome.REFUSED, subject=subject)
        make_watched(subject, "gone")
        for _again in range(2):
            look_again(notice)
        assert Contradiction.objects.get().kind == "refused-but-gone"

        Watched.objects.update(state="online")
        look_again(notice)

        assert Contradiction.objects.get().ended_at is not None
        assert (len(told("contradiction.found")), len(told("contradiction.ended"))) == (1, 1)

    def test_what_a_platform_declared_counts_once_a_person_agrees(self) -> None:
        subject = uuid4()
        notice = make_sent(subject=subject)
        make_watched(subject, "online")
        read(make_csv(make_row()))
        look_again(notice)
        assert not Contradiction.objects.exists()

        settling.confirm(match_id=Match.objects.get().id, by=ANALYST)
        tasks.compare_notices(list(Entry.objects.filter(event="takedown.statement.matched")))

        assert Contradiction.objects.get().kind == "accepted-but-there"

    def test_a_content_that_comes_or_goes_is_looked_up_by_its_line(self) -> None:
        subject = uuid4()
        notice = make_sent(subject=subject)

        assert sent_about([("hotline", subject)]) == [notice]
        assert sent_about([("helpline", subject)]) == []

    def test_another_line_sees_nothing(self) -> None:
        make_match()

        found = comparing.overview(seen_by=LISTENER)

        assert (found.to_settle_count, len(found.contradictions)) == (0, 0)
        with pytest.raises(PermissionDenied):
            comparing.overview(seen_by=OUTSIDER)


def look_again(notice: UUID) -> None:
    compare(notice_ids=[notice], by=SYSTEM)
