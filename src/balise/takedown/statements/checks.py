"""A faulty layout is told before the first request."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balise.foundation.packs import PackFaulty
from balise.takedown.statements.rules.layout import layout


@register()
def check_layout(**_options: Any) -> Iterable[CheckMessage]:
    """Refuse a layout of the yearly report that does not say what it must."""
    try:
        layout(settings.COUNTRY)
    except PackFaulty as fault:
        yield Error(str(fault), id="balise.E451", hint="See takedown/statements/packs.")
