"""A removal that no host ends: seen gone by an analyst, given up, taken up again; what is told."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.foundation.clock import now, today
from balise.foundation.encryption.worded import shown
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import notifying, removal
from balise.hotline.reports.models import Content
from balise.hotline.reports.queries import ending as removals
from balise.hotline.reports.rules import ending
from balise.hotline.reports.rules.ending import (
    DayUnlikely,
    NotEnded,
    NotUnderWay,
    StillAsked,
    ToldParty,
    ToldUnclear,
)
from balise.hotline.reports.rules.status import Status
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LISTENER,
    make_content,
    make_decided,
    make_report,
)
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import queries as notices
from balise.takedown.watch import access as watching, queries as watch

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
WATCHER = Actor(
    ActorKind.STAFF, str(UUID(int=1)), ANALYST.abilities | {watching.READ, watching.WATCH}
)


class TestTheRules:
    def test_what_was_seen_gone_on_an_earlier_day_counts_to_its_end(self) -> None:
        at = NOON + timedelta(days=3)

        assert ending.gone_at(DAY, at=at, zone=UTC) == datetime(
            2026, 11, 24, 23, 59, 59, tzinfo=UTC
        )

    def test_what_was_seen_gone_today_counts_until_now(self) -> None:
        assert ending.gone_at(DAY, at=NOON, zone=UTC) == NOON

    @pytest.mark.parametrize("days", [-1, 2])
    def test_a_day_that_cannot_be_is_refused(self, days: int) -> None:
        with pytest.raises(DayUnlikely):
            ending.check_gone_on(
                DAY + timedelta(days=days), seen_last_on=DAY, today=DAY + timedelta(days=1)
            )

    @pytest.mark.parametrize("told", [(), (ToldParty.NOBODY, ToldParty.POLICE)])
    def test_who_was_told_is_said(self, told: Collection[ToldParty]) -> None:
        with pytest.raises(ToldUnclear):
            ending.check_told(told)

    def test_only_what_is_illegal_is_given_up(self) -> None:
        assert ending.is_given_up(ContentState.CLOSED, Verdict.ILLEGAL)
        assert not ending.is_given_up(ContentState.CLOSED, Verdict.GONE)
        assert not ending.is_given_up(ContentState.REMOVED, Verdict.ILLEGAL)


class TestTheReporterReads:
    def standing(self, state: ContentState, *, is_asked: bool) -> str:
        one = Status("", state, Verdict.ILLEGAL, NOON, None, is_asked, known_before=False)
        return f"{one.label} {one.words}"

    def test_that_we_asked_only_once_we_did(self) -> None:
        assert "demandé" in self.standing(ContentState.REMOVING, is_asked=True)
        assert "demandé" not in self.standing(ContentState.REMOVING, is_asked=False)

    def test_that_it_is_illegal_where_nothing_more_can_be_done(self) -> None:
        assert "Illégal" in self.standing(ContentState.CLOSED, is_asked=False)


@pytest.mark.django_db
class TestNoteSeenGone:
    def test_ends_the_removal_on_the_day(self) -> None:
        content = make_decided()
        Content.objects.update(decided_at=now() - timedelta(days=3))
        day = today() - timedelta(days=1)

        removal.note_seen_gone(content_id=content.id, gone_on=day, by=ANALYST)

        found = Content.objects.get()
        assert found.state == ContentState.REMOVED
        assert found.removed_at is not None
        assert found.removed_at < now()
        seen = Entry.objects.get(event="hotline.removal.seen")
        assert (seen.facts["gone_on"], seen.actor_key) == (day.isoformat(), ANALYST.key)
        seconds = Entry.objects.get(event="hotline.content.removed").facts["seconds"]
        assert 1 * 86_400 < seconds < 3 * 86_400

    def test_refuses_what_is_not_being_removed(self) -> None:
        content = make_content()

        with pytest.raises(NotUnderWay):
            removal.note_seen_gone(content_id=content.id, gone_on=today(), by=ANALYST)

    def test_refuses_a_day_before_it_came_back(self) -> None:
        content = make_decided()
        Content.objects.update(decided_at=now() - timedelta(days=9), reappeared_at=now())

        with pytest.raises(DayUnlikely):
            removal.note_seen_gone(
                content_id=content.id, gone_on=today() - timedelta(days=2), by=ANALYST
            )

    def test_is_for_analysts(self) -> None:
        with pytest.raises(PermissionDenied):
            removal.note_seen_gone(content_id=uuid4(), gone_on=today(), by=LISTENER)


@pytest.mark.django_db
class TestGiveUp:
    def test_closes_it_and_says_who_was_told(self) -> None:
        content = make_decided()

        removal.give_up(
            content_id=content.id, told={ToldParty.POLICE, ToldParty.SERVICE}, by=ANALYST
        )

        found = Content.objects.get()
        assert (found.state, found.verdict) == (ContentState.CLOSED, Verdict.ILLEGAL)
        assert found.given_up_at is not None
        fact = Entry.objects.get(event="hotline.removal.given-up")
        told = [fact.facts[f"{one}_told"] for one in ("police", "service", "network")]
        assert told == [True, True, False]
        given_up = removals.given_up(content_id=content.id, seen_by=ANALYST)
        assert given_up is not None
        assert given_up.told == (ToldParty.POLICE, ToldParty.SERVICE)

    def test_nobody_may_be_there_to_tell(self) -> None:
        content = make_decided()
        assert removals.given_up(content_id=content.id, seen_by=ANALYST) is None

        removal.give_up(content_id=content.id, told={ToldParty.NOBODY}, by=ANALYST)

        given_up = removals.given_up(content_id=content.id, seen_by=ANALYST)
        assert given_up is not None
        assert given_up.told == (ToldParty.NOBODY,)

    def test_refuses_while_a_host_has_to_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        content = make_decided()
        monkeypatch.setattr(notices, "is_anyone_asked", lambda **_about: True)

        with pytest.raises(StillAsked):
            removal.give_up(content_id=content.id, told={ToldParty.POLICE}, by=ANALYST)
        assert Content.objects.get().state == ContentState.REMOVING

    def test_refuses_what_is_not_being_removed(self) -> None:
        content = make_content()

        with pytest.raises(NotUnderWay):
            removal.give_up(content_id=content.id, told={ToldParty.POLICE}, by=ANALYST)

    def test_is_for_analysts(self) -> None:
        with pytest.raises(PermissionDenied):
            removal.give_up(content_id=uuid4(), told={ToldParty.POLICE}, by=LISTENER)

    def test_what_goes_after_all_is_removed(self) -> None:
        content = make_decided()
        removal.give_up(content_id=content.id, told={ToldParty.POLICE}, by=ANALYST)

        assert removal.note_removed(content_id=content.id, at=now(), by=SYSTEM)

        found = Content.objects.get()
        assert (found.state, found.given_up_at) == (ContentState.REMOVED, None)

    def test_at_another_host_it_is_at_large_again(self) -> None:
        content = make_decided()
        removal.give_up(content_id=content.id, told={ToldParty.POLICE}, by=ANALYST)

        assert removal.note_host_moved(
            content_id=content.id, country="DE", network=64501, by=SYSTEM
        )
        assert Content.objects.get().state == ContentState.REMOVING


@pytest.mark.django_db
class TestTakeUpAgain:
    def test_what_was_given_up(self) -> None:
        content = make_decided()
        removal.give_up(content_id=content.id, told={ToldParty.NOBODY}, by=ANALYST)

        removal.take_up_again(content_id=content.id, by=ANALYST)

        found = Content.objects.get()
        assert (found.state, found.given_up_at) == (ContentState.REMOVING, None)
        assert Entry.objects.get(event="hotline.removal.taken-up").subject == content.id

    def test_what_is_back(self) -> None:
        content = make_decided()
        removal.note_removed(content_id=content.id, at=now(), by=SYSTEM)

        removal.take_up_again(content_id=content.id, by=ANALYST)

        assert Content.objects.get().state == ContentState.REMOVING
        assert Entry.objects.get(event="hotline.content.reappeared").actor_key == ANALYST.key

    @pytest.mark.parametrize("verdict", [Verdict.ILLEGAL, Verdict.HARMFUL])
    def test_refuses_what_has_not_ended(self, verdict: Verdict) -> None:
        content = make_decided(verdict)

        with pytest.raises(NotEnded):
            removal.take_up_again(content_id=content.id, by=ANALYST)

    def test_is_for_analysts(self) -> None:
        with pytest.raises(PermissionDenied):
            removal.take_up_again(content_id=uuid4(), by=LISTENER)


@pytest.mark.django_db
class TestWatchWithoutANotice:
    def test_looks_at_it(self) -> None:
        content = make_decided()

        notifying.watch_unnotified(content_id=content.id, by=WATCHER)

        seen = watch.history(line="hotline", subject=content.id, seen_by=WATCHER)
        assert seen is not None
        assert seen.watched.host is None
        assert Entry.objects.filter(event="takedown.watch.started").exists()

    def test_refuses_what_is_not_being_removed(self) -> None:
        content = make_content()

        with pytest.raises(notifying.NotToWatch):
            notifying.watch_unnotified(content_id=content.id, by=WATCHER)

    def test_is_for_analysts(self) -> None:
        with pytest.raises(PermissionDenied):
            notifying.watch_unnotified(content_id=uuid4(), by=LISTENER)


def page_of(content: Content, act: str = "") -> str:
    return f"/staff/hotline/contents/{content.id}/{act}"


@pytest.mark.django_db
class TestTheDoors:
    ACTS = ("watch/", "gone/", "give-up/", "take-up/")

    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        content = make_decided()

        for act in self.ACTS:
            answer = client.post(page_of(content, act), {})
            assert "/staff/account/" in answer["Location"], act

    def test_another_role_is_refused(self, client: Client) -> None:
        content = make_decided()
        sign_in(client, make_account("listener"))
        given = {"gone_on": today().isoformat(), "told": ["police"]}

        for act in self.ACTS:
            assert client.post(page_of(content, act), given).status_code == 403, act
        assert Content.objects.get().state == ContentState.REMOVING

    def test_an_analyst_sees_it_gone_and_back(self, client: Client) -> None:
        content = make_decided()
        sign_in(client, make_account("analyst"))

        client.post(page_of(content, "gone/"), {"gone_on": today().isoformat()})
        assert Content.objects.get().state == ContentState.REMOVED
        assert page_of(content, "take-up/") in client.get(page_of(content)).text
        client.post(page_of(content, "take-up/"))

        assert Content.objects.get().state == ContentState.REMOVING

    def test_an_analyst_gives_up_and_the_page_says_who_was_told(self, client: Client) -> None:
        content = make_decided()
        sign_in(client, make_account("analyst"))

        client.post(page_of(content, "give-up/"), {"told": ["police"]})

        page = client.get(page_of(content)).text
        assert Content.objects.get().state == ContentState.CLOSED
        assert "La police" in page
        assert page_of(content, "take-up/") in page

    @pytest.mark.parametrize(
        ("act", "given"),
        [
            ("gone/", {"gone_on": "2999-01-01"}),
            ("gone/", {"gone_on": "0001-01-01"}),
            ("gone/", {}),
            ("give-up/", {}),
            ("give-up/", {"told": ["nobody", "police"]}),
            ("give-up/", {"told": ["nonsense"]}),
        ],
    )
    def test_what_cannot_be_is_said_on_the_page(
        self, client: Client, act: str, given: dict[str, object]
    ) -> None:
        content = make_decided()
        sign_in(client, make_account("analyst"))

        assert client.post(page_of(content, act), given).status_code == 422
        assert Content.objects.get().state == ContentState.REMOVING

    @pytest.mark.parametrize(
        ("act", "given"),
        [
            ("gone/", {}),
            ("give-up/", {"told": ["police"]}),
            ("notice/", {"explanation": "Mes motifs, longs."}),
        ],
    )
    def test_who_is_too_late_reads_why_and_keeps_what_they_typed(
        self, client: Client, act: str, given: dict[str, object]
    ) -> None:
        content = make_decided()
        removal.note_seen_gone(content_id=content.id, gone_on=today(), by=ANALYST)
        sign_in(client, make_account("analyst"))

        answer = client.post(page_of(content, act), {"gone_on": today().isoformat()} | given)

        assert answer.status_code == 409
        assert "data-summary" in answer.text
        assert str(given.get("explanation", "")) in answer.text
        assert Content.objects.get().state == ContentState.REMOVED

    def test_the_second_of_two_who_draft_a_notice_is_told_of_the_first(
        self, client: Client
    ) -> None:
        content = make_decided()
        make_contact(make_host(domains=("pictures.example",)))
        sign_in(client, make_account("analyst"))
        given = {"explanation": "Mes motifs, longs."}
        assert client.post(page_of(content, "notice/"), given).status_code == 302

        answer = client.post(page_of(content, "notice/"), given)

        assert answer.status_code == 409
        assert "déjà ouverte pour ce point de contact" in answer.text
        assert "Il manque quelque chose" not in answer.text
        assert given["explanation"] in answer.text

    def test_an_analyst_has_it_watched_without_a_notice(self, client: Client) -> None:
        content = make_decided()
        sign_in(client, make_account("analyst"))
        assert page_of(content, "watch/") in client.get(page_of(content)).text

        client.post(page_of(content, "watch/"))

        assert watch.history(line="hotline", subject=content.id, seen_by=WATCHER) is not None
        assert page_of(content, "watch/") not in client.get(page_of(content)).text

    @pytest.mark.parametrize("act", ["watch/", "gone/", "give-up/", "take-up/"])
    def test_a_content_that_is_not_there_is_not_found(self, client: Client, act: str) -> None:
        sign_in(client, make_account("analyst"))
        given = {"gone_on": today().isoformat(), "told": ["police"]}

        answer = client.post(f"/staff/hotline/contents/{uuid4()}/{act}", given)

        assert answer.status_code == 404

    def test_the_reporter_reads_that_nobody_was_asked_yet(self, client: Client) -> None:
        make_decided()
        _, receipt = make_report()

        page = client.post("/fr/follow/", {"code": shown(receipt)}, follow=True)

        assert page.status_code == HTTPStatus.OK
        assert "Nous avons demandé" not in page.text
