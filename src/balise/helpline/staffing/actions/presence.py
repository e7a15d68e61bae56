"""Add up presence: each change of a console, once, from the journal."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import zone
from balise.helpline.queue.rules import SeatState
from balise.helpline.staffing.models import Presence
from balise.helpline.staffing.rules.needs import SEATED, spread


@dataclass(frozen=True, slots=True)
class Change:
    """A seat changed: what it was before, for how long, until when."""

    account: str
    before: SeatState
    seconds: int
    at: datetime


def add_up(*, changes: Iterable[Change], by: Actor = SYSTEM) -> int:  # noqa: ARG001 - the journal has it
    """Add the time that seats were taken to their half hours; return how many half hours.

    What is added came from the journal, which hands each entry over once, and is no new fact.
    """
    found: Counter[tuple[str, date, int]] = Counter()
    for change in changes:
        if change.before not in SEATED:
            continue
        begins = change.at - timedelta(seconds=change.seconds)
        for (day, half), seconds in spread(begins, change.at, zone=zone()).items():
            found[change.account, day, half] += seconds
    with transaction.atomic():
        Presence.objects.bulk_create(
            (Presence(account=account, day=day, half=half) for account, day, half in found),
            ignore_conflicts=True,
        )
        for (account, day, half), seconds in found.items():
            Presence.objects.filter(account=account, day=day, half=half).update(
                seconds=F("seconds") + seconds
            )
    return len(found)
