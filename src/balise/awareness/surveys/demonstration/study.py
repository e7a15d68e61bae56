"""A study of 1,136 parents of children aged 6 to 20: made up, from a fixed seed, and marked so."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Final
from uuid import UUID

import orjson
from django.conf import settings

from balise.awareness.surveys.actions import making, publishing
from balise.awareness.surveys.actions.storing import store_texts
from balise.awareness.surveys.models import AnswerSet, Survey, Wording
from balise.awareness.surveys.rules import tabulating, weighting
from balise.awareness.surveys.rules.promises import Audience
from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.packs import load

SLUG: Final = "parents-talk"
PARENTS: Final = 1136
INVITED: Final = 6300
_OPENED: Final = 60  # days ago
_CLOSED: Final = 42
_PUBLISHED: Final = 30
SEVERAL: Final = frozenset({"why", "did", "rules", "helps"})  # choices of several
_WORDS: Final = ("title", "about", "population", "method", "limits")

_ADDED: Final = (
    "À table, personne n’a d’écran, nous non plus.",
    "Difficile de dire non quand tous les autres ont le droit.",
    "Il faudrait en parler plus tôt, dès l’école primaire.",
    "J’apprends plus de ma fille qu’elle de moi.",
    "Je ne sais pas quoi faire des jeux où l’on parle avec des inconnus.",
    "La réunion du collège nous a aidés à commencer.",
    "Le plus dur, c’est le soir.",
    "Merci de demander aussi ce qui va bien.",
    "Nous avons écrit nos règles ensemble : elles tiennent mieux.",
    "On se sent parfois dépassés.",
    "Trop de réglages, et jamais au même endroit.",
    "Une règle pour le grand n’est pas une règle pour la petite.",
)

type Answers = dict[str, str]


def fill(people: Mapping[str, Actor]) -> None:
    """Open the study, answer it, close it, publish its results with weights."""
    by, closes_on = people["awareness_lead"], clock.today() - timedelta(days=_CLOSED)
    with _ago(_OPENED):
        survey_id = open_(closes_on=closes_on, by=by)
    Survey.objects.filter(id=survey_id).update(invited=INVITED)
    answer(survey_id)
    with _ago(_CLOSED):
        making.close(survey_id=survey_id, by=by)
        _read_texts(survey_id, by)
    with _ago(_PUBLISHED):
        publishing.publish(survey_id=survey_id, weighted=True, by=by)


def open_(*, closes_on: date, by: Actor) -> UUID:
    """Open the study today, marked as made up, and return it."""
    pack = load("balise.awareness.surveys", country=settings.COUNTRY, name="study")
    survey_id = making.make(
        slug=SLUG,
        words={name: pack["words"][name] for name in _WORDS},
        languages=["fr", "en"],
        audience=Audience.ADULTS,
        opens_on=clock.today(),
        closes_on=closes_on,
        by=by,
    )
    source = {key: told for key, told in pack.items() if key != "words"}
    making.write(survey_id=survey_id, text=orjson.dumps(source).decode(), by=by)
    making.publish(survey_id=survey_id, by=by)
    making.open_(survey_id=survey_id, by=by)
    Survey.objects.filter(id=survey_id).update(is_made_up=True)
    return survey_id


def answer(survey_id: UUID) -> None:
    """Store the answers of all parents, as one batch does."""
    wording = Wording.objects.select_related("survey").get(survey=survey_id)
    asked, day = weighting.questionnaire(wording.source), wording.survey.closes_on
    AnswerSet.objects.bulk_create(
        AnswerSet(wording=wording, day=day, answers=tabulating.packed(asked, answers))
        for answers in parents()
    )


def _read_texts(survey_id: UUID, by: Actor) -> None:
    """Store what some parents added, and let it be shown: nothing in it tells of anyone."""
    wording = Wording.objects.get(survey=survey_id)
    store_texts(written=[(wording, "more", text) for text in _ADDED], by=SYSTEM)
    for text in making.open_texts(survey_id=survey_id, by=by):
        making.show(text_id=text.id, redacted=text.says or "", by=by)


def parents() -> Iterator[Answers]:
    """Yield the answers of each parent: always the same ones."""
    chance = random.Random(1136)  # noqa: S311 - a sample, not a secret
    for _nth in range(PARENTS):
        yield _parent(chance)


def _ago(days: int) -> AbstractContextManager[object]:
    return clock.at(clock.ago(timedelta(days=days)))


def _parent(chance: random.Random) -> Answers:
    """Return one parent's answers: talking falls with age, and mothers talk a little more."""
    age = _one(chance, "abcd", (36, 31, 19, 14))
    parent = _one(chance, "abc", (64, 31, 5))
    talks = (40, 31, 19, 9) if age in "ab" else (30, 32, 26, 12)
    fewer = 8 if parent == "b" and age in "ab" else 0
    hours = chance.gauss({"a": 1.4, "b": 2.6, "c": 3.4, "d": 3.6}[age], 1.1)
    phones = {"a": (18, 14, 68), "b": (74, 12, 14), "c": (96, 3, 1), "d": (98, 1, 1)}[age]
    rules = {"a": 0.75, "b": 0.6, "c": 0.4, "d": 0.2}[age]
    return {
        "age": age,
        "parent": parent,
        "studies": _one(chance, ("a", "b", "c", ""), (26, 20, 51, 3)),
        "talk": _one(chance, "abcd", (talks[0] - fewer, *talks[1:3], talks[3] + fewer)),
        "why": _several(chance, "abcd", (0.55, 0.35, 0.25, 0.15)),
        "told": _one(chance, "abc", (23, 66, 11)),
        "did": _several(chance, "abcde", (0.8, 0.45, 0.3, 0.09, 0.2)) or "f",
        "phone": _one(chance, "abc", phones),
        "since": str(min(max(round(chance.gauss(11, 1.4)), 6), {"a": 10}.get(age, 14))),
        "hours": "" if chance.random() < 0.04 else f"{min(max(hours, 0), 12):.1f}",  # noqa: PLR2004
        "rules": _several(chance, "abcde", (rules + 0.15, rules, rules * 0.8, rules * 0.6, 0.18))
        or "f",
        "kept": _one(chance, "abcd", (34, 14, 38, 14)),
        "sure-pictures": _one(chance, "abcd", (18, 33, 33, 16)),
        "sure-controls": _one(chance, "abcd", (24, 36, 27, 13)),
        "sure-bullying": _one(chance, "abcd", (20, 39, 30, 11)),
        "helps": _one(chance, ("abc", "acb", "bac", "cab", "cba", ""), (24, 18, 15, 22, 16, 5)),
        "more": "",
    }


def _one(chance: random.Random, letters: Sequence[str], weights: tuple[float, ...]) -> str:
    return str(chance.choices(letters, weights)[0])


def _several(chance: random.Random, letters: str, odds: tuple[float, ...]) -> str:
    return "".join(
        letter for letter, odd in zip(letters, odds, strict=True) if chance.random() < odd
    )
