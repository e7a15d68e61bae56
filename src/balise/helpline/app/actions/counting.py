"""Count a use of the app in the tally of the day; tell the journal of days that are over.

What comes is a word and a button's platform: nothing here knows one young person from another.
"""

from collections.abc import Mapping
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.journal.events import Code
from balise.foundation.statistics import tallies
from balise.helpline.app.events import AppUsed
from balise.helpline.app.models import UseTally
from balise.helpline.app.rules.platforms import platforms
from balise.helpline.app.rules.uses import AppUseKind, use_of


@transaction.atomic
def count(*, kind: str, platform: str = "", by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add one to the day's tally. Raises UseUnknown for a kind or platform that is not counted."""
    use, of = use_of(kind, platform, known=platforms(settings.COUNTRY))
    tallies.add(UseTally, kind=use.value, platform=of)


def count_past(
    *,
    kind: AppUseKind,
    platform: str = "",
    days: Mapping[date, int],
    by: Actor,  # noqa: ARG001 - anyone
) -> None:
    """Add what was used on days of the past, so many times each day."""
    tallies.add_past(UseTally, days, kind=kind.value, platform=platform)


def tell_days(*, by: Actor) -> int:
    """Tell the journal what was counted on days that are over; return how many facts it was."""
    return tallies.tell(UseTally, _fact, by=by)


def _fact(one: UseTally) -> AppUsed:
    return AppUsed(
        subject=uuid5(NAMESPACE_URL, f"helpline/app/{one.day}"),
        day=one.day,
        kind=Code(one.kind),
        platform=Code(one.platform),
        times=one.untold,
    )
