"""System checks of the words of danger."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balise.foundation.packs import PackFaulty
from balise.helpline.queue.rules.danger_words import words_with


@register()
def words_can_be_looked_for(**_options: Any) -> list[CheckMessage]:
    """E444: the words of danger."""
    try:
        words_with(settings.COUNTRY, ())
    except PackFaulty as fault:
        return [Error(str(fault), id="balise.E444")]
    return []
