"""Paths and badges, made the way people make them."""

from collections.abc import Iterable
from uuid import UUID

from balise.awareness.learning.events.actions import attending
from balise.awareness.learning.events.rules.facts import EventKind
from balise.awareness.learning.events.tests.makers import make_public, register
from balise.awareness.learning.training import actions
from balise.awareness.learning.training.queries import Held
from balise.awareness.learning.training.rules.paths import course
from balise.awareness.questions.rules.questions import Question
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM

FR = course("fr")
CHECKS = [each for lesson in FR.lessons for each in lesson.checks]


def answered(one: Held, within: str, questions: Iterable[Question], *, wrong: int = 0) -> Held:
    """Return a path with these questions answered, the first ones wrongly."""
    for at, each in enumerate(questions):
        letters = each.right[0] if at >= wrong else wrongly(each)
        one = actions.answer(
            token=one.token, within=within, code=each.code, given=letters, by=ANYONE
        )
    return one


def wrongly(question: Question) -> str:
    """Return an answer that is not the right one."""
    if question.kind == "order":
        return question.right[0][::-1]
    return next(letter for letter in question.letters if letter not in question.right)


def make_followed(*, wrong_before: int | None = None) -> Held:
    """Return a path whose lessons are done, with the test before or without."""
    one = actions.begin(by=ANYONE)
    if wrong_before is None:
        one = actions.skip(token=one.token, by=ANYONE)
    else:
        one = answered(one, "before", FR.test, wrong=wrong_before)
    return answered(one, "checks", CHECKS)


def make_passed(*, wrong_before: int | None = None) -> Held:
    """Return a path whose test is passed."""
    return answered(make_followed(wrong_before=wrong_before), "after", FR.test)


def make_badge(*, given: bool = True, audience: str = "ambassador", area: str = "") -> UUID:
    """Return a badge that someone asked for, signed unless `given` is no."""
    badge = actions.ask_online(
        token=make_passed().token, audience=audience, area=area, is_adult=True, by=ANYONE
    )
    if given:
        actions.give(badge_ids=[badge], by=SYSTEM)
    return badge


def came_to(kind: EventKind, *, came: bool = True) -> UUID:
    """Return the registration of someone who came to an event of a kind, or did not."""
    event = make_public(kind=kind)
    registration = register(event, kind=kind)
    with clock.at(registration.event.ends_at):
        ids = [registration.id]
        attending.note(
            event_id=event,
            came=ids if came else [],
            absent=[] if came else ids,
            by=make_actor("coordinator"),
        )
    return registration.id
