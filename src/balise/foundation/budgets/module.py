"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.models import Day, Spending
from balise.foundation.budgets.rules import DECLARED
from balise.foundation.budgets.tasks import SCHEDULE
from balise.foundation.clock import day_of
from balise.foundation.grants import ALL, APP, PUBLIC, Declared, Grant
from balise.foundation.modules import Module
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import dropped

# The names of a day, what they sent, and the key that they were made with go with the day.


def days_over(at: datetime) -> QuerySet[Day]:
    """Return the days before today."""
    return Day.objects.filter(day__lt=day_of(at))


def erase_days(days: Sequence[date]) -> int:
    """Delete days, with all that was counted on them."""
    Spending.objects.filter(day__in=days).delete()
    return dropped(Day)(days)


RULES = (
    Rule(
        name="budgets.days",
        forgets=Day,
        says=_("How much each network stored in a day: after that day."),
        due=days_over,
        erase=erase_days,
    ),
)


# What the public door and the API do with budgets: they take from them, and give back.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("budgets_day",),
        to=(PUBLIC, APP),
        why="The first who writes on a day draws the key of its names.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("budgets_spending",),
        to=(PUBLIC, APP),
        why="What is sent is charged before it is stored.",
        read=ALL,
        add=True,
        change=("octets",),
    ),
    Grant(
        on=("budgets_stock",),
        to=(PUBLIC, APP),
        why="What is sent is charged to the total of its budget.",
        read=ALL,
        add=True,
        change=("since",),
    ),
)


MODULE = Module(
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
)


# What `balise check` says of budgets.


@register()
def budgets_are_known(**_options: Any) -> list[CheckMessage]:
    """E464: a figure is given to a budget that there is not, or is no number."""
    told = {
        "BALISE_BUDGETS": settings.BUDGETS,
        "BALISE_BUDGETS_NEARBY": settings.BUDGETS_NEARBY,
    }
    hint = "Write it as helpline.vault.backups=80; `balise budgets` names them all."
    return [
        Error(f"{variable} has {name!r}={value!r}.", hint=hint, id="balise.E464")
        for variable, pairs in told.items()
        for name, value in pairs.items()
        if name not in DECLARED.by_name or not value.isdecimal()
    ]
