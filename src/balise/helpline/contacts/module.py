"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.foundation.budgets.rules import Budget
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.statistics.boards import Board
from balise.foundation.statistics.indicators import Counts, Flow, Indicator
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import StaffEntry
from balise.helpline.contacts import access, queries as contacts
from balise.helpline.contacts.events import ContactWrapped, TopicMet
from balise.helpline.contacts.figures import FIGURES
from balise.helpline.contacts.models import Block, Contact, Questions
from balise.helpline.contacts.rules import Channel
from balise.helpline.contacts.web.due import of_blocks

# The figures of contacts with the helpline that a committee speaks of, defined.


_WRAPPED = "helpline.contacts.wrapped"
_CONTACTS = npgettext_lazy("figures", "%(many)s contact", "%(many)s contacts", "count")


def _topics() -> Mapping[str, object]:
    return {topic.code: topic.label for topic in contacts.topics().topics}


INDICATORS = (
    Indicator(
        code="HEL-CON",
        line="helpline",
        name=_("Contacts handled"),
        definition=_(
            "A call, chat or message that a listener took and whose record is complete "
            "counts once, on the day it is completed. A call that nobody took is not in "
            "it: it is in the calls offered. One person who comes back counts again."
        ),
        unit=_CONTACTS,
        source=Flow(Counts(_WRAPPED)),
        owner=_("Helpline: records of contacts"),
        by="channel",
        labels=lambda: dict(Channel.choices),
    ),
    Indicator(
        code="HEL-TOPIC",
        line="helpline",
        name=_("Contacts by topic"),
        definition=_(
            "Each topic of a contact counts once. A contact has one topic or several, so "
            "the topics add up to more than the contacts. One of the gravest topics counts once "
            "for a case and a quarter, even if the young person comes back."
        ),
        unit=ngettext_lazy("%(many)s topic", "%(many)s topics", "count"),
        source=Flow(Counts("helpline.topics.met"), overlaps=True),
        owner=_("Helpline: records of contacts"),
        by="topic",
        labels=_topics,
    ),
)


# What is counted of contacts.


MEASURES = (
    Measure(
        "helpline.contacts.wrapped",
        counts=ContactWrapped,
        by=("channel", "kind", "is_counselling", "risk", "age_band", "caller", "place", "outcome"),
        amount="seconds",
    ),
    Measure("helpline.topics.met", counts=TopicMet, by=("topic", "channel"), only=(("again", ""),)),
)


# What is deleted of contacts, and when. The facts stay.


_KEPT = timedelta(days=2 * 365)
_LEFT_OPEN = timedelta(days=3 * 365)
_BEARER_KEPT = timedelta(days=2)
_BLOCK_KEPT = timedelta(days=30)


def contacts_due(at: datetime) -> QuerySet[Contact]:
    """Return the records that were wrapped up two years ago, or left open for three."""
    left = Q(closed_at__isnull=True, begun_at__lte=at - _LEFT_OPEN)
    return Contact.objects.filter(Q(closed_at__lte=at - _KEPT) | left)


def erase_bearers(contact_ids: Sequence[UUID]) -> int:
    """Empty the blinds; return how many there were."""
    return Contact.objects.filter(id__in=contact_ids).update(bearer=b"")


def blocks_due(at: datetime) -> QuerySet[Block]:
    """Return the blocks that ended a month ago."""
    return Block.objects.filter(ends_at__lte=at - _BLOCK_KEPT, would_end_at__lte=at)


def erase_questions(tokens: Sequence[bytes]) -> int:
    """Delete the links to facts; return how many there were."""
    return Questions.objects.filter(pk__in=tokens).delete()[0]


RULES = (
    Rule(
        name="helpline.contacts",
        forgets=Contact,
        says=_("The record of a contact is deleted two years after it was wrapped up."),
        due=contacts_due,
        erase=deleted(Contact),
    ),
    Rule(
        name="helpline.bearers",
        forgets=Contact,
        says=_("The link between two contacts of one person on one day is deleted after two days."),
        due=past(Contact, "begun_at", _BEARER_KEPT, holding="bearer"),
        erase=erase_bearers,
    ),
    Rule(
        name="helpline.blocks",
        forgets=Block,
        says=_("A block is deleted one month after it ended."),
        due=blocks_due,
        erase=deleted(Block),
    ),
    Rule(
        name="helpline.questions",
        forgets=Questions,
        says=_("The link between a contact’s figures and the questions afterwards goes in a week."),
        due=past(Questions, "ends_at", timedelta()),
        erase=erase_questions,
    ),
)


# What the public may do with records: learn of a block, answer the questions afterwards.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_contacts_block",),
        to=(PUBLIC,),
        why="Someone who was blocked is told until when, and nothing of why or by whom.",
        read=("id", "state", "ends_at", "would_end_at"),
    ),
    Grant(
        on=("helpline_contacts_blockedday",),
        to=(PUBLIC,),
        why="A block is found by a blind of the day.",
        read=("block_id", "bearer"),
    ),
    Grant(
        on=("helpline_contacts_questions",),
        to=(PUBLIC,),
        why="Questions afterwards are answered once: the link goes, the fact stays.",
        read=ALL,
        change=("ends_at",),  # a row can be locked only by a process that may change something
        remove=True,
    ),
    Grant(
        on=("helpline_contacts_fact",),
        to=(PUBLIC,),
        why="How it was is written on the fact that stays.",
        read=("id",),
        change=("helpful", "recommends", "mood_before", "mood_after"),
    ),
    Tells(facts=("helpline.questions.answered",), by=(PUBLIC,)),
)


MODULE = Module(
    budgets=(Budget("helpline.contacts"),),
    public=(Mount(namespace="after"),),
    staff=(Mount("helpline/", "contacts"),),
    abilities={
        "listener": (access.READ, access.WORK, access.NOTES, access.BLOCK),
        "helpline_lead": (access.READ_OTHERS, access.CONFIRM_BLOCK, access.REPORT),
    },
    ways=(
        StaffEntry(
            line="helpline",
            label=_("Blocks"),
            says=_("Blocked people, and blocks waiting for a second person."),
            url_name="staff:contacts:blocks",
            icon="shield",
            ability=access.CONFIRM_BLOCK,
            due=of_blocks,
        ),
        StaffEntry(
            line="helpline",
            label=_("Network reports"),
            says=_("The figures for Insafe and for Child Helpline International, as files."),
            url_name="staff:contacts:reports",
            icon="file",
            ability=access.REPORT,
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    boards=(Board(code="helpline", line="helpline", title=_("Helpline figures")),),
    retention=RULES,
    grants=GRANTS,
)
