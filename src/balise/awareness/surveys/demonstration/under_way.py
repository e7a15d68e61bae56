"""Two surveys that are open: of parents, with texts to read, and of pupils by their school."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import orjson
from django.conf import settings

from balise.awareness.places.structures.queries import choices
from balise.awareness.surveys.actions import answering, making, storing
from balise.awareness.surveys.models import Survey
from balise.awareness.surveys.rules.promises import Audience
from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.packs import load

_OPENED: Final = 12  # days ago
_CLOSES: Final = 30  # days from now
_SAID: Final = ("Un panier à l’entrée.", "Dormir sans, les adultes aussi.", "En parler avant.")


def fill(people: Mapping[str, Actor]) -> None:
    """Open both, have a dozen parents answer one, give a school the link of the other."""
    pack = load("balise.awareness.surveys", country=settings.COUNTRY, name="open")
    opened = clock.now() - timedelta(days=_OPENED)
    for told in pack["surveys"]:
        with clock.at(opened):
            survey_id = _open(told, people["awareness_lead"])
            if Audience(told["audience"]) is Audience.MINORS:
                making.invite(
                    survey_id=survey_id,
                    structure=choices()[0][0],
                    notice_on=clock.today(),
                    ends_on=clock.today() + timedelta(days=_CLOSES),
                    by=people["coordinator"],
                )
                continue
        Survey.objects.filter(id=survey_id).update(is_made_up=True)
        with clock.at(opened + timedelta(days=1)):
            for nth in range(12):
                _answer(told["slug"], nth)
        with clock.at(opened + timedelta(days=2)):
            storing.store(survey_id=survey_id, by=SYSTEM)


def _open(told: Mapping[str, Any], by: Actor) -> Any:
    survey_id = making.make(
        slug=told["slug"],
        words=told["words"],
        languages=["fr", "en"],
        audience=Audience(told["audience"]),
        opens_on=clock.today(),
        closes_on=clock.today() + timedelta(days=_OPENED + _CLOSES),
        by=by,
    )
    making.write(survey_id=survey_id, text=orjson.dumps(told["wording"]).decode(), by=by)
    making.publish(survey_id=survey_id, by=by)
    making.open_(survey_id=survey_id, by=by)
    return survey_id


def _answer(slug: str, nth: int) -> None:
    """Answer as a parent does, all pages at once."""
    words = answering.begin(slug=slug, language="fr", by=ANYONE)
    given = {
        "age": "abc"[nth % 3],
        "phone": "aab"[nth % 3],
        "night": "abc"[nth % 3],
        "evenings-parents": "abc"[nth % 3],
        "evenings-alarm": "cba"[nth % 3],
        "helps": "ab",
        "word": _SAID[nth] if nth < len(_SAID) else "",
    }
    listed = {code: [*answer] if code == "helps" else [answer] for code, answer in given.items()}
    answering.answer(words=words, given=listed, seen=0, by=ANYONE)
    answering.send(words=words, by=ANYONE)
