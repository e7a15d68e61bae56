"""Follow the module, keep it under six words, and what is counted of it."""

from datetime import timedelta

import pytest
from django.test import Client

from balise.awareness.learning.training import actions
from balise.awareness.learning.training.actions import LessonsFirst, tell_days
from balise.awareness.learning.training.models import DayTally, KeptPath
from balise.awareness.learning.training.module import RULES
from balise.awareness.learning.training.tests.makers import (
    CHECKS,
    FR,
    answered,
    make_followed,
    make_passed,
)
from balise.awareness.questions.rules.questions import AnswerFaulty
from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.encryption.phrases import new_phrase
from balise.foundation.encryption.words import WordsUnknown
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def tallies() -> dict[str, tuple[int, int]]:
    """Return what is counted: how often, and the total."""
    return {each.what: (each.times, each.total) for each in DayTally.objects.all()}


class TestFollowing:
    def test_who_passes_is_counted_once_and_their_gain_too(self) -> None:
        one = make_passed(wrong_before=4)
        assert one.path.passed
        assert not one.path.before
        again = actions.try_again(token=one.token, by=ANYONE)
        answered(again, "after", FR.test, wrong=6)
        assert tallies() == {
            "started": (1, 0),
            "finished": (1, 0),
            "gain": (1, 4),
            "passed": (1, 0),
        }

    def test_without_the_test_before_no_gain_is_counted(self) -> None:
        assert make_passed().path.passed
        assert "gain" not in tallies()

    def test_the_test_waits_for_the_lessons(self) -> None:
        one = actions.begin(by=ANYONE)
        with pytest.raises(LessonsFirst):
            answered(one, "after", FR.test[:1])

    def test_an_answer_to_the_test_is_given_once(self) -> None:
        one = answered(make_followed(), "after", FR.test[:1], wrong=1)
        assert answered(one, "after", FR.test[:1]).path == one.path

    def test_a_lesson_may_be_answered_again(self) -> None:
        one = answered(actions.begin(by=ANYONE), "checks", CHECKS[:1], wrong=1)
        again = answered(one, "checks", CHECKS[:1])
        assert again.path.checks == {CHECKS[0].code: CHECKS[0].right[0]}

    def test_what_is_no_question_or_no_answer_is_refused(self) -> None:
        token = actions.begin(by=ANYONE).token
        with pytest.raises(NotHere):
            actions.answer(token=token, within="checks", code="begins", given="a", by=ANYONE)
        with pytest.raises(NotHere):
            actions.answer(token=token, within="before", code="none", given="a", by=ANYONE)
        with pytest.raises(AnswerFaulty):
            actions.answer(token=token, within="before", code="begins", given="", by=ANYONE)

    def test_nothing_is_kept_of_who_did_not_ask(self) -> None:
        make_passed(wrong_before=2)
        assert not KeptPath.objects.exists()
        assert not Entry.objects.exists()


class TestSixWords:
    def test_they_open_the_path_on_another_device(self) -> None:
        one = answered(actions.begin(by=ANYONE), "before", FR.test[:2])
        kept, words = actions.keep(token=one.token, language="fr", by=ANYONE)
        assert len(words) == 6
        kept = answered(kept, "before", FR.test[2:])
        typed = " ".join(words).upper().replace("É", "E")
        assert actions.resume(words=typed, by=ANYONE).path == kept.path

    def test_new_words_take_the_place_of_the_old_ones(self) -> None:
        kept, old = actions.keep(token=actions.begin(by=ANYONE).token, language="en", by=ANYONE)
        _kept, new = actions.keep(token=kept.token, language="en", by=ANYONE)
        assert actions.resume(words=" ".join(new), by=ANYONE).kept == kept.kept
        with pytest.raises(WordsUnknown):
            actions.resume(words=" ".join(old), by=ANYONE)

    def test_what_is_kept_of_a_finished_path_is_no_score(self) -> None:
        kept, _words = actions.keep(
            token=make_followed(wrong_before=3).token, language="fr", by=ANYONE
        )
        answered(kept, "after", FR.test, wrong=1)
        told = KeptPath.objects.get().told
        assert "b" not in told
        assert list(told["a"]) == [FR.test[-1].code]

    def test_a_path_that_nobody_goes_on_with_is_deleted(self) -> None:
        kept, _words = actions.keep(token=make_followed().token, language="fr", by=ANYONE)
        later = clock.now() + timedelta(days=181)
        assert [rule.erase(list(rule.due(later).values_list("pk", flat=True))) for rule in RULES][
            :2
        ] == [1, 1]
        with pytest.raises(NotHere):
            actions.skip(token=kept.token, by=ANYONE)


