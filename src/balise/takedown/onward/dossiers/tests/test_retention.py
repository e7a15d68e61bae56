"""What is forgotten of dossiers: the words go, the numbers stay, and what was left is withdrawn."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import known
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.takedown.onward.dossiers.actions import drafting, ending, holding
from balise.takedown.onward.dossiers.models import Dossier, Hold
from balise.takedown.onward.dossiers.rules.states import Answer, DossierState
from balise.takedown.onward.dossiers.tests.makers import (
    ANALYST,
    LISTENER,
    make_draft,
    make_facts,
    make_handed_over,
    state_of,
    told,
)

pytestmark = pytest.mark.django_db


class TestForgetting:
    def test_takes_the_words_and_leaves_the_number(self) -> None:
        ended = make_handed_over()
        ending.record_answer(dossier_id=ended, answer=Answer.CLOSED, by=ANALYST)
        draft = make_draft()
        assert not rows_due("takedown.dossiers", now())
        assert rows_due("takedown.dossiers", now() + timedelta(days=100)) == [draft]
        due = rows_due("takedown.dossiers", now() + timedelta(days=366))
        assert set(due) == {ended, draft}
        assert erase_rows("takedown.dossiers", due) == 2
        dossier = Dossier.objects.get(id=ended)
        assert dossier.number
        assert not any((dossier.sealed, dossier.package, dossier.sealed_reply))
        assert not known(due)
        assert not rows_due("takedown.dossiers", now() + timedelta(days=4_000))

    def test_withdraws_a_draft_that_was_left_and_another_may_tell(self) -> None:
        facts = make_facts()
        left = make_draft(facts)
        assert erase_rows("takedown.dossiers", [left]) == 1
        dossier = Dossier.objects.get()
        assert dossier.stands is DossierState.WITHDRAWN
        assert dossier.ended_at is not None
        assert not dossier.sealed
        assert told("dossier.withdrawn")
        make_draft(facts)

    def test_leaves_what_the_authority_has_as_it_stands(self) -> None:
        sent = make_handed_over()
        assert erase_rows("takedown.dossiers", [sent]) == 1
        assert state_of(sent) is DossierState.HANDED_OVER
        assert not told("dossier.withdrawn")

    def test_is_for_the_line_alone(self) -> None:
        with pytest.raises(PermissionDenied):
            drafting.forget_dossiers(dossier_ids=[make_draft()], by=LISTENER)

    def test_holds_go_a_year_after_they_are_lifted(self) -> None:
        until = today() + timedelta(days=1)
        holding.ask_hold(line="hotline", subject=uuid4(), until=until, by=ANALYST)
        holding.lift_hold(line="hotline", subject=Hold.objects.get().subject, by=ANALYST)
        assert not rows_due("takedown.holds", now())
        due = rows_due("takedown.holds", now() + timedelta(days=366))
        assert erase_rows("takedown.holds", due) == 1
