"""A wrong verdict is taken back: undone by its author at once, or later by two people."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry
from balise.foundation.mail.mailers import mailers_from
from balise.foundation.mail.tests.makers import Postmaster, a_mail_server
from balise.hotline.reports.actions import correcting, describing
from balise.hotline.reports.models import Content, Correction, Message
from balise.hotline.reports.module import MEASURES
from balise.hotline.reports.rules.assessing import NotSeen
from balise.hotline.reports.rules.correcting import NotToCorrect, NotToUndo, SameHand, check_undoes
from balise.hotline.reports.rules.words import ContentState, Ground, Verdict
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LISTENER,
    SECOND_ANALYST,
    give_verdict,
    make_content,
    make_decision,
)
from balise.takedown.law.rules.items import Item
from balise.takedown.notices import access as notices_access
from balise.takedown.notices.models import Mailing, Notice
from balise.takedown.notices.rules.mails import MailingKind
from balise.takedown.notices.rules.states import NoticeState
from balise.takedown.notices.tests.makers import make_sent

REASON = "La personne a elle-même publié cette image et l’a confirmé par écrit."
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def with_notices(one: Actor) -> Actor:
    more = {notices_access.READ, notices_access.RECORD, notices_access.SEND}
    return Actor(ActorKind.STAFF, one.key, one.abilities | more)


ONE, OTHER = with_notices(ANALYST), with_notices(SECOND_ANALYST)


@pytest.fixture
def office(settings: Settings) -> Iterator[Postmaster]:
    """A mail server of ours, that hosts' mail is sent to."""
    postmaster = Postmaster()
    with a_mail_server(postmaster) as url:
        settings.MAILERS = mailers_from(url)
        yield postmaster


class TestTheRule:
    """Without a database."""

    @staticmethod
    def check(
        state: ContentState = ContentState.REMOVING,
        *,
        minutes: int = 1,
        by_author: bool = True,
        has_left: bool = False,
    ) -> None:
        check_undoes(
            state,
            decided_at=NOON,
            by_author=by_author,
            has_left=has_left,
            at=NOON + timedelta(minutes=minutes),
        )

    def test_its_author_undoes_it_within_ten_minutes_while_nothing_left(self) -> None:
        self.check()
        self.check(ContentState.CLOSED, minutes=10)

    def test_and_nobody_else_nor_later_nor_once_it_left(self) -> None:
        for given in ({"minutes": 11}, {"by_author": False}, {"has_left": True}):
            with pytest.raises(NotToUndo):
                self.check(**given)
        for state in (ContentState.WAITING, ContentState.SECOND_LOOK, ContentState.CLOSING):
            with pytest.raises(NotToCorrect):
                self.check(state)


def make_wrong(verdict: Verdict = Verdict.ILLEGAL, **given: object) -> Content:
    """Return a content that ONE found illegal."""
    content = make_content(**given)
    give_verdict(content.id, make_decision(verdict), by=ONE)
    return Content.objects.get(id=content.id)


@pytest.mark.django_db
@pytest.mark.safety
class TestUndo:
    def test_needs_no_second_person_while_nothing_has_left(self) -> None:
        content = make_wrong()

        correcting.undo(content_id=content.id, by=ONE)

        content.refresh_from_db()
        assert (content.state, content.verdict, content.offence) == (ContentState.WAITING, "", "")
        assert not content.assessments.filter(is_final=True).exists()
        back = Entry.objects.get(event="hotline.content.taken-back")
        assert (back.facts["verdict"], back.facts["undone"]) == ("illegal", True)
        # Nothing of it is offered for the next verdict.
        with pytest.raises(NotSeen):
            give_verdict(content.id, make_decision(ground=Ground.KNOWN), by=ONE)

    def test_is_refused_to_another_and_once_a_notice_left(self, office: Postmaster) -> None:
        content = make_wrong()
        with pytest.raises(NotToUndo):
            correcting.undo(content_id=content.id, by=OTHER)
        with pytest.raises(PermissionDenied):
            correcting.undo(content_id=content.id, by=LISTENER)
        make_sent(office, subject=content.id)
        with pytest.raises(NotToUndo):
            correcting.undo(content_id=content.id, by=ONE)
        content.refresh_from_db()
        assert content.state == ContentState.REMOVING

    def test_is_refused_after_ten_minutes(self) -> None:
        content = make_wrong()

        with clock.at(clock.now() + timedelta(minutes=11)), pytest.raises(NotToUndo):
            correcting.undo(content_id=content.id, by=ONE)


