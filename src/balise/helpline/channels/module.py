"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.actors import SYSTEM
from balise.foundation.budgets.rules import MIB, Budget
from balise.foundation.encryption.sealing import forget
from balise.foundation.grants import ALL, API, PUBLIC, Declared, Grant, Tells
from balise.foundation.mail.receiving import InboxUrlFaulty, read_inbox_url
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.measures import Measure
from balise.foundation.url import is_this_machine, split_url
from balise.foundation.web.navigation import PublicEntry
from balise.helpline.channels import access
from balise.helpline.channels.actions.answering import forget_drafts
from balise.helpline.channels.events import MessageReceived
from balise.helpline.channels.models import Draft, Message, Thread
from balise.helpline.channels.rules import DRAFT_KEPT_FOR, KEPT_FOR, KEPT_UNANSWERED, Way
from balise.helpline.channels.tasks import SCHEDULE
from balise.helpline.channels.web.public import CODE, WAY
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Reason, WaitKind

# The figure of messages, in words.


_MESSAGES = ngettext_lazy("%(many)s message", "%(many)s messages", "count")


FIGURES = (
    Figure(
        board="helpline",
        code="messages",
        measure="helpline.messages.received",
        title=_("Messages by channel"),
        counted=_MESSAGES,
        form=Form.CODES,
        by="way",
        labels=lambda: dict(Way.choices),
    ),
)


# What is counted of what is written: how much came, and by which way.


MEASURES = (
    Measure(
        "helpline.messages.received",
        counts=MessageReceived,
        by=("way", "first"),
    ),
)


# What is deleted of correspondence, and when. The figures stay.


def threads_due(at: datetime) -> QuerySet[Thread]:
    """Return the threads in which nobody has written for a month, and nobody waits.

    One that nobody ever answered is given up after half a year.
    """
    done = Q(last_at__lte=at - KEPT_FOR, waits_since=None)
    return Thread.objects.filter(done | Q(last_at__lte=at - KEPT_UNANSWERED))


def erase_threads(thread_ids: Sequence[UUID]) -> int:
    """Delete threads, their messages and all their keys; return how many threads there were."""
    for thread_id in thread_ids:
        item_id = queue.open_item(WaitKind.MESSAGE, thread_id)
        if item_id is not None:
            waiting.withdraw(item_id=item_id, reason=Reason.CLOSED, by=SYSTEM)
    forget_drafts(thread_ids=thread_ids, by=SYSTEM)
    forget(Message.objects.filter(thread__in=thread_ids).values_list("id", flat=True))
    return deleted(Thread)(thread_ids)


RULES = (
    Rule(
        name="helpline.threads",
        forgets=Thread,
        says=_(
            "What was written by e-mail, form or messaging is deleted one month after the last "
            "message; after six months if nobody ever answered."
        ),
        due=threads_due,
        erase=erase_threads,
    ),
    Rule(
        name="helpline.drafts",
        forgets=Draft,
        says=_(
            "An unsent answer is deleted one week after the last change; at once when an answer "
            "is sent, or the message is closed or erased."
        ),
        due=past(Draft, "at", DRAFT_KEPT_FOR),
        erase=deleted(Draft),
    ),
)


# What the public and providers may do with written messages: write, read, erase, refuse.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_channels_thread",),
        to=(PUBLIC,),
        why="Who writes waits for an answer, by a code of their own.",
        read=ALL,
        add=True,
        change=("last_at", "state", "waits_since", "sealed"),
    ),
    Grant(
        on=("helpline_channels_message",),
        to=(PUBLIC,),
        why="What is written is sealed; its author may wipe it, and change nothing else of it.",
        read=ALL,
        add=True,
        change=("sealed",),
    ),
    Grant(
        on=("helpline_channels_message",),
        to=(API,),
        why="A provider says that it did not deliver an answer.",
        change=("delivery", "failure"),
    ),
    Tells(facts=("helpline.message.received",), by=(PUBLIC, API)),
    Tells(facts=("helpline.thread.erased",), by=(PUBLIC,)),
    Tells(facts=("helpline.message.failed",), by=(API,)),
)


MODULE = Module(
    budgets=(Budget("helpline.channels", near=256 * MIB, in_all=0, comes_first=True),),
    public=(Mount(namespace="write"),),
    machines=True,
    abilities={"listener": (access.READ, access.WORK)},
    public_ways=(
        PublicEntry(
            line="helpline",
            label=_("Write to us"),
            says=_("Write at any time and read the answer later. No name, no account."),
            url_name="write:start",
        ),
    ),
    keeps=CODE.kept,
    opens=(WAY,),
    measures=MEASURES,
    figures=FIGURES,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
)


# System checks of the mailbox and the messaging accounts.


@register()
def letters_can_come_and_leave(**_options: Any) -> list[CheckMessage]:
    """E441: the mailbox. E442: the sender. E443: an account."""
    found: list[CheckMessage] = []
    if settings.HELPLINE_INBOX:
        try:
            read_inbox_url(settings.HELPLINE_INBOX)
        except InboxUrlFaulty as fault:
            hint = "Write BALISE_HELPLINE_INBOX as imaps://user:password@host/INBOX."
            found.append(Error(f"BALISE_HELPLINE_INBOX: {fault}.", hint=hint, id="balise.E441"))
    try:
        validate_email(settings.HELPLINE_SENDER)
    except ValidationError:
        hint = "Write BALISE_HELPLINE_SENDER as name@centre.example."
        found.append(Error("BALISE_HELPLINE_SENDER is no address.", hint=hint, id="balise.E442"))
    for name, address in settings.MESSAGING_ADDRESSES.items():
        url = split_url(address)
        if not url.hostname or (url.scheme != "https" and not is_this_machine(url.hostname)):
            words = f"BALISE_MESSAGING_ADDRESSES: {name} is sent nowhere, or in clear."
            found.append(Error(words, hint="Write https://…", id="balise.E443"))
    return found
