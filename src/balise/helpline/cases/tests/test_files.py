from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError, connection

from balise.foundation import clock
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import KeyForgotten, key_of_line
from balise.foundation.encryption.worded import shown
from balise.foundation.journal.models import Entry as JournalEntry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.helpline.cases.actions import handshakes, joining, opening, writing
from balise.helpline.cases.models import Case, CaseContact, Entry, Revision
from balise.helpline.cases.queries import files as queries
from balise.helpline.cases.rules.files import (
    GLASS_LASTS,
    CaseClosed,
    CaseOutcome,
    CaseState,
    CodeUnknown,
    ColleagueUnknown,
    EntryConflict,
    EntryGone,
    NothingWritten,
    NotOnCase,
    Via,
    reference,
)
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.tests.makers import make_case, make_entry, make_listener
from balise.helpline.cases.web import search
from balise.helpline.contacts.actions import keeping as contacts
from balise.helpline.contacts.rules import Channel, NotYourContact
from balise.helpline.contacts.rules.forms import FieldWrong
from balise.helpline.conversations.actions import saying
from balise.helpline.conversations.actions.saying import Begun

pytestmark = pytest.mark.django_db

REASON = "Danger ce soir, Camille est injoignable."


@pytest.fixture
def listener() -> Actor:
    return make_listener()


@pytest.fixture
def other() -> Actor:
    return make_listener(name="Dominique")


@pytest.fixture
def lead() -> Actor:
    return make_listener("helpline_lead", name="Swann")


def events() -> list[str]:
    found = JournalEntry.objects.filter(event__startswith="helpline.case.").order_by("id")
    return [name.removeprefix("helpline.case.") for name in found.values_list("event", flat=True)]


def a_chat(by: Actor) -> tuple[Begun, UUID]:
    begun = saying.ask(nickname="Renard", language="fr")
    return begun, contacts.begin(channel=Channel.CHAT, subject=begun.id, by=by)