class TestTelling:
    def test_the_journal_hears_of_days_and_of_no_person(self) -> None:
        make_passed(wrong_before=4)
        assert tell_days(by=SYSTEM) == 0
        with clock.at(clock.now() + timedelta(days=1)):
            assert tell_days(by=SYSTEM) == 4
            assert tell_days(by=SYSTEM) == 0
        facts = {entry.facts["what"]: entry.facts for entry in Entry.objects.all()}
        assert facts["gain"]["times"] == 1
        assert facts["gain"]["amount"] == 4


class TestThePages:
    def test_the_module_is_followed_by_forms_alone(self, client: Client) -> None:
        page = client.get("/fr/training/")
        assert page.status_code == 200
        at = client.post("/fr/training/begin/")["Location"]
        assert client.post(at, {}).status_code == 422
        for each in FR.test:
            at = client.post(at, _fields(each.code))["Location"]
        assert "/fr/training/?path=" in at
        for lesson in FR.lessons:
            page = client.get(at)
            at = next(link for link in _links(page.text) if f"/lessons/{lesson.code}/" in link)
            for check in lesson.checks:
                answer = {"question": check.code, **_fields(check.code)}
                at = client.post(at, answer)["Location"].partition("#")[0]
                assert client.get(at).status_code == 200
        at = next(link for link in _links(client.get(at).text) if "/test/1/" in link)
        for nth, each in enumerate(FR.test, 1):
            assert f"/test/{nth}/" in at
            at = client.post(at, _fields(each.code))["Location"]
            following_page = "/end/" if each is FR.test[-1] else f"/test/{nth + 1}/"
            at = next(link for link in _links(client.get(at).text) if following_page in link)
        assert "certificate" in client.get(at).text or "attestation" in client.get(at).text

    @pytest.mark.parametrize("place", ["before/1/", "test/9/", "lessons/none/", "end/"])
    def test_a_page_without_a_path_is_not_there(self, client: Client, place: str) -> None:
        assert client.get(f"/fr/training/{place}").status_code == 404
        assert client.get(f"/fr/training/{place}?path=made-up").status_code == 404

    def test_six_words_are_shown_once_and_open_it(self, client: Client) -> None:
        token = actions.begin(by=ANYONE).token
        page = client.post(f"/fr/training/keep/?path={token}", follow=True).text
        words = page.split('<p class="words-six">')[1].partition("<")[0]
        assert client.post("/fr/training/resume/", {"words": words}).status_code == 302
        assert client.post("/fr/training/resume/", {"words": "a b"}).status_code == 422

    def test_a_mistyped_word_and_two_swapped_ones_are_asked_back(self, client: Client) -> None:
        _kept, words = actions.keep(token=actions.begin(by=ANYONE).token, language="fr", by=ANYONE)
        first, second, *others = words
        for typed in ([f"x{first}", second, *others], [second, first, *others]):
            page = client.post("/en/training/resume/", {"words": " ".join(typed)})
            assert page.status_code == 422
            assert "Did you mean" in page.text
            assert f'value="{" ".join(words)}"' in page.text
        nobody = " ".join(new_phrase("fr", words=6))  # which nobody has: asked back as well
        assert "Did you mean" in client.post("/en/training/resume/", {"words": nobody}).text


def _fields(code: str) -> dict[str, object]:
    question = FR.question(code)
    assert question is not None
    if question.kind == "order":
        return {letter: nth for nth, letter in enumerate(question.right[0], 1)}
    return {"answer": list(question.right[0])}


def _links(page: str) -> list[str]:
    return [part.partition('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]]
