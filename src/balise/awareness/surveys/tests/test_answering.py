"""Answering: begun, resumed, sent once, stored in batches; closed, full, in two tabs."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from balise.awareness.questions.rules.questions import AnswerFaulty
from balise.awareness.surveys import module
from balise.awareness.surveys.actions import answering, making
from balise.awareness.surveys.models import (
    LINE,
    TEXT,
    AnswerSet,
    Draft,
    FreeText,
    QuotaCount,
    Sent,
    Survey,
    Waiting,
)
from balise.awareness.surveys.queries import public
from balise.awareness.surveys.queries.answers import answers_of
from balise.awareness.surveys.rules.promises import (
    AnsweredAlready,
    AnsweredElsewhere,
    NotOpen,
    Unfinished,
)
from balise.awareness.surveys.tests.makers import (
    AFTER,
    AGE,
    CLOSES,
    DURING,
    SAY,
    SLUG,
    TALKS,
    WHY,
    begin,
    close,
    give,
    make_survey,
    send,
    store,
    text_of,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import SealBroken, key_of_line
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    with clock.at(DURING):
        yield


def stored(survey: UUID) -> list[tuple[str, ...]]:
    found = answers_of(survey)
    return sorted(zip(*found.by_question.values(), strict=True))


class TestDrafts:
    def test_six_words_open_what_was_answered_and_nothing_else_does(self) -> None:
        make_survey(TALKS, WHY, AGE)
        words = begin()
        give(words, talks="b", age="")

        one = public.begun(words.upper().replace("-", " "))

        assert one is not None
        assert one.given.answers == {"talks": "b", "age": ""}
        assert public.begun(begin()) != one
        row = Draft.objects.get(id=one.row.id)
        with pytest.raises(SealBroken):
            public.opened("another phrase of six words altogether", row)
        assert public.begun("zz zz zz zz zz zz") is None
        with pytest.raises(NotHere):
            give_to("zz zz zz zz zz zz")

    def test_an_answer_that_is_none_is_refused_and_changes_nothing(self) -> None:
        make_survey()
        words = begin()
        with pytest.raises(AnswerFaulty):
            give(words, talks="z")
        one = public.begun(words)
        assert one is not None
        assert one.given.answers == {}

    def test_two_tabs_do_not_overwrite_each_other_unseen(self) -> None:
        make_survey(TALKS, AGE)
        words = begin()
        give(words, talks="a")  # tab B; tab A still shows version 0

        with pytest.raises(AnsweredElsewhere):
            give(words, 0, talks="b")
        give(words, 0, talks="a")  # the same answer is no conflict
        give(words, 0, age="40")  # nor is another question
        give(words, talks="b")  # said again on purpose

        one = public.begun(words)
        assert one is not None
        assert one.given.answers == {"talks": "b", "age": "40"}

    def test_a_wording_changed_while_open_changes_nothing_for_who_began(self) -> None:
        survey = make_survey(TALKS)
        words = begin()
        lead = make_actor("awareness_lead")
        making.write(survey_id=survey, text=text_of(TALKS, AGE), by=lead)
        making.publish(survey_id=survey, by=lead)

        give(words, talks="a")
        answering.send(words=words, by=ANYONE)
        send(talks="b", age="41")
        close(survey)
        store(survey, at=AFTER)

        found = answers_of(survey)
        assert list(found.wordings) == [1, 2]
        assert {code: list(each) for code, each in found.by_question.items()} == {
            "talks": ["a", "b"],
            "age": ["", "41"],
        }

    def test_what_is_not_sent_is_deleted_thirty_days_after_the_last_answer(self) -> None:
        make_survey()
        give(begin(), talks="a")
        rule = {each.name: each for each in module.RULES}["awareness.survey-drafts"]
        assert not rule.due(DURING + timedelta(days=29))
        due = rule.due(DURING + timedelta(days=30))
        assert rule.erase([row.pk for row in due]) == 1
        assert not Draft.objects.exists()


class TestSending:
    def test_a_draft_is_sent_once_and_its_words_open_nothing_then(self) -> None:
        make_survey()
        words = send(talks="a")
        answering.send(words=words, by=ANYONE)

        assert (Waiting.objects.count(), Sent.objects.count()) == (1, 1)
        assert not Draft.objects.exists()
        assert public.begun(words) is None
        assert public.is_sent(words)
        with pytest.raises(AnsweredAlready):
            give_to(words)

    def test_what_is_not_finished_or_not_asked_is_no_answer(self) -> None:
        survey = make_survey()
        words = begin()
        give(words, talks="b", why="a")
        give(words, talks="a")  # why is not asked any more
        answering.send(words=words, by=ANYONE)
        other = begin()
        give(other, talks="b")
        with pytest.raises(Unfinished):
            answering.send(words=other, by=ANYONE)
        close(survey)
        store(survey, at=AFTER)
        assert stored(survey) == [("a", "")]

    def test_a_survey_that_closed_meanwhile_refuses_and_what_was_typed_stays(self) -> None:
        survey = make_survey()
        words = begin()
        give(words, talks="a")
        close(survey)
        with clock.at(AFTER):
            with pytest.raises(NotOpen):
                give(words, talks="b")
            with pytest.raises(NotOpen):
                answering.send(words=words, by=ANYONE)
            with pytest.raises(NotOpen):
                begin()
        one = public.begun(words)
        assert one is not None
        assert one.given.answers == {"talks": "a"}

    def test_a_quota_is_counted_without_an_answer_beside_it(self) -> None:
        make_survey(TALKS, quotas=[{"question": "talks", "is": "a", "most": 2}])
        for answer in "aab":
            send(talks=answer)
        assert list(QuotaCount.objects.values_list("quota", "many")) == [("talks:a", 2)]
        for answer, full in (("a", True), ("b", False)):
            words = begin()
            give(words, talks=answer)
            one = public.begun(words)
            assert one is not None
            assert public.is_full(one) is full


def give_to(words: str) -> None:
    answering.answer(words=words, given={"talks": ["a"]}, seen=0, by=ANYONE)


class TestStoring:
    def test_fewer_than_a_group_wait_and_then_are_stored_together_with_one_day(self) -> None:
        survey = make_survey(TALKS, WHY, AGE)
        for _nth in range(10):
            send(talks="a", age="40")
        assert store(survey) == 0
        assert not AnswerSet.objects.exists()
        send(talks="b", why="a", age="")

        assert store(survey) == 11

        assert Counter(stored(survey)) == {("a", "", "40"): 10, ("b", "a", "-"): 1}
        assert set(answers_of(survey).days) == {DURING.date()}
        assert not Waiting.objects.exists()
        entry = Entry.objects.get(event="awareness.survey-answers.stored")
        assert entry.facts == {"many": 11, "day": "2026-10-20"}

    def test_the_last_ones_take_the_day_of_the_batch_before_and_every_row_is_written_again(
        self,
    ) -> None:
        survey = make_survey(TALKS)
        for _nth in range(11):
            send(talks="a")
        store(survey)
        before = set(AnswerSet.objects.values_list("id", flat=True))
        send(talks="b")
        close(survey)

        assert store(survey, at=AFTER) == 1

        rows = AnswerSet.objects.all()
        assert {row.day for row in rows} == {date(2026, 10, 20)}
        assert len(rows) == 12
        assert before.isdisjoint({row.id for row in rows})

    def test_the_order_of_rows_is_not_the_order_of_sending(self) -> None:
        survey = make_survey(AGE)
        for nth in range(30):
            send(age=str(nth))
        store(survey)
        lines = (
            [row.answers for row in AnswerSet.objects.extra(order_by=["rowid"])]
            if (AnswerSet.objects.db == "sqlite")
            else list(AnswerSet.objects.values_list("answers", flat=True))
        )
        assert sorted(lines, key=int) == [str(nth) for nth in range(30)]
        assert lines != sorted(lines, key=int)  # one chance in 30! that it is

    def test_free_texts_stand_apart_encrypted_and_lead_to_no_answer(self) -> None:
        survey = make_survey(TALKS, SAY)
        for nth in range(11):
            send(talks="a", say=f"Ma fille {nth}" if nth < 2 else "")
        store(survey)

        texts = list(FreeText.objects.all())
        opened = {
            key_of_line(LINE, row.id).open(row.sealed, where=TEXT, row=row.id)["text"]
            for row in texts
        }
        assert opened == {"Ma fille 0", "Ma fille 1"}
        assert set(AnswerSet.objects.values_list("answers", flat=True)) == {"a"}
        ids = set(AnswerSet.objects.values_list("id", flat=True))
        assert ids.isdisjoint({row.id for row in texts})
        assert not KeyWrap.objects.filter(record__in=ids).exists()

    def test_no_row_has_a_moment_or_an_address(self) -> None:
        for table in (Draft, Sent, Waiting, AnswerSet, FreeText):
            kinds = {each.get_internal_type() for each in table._meta.get_fields() if each.concrete}
            assert not kinds & {"DateTimeField", "TimeField", "GenericIPAddressField"}

    def test_answers_are_deleted_five_years_after_the_survey(self) -> None:
        survey = make_survey(TALKS, SAY)
        send(talks="a", say="Bonjour")
        close(survey)
        store(survey, at=AFTER)
        rules = {each.name.removeprefix("awareness.survey-"): each for each in module.RULES}
        late = {"marks": 30, "texts": 180, "answers": 1825, "texts-read": 1825}
        end = AFTER - timedelta(days=(AFTER.date() - CLOSES).days)
        for name, days in late.items():
            assert not list(rules[name].due(end + timedelta(days=days - 1))), name
            due = rules[name].due(end + timedelta(days=days))
            assert rules[name].erase([row.pk for row in due]) == 1, name
        assert not AnswerSet.objects.exists()
        assert not FreeText.objects.exists()
        assert Survey.objects.get().slug == SLUG
