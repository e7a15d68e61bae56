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
from balise.helpline.app.rules.quiz import quiz

LANGUAGES: Final = ("fr", "en")


@register()
def words_of_the_app_are_sound(**_kwargs: Any) -> list[CheckMessage]:
    """Return an error for each fault of the looks, the quiz and the leaflets."""
    hint = "See helpline/app/packs."
    try:
        looks(settings.COUNTRY)
        return [Error(one, id="balise.E471", hint=hint) for one in faults(settings.COUNTRY)]
    except PackFaulty as fault:
        return [Error(str(fault), id="balise.E471", hint=hint)]


@register(deploy=True)
def the_release_is_signed(**_kwargs: Any) -> list[CheckMessage]:
    """W472: without a signed release, no phone keeps the app for when there is no network."""
    if "public" not in settings.DOORS or release.signed():
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
    asked, papers = quiz(country), leaflets(country)
    known = {one.code for one in papers}
    for version in asked.versions:
        for outcome in version.outcomes:
            where = f"quiz.{version.code}.{outcome.code}"
            yield from (
                f"{where}: no leaflet {one!r}" for one in outcome.leaflets if one not in known
            )
    texts = [
        *plain.texts_of((asked.scale, asked.versions), "quiz"),
        *plain.texts_of(papers, "leaflets"),
    ]
    yield from plain.faults(texts, plain.blames(country), LANGUAGES)
