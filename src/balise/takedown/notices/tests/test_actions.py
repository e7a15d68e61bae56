"""A notice's words are its line's alone; what came of it is counted."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.journal.models import Entry
from balise.foundation.mail.tests.makers import Postmaster
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.law.models import FrozenLaw
from balise.takedown.law.rules import NotInForce, OffenceUnknown, TextAnnulled
from balise.takedown.notices import queries, tasks
from balise.takedown.notices.actions import drafting, ending, sending
from balise.takedown.notices.actions.drafting import AlreadyNotified, NobodyToTell
from balise.takedown.notices.models import Notice
from balise.takedown.notices.rules.letters import LocationRefused
from balise.takedown.notices.rules.states import Impediment, NoticeState, Outcome, WrongState
from balise.takedown.notices.tests.makers import (
    ANALYST,
    LISTENER,
    LOCATION,
    OUTSIDER,
    another_contact,
    make_letter,
    make_notice,
    make_sent,
    send,
    state_of,
    told,
)

pytestmark = pytest.mark.django_db


class TestDraft:
    def test_keeps_its_words_sealed(self) -> None:
        notice_id = make_notice()
        notice = Notice.objects.get(id=notice_id)
        assert b"images.example" not in bytes(notice.sealed)
        assert queries.letter_of(notice).locations == (LOCATION,)
        assert state_of(notice_id) is NoticeState.DRAFT
        assert told("drafted")[0]["content"] == str(notice.subject)

    def test_refuses_a_second_one_to_the_same_contact(self) -> None:
        subject, contact_id = uuid4(), make_contact(make_host())
        first = make_notice(subject=subject, contact_id=contact_id)
        with pytest.raises(AlreadyNotified):
            make_notice(subject=subject, contact_id=contact_id)
        ending.withdraw(notice_id=first, by=ANALYST)
        make_notice(subject=subject, contact_id=contact_id)

    def test_refuses_a_contact_that_nobody_approved(self) -> None:
        waiting = make_contact(make_host(), approved=False)
        for contact_id in (waiting, uuid4()):
            with pytest.raises(NobodyToTell):
                make_notice(contact_id=contact_id)

    def test_refuses_what_is_no_offence_or_was_none(self) -> None:
        with pytest.raises(OffenceUnknown):
            make_notice(offence="parking")
        with pytest.raises(NotInForce):
            make_notice(
                offence="sexual-montage",
                facts_on=date(2024, 5, 22),
                contact_id=another_contact(),
            )

    def test_refuses_a_text_that_was_annulled(self) -> None:
        with pytest.raises(TextAnnulled):
            make_notice(offence="sexual-harassment", facts_on=date(2010, 1, 1))

    def test_freezes_the_text_that_it_names(self) -> None:
        notice = Notice.objects.get(id=make_notice(offence="csam-sharing"))
        assert notice.law_text == "csam-sharing/2013-08-07"
        assert FrozenLaw.objects.get(digest=notice.law_pack).country == "fr"

    @pytest.mark.parametrize("offence", ["intimate-images", "sexual-montage"])
    def test_says_of_a_minor_no_keyword_of_adults(self, offence: str) -> None:
        notice_id = make_notice(offence=offence, about_minor=True)
        said = drafting.read(notice_id=notice_id, by=ANALYST).offence
        assert said.dsa_category == "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
        assert said.dsa_keyword.startswith("KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL")

    def test_refuses_a_place_that_is_none(self) -> None:
        with pytest.raises(LocationRefused):
            make_notice(letter=make_letter(locations=("nowhere",)))

    def test_can_be_changed_until_it_is_sent(self) -> None:
        notice_id = make_notice()
        changed = make_letter(explanation="Une autre explication, plus longue que la première.")
        drafting.revise(notice_id=notice_id, letter=changed, by=ANALYST)
        opened = drafting.read(notice_id=notice_id, by=ANALYST)
        assert opened.letter.explanation.startswith("Une autre")
        assert len(told("read")) == 1
        send(notice_id)
        with pytest.raises(WrongState):
            drafting.revise(notice_id=notice_id, letter=changed, by=ANALYST)


class TestOutcome:
    def test_is_counted_in_seconds_since_it_was_sent(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        sent_at = Notice.objects.get(id=notice_id).sent_at
        assert sent_at is not None
        ending.record_outcome(
            notice_id=notice_id,
            outcome=Outcome.REFUSED,
            impediment=Impediment.MANIFEST_ERROR,
            at=sent_at + timedelta(hours=2),
            by=ANALYST,
        )
        (fact,) = told("outcome-recorded")
        assert (fact["outcome"], fact["seconds"]) == ("refused", 7_200)
        assert fact["impediment"] == "manifest-error"
        assert state_of(notice_id) is NoticeState.REFUSED

    def test_can_follow_a_restriction(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.RESTRICTED, by=ANALYST)
        assert state_of(notice_id) is NoticeState.ANSWERED
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.REMOVED, by=ANALYST)
        assert state_of(notice_id) is NoticeState.REMOVED
        with pytest.raises(WrongState):
            ending.record_outcome(notice_id=notice_id, outcome=Outcome.NO_ANSWER, by=ANALYST)

    def test_needs_a_notice_that_left(self) -> None:
        with pytest.raises(WrongState):
            ending.record_outcome(notice_id=make_notice(), outcome=Outcome.REMOVED, by=ANALYST)

    def test_comes_from_the_watch_for_all_that_wait(self, office: Postmaster) -> None:
        subject = uuid4()
        notice_id = make_sent(office, subject=subject)
        draft = make_notice(
            subject=subject,
            contact_id=make_contact(make_host("Other", domains=()), "x@other.example"),
        )
        ended = ending.note_removed(line="hotline", subject=subject, at=now(), by=SYSTEM)
        assert ended == 1
        assert (state_of(notice_id), state_of(draft)) == (NoticeState.REMOVED, NoticeState.DRAFT)
        assert ending.note_removed(line="helpline", subject=subject, at=now(), by=SYSTEM) == 0

    def test_comes_from_the_watch_since_its_first_look_without_the_content(
        self, office: Postmaster
    ) -> None:
        notice = Notice.objects.get(id=make_sent(office))
        assert notice.sent_at is not None
        gone_at = notice.sent_at + timedelta(hours=3)
        facts = {"for_line": "hotline", "gone_at": gone_at.isoformat()}
        seen = Entry(subject=notice.subject, at=now(), facts_text=json.dumps(facts))
        tasks.end_gone([seen])
        (fact,) = told("outcome-recorded")
        assert (fact["outcome"], fact["seconds"]) == ("removed", 10_800)


class TestWhoMay:
    def test_not_another_line_nor_an_outsider(self) -> None:
        notice_id = make_notice()
        notice = Notice.objects.get(id=notice_id)
        for actor in (LISTENER, OUTSIDER):
            for act in (
                lambda by: make_notice(by=by, contact_id=notice.contact_id),
                lambda by: drafting.revise(notice_id=notice_id, letter=make_letter(), by=by),
                lambda by: drafting.read(notice_id=notice_id, by=by),
                lambda by: sending.send(notice_id=notice_id, by=by),
                lambda by: sending.note_sent_by_hand(notice_id=notice_id, by=by),
                lambda by: ending.withdraw(notice_id=notice_id, by=by),
                lambda by: ending.record_outcome(
                    notice_id=notice_id, outcome=Outcome.REMOVED, by=by
                ),
                lambda by: queries.about(line="hotline", subject=notice.subject, seen_by=by),
                lambda by: queries.notice(notice_id, seen_by=by),
            ):
                with pytest.raises(PermissionDenied):
                    act(actor)
        assert not any(queries.counts(seen_by=LISTENER).values())
        assert not any(queries.counts(seen_by=OUTSIDER).values())

    def test_its_own_line_sees_what_stands(self) -> None:
        notice_id = make_notice()
        notice = queries.notice(notice_id, seen_by=ANALYST)
        assert notice is not None
        assert any(queries.counts(seen_by=ANALYST).values())
        found = queries.about(line="hotline", subject=notice.subject, seen_by=ANALYST)
        assert [one.id for one in found] == [notice_id]
        assert queries.notice(uuid4(), seen_by=ANALYST) is None


class TestRetention:
    def test_forgets_the_words_a_year_after_the_end(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        open_still = make_notice(
            contact_id=make_contact(make_host("Other", domains=()), "x@other.example")
        )
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.REMOVED, by=ANALYST)
        assert rows_due("takedown.notices", now()) == []
        later = now() + timedelta(days=366)
        due = rows_due("takedown.notices", later)
        assert {*due} == {notice_id, open_still}  # the draft was left for six months
        assert erase_rows("takedown.notices", due) == 2
        notice = Notice.objects.get(id=notice_id)
        assert notice.is_forgotten
        assert notice.came_of_it is Outcome.REMOVED
        with pytest.raises(KeyForgotten):
            queries.letter_of(notice)
        assert rows_due("takedown.notices", later) == []
