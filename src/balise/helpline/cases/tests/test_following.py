"""A young person follows whom we told, by the code of the conversation in which they agreed."""

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import receipt_index
from balise.foundation.encryption.worded import Receipt, new_worded, shown
from balise.foundation.web.timeline import Mark
from balise.helpline.cases.actions import handshakes, sending
from balise.helpline.cases.models import CaseCode
from balise.helpline.cases.queries.following import followed
from balise.helpline.cases.rules.sendings import ACCEPTED, SentState, way_of
from balise.helpline.cases.tests.makers import make_case, make_listener
from balise.helpline.cases.tests.test_sent import a_telling, token_of

AT = datetime(2026, 11, 28, 15, tzinfo=UTC)


@pytest.fixture
def listener() -> Actor:
    return make_listener()


def given_code(case_id: UUID) -> Receipt:
    """Return the code of a conversation that a case has."""
    code = new_worded()
    CaseCode.objects.create(index=receipt_index(code), case_id=case_id, is_words=False)
    return code


@pytest.mark.parametrize(
    ("state", "marks"),
    [
        (SentState.SENT, [Mark.NOW, Mark.TO_COME, Mark.TO_COME]),
        (SentState.ACCEPTED, [Mark.DONE, Mark.NOW, Mark.TO_COME]),
        (SentState.DONE, [Mark.DONE, Mark.DONE, Mark.DONE]),
        (SentState.REFUSED, [Mark.DONE, Mark.STOPPED]),
        (SentState.EXPIRED, [Mark.DONE, Mark.STOPPED]),
        (SentState.WITHDRAWN, [Mark.DONE, Mark.STOPPED]),
    ],
)
def test_each_state_has_its_steps(state: SentState, marks: list[Mark]) -> None:
    steps = way_of(state, sent_at=AT, answered_at=AT, ended_at=None)
    assert [one.mark for one in steps] == marks
    assert all(one.says for one in steps if one.mark is Mark.STOPPED)
    assert any(one.measure == ACCEPTED for one in steps) is (state is SentState.SENT)


@pytest.mark.django_db
class TestByCode:
    def test_what_was_agreed_to_in_the_conversation_is_followed(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        sent = sending.send(case_id=case_id, telling=a_telling(), by=listener)
        code = given_code(case_id)
        (one,) = followed(code)
        assert one.to.in_language("fr") == "Référents harcèlement (programme pHARe)"
        assert [step.mark for step in one.steps] == [Mark.NOW, Mark.TO_COME, Mark.TO_COME]
        handshakes.answer(token=token_of(sent), to=SentState.ACCEPTED)
        assert followed(code)[0].steps[1].mark is Mark.NOW

    def test_what_was_agreed_to_elsewhere_or_not_at_all_is_not(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        aloud = a_telling(consent_how="aloud")
        by_law = a_telling(ground="child-in-danger", consent_of="", consent_how="", consent_on=None)
        for telling in (aloud, by_law):
            sending.send(case_id=case_id, telling=telling, by=listener)
        assert followed(given_code(case_id)) == ()

    def test_a_case_of_two_conversations_tells_neither(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        sending.send(case_id=case_id, telling=a_telling(), by=listener)
        mother, child = given_code(case_id), given_code(case_id)
        assert followed(mother) == followed(child) == ()

    def test_another_code_leads_nowhere(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        sending.send(case_id=case_id, telling=a_telling(), by=listener)
        given_code(case_id)
        assert followed(new_worded()) == ()

    def test_the_page_of_removals_shows_it(self, listener: Actor, client: Client) -> None:
        case_id = make_case(by=listener)
        sending.send(case_id=case_id, telling=a_telling(), by=listener)
        code = given_code(case_id)
        answer = client.post("/en/removal/", {"code": shown(code)})
        assert answer.status_code == HTTPStatus.FOUND
        page = client.get("/en/removal/").content.decode()
        assert "School-bullying contacts" in page
        assert "We told them, as you agreed" in page
        assert "They say that they take care of it" in page
