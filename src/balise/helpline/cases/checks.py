"""The packs are read before the first request: faulty ones stop the start."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balise.foundation.clock import today
from balise.foundation.packs import PackFaulty
from balise.helpline.cases.rules.duties import tree
from balise.helpline.cases.rules.receivers import ReceiverUnknown, receiver, receivers
from balise.helpline.cases.rules.sections import Section, section_form


@register()
def packs_of_files_are_sound(**_kwargs: Any) -> list[CheckMessage]:
    """Return an error where a section, the receivers or the duties cannot be read."""
    country = settings.COUNTRY
    try:
        for section in Section:
            section_form(section, country=country, on=today())
        receivers(country)
        for end in tree(country).ends.values():
            for code in end.receivers:
                receiver(code, country=country)
    except (PackFaulty, ReceiverUnknown) as fault:
        return [Error(str(fault), id="balise.E461", hint="See helpline/cases/packs.")]
    return []
