"""A centre does not start with a calendar or rules of work that say nothing."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balise.foundation.packs import PackFaulty
from balise.helpline.staffing.rules.calendar import calendar
from balise.helpline.staffing.rules.lessons import assumption
from balise.helpline.staffing.rules.work import work


@register()
def packs_are_right(**_kwargs: Any) -> list[CheckMessage]:
    """Return what is wrong with the packs of staffing: E451."""
    try:
        calendar(settings.COUNTRY)
        work(settings.COUNTRY)
        assumption(settings.COUNTRY)
    except (PackFaulty, KeyError, TypeError, ValueError) as fault:
        return [Error(repr(fault), id="balise.E451", hint="See helpline/staffing/packs.")]
    return []
