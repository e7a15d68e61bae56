"""A verdict as far as it was typed: kept sealed, for whoever takes its content next."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.hotline.reports.actions import claiming, closing
from balise.hotline.reports.models import Content, VerdictDraft
from balise.hotline.reports.queries import views
from balise.hotline.reports.queries.listing import stamp_of
from balise.hotline.reports.rules.assessing import (
    AlreadyAssessed,
    ClaimedByAnother,
    NotClaimed,
    SameEyes,
    check_not_saved,
)
from balise.hotline.reports.rules.drafting import LONGEST_DRAFT, DraftTooLong, drafted
from balise.hotline.reports.rules.words import Confidence, ContentState
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LEAD,
    LISTENER,
    SECOND_ANALYST,
    give_verdict,
    make_content,
    make_decision,
)

WORDS = "Une personne y est reconnaissable."


class TestWhatIsKept:
    """The rule, without a database."""

    def test_every_field_once_one_of_them_says_something(self) -> None:
        typed = {"category": "hate", "rationale": "Un\r\ndeux\x00", "verdict": ""}
        assert drafted(typed) == {"category": "hate", "rationale": "Un\ndeux", "verdict": ""}
        assert drafted({"verdict": "illegal"}) == {"verdict": "illegal"}

    def test_nothing_of_a_form_that_only_fills_itself_in(self) -> None:
        assert drafted({"category": "hate", "facts_on": "2026-01-10", "rationale": " \n"}) == {}

    def test_not_more_than_a_verdict_holds(self) -> None:
        assert drafted({"rationale": "a" * LONGEST_DRAFT})
        with pytest.raises(DraftTooLong):
            drafted({"rationale": "a" * LONGEST_DRAFT, "translation": "b"})


def test_one_s_own_verdict_is_refused_once_it_is_saved() -> None:
    """The rule, without a database: another's is for other rules to refuse."""
    for state in (ContentState.CLOSED, ContentState.REMOVING):
        with pytest.raises(AlreadyAssessed):
            check_not_saved(state, verdict_by="a", by="a")
        check_not_saved(state, verdict_by="b", by="a")
    check_not_saved(ContentState.WAITING, verdict_by="", by="a")


def types(content_id: UUID, words: str = WORDS, *, by: Actor = ANALYST) -> None:
    claiming.keep_draft(content_id=content_id, fields={"rationale": words}, by=by)


def taken(*, by: Actor = ANALYST) -> UUID:
    content = make_content()
    claiming.claim(content_id=content.id, by=by)
    return content.id


@pytest.mark.django_db
class TestKeeping:
    def test_it_is_read_by_whoever_takes_the_content_next(self) -> None:
        content_id = taken()
        types(content_id, "Une personne")
        types(content_id)
        assert b"personne" not in bytes(VerdictDraft.objects.get().sealed)
        mine = views.typed(content_id=content_id, seen_by=ANALYST)
        assert mine is not None
        assert mine.is_mine
        claiming.release(content_id=content_id, by=LEAD)
        assert views.typed(content_id=content_id, seen_by=ANALYST) is None
        claiming.claim(content_id=content_id, by=LEAD)
        found = views.typed(content_id=content_id, seen_by=LEAD)
        assert found is not None
        assert found.fields == {"rationale": WORDS}
        assert not found.is_mine
        types(content_id, f"{WORDS} Oui.", by=LEAD)
        assert VerdictDraft.objects.get().author == LEAD.key
        begun = Entry.objects.filter(event="hotline.content.verdict-begun").order_by("id")
        assert list(begun.values_list("actor_key", "facts_text")) == [
            (ANALYST.key, "{}"),
            (LEAD.key, "{}"),
        ]

    def test_refuses_who_has_not_taken_the_content(self) -> None:
        content_id = taken()
        types(content_id)
        for by, refusal in (
            (SECOND_ANALYST, ClaimedByAnother),
            (LEAD, ClaimedByAnother),
            (LISTENER, PermissionDenied),
            (ANYONE, PermissionDenied),
        ):
            with pytest.raises(refusal):
                types(content_id, "Autre chose", by=by)
        with pytest.raises(NotHere):
            types(uuid4())
        with pytest.raises(PermissionDenied):
            views.typed(content_id=content_id, seen_by=LISTENER)
        kept = views.typed(content_id=content_id, seen_by=ANALYST)
        assert kept is not None
        assert kept.fields == {"rationale": WORDS}
        assert Entry.objects.filter(event="hotline.content.verdict-begun").count() == 1
        claiming.release(content_id=content_id, by=LEAD)
        with pytest.raises(NotClaimed):
            types(content_id)

    def test_refuses_a_second_look_by_the_first_pair_of_eyes(self) -> None:
        content = make_content()
        give_verdict(content.id, make_decision(confidence=Confidence.DOUBTFUL))
        claiming.claim(content_id=content.id, by=ANALYST)
        with pytest.raises(SameEyes):
            types(content.id)
        claiming.release(content_id=content.id, by=ANALYST)
        claiming.claim(content_id=content.id, by=SECOND_ANALYST)
        types(content.id, by=SECOND_ANALYST)

    def test_it_goes_once_nothing_is_typed_any_more(self) -> None:
        content_id = taken()
        types(content_id)
        key = VerdictDraft.objects.get().id
        types(content_id, " ")
        is_gone(key)