@pytest.mark.django_db
@pytest.mark.safety
class TestByTwo:
    def asked(self, content: Content) -> Correction:
        found = correcting.ask(
            content_id=content.id, instead=Verdict.OUT_OF_SCOPE, reason=REASON, by=ONE
        )
        return Correction.objects.get(id=found)

    def test_nothing_changes_until_a_second_person_agrees(self) -> None:
        content = make_wrong()
        one = self.asked(content)

        content.refresh_from_db()
        assert content.verdict == Verdict.ILLEGAL
        assert correcting.read_reason(correction_id=one.id, by=OTHER) == REASON
        assert REASON.encode() not in bytes(one.sealed)
        with pytest.raises(SameHand):
            correcting.agree(correction_id=one.id, by=ONE)
        with pytest.raises(PermissionDenied):
            correcting.agree(correction_id=one.id, by=LISTENER)
        with pytest.raises(NotToCorrect):
            self.asked(content)  # one at a time
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.update(is_agreed=True, ended_at=clock.now(), ended_by=one.asked_by)

    def test_it_reaches_whoever_was_told(self, office: Postmaster) -> None:
        content = make_wrong()
        notice_id = make_sent(office, subject=content.id)
        one = self.asked(content)

        correcting.agree(correction_id=one.id, by=OTHER)

        content.refresh_from_db()
        assert (content.state, content.verdict) == (ContentState.WAITING, "")
        notice = Notice.objects.get(id=notice_id)
        assert (notice.state, notice.due_at) == (NoticeState.RETRACTED, None)
        assert Mailing.objects.filter(kind=MailingKind.CORRECTION).count() == 1
        assert not Mailing.objects.filter(kind=MailingKind.RETRACTION).exists()
        assert Message.objects.filter(report__contents=content).count() == 1
        ended = Entry.objects.get(event="hotline.content.correction-ended")
        assert (ended.facts["agreed"], ended.actor_key) == (True, OTHER.key)
        asked = Entry.objects.get(event="hotline.content.correction-asked")
        assert asked.actor_key == ONE.key

    def test_who_does_not_agree_lets_it_stand(self) -> None:
        content = make_wrong()
        one = self.asked(content)

        correcting.refuse(correction_id=one.id, by=OTHER)

        content.refresh_from_db()
        assert content.state == ContentState.REMOVING
        with pytest.raises(NotToCorrect):
            correcting.agree(correction_id=one.id, by=OTHER)

    def test_what_waits_or_says_the_same_is_not_corrected(self) -> None:
        waiting, wrong = make_content("https://waits.example/"), make_wrong()
        for content, instead in (
            (waiting, Verdict.HARMFUL),
            (wrong, Verdict.ILLEGAL),
        ):
            with pytest.raises(NotToCorrect):
                correcting.ask(content_id=content.id, instead=instead, reason=REASON, by=ONE)

    def test_figures_are_corrected_on_the_day_of_the_verdict(self) -> None:
        week = timedelta(days=7)
        with clock.at(clock.now() - week):
            content = make_content()
            describing.describe_items(content_id=content.id, items=[Item()], by=ONE)
            give_verdict(content.id, make_decision(), by=ONE)
            day = today()
        one = self.asked(content)
        correcting.agree(correction_id=one.id, by=OTHER)

        by_name = {measure.name: measure for measure in MEASURES}
        back = Entry.objects.get(event="hotline.content.taken-back")
        taken = by_name["hotline.verdicts.taken-back"]
        assert (
            taken.cell(back.facts, back.at).day
            == day
            == date.fromisoformat(back.facts["decided_on"])
        )
        items = by_name["hotline.items"]
        counted = Entry.objects.filter(event="hotline.items.counted").order_by("id")
        assert [items.amount_of(entry.facts) for entry in counted] == [1, -1]
        assert {items.cell(entry.facts, entry.at).day for entry in counted} == {day}


@pytest.fixture
def analyst(client: Client) -> Account:
    return sign_in(client, make_account("analyst"))


@pytest.mark.django_db
class TestThePage:
    def test_the_walk(self, client: Client) -> None:
        content = make_wrong()
        about = f"/staff/hotline/contents/{content.id}/"
        fields = {"instead": "out-of-scope", "reason": REASON}
        assert client.post(f"{about}correct/", fields).status_code == 302
        sign_in(client, make_account("listener"))
        for act in ("correct/", "undo/"):
            assert client.post(about + act, fields).status_code == 403
        first = sign_in(client, make_account("analyst"))
        assert client.post(f"{about}correct/", {"instead": "gone"}).status_code == 422
        client.post(f"{about}correct/", fields)
        one = Correction.objects.get()
        assert one.asked_by == str(first.id)
        end = f"{about}corrections/{one.id}/"
        client.post(end, {"agree": "1"})
        content.refresh_from_db()
        assert content.state == ContentState.REMOVING  # the same person
        sign_in(client, make_account("analyst"))
        page = client.get(about).text
        assert "Donner mon accord" in page
        assert REASON in page

        client.post(end, {"agree": "1"})

        content.refresh_from_db()
        assert content.state == ContentState.WAITING
        assert "Qualification annulée" in client.get(about).text

    def test_undo_is_offered_to_its_author_alone(self, client: Client, analyst: Account) -> None:
        mine, other = make_content(), make_content("https://other.example/")
        give_verdict(mine.id, make_decision(), by=actor_of(analyst))
        give_verdict(other.id, make_decision(), by=ONE)

        assert "rien n’est encore parti" in client.get(f"/staff/hotline/contents/{mine.id}/").text
        page = client.get(f"/staff/hotline/contents/{other.id}/").text
        assert "rien n’est encore parti" not in page
        assert "Annuler cette qualification" in page
        client.post(f"/staff/hotline/contents/{mine.id}/undo/")
        mine.refresh_from_db()
        assert mine.state == ContentState.WAITING
