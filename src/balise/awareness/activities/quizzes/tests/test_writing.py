"""Quizzes that the centre writes: brought in, found faulty, published, withdrawn, restored."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.activities.quizzes import actions, queries
from balise.awareness.activities.quizzes.models import Version
from balise.awareness.activities.quizzes.queries import public, quiz
from balise.awareness.activities.quizzes.rules import QuizFaulty, QuizNotPublic, QuizNotReady
from balise.awareness.activities.quizzes.tests.makers import (
    CODE,
    example,
    make_published,
    make_version,
)
from balise.awareness.questions.rules.plain import NotPlain
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    found = Entry.objects.filter(event__startswith="awareness.quiz").order_by("id")
    return [each.event.removeprefix("awareness.quiz.") for each in found]


def test_a_version_is_seen_by_nobody_until_a_lead_publishes_it() -> None:
    version = make_version()
    with pytest.raises(NotHere):
        quiz("fake-account")
    with pytest.raises(PermissionDenied):
        actions.publish(version_id=version, by=make_actor("editor"))
    with pytest.raises(PermissionDenied):
        actions.bring_in(told=example(), by=make_actor("coordinator"))
    actions.publish(version_id=version, by=make_actor("awareness_lead"))
    assert quiz("fake-account").minutes == 5
    assert names() == ["brought-in", "published"]


def test_a_newer_version_waits_beside_the_public_one() -> None:
    make_published()
    newer = make_version(minutes=7)
    assert quiz("fake-account").minutes == 5
    assert [each.nth for each in queries.versions("fake-account", by=make_actor("editor"))] == [
        2,
        1,
    ]
    actions.publish(version_id=newer, by=make_actor("awareness_lead"))
    assert quiz("fake-account").minutes == 7


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"title": {"fr": "<b>Gras</b>", "en": "Bold"}}, NotPlain),
        ({"lead": {"fr": "![chat](https://ailleurs.example/chat.png)"}}, NotPlain),
        ({"code": "Two words"}, QuizFaulty),
        ({"code": "x" * 41}, QuizFaulty),
        ({"audience": "babies"}, QuizFaulty),
        ({"minutes": 1 << 70}, QuizFaulty),
    ],
)
def test_what_is_no_quiz_or_not_plain_is_refused(
    more: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        make_version(**more)
    assert not Version.objects.exists()


def test_a_quiz_with_findings_is_not_published() -> None:
    rows = example()["questions"]
    (faulty,) = [{key: value for key, value in rows[0].items() if key != "says"}]
    version = make_version(questions=[faulty])
    found = queries.version(version, by=make_actor("editor")).findings
    assert [(each.code, each.where) for each in found] == [("explanation", "first")]
    with pytest.raises(QuizNotReady, match="first"):
        actions.publish(version_id=version, by=make_actor("awareness_lead"))


def test_a_quiz_of_the_pack_is_withdrawn_replaced_and_restored() -> None:
    lead = make_actor("awareness_lead")
    actions.withdraw(code=CODE, by=lead)
    assert CODE not in {each.code for each in public()}
    with pytest.raises(QuizNotPublic):
        actions.withdraw(code=CODE, by=lead)
    make_published(code=CODE)
    assert len(quiz(CODE).questions) == 3
    actions.restore(code=CODE, by=lead)
    assert len(quiz(CODE).questions) == 10
    assert names() == ["withdrawn", "brought-in", "published", "restored"]


def test_only_the_pack_can_be_restored_and_only_what_there_is_withdrawn() -> None:
    lead = make_actor("awareness_lead")
    make_published()
    with pytest.raises(NotHere):
        actions.restore(code="fake-account", by=lead)
    with pytest.raises(NotHere):
        actions.withdraw(code="nowhere", by=lead)
    with pytest.raises(PermissionDenied):
        actions.withdraw(code=CODE, by=make_actor("editor"))
