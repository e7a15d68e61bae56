"""The packs of the app are read before the first request; a release ought to be signed."""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name

from balise.foundation.packs import PackFaulty
from balise.helpline.app.queries import release
from balise.helpline.app.rules import plain
from balise.helpline.app.rules.leaflets import leaflets
from balise.helpline.app.rules.looks import looks
from balise.helpline.app.rules.plan import plan
from balise.helpline.app.rules.quiz import Quiz, quiz
from balise.helpline.app.rules.ways import CHAT, Way, every_way

LANGUAGES: Final = ("fr", "en")


@register()
def words_of_the_app_are_sound(**_kwargs: Any) -> list[CheckMessage]:
    """Return an error for each fault of the looks, the quiz, the leaflets and the plan."""
    hint = "See helpline/app/packs."
    try:
        looks(settings.COUNTRY)
        return [Error(one, id="balise.E471", hint=hint) for one in faults(settings.COUNTRY)]
    except PackFaulty as fault:
        return [Error(str(fault), id="balise.E471", hint=hint)]


@register(deploy=True)
def the_release_is_signed(**_kwargs: Any) -> list[CheckMessage]:
    """W472: without a signed release, no phone keeps the app for when there is no network."""
    if not {"public", "app"} & set(settings.DOORS) or release.offered():
        return []
    return [
        Warning(
            f"{release.folder()} holds no signed release of the app.",
            hint="`balise release make` here, `balise release sign` where the key is.",
            id="balise.W472",
        )
    ]


def faults(country: str) -> Iterator[str]:
    """Yield what the packs of a country may not say: too hard, blaming, leading nowhere."""
    asked, found, papers, own = (
        quiz(country),
        every_way(country),
        leaflets(country),
        plan(country),
    )
    known = {one.code for one in papers}
    led = [
        (f"quiz.{version.code}.{outcome.code}", code)
        for version in asked.versions
        for outcome in version.outcomes
        for code in outcome.leaflets
    ]
    led += [(f"quiz.ways.{way.code}", way.leaflet) for way in found]
    yield from (f"{where}: no leaflet {code!r}" for where, code in led if code not in known)
    texts = [
        *plain.texts_of((asked.scale, asked.versions), "quiz"),
        *plain.texts_of(found, "quiz.ways"),
        *plain.texts_of(papers, "leaflets"),
        *plain.texts_of(own, "plan"),
    ]
    yield from plain.faults(texts, plain.blames(country), LANGUAGES)
    if country == settings.COUNTRY:
        yield from _numbers(asked, found, texts)


def _numbers(
    asked: Quiz, found: tuple[Way, ...], texts: list[tuple[str, str, str]]
) -> Iterator[str]:
    """Yield a button of a way that this centre has no number for, and numbers written by hand."""
    yield from plain.numbers_in(texts, (one.number for one in settings.CENTRE.numbers))
    for way in found:
        whom = {one.whom for one in asked.versions if one.code in way.versions}
        known = {one.code for one in settings.CENTRE.numbers if whom & one.whom} | {CHAT}
        for button in way.first:
            if not known & set(button.split("/")):
                yield f"quiz.ways.{way.code}: this centre has no {button}"
