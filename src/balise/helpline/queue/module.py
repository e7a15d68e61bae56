"""The card of this module: what the rest of Balise reads of it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.grants import ALL, API, APP, PBX, PUBLIC, Declared, Grant, Tells
from balise.foundation.modules import Module
from balise.foundation.packs import PackFaulty
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted
from balise.helpline.queue import access
from balise.helpline.queue.models import Danger, Item
from balise.helpline.queue.queries import dangers
from balise.helpline.queue.rules.danger_words import words_with
from balise.helpline.queue.tasks import watch_seats

# What is deleted of the queue, and when. The figures stay.


_KEPT = timedelta(days=30)


def items_due(at: datetime) -> QuerySet[Item]:
    """Return what left the queue a month ago, but for those whose danger is on."""
    return Item.objects.filter(ended_at__lte=at - _KEPT).exclude(id__in=dangers.items_on())


def dangers_due(at: datetime) -> QuerySet[Danger]:
    """Return the dangers that were over a month ago; never one that is on, or is to be read."""
    return Danger.objects.filter(ended_at__lte=at - _KEPT).exclude(dangers.UNREAD)


RULES = (
    Rule(
        name="helpline.queue",
        forgets=Item,
        says=_("The fact that someone waited, and who they talked to, is deleted after one month."),
        due=items_due,
        erase=deleted(Item),
    ),
    Rule(
        name="helpline.dangers",
        forgets=Danger,
        says=_("The immediate-danger checklist is deleted one month after the danger is over."),
        due=dangers_due,
        erase=deleted(Danger),
    ),
)


# What the public and an exchange may do with the queue: wait, wait more urgently, and leave.


_LEAVES = ("state", "held_by", "ended_at")
_RISES = ("risk", "risk_from", "highest", "rank", "turn_at")
# Said again, its end is no longer proposed.
_ANEW = ("proposed_by", "proposed_at", "outcome", "risk_now", "ending")

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_queue_item",),
        to=(PUBLIC, PBX),
        why="Who talks, writes or calls waits in line; words of danger bring them forward.",
        read=ALL,
        add=True,
        change=(*_LEAVES, *_RISES),
    ),
    Grant(
        on=("helpline_queue_danger",),
        to=(PUBLIC, PBX),
        why="Who says that they are not safe is in danger until two people agree that it is over.",
        read=ALL,
        add=True,
        change=("item", "subject", "confirmed_by", *_ANEW),
    ),
    Grant(
        on=("helpline_queue_seat",),
        to=(PUBLIC, PBX),
        why="Who waits is told how many answer; a call rings where someone is seated.",
        read=ALL,
    ),
    Grant(
        on=("helpline_queue_item",),
        to=(APP,),
        why="The app says how long one waits: how many are there, and never who.",
        read=("id", "kind", "rank", "state", "held_by", "first_held_at", "ended_at"),
    ),
    Grant(
        on=("helpline_queue_danger",),
        to=(APP,),
        why="Who stays with a danger takes nobody else.",
        read=("id", "item", "ended_at", "proposed_by"),
    ),
    Grant(
        on=("helpline_queue_seat",),
        to=(APP,),
        why="The app says how long one waits: how many answer.",
        read=ALL,
    ),
    Grant(
        on=("helpline_queue_wordsedit",),
        to=(PUBLIC, PBX),
        why="What is written is read with the edits of the words of danger that are in force.",
        read=("language", "concept", "added", "removed", "decided_at", "is_approved", "id"),
    ),
    Tells(
        facts=(
            "helpline.item.queued",
            "helpline.item.risk-judged",
            "helpline.item.withdrawn",
            "helpline.danger.declared",
            "helpline.danger.confirmed",
        ),
        by=(PUBLIC, API, PBX),
    ),
)


MODULE = Module(
    abilities={"listener": (access.READ, access.WORK), "helpline_lead": (access.SUPERVISE,)},
    retention=RULES,
    grants=GRANTS,
    threads={"staff": watch_seats},  # its process receives the listeners' signs of life
)


# System checks of the words of danger.


@register()
def words_can_be_looked_for(**_options: Any) -> list[CheckMessage]:
    """E444: the words of danger."""
    try:
        words_with(settings.COUNTRY, ())
    except PackFaulty as fault:
        return [Error(str(fault), id="balise.E444")]
    return []
