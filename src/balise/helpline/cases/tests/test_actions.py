import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.encryption.keyring import KeyNotHeld
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import SealBroken, key_of_line
from balise.foundation.journal.models import Entry
from balise.foundation.refusals import Refused
from balise.helpline.cases.actions import listening
from balise.helpline.cases.models import Referral
from balise.helpline.cases.queries import received as queries
from balise.helpline.cases.queries.received import Which
from balise.helpline.cases.rules import received as rules
from balise.helpline.cases.rules.received import Outcome, ReferralState
from balise.helpline.cases.tests.makers import (
    LEAD,
    LISTENER,
    OTHER_LISTENER,
    make_closed,
    make_referral,
    make_taken,
)

pytestmark = pytest.mark.django_db

ANALYST = Actor(ActorKind.STAFF, "1", frozenset({"hotline.reports.read"}))


def names(one: Referral) -> list[str]:
    """Return the facts written down of a referral, in their order."""
    found = Entry.objects.filter(subject=one.id).order_by("id")
    return [entry.event.removeprefix("helpline.referral.") for entry in found]


class TestTakeIn:
    def test_seals_what_was_said(self) -> None:
        make_referral(contact="canary@mail.example", words="canary words")

        for table in ("helpline_cases_referral", "journal_entry"):
            with connection.cursor() as cursor:
                cursor.execute(f"select * from {table}")  # noqa: S608 - the names stand above
                kept = " ".join(
                    repr(bytes(cell) if isinstance(cell, memoryview) else cell)
                    for row in cursor.fetchall()
                    for cell in row
                )
            assert kept, table
            assert "canary" not in kept

    def test_the_same_person_is_handed_over_once(self) -> None:
        origin = uuid4()

        first, second = make_referral(origin=origin), make_referral(origin=origin)

        assert first.id == second.id
        assert names(first) == ["received"]
        assert KeyWrap.objects.filter(line="helpline").count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_two_at_the_same_moment_make_one(self) -> None:
        origin = uuid4()
        found = []

        def hand_over() -> None:
            try:
                found.append(make_referral(origin=origin).id)
            finally:
                connection.close()

        threads = [threading.Thread(target=hand_over) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(found) == 4
        assert len(set(found)) == 1
        assert Referral.objects.count() == 1

    def test_the_public_process_seals_and_cannot_read(self, settings: Settings) -> None:
        settings.DOORS = ["public"]
        one = make_referral()
        with pytest.raises(KeyNotHeld):
            key_of_line("helpline", one.id)

    def test_an_age_we_do_not_know_turns_nobody_away(self) -> None:
        one = make_referral(age_band="from-another-list")
        assert (one.age_band, one.is_child) == ("", False)


class TestTake:
    def test_takes_it(self) -> None:
        one = make_taken()

        assert (one.state, one.taken_by) == (ReferralState.TAKEN, LISTENER.key)
        assert names(one) == ["received", "taken"]
        entry = Entry.objects.get(event="helpline.referral.taken")
        assert entry.facts["band"] == "1h"

    def test_only_one_listener_takes_it(self) -> None:
        one = make_taken()

        with pytest.raises(rules.AlreadyTaken):
            listening.take(referral_id=one.id, by=OTHER_LISTENER)
        listening.take(referral_id=one.id, by=LISTENER)

        one.refresh_from_db()
        assert one.taken_by == LISTENER.key
        assert names(one) == ["received", "taken"]

    @pytest.mark.django_db(transaction=True)
    def test_two_at_the_same_moment_do_not_collide(self) -> None:
        one = make_referral()
        outcomes: list[str] = []

        def take(by: Actor) -> None:
            try:
                listening.take(referral_id=one.id, by=by)
                outcomes.append("taken")
            except Refused as refusal:
                outcomes.append(refusal.code)
            finally:
                connection.close()

        threads = [
            threading.Thread(target=take, args=(each,)) for each in (LISTENER, OTHER_LISTENER)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(outcomes) == ["already-taken", "taken"]

    def test_a_wait_is_counted_once(self) -> None:
        one = make_taken()
        listening.give_back(referral_id=one.id, by=LISTENER)
        listening.take(referral_id=one.id, by=OTHER_LISTENER)

        assert names(one) == ["received", "taken", "given-back", "taken-again"]

    def test_is_closed_to_another_line(self) -> None:
        one = make_referral()
        with pytest.raises(PermissionDenied):
            listening.take(referral_id=one.id, by=ANALYST)


class TestOpen:
    def test_shows_the_words_to_whoever_took_it(self) -> None:
        one = make_taken(words="Every evening.")

        opened = listening.open_words(referral_id=one.id, by=LISTENER)

        assert (opened.words, opened.contact, opened.note) == (
            "Every evening.",
            "sam@mail.example",
            "",
        )

    def test_is_written_down_before_anything_opens(self) -> None:
        one = make_taken()
        Referral.objects.filter(id=one.id).update(sealed=b"broken")

        with pytest.raises(SealBroken):
            listening.open_words(referral_id=one.id, by=LISTENER)

        assert names(one)[-1] == "opened"

    @pytest.mark.parametrize("by", [OTHER_LISTENER, LEAD])
    def test_is_for_nobody_else(self, by: Actor) -> None:
        one = make_taken()

        with pytest.raises(rules.NotYours):
            listening.open_words(referral_id=one.id, by=by)
        assert "opened" not in names(one)

    def test_comes_after_taking(self) -> None:
        one = make_referral()
        with pytest.raises(rules.NotTaken):
            listening.open_words(referral_id=one.id, by=LISTENER)

    def test_is_closed_to_another_line(self) -> None:
        with pytest.raises(PermissionDenied):
            listening.open_words(referral_id=make_taken().id, by=ANALYST)


class TestClose:
    def test_keeps_the_outcome_and_seals_the_note(self) -> None:
        one = make_closed(outcome=Outcome.PASSED_ON, note="To the school nurse.")

        assert (one.state, one.outcome) == (ReferralState.CLOSED, "passed-on")
        assert b"nurse" not in bytes(one.sealed_note)
        assert listening.open_words(referral_id=one.id, by=LISTENER).note == "To the school nurse."
        assert names(one) == ["received", "taken", "closed", "opened"]

    def test_a_closed_one_is_closed_for_good(self) -> None:
        one = make_closed()

        with pytest.raises(Refused):
            listening.close(referral_id=one.id, outcome=Outcome.HELPED, note="", by=LISTENER)
        with pytest.raises(Refused):
            listening.give_back(referral_id=one.id, by=LISTENER)
        with pytest.raises(Refused):
            listening.take(referral_id=one.id, by=OTHER_LISTENER)

    def test_is_for_whoever_took_it(self) -> None:
        one = make_taken()
        with pytest.raises(rules.NotYours):
            listening.close(referral_id=one.id, outcome=Outcome.HELPED, note="", by=OTHER_LISTENER)


class TestGiveBack:
    def test_lets_it_wait_again(self) -> None:
        one = make_taken()
        listening.give_back(referral_id=one.id, by=LISTENER)

        one.refresh_from_db()
        assert (one.state, one.taken_by) == (ReferralState.WAITING, "")

    def test_another_listener_may_not(self) -> None:
        one = make_taken()
        with pytest.raises(PermissionDenied):
            listening.give_back(referral_id=one.id, by=OTHER_LISTENER)

    def test_a_lead_may(self) -> None:
        one = make_taken()
        listening.give_back(referral_id=one.id, by=LEAD)
        one.refresh_from_db()
        assert one.state == ReferralState.WAITING


class TestPile:
    def test_shows_children_first_then_the_longest_wait(self) -> None:
        adult = make_referral(age_band="adult")
        later = make_referral(age_band="16-17")
        sooner = make_referral(age_band="under-13")
        Referral.objects.filter(id=sooner.id).update(received_at=now() - timedelta(hours=1))

        found = queries.pile(Which.WAITING, seen_by=LISTENER)

        assert [row.id for row in found.rows] == [sooner.id, later.id, adult.id]
        assert (found.count, found.hidden_count) == (3, 0)

    def test_has_each_ones_own(self) -> None:
        mine, closed = make_taken(), make_closed()
        make_taken(by=OTHER_LISTENER)

        assert [row.id for row in queries.pile(Which.MINE, seen_by=LISTENER).rows] == [mine.id]
        assert [row.id for row in queries.pile(Which.CLOSED, seen_by=LISTENER).rows] == [closed.id]

    def test_is_closed_to_another_line(self) -> None:
        with pytest.raises(PermissionDenied):
            queries.pile(Which.WAITING, seen_by=ANALYST)


class TestTable:
    def test_refuses_a_taken_one_without_a_listener(self) -> None:
        one = make_referral()
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(id=one.id).update(state=ReferralState.TAKEN)

    def test_refuses_a_closed_one_without_an_outcome(self) -> None:
        one = make_taken()
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(id=one.id).update(state=ReferralState.CLOSED, closed_at=now())