class TestOpen:
    def test_who_opens_a_file_is_on_it_and_reads_it(self, listener: Actor) -> None:
        case_id = make_case(by=listener)

        opened = handshakes.read_case(case_id=case_id, by=listener)

        assert opened.title == "Renard, au collège"
        assert [(one.name, one.via) for one in opened.members] == [("Camille", Via.OPENED)]
        assert events() == ["opened", "joined", "read"]

    def test_is_for_listeners(self) -> None:
        for actor in (ANYONE, make_listener("analyst")):
            with pytest.raises(PermissionDenied):
                opening.open_case(title="x", by=actor)

    def test_a_contact_has_one_file(self, listener: Actor) -> None:
        _begun, contact = a_chat(listener)
        first = make_case(by=listener, contact=contact)
        assert make_case(by=listener, contact=contact) == first
        assert queries.case_of_contact(contact, seen_by=listener) == first
        assert queries.cases_of_contacts([contact], seen_by=listener) == {contact: first}
        assert queries.cases_of_contacts([contact], seen_by=make_listener()) == {}

    def test_two_presses_at_once_open_one_file(self, listener: Actor) -> None:
        _begun, contact = a_chat(listener)
        first = make_case(by=listener)
        pressed: list[str] = []

        def meets(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
            """Let the other press be written just before this one is."""
            if not pressed and sql.startswith('INSERT INTO "helpline_cases_casecontact"'):
                pressed.append("this")
                raise IntegrityError
            if pressed == ["this"] and 'FROM "helpline_cases_casecontact"' in sql:
                pressed.append("the other")
                CaseContact.objects.create(contact=contact, case_id=first, at=now())
            return execute(sql, params, many, context)

        with connection.execute_wrapper(meets):
            assert make_case(by=listener, contact=contact) == first
        assert Case.objects.count() == 1

    def test_anothers_contact_is_refused(self, listener: Actor, other: Actor) -> None:
        _begun, contact = a_chat(listener)
        with pytest.raises(NotYourContact):
            make_case(by=other, contact=contact)
        assert not Case.objects.exists()

    def test_nothing_of_it_stands_in_clear(self, listener: Actor) -> None:
        case_id = make_case(by=listener, title="Renard et sa sœur")
        make_entry(case_id, Section.NOTES, by=listener, text="On se moque de lui.")
        for row in (*Case.objects.values(), *Revision.objects.values(), *Entry.objects.values()):
            kept = b" ".join(bytes(str(value), "utf-8") for value in row.values())
            kept += b" ".join(bytes(v) for v in row.values() if isinstance(v, bytes | memoryview))
            assert b"Renard" not in kept
            assert b"moque" not in kept


class TestNeedToKnow:
    def test_who_is_not_on_a_file_reads_and_writes_nothing(
        self, listener: Actor, other: Actor, lead: Actor
    ) -> None:
        case_id = make_case(by=listener)
        entry_id = make_entry(case_id, Section.NOTES, by=listener, text="Un mot.")
        for who in (other, lead):
            with pytest.raises(NotOnCase):
                handshakes.read_case(case_id=case_id, by=who)
            with pytest.raises(NotOnCase):
                handshakes.read_entry(entry_id=entry_id, by=who)
            with pytest.raises(NotOnCase):
                make_entry(case_id, Section.NOTES, by=who, text="Autre.")
            with pytest.raises(NotOnCase):
                writing.change(entry_id=entry_id, version=1, given={"text": "x"}, by=who)
            with pytest.raises(NotOnCase):
                joining.move(case_id=case_id, to=CaseState.IN_PROGRESS, by=who)
            with pytest.raises(NotOnCase):
                opening.make_code(case_id=case_id, language="fr", by=who)

    def test_a_colleague_is_added_by_one_who_is_on_it(self, listener: Actor, other: Actor) -> None:
        case_id = make_case(by=listener)
        joining.add(case_id=case_id, account=other.key, by=listener)
        assert handshakes.read_case(case_id=case_id, by=other).row.is_mine
        with pytest.raises(ColleagueUnknown):
            joining.add(case_id=case_id, account=other.key, by=listener)

    def test_the_last_one_does_not_leave(self, listener: Actor, other: Actor) -> None:
        case_id = make_case(by=listener)
        with pytest.raises(ColleagueUnknown):
            joining.leave(case_id=case_id, by=listener)
        joining.add(case_id=case_id, account=other.key, by=listener)
        joining.leave(case_id=case_id, by=listener)
        with pytest.raises(NotOnCase):
            handshakes.read_case(case_id=case_id, by=listener)

    def test_broken_glass_opens_for_some_hours_and_stays_written(
        self, listener: Actor, other: Actor, lead: Actor
    ) -> None:
        case_id = make_case(by=listener)

        joining.break_glass(case_id=case_id, reason=REASON, by=other)

        assert handshakes.read_case(case_id=case_id, by=other).through_glass_until
        (seen,) = queries.unseen_glasses(seen_by=lead)
        assert (seen.name, seen.reason) == ("Dominique", "")
        with clock.at(now() + GLASS_LASTS + timedelta(minutes=1)), pytest.raises(NotOnCase):
            handshakes.read_case(case_id=case_id, by=other)
        (kept,) = handshakes.read_case(case_id=case_id, by=listener).glasses
        assert kept.reason == REASON
        assert events().count("glass-broken") == 1

    def test_a_supervisor_reads_why_but_not_the_file(
        self, listener: Actor, other: Actor, lead: Actor
    ) -> None:
        case_id = make_case(by=listener)
        joining.break_glass(case_id=case_id, reason=REASON, by=other)
        (one,) = queries.unseen_glasses(seen_by=lead)
        with pytest.raises(PermissionDenied):
            joining.see_glass(glass_id=one.id, by=other)
        assert joining.see_glass(glass_id=one.id, by=lead) == REASON
        assert not queries.unseen_glasses(seen_by=lead)
        with pytest.raises(NotOnCase):
            handshakes.read_case(case_id=case_id, by=lead)

    def test_who_broke_it_does_not_sign_for_themself(self, listener: Actor, lead: Actor) -> None:
        case_id = make_case(by=listener)
        joining.break_glass(case_id=case_id, reason=REASON, by=lead)
        (one,) = queries.unseen_glasses(seen_by=lead)
        joining.see_glass(glass_id=one.id, by=lead)
        assert queries.unseen_glasses(seen_by=lead)

    def test_lists_show_no_word(self, listener: Actor, lead: Actor) -> None:
        make_case(by=listener, title="Renard")
        (row,) = queries.all_cases(seen_by=lead)
        assert not row.is_mine
        assert queries.named(row.reference, seen_by=lead) == (row,)
        assert not queries.named("zzzzzz", seen_by=lead)
        with pytest.raises(PermissionDenied):
            queries.all_cases(seen_by=listener)
        assert handshakes.read_titles(by=lead) == {}


class TestCode:
    def test_eight_words_open_the_file_to_a_new_listener(
        self, listener: Actor, other: Actor
    ) -> None:
        case_id = make_case(by=listener)
        words = opening.make_code(case_id=case_id, language="fr", by=listener)
        _begun, contact = a_chat(other)

        found = opening.open_with_code(code=" ".join(words), contact_id=contact, by=other)

        assert found == case_id
        assert handshakes.read_case(case_id=case_id, by=other).contacts[0][0] == contact

    def test_the_code_of_a_conversation_opens_its_file(self, listener: Actor, other: Actor) -> None:
        begun, contact = a_chat(listener)
        case_id = make_case(by=listener, contact=contact)
        assert opening.open_with_code(code=shown(begun.token), by=other) == case_id

    def test_new_words_replace_the_old_and_not_the_conversations_code(
        self, listener: Actor, other: Actor
    ) -> None:
        begun, contact = a_chat(listener)
        case_id = make_case(by=listener, contact=contact)
        old = opening.make_code(case_id=case_id, language="fr", by=listener)
        opening.make_code(case_id=case_id, language="fr", by=listener)
        with pytest.raises(CodeUnknown):
            opening.open_with_code(code=" ".join(old), by=other)
        assert opening.open_with_code(code=begun.token, by=other) == case_id

    def test_a_wrong_code_opens_nothing_and_is_written_down(self, listener: Actor) -> None:
        with pytest.raises(CodeUnknown):
            opening.open_with_code(code="abandon " * 8, by=listener)
        assert events() == ["code-refused"]


class TestWriting:
    def test_two_texts_meet_and_neither_is_lost(self, listener: Actor, other: Actor) -> None:
        case_id = make_case(by=listener)
        joining.add(case_id=case_id, account=other.key, by=listener)
        entry_id = make_entry(case_id, Section.NOTES, by=listener, text="Première")
        writing.change(entry_id=entry_id, version=1, given={"text": "De Camille"}, by=listener)

        with pytest.raises(EntryConflict) as met:
            writing.change(entry_id=entry_id, version=1, given={"text": "De Dominique"}, by=other)

        assert met.value.theirs == {"text": "De Camille"}
        assert met.value.yours == {"text": "De Dominique"}
        opened = handshakes.read_entry(entry_id=entry_id, by=other)
        assert opened.entry.values["text"] == "De Camille"
        texts = [(one.said[0][1], one.is_aside) for one in opened.history]
        assert texts == [("De Dominique", True), ("De Camille", False), ("Première", False)]
        saved = writing.change(entry_id=entry_id, version=2, given={"text": "Les deux"}, by=other)
        assert saved.version == 3

    def test_what_a_file_has_once_meets_too(self, listener: Actor, other: Actor) -> None:
        case_id = make_case(by=listener)
        joining.add(case_id=case_id, account=other.key, by=listener)
        make_entry(case_id, Section.OVERVIEW, by=listener, summary="De Camille")
        with pytest.raises(EntryConflict):
            make_entry(case_id, Section.OVERVIEW, by=other, summary="De Dominique")
        assert Entry.objects.count() == 1

    def test_the_same_words_again_change_nothing(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        entry_id = make_entry(case_id, Section.NOTES, by=listener, text="Un mot")
        saved = writing.change(entry_id=entry_id, version=0, given={"text": "Un mot"}, by=listener)
        assert saved.version == 1

    def test_nothing_is_no_entry(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        with pytest.raises(NothingWritten):
            make_entry(case_id, Section.NOTES, by=listener, text="")

    def test_someone_is_copied_into_another_role(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        entry_id = make_entry(case_id, Section.PEOPLE, by=listener, role="family", name="Le frère")
        writing.copy(entry_id=entry_id, role="author", by=listener)
        people = handshakes.read_case(case_id=case_id, by=listener).of(Section.PEOPLE)
        assert [(one.values["role"], one.values["name"]) for one in people] == [
            ("family", "Le frère"),
            ("author", "Le frère"),
        ]
        with pytest.raises(FieldWrong):
            writing.copy(entry_id=entry_id, role="unheard-of", by=listener)

    def test_what_is_due_is_seen_until_it_is_done(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        day = today() + timedelta(days=2)
        given = {"what": "Rappeler", "due_on": day.isoformat(), "who": listener.key}
        entry_id = make_entry(case_id, Section.FOLLOW_UPS, by=listener, **given)
        assert [(one.id, one.due_on) for one in queries.own_due(seen_by=listener)] == [
            (entry_id, day)
        ]
        assert queries.own_cases(seen_by=listener)[0].due_on == day
        writing.settle(entry_id=entry_id, done=True, by=listener)
        assert not queries.own_due(seen_by=listener)

    def test_only_who_is_on_the_file_is_given_something_to_do(
        self, listener: Actor, other: Actor
    ) -> None:
        case_id = make_case(by=listener)
        with pytest.raises(FieldWrong):
            make_entry(case_id, Section.TASKS, by=listener, what="Appeler", who=other.key)

    def test_what_is_taken_out_is_out_of_sight_and_not_gone(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        entry_id = make_entry(case_id, Section.NOTES, by=listener, text="Par erreur")
        writing.take_out(entry_id=entry_id, by=listener)
        assert not handshakes.read_case(case_id=case_id, by=listener).of(Section.NOTES)
        assert Revision.objects.filter(entry=entry_id).exists()

    def test_what_was_taken_out_is_not_changed(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        entry_id = make_entry(case_id, Section.TASKS, by=listener, what="Appeler")
        writing.take_out(entry_id=entry_id, by=listener)
        with pytest.raises(EntryGone):
            writing.change(entry_id=entry_id, version=1, given={"what": "Écrire"}, by=listener)
        with pytest.raises(EntryGone):
            writing.settle(entry_id=entry_id, done=True, by=listener)
        assert Revision.objects.filter(entry=entry_id).count() == 1


class TestMoving:
    def test_a_closed_file_is_read_and_not_written(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        entry_id = make_entry(case_id, Section.NOTES, by=listener, text="Un mot")
        joining.move(case_id=case_id, to=CaseState.CLOSED, outcome=CaseOutcome.BETTER, by=listener)
        assert handshakes.read_case(case_id=case_id, by=listener).of(Section.NOTES)
        with pytest.raises(CaseClosed):
            writing.change(entry_id=entry_id, version=1, given={"text": "x"}, by=listener)
        joining.move(case_id=case_id, to=CaseState.IN_PROGRESS, by=listener)
        make_entry(case_id, Section.NOTES, by=listener, text="De retour")

    def test_is_written_down_with_its_days(self, listener: Actor) -> None:
        with clock.at(now() - timedelta(days=9)):
            case_id = make_case(by=listener)
        joining.move(
            case_id=case_id, to=CaseState.CLOSED, outcome=CaseOutcome.DECLINED, by=listener
        )
        facts = JournalEntry.objects.get(event="helpline.case.ended").facts
        assert facts == {"outcome": "declined", "days": 9}


class TestRetention:
    def test_a_file_goes_three_years_after_it_was_closed(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        make_entry(case_id, Section.NOTES, by=listener, text="Un mot")
        joining.move(case_id=case_id, to=CaseState.CLOSED, outcome=CaseOutcome.OTHER, by=listener)
        assert not rows_due("helpline.cases", now() + timedelta(days=3 * 365 - 1))
        (due,) = rows_due("helpline.cases", now() + timedelta(days=3 * 365 + 1))
        assert due == case_id

        assert erase_rows("helpline.cases", [case_id]) == 1

        assert not Revision.objects.exists()
        with pytest.raises(KeyForgotten):
            key_of_line("helpline", case_id)

    def test_one_that_nobody_writes_in_goes_after_five(self, listener: Actor) -> None:
        make_case(by=listener)
        assert not rows_due("helpline.cases", now() + timedelta(days=4 * 365))
        assert rows_due("helpline.cases", now() + timedelta(days=5 * 365 + 1))


def test_an_unknown_entry_is_not_there(listener: Actor) -> None:
    with pytest.raises(ObjectDoesNotExist):
        handshakes.read_entry(entry_id=uuid4(), by=listener)


def test_a_case_is_found_by_its_reference_by_who_is_on_it() -> None:
    someone = make_listener()
    case_id = make_case(by=someone)
    (found,) = search.cases(f" {reference(case_id.hex)} ", someone)
    assert str(case_id) in found.url
    assert not list(search.cases(reference(case_id.hex), make_listener(name="Sacha")))
    with pytest.raises(PermissionDenied):
        queries.own_named(reference(case_id.hex), seen_by=ANYONE)
