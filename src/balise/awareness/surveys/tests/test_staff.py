"""Surveys behind the staff door: made, written, checked, published, opened, closed, read."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.awareness.places.structures.tests.makers import make_structure
from balise.awareness.surveys.actions import making
from balise.awareness.surveys.documents.reading import read_text
from balise.awareness.surveys.models import FreeText, Invitation, Survey, Wording
from balise.awareness.surveys.queries import desk
from balise.awareness.surveys.rules import promises
from balise.awareness.surveys.rules.promises import (
    Audience,
    DatesFaulty,
    NothingPrepared,
    NoticeTooLate,
    PromiseMade,
    SlugTaken,
    StateWrong,
    TextChanged,
    WordingFaulty,
    WordsMissing,
)
from balise.awareness.surveys.tests.makers import (
    AFTER,
    AGE,
    CLOSES,
    DURING,
    OPENS,
    SAY,
    TALKS,
    WHY,
    begin,
    close,
    make_survey,
    says,
    send,
    source,
    store,
    text_of,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.foundation.web.testing import StrictClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]

STAFF = "/staff/awareness/surveys/"


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    with clock.at(DURING):
        yield


@pytest.fixture
def lead() -> Actor:
    return make_actor("awareness_lead")


def change(survey: UUID, *, by: Actor, minimum: int = 11) -> None:
    row = Survey.objects.get(id=survey)
    making.change(
        survey_id=survey,
        words=row.words,
        opens_on=OPENS,
        closes_on=CLOSES,
        minimum=minimum,
        invited=None,
        by=by,
    )


def facts(name: str) -> list[dict[str, object]]:
    rows = Entry.objects.filter(event=f"awareness.{name}").order_by("id")
    return [entry.facts for entry in rows]


class TestMaking:
    def test_an_editor_writes_and_the_head_of_awareness_publishes_and_opens(self) -> None:
        survey = make_survey(TALKS, opened=False)
        editor, lead = make_actor("editor"), make_actor("awareness_lead")
        making.write(survey_id=survey, text=text_of(TALKS, WHY), by=editor)
        for act in (making.publish, making.open_, making.close):
            with pytest.raises(PermissionDenied):
                act(survey_id=survey, by=editor)
        with pytest.raises(NothingPrepared):
            making.open_(survey_id=survey, by=lead)
        assert making.publish(survey_id=survey, by=lead) == 1
        with pytest.raises(NothingPrepared):
            making.publish(survey_id=survey, by=lead)
        making.open_(survey_id=survey, by=lead)
        with pytest.raises(StateWrong):
            making.open_(survey_id=survey, by=lead)
        digest = Wording.objects.get().hash[:40]
        assert facts("survey-wording.published") == [
            {"survey": str(survey), "number": 1, "digest": digest}
        ]
        assert facts("survey.made") == [{"audience": "adults"}]
        assert facts("survey.opened") == [{}]

    def test_a_published_version_stays_and_a_change_makes_the_next(self, lead: Actor) -> None:
        survey = make_survey(TALKS)
        first = Wording.objects.get()
        assert making.write(survey_id=survey, text=text_of(TALKS, AGE), by=lead) == 2
        making.write(survey_id=survey, text=text_of(AGE), by=lead)  # still in preparation
        making.publish(survey_id=survey, by=lead)
        assert [row.number for row in Wording.objects.order_by("number")] == [1, 2]
        assert Wording.objects.get(number=1).hash == first.hash

    def test_the_smallest_group_is_a_promise_from_the_first_answer_on(self, lead: Actor) -> None:
        survey = make_survey(TALKS)
        change(survey, minimum=20, by=lead)
        begin()  # someone reads that fewer than 20 are never shown
        with pytest.raises(PromiseMade):
            change(survey, minimum=11, by=lead)
        change(survey, minimum=20, by=lead)
        assert facts("survey.changed")[0] == {"minimum": 20, "closes_on": "2026-10-30"}

    def test_what_is_missing_or_taken_is_refused(self, lead: Actor) -> None:
        make_survey()
        with pytest.raises(SlugTaken):
            make_survey()
        with pytest.raises(SlugTaken):
            make_survey(slug="resume")
        with pytest.raises(DatesFaulty):
            make_survey(slug="other", days=(CLOSES, OPENS))
        with pytest.raises(WordsMissing):
            promises.check_words({"title": {"fr": "Titre"}}, ["fr"])
        words = {name: says("Mots") for name in promises.NEEDED}
        promises.check_words({**words, "limits": says("Limites")}, ["fr", "en"])
        with pytest.raises(WordsMissing):
            promises.check_words({**words, "limits": {"fr": "Limites"}}, ["fr", "en"])
        with pytest.raises(PermissionDenied):
            change(Survey.objects.get().id, by=make_actor("coordinator"))

    def test_a_survey_closes_after_its_last_day_and_stays_closed(self, lead: Actor) -> None:
        survey = make_survey()
        close(survey)
        assert facts("survey.closed") == [{}]
        for act in (making.close, making.open_):
            with pytest.raises(StateWrong):
                act(survey_id=survey, by=lead)
        with pytest.raises(StateWrong):
            making.write(survey_id=survey, text=text_of(TALKS), by=lead)


class TestWordings:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "not = [toml",
            '{"sections": 3}',
            '{"sections": []}',
            '{"sections": [{"code": "all", "questions": [{"code": "q", "kind": "essay"}]}]}',
            text_of({**TALKS, "code": "With spaces"}),
            text_of(TALKS, TALKS),
            text_of(TALKS, quotas=[{"question": "talks"}]),
            "[" * 10_000,
            "x" * 500_000,
        ],
    )
    def test_what_cannot_be_read_is_refused_with_a_reason(self, text: str) -> None:
        with pytest.raises(WordingFaulty) as refused:
            read_text(text)
        assert refused.value.message

    def test_what_keeps_a_wording_from_being_published_is_found(self) -> None:
        wording = source(
            {**TALKS, "asks": {"fr": "En parlez-vous ?"}},
            {**AGE, "right": "3"},
            {**SAY, "optional": False},
            quotas=[{"question": "nowhere", "is": "a", "most": 3}],
        )
        found = promises.findings(wording, audience=Audience.MINORS, languages=("fr", "en"))
        assert {(each.code, each.where) for each in found} >= {
            ("text-of-minors", "say"),
            ("text-needed", "say"),
            ("has-right", "age"),
            ("quota-of-nothing", "nowhere"),
        }
        assert any(each.where == "talks" for each in found)
        fine = source(TALKS, WHY, AGE)
        assert not promises.findings(fine, audience=Audience.MINORS, languages=("fr", "en"))

    @pytest.mark.parametrize(
        ("question", "reason"),
        [
            ({"code": "q", "asks": says("Quoi ?")}, "q: kind is missing"),
            ({**AGE, "least": "dix"}, "age: least is a number"),
            ({"code": "q", "kind": "essay", "asks": says("Quoi ?")}, "q: 'essay'"),
        ],
    )
    def test_a_faulty_question_is_named_with_its_fault(
        self, question: dict[str, object], reason: str
    ) -> None:
        with pytest.raises(WordingFaulty) as refused:
            read_text(text_of(TALKS, question))
        assert reason in refused.value.message

    def test_a_key_that_nothing_reads_and_a_number_that_nobody_can_give_are_found(self) -> None:
        wording = source({**AGE, "may_skip": True, "least": 9, "most": 3}, quota=[])
        found = promises.findings(wording, audience=Audience.ADULTS, languages=("fr", "en"))
        assert [(each.code, each.where) for each in found] == [
            ("span", "age"),
            ("unread", ""),
            ("unread", "age"),
        ]

    def test_what_has_findings_is_not_published(self, lead: Actor) -> None:
        survey = make_survey({**TALKS, "asks": {"fr": "En parlez-vous ?"}}, opened=False)
        with pytest.raises(WordingFaulty):
            making.publish(survey_id=survey, by=lead)

    def test_words_with_html_are_words(self, client: Client) -> None:
        evil = '<img src="https://tracker.example/a.png"><script>alert(1)</script>'
        make_survey({**TALKS, "asks": says(evil)})
        page = client.get("/fr/surveys/parents-2026/wording/1/").text
        assert "<img" not in page
        assert "&lt;img" in page


class TestLinks:
    def test_a_school_has_its_link_and_parents_a_week(self) -> None:
        survey = make_survey(TALKS, audience=Audience.MINORS)
        school, coordinator = make_structure(), make_actor("coordinator")
        days = {"notice_on": DURING.date(), "ends_on": CLOSES}

        invitation = making.invite(survey_id=survey, structure=school, **days, by=coordinator)
        making.end(invitation_id=invitation, by=coordinator)

        assert facts("survey-link.given") == [
            {"survey": str(survey), "structure": str(school), "notice_on": "2026-10-20"}
        ]
        assert Invitation.objects.get().ended_on == DURING.date()
        with pytest.raises(StateWrong):
            making.end(invitation_id=invitation, by=coordinator)
        with pytest.raises(PermissionDenied):
            making.invite(survey_id=survey, structure=school, **days, by=make_actor("editor"))
        for late in (
            {**days, "notice_on": DURING.date() - timedelta(days=1)},
            {**days, "ends_on": DURING.date() + timedelta(days=7)},
        ):
            with pytest.raises(NoticeTooLate):
                making.invite(survey_id=survey, structure=school, **late, by=coordinator)
        adults = make_survey(slug="adults")
        with pytest.raises(StateWrong):
            making.invite(survey_id=adults, structure=school, **days, by=coordinator)


class TestTexts:
    def test_a_free_text_is_shown_only_as_someone_redacted_it(self, lead: Actor) -> None:
        survey = make_survey(TALKS, SAY)
        for text in ("Ma fille Zoé", "Insulte"):
            send(talks="a", say=text)
        close(survey)
        store(survey, at=AFTER)
        first, second = FreeText.objects.values_list("id", flat=True)
        with pytest.raises(PermissionDenied):
            making.show(text_id=first, redacted="x", by=make_actor("editor"))
        with pytest.raises(TextChanged):
            making.show(text_id=first, redacted="  ", by=lead)

        making.show(text_id=first, redacted="Ma fille […]", by=lead)
        making.withhold(text_id=second, by=lead)

        assert [each.says for each in desk.shown_texts(survey, seen_by=lead)] == ["Ma fille […]"]
        for text_id in (first, second):
            with pytest.raises(TextChanged):
                making.show(text_id=text_id, redacted="x", by=lead)
        with pytest.raises(TextChanged):
            making.withhold(text_id=second, by=lead)
        assert facts("survey-text.shown") == facts("survey-text.withheld") == [{}]
        with pytest.raises(PermissionDenied):
            desk.shown_texts(survey, seen_by=make_actor("editor"))

        making.withhold(text_id=first, by=lead)  # someone wrote that it tells of them

        assert desk.shown_texts(survey, seen_by=lead) == []
        assert facts("survey-text.withheld") == [{}, {}]

    def test_who_opens_free_texts_is_written_down_with_how_many(self, lead: Actor) -> None:
        survey = make_survey(TALKS, SAY)
        send(talks="a", say="Ma fille Zoé")
        close(survey)
        store(survey, at=AFTER)
        with pytest.raises(PermissionDenied):
            making.open_texts(survey_id=survey, by=make_actor("editor"))
        assert facts("survey-texts.opened") == []

        (text,) = making.open_texts(survey_id=survey, by=lead)

        assert text.says == "Ma fille Zoé"
        assert facts("survey-texts.opened") == [{"many": 1}]
        making.withhold(text_id=text.id, by=lead)
        assert not making.open_texts(survey_id=survey, by=lead)
        assert facts("survey-texts.opened") == [{"many": 1}]


class TestThePages:
    def test_a_survey_is_made_written_published_and_opened_by_its_pages(
        self, signed_in: Callable[[str], Client]
    ) -> None:
        editor, lead = signed_in("editor"), signed_in("awareness_lead")
        words = {
            f"{name}_{code}": "Des mots"
            for name in ("title", "about", "population", "method")
            for code in ("fr", "en")
        }
        days = {"opens_on": "2026-10-12", "closes_on": "2026-10-30"}
        made = editor.post(STAFF, {**words, **days, "slug": "parents-2026", "audience": "adults"})
        at = made["Location"]
        assert editor.post(f"{at}questionnaire/", {"text": "{"}).status_code == 422
        written = editor.post(f"{at}questionnaire/", {"text": text_of(TALKS, WHY, SAY)})
        assert written["Location"] == f"{at}preview/"
        assert editor.get(written["Location"]).status_code == 200
        assert editor.get(f"{at}questionnaire/").status_code == 200
        assert "Publier cette version" in lead.get(written["Location"]).text
        editor.post(f"{at}questionnaire/", {"text": text_of({**TALKS, "may_skip": True})})
        found = lead.get(f"{at}preview/").text
        assert "may_skip" in found
        assert "Publier cette version" not in found  # it would be refused
        editor.post(f"{at}questionnaire/", {"text": text_of(TALKS, WHY, SAY)})
        assert editor.post(f"{at}publish/").status_code == 403
        lead.post(f"{at}publish/")
        lead.post(f"{at}open/")
        assert Survey.objects.get().state == "open"
        few = {"minimum": "5", "invited": ""}
        assert editor.post(at, {**words, **days, **few}).status_code == 422
        more = {"minimum": "15", "invited": "6300", "limits_fr": "Des parents volontaires."}
        assert editor.post(at, {**words, **days, **more}).status_code == 422  # French alone
        more["limits_en"] = "Parents who volunteered."
        assert editor.post(at, {**words, **days, **more}).status_code == 302
        assert Survey.objects.get().words["limits"]["en"] == "Parents who volunteered."
        assert "Des parents volontaires." in editor.get(at).text
        for page in ("", "texts/", "preview/"):
            assert lead.get(f"{at}{page}").status_code == 200
        lead.post(f"{at}close/")
        assert Survey.objects.get().state == "closed"

    def test_free_texts_are_read_by_the_head_of_awareness_alone(
        self, signed_in: Callable[[str], Client]
    ) -> None:
        survey = make_survey(TALKS, SAY)
        send(talks="a", say="Ma fille Zoé")
        close(survey)
        store(survey, at=AFTER)
        lead = signed_in("awareness_lead")
        assert signed_in("editor").get(f"{STAFF}{survey}/texts/").status_code == 403
        assert "Zoé" in lead.get(f"{STAFF}{survey}/texts/").text
        text = FreeText.objects.get().id
        assert facts("survey-texts.opened") == [{"many": 1}]
        long = lead.post(f"{STAFF}texts/{text}/show/", {"redacted": f"Ma fille, {'x' * 2_000}"})
        assert long.status_code == 422
        assert f"Ma fille, {'x' * 2_000}" in long.text  # nothing typed is lost
        lead.post(f"{STAFF}texts/{text}/show/", {"redacted": "Ma fille"})
        page = lead.get(f"{STAFF}{survey}/texts/").text
        assert "Ma fille" in page
        assert "Zoé" not in page
        lead.post(f"{STAFF}texts/{text}/withhold/")
        assert "Ma fille" not in lead.get(f"{STAFF}{survey}/texts/").text
        assert lead.get(f"{STAFF}{uuid4()}/").status_code == 404


@pytest.fixture
def signed_in() -> Callable[[str], Client]:
    def enter(role: str) -> Client:
        client = StrictClient()
        sign_in(client, make_account(role))
        return client

    return enter
