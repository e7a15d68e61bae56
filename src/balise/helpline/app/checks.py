"""System checks of the app: its looks, and its signed release."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name

from balise.foundation.packs import PackFaulty
from balise.helpline.app.queries import release
from balise.helpline.app.rules.looks import looks


@register()
def looks_are_known(**_kwargs: Any) -> list[CheckMessage]:
    """E471: the pack of looks is faulty."""
    try:
        looks(settings.COUNTRY)
    except PackFaulty as fault:
        return [Error(str(fault), id="balise.E471", hint="See helpline/app/packs.")]
    return []


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
