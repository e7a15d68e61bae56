"""Surveys, made, opened and answered the way people do it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson

from balise.awareness.places.structures.tests.makers import make_structure
from balise.awareness.surveys.actions import answering, making, storing
from balise.awareness.surveys.models import FreeText, Survey
from balise.awareness.surveys.queries import public
from balise.awareness.surveys.rules.promises import Audience
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import today

OPENS: Final = date(2026, 10, 12)
CLOSES: Final = date(2026, 10, 30)
DURING: Final = datetime.fromisoformat("2026-10-20T12:00:00+02:00")
AFTER: Final = datetime.fromisoformat("2026-11-02T12:00:00+01:00")
SLUG: Final = "parents-2026"


def says(text: str) -> dict[str, str]:
    """Return words in both languages."""
    return {"fr": text, "en": text}


AB: Final = [{"code": code, "says": says(code.upper())} for code in "ab"]
TALKS: Final = {"code": "talks", "kind": "one", "asks": says("En parlez-vous ?"), "choices": AB}
WHY: Final = {
    "code": "why",
    "kind": "one",
    "asks": says("Pourquoi ?"),
    "choices": AB,
    "when": [{"question": "talks", "is": "b"}],
}
AGE: Final = {"code": "age", "kind": "number", "asks": says("Quel âge ?"), "optional": True}
SAY: Final = {"code": "say", "kind": "text", "asks": says("Que dire ?"), "optional": True}


def source(*questions: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a wording of one section."""
    return {"sections": [{"code": "all", "questions": list(questions)}], **more}


def text_of(*questions: Mapping[str, Any], **more: Any) -> str:
    """Return a wording as a file."""
    return orjson.dumps(source(*questions, **more)).decode()


def make_survey(
    *questions: Mapping[str, Any],
    slug: str = SLUG,
    audience: Audience = Audience.ADULTS,
    languages: tuple[str, ...] = ("fr", "en"),
    opened: bool = True,
    days: tuple[date, date] = (OPENS, CLOSES),
    **more: Any,
) -> UUID:
    """Return a survey of October 2026, open unless said otherwise."""
    lead = make_actor("awareness_lead")
    names = ("title", "about", "population", "method")
    survey = making.make(
        slug=slug,
        words={name: {code: f"{name} {code}" for code in languages} for name in names},
        languages=list(languages),
        audience=audience,
        opens_on=days[0],
        closes_on=days[1],
        by=lead,
    )
    making.write(survey_id=survey, text=text_of(*(questions or (TALKS, WHY)), **more), by=lead)
    if opened:
        making.publish(survey_id=survey, by=lead)
        making.open_(survey_id=survey, by=lead)
    return survey


def begin(slug: str = SLUG, *, invitation: UUID | None = None) -> str:
    """Return the six words of someone who begins."""
    return answering.begin(slug=slug, language="fr", invitation=invitation, by=ANYONE)


def give(words: str, seen: int = -1, /, **answers: str) -> None:
    """Answer questions, one page each; "" leaves one out."""
    for code, answer in answers.items():
        one = public.begun(words)
        assert one is not None
        at = one.row.version if seen < 0 else seen
        answering.answer(words=words, given={code: [answer]}, seen=at, by=ANYONE)


def send(slug: str = SLUG, *, invitation: UUID | None = None, **answers: str) -> str:
    """Begin, answer and send; return the six words, which open nothing any more."""
    words = begin(slug, invitation=invitation)
    give(words, **answers)
    answering.send(words=words, by=ANYONE)
    return words


def store(survey: UUID, *, at: datetime = DURING) -> int:
    """Store what waits, at night."""
    with clock.at(at):
        return storing.store(survey_id=survey, by=SYSTEM)


def close(survey: UUID) -> None:
    """Close a survey once its last day is over."""
    with clock.at(AFTER):
        making.close_due(by=SYSTEM)
    assert Survey.objects.get(id=survey).closed_on == CLOSES


def make_objects() -> dict[str, object]:
    """Return a survey of minors with the link of a school, and a free text of adults to read."""
    days = (today(), today() + timedelta(days=30))
    minors = make_survey(TALKS, audience=Audience.MINORS, days=days)
    invitation = making.invite(
        survey_id=minors,
        structure=make_structure(),
        notice_on=days[0],
        ends_on=days[1],
        by=make_actor("coordinator"),
    )
    adults = make_survey(TALKS, SAY, slug="adults", days=days)
    send("adults", talks="a", say="Bonjour")
    making.close(survey_id=adults, by=SYSTEM)
    storing.store(survey_id=adults, by=SYSTEM)
    text = FreeText.objects.filter(wording__survey=adults).values_list("id", flat=True)[0]
    return {"survey_id": minors, "invitation_id": invitation, "text_id": text}