def is_gone(key: UUID) -> None:
    """The draft is destroyed, and what it was sealed with."""
    assert not VerdictDraft.objects.exists()
    assert not KeyWrap.objects.filter(record=key).exists()


@pytest.mark.django_db
class TestItsEnd:
    @pytest.mark.parametrize("confidence", [Confidence.SURE, Confidence.DOUBTFUL])
    def test_when_a_verdict_is_saved(self, confidence: Confidence) -> None:
        content_id = taken()
        types(content_id)
        key = VerdictDraft.objects.get().id
        give_verdict(content_id, make_decision(confidence=confidence))
        is_gone(key)
        # What a browser still had on its way when the verdict was saved: its analyst is told so.
        with pytest.raises(AlreadyAssessed):
            types(content_id)
        with pytest.raises((AlreadyAssessed, NotClaimed)):
            types(content_id, by=SECOND_ANALYST)

    def test_when_the_content_is_closed_with_others(self) -> None:
        content = make_content(category="shocking")
        claiming.claim(content_id=content.id, by=ANALYST)
        types(content.id)
        key = VerdictDraft.objects.get().id
        claiming.release(content_id=content.id, by=ANALYST)
        found = Content.objects.get()
        closing.close_together(chosen={found.id: stamp_of(found)}, by=LEAD)
        closing.take_effect(at=clock.now() + timedelta(days=1), by=LEAD)
        is_gone(key)

    def test_when_the_content_is_erased(self) -> None:
        content_id = taken()
        types(content_id)
        key = VerdictDraft.objects.get().id
        erase_rows("hotline.contents", [content_id])
        is_gone(key)

    def test_a_week_after_the_last_key(self) -> None:
        content_id = taken()
        types(content_id)
        key, moment = VerdictDraft.objects.get().id, clock.now()
        assert not rows_due("hotline.drafts", moment + timedelta(days=6))
        assert rows_due("hotline.drafts", moment + timedelta(days=7)) == [key]
        assert erase_rows("hotline.drafts", [key]) == 1
        is_gone(key)
        assert Content.objects.filter(id=content_id).exists()


@pytest.mark.django_db
class TestTheDoor:
    def address(self, content_id: UUID) -> str:
        return f"/staff/hotline/contents/{content_id}/verdict/draft/"

    def test_anyone_then_another_role_then_another_analyst(self, client: Client) -> None:
        content_id = taken()
        given = {"rationale": WORDS}
        assert client.post(self.address(content_id), given).status_code == 302
        sign_in(client, make_account("listener"))
        assert client.post(self.address(content_id), given).status_code == 403
        sign_in(client, make_account("analyst"))
        assert client.post(self.address(uuid4()), given).status_code == 404
        assert client.post(self.address(content_id), given).status_code == 200
        assert not VerdictDraft.objects.exists()

    def test_who_types_on_is_told_whose_it_is_now(self, client: Client) -> None:
        """A lead released it, then a colleague took it, then saved their verdict."""
        first, colleague = make_account("analyst"), make_account("analyst", name="Camille")
        content_id = taken(by=actor_of(first))
        sign_in(client, first)
        given = {"rationale": WORDS}
        assert "Saisi par vous" in client.post(self.address(content_id), given).text
        claiming.release(content_id=content_id, by=LEAD)
        answer = client.post(self.address(content_id), given)
        assert "Prenez d’abord ce contenu en charge" in answer.text
        assert "Saisi par vous" not in answer.text
        claiming.claim(content_id=content_id, by=actor_of(colleague))
        answer = client.post(self.address(content_id), given)
        assert "Camille travaille sur ce contenu" in answer.text
        give_verdict(content_id, make_decision(), by=actor_of(colleague))
        answer = client.post(self.address(content_id), given)
        assert "déjà sa qualification, enregistrée par Camille" in answer.text
        assert not VerdictDraft.objects.exists()

    def test_the_form_of_the_next_analyst_holds_what_was_typed(self, client: Client) -> None:
        first = make_account("analyst")
        content_id = taken(by=actor_of(first))
        sign_in(client, first)
        given = {"rationale": WORDS, "translation": "Someone.", "verdict": "harmful"}
        answer = client.post(self.address(content_id), {**given, "written_in": "fr"})
        assert "Saisi par vous" in answer.text
        claiming.release(content_id=content_id, by=LEAD)

        page = f"/staff/hotline/contents/{content_id}/"
        lead = make_account("hotline_lead")
        sign_in(client, lead)
        assert WORDS not in client.get(page).text
        client.post(f"{page}claim/")
        shown = client.get(page).text
        assert WORDS in shown
        assert "Someone." in shown
        assert f"Saisi par {first.name}" in shown
        assert "pas encore enregistré" in shown

    def test_what_is_too_long_is_said_and_not_kept(self, client: Client) -> None:
        analyst = make_account("analyst")
        content_id = taken(by=actor_of(analyst))
        sign_in(client, analyst)
        given = {"rationale": "a" * (LONGEST_DRAFT + 1)}
        assert "trop long" in client.post(self.address(content_id), given).text
        assert not VerdictDraft.objects.exists()
