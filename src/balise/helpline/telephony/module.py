"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.actors import SYSTEM
from balise.foundation.budgets.rules import Budget
from balise.foundation.grants import ALL, API, PBX, PUBLIC, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Mean, Per, Share, Step
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry
from balise.helpline.telephony import access
from balise.helpline.telephony.actions.telling import wipe
from balise.helpline.telephony.events import (
    CallAbandoned,
    CallAnswered,
    CallBlocked,
    CallEnded,
    CallOffered,
)
from balise.helpline.telephony.models import Call, CallBack, NumberRequest
from balise.helpline.telephony.rules.calls import WAITS
from balise.helpline.telephony.rules.lines import ExchangeUrlFaulty, read_ami_url, read_ari_url
from balise.helpline.telephony.tasks import SCHEDULE
from balise.helpline.telephony.web.due import of_call_backs

# The figures of calls, in words.


_CALLS = ngettext_lazy("%(many)s call", "%(many)s calls", "count")
_GIVEN_UP = ngettext_lazy("%(many)s abandoned call", "%(many)s abandoned calls", "count")


FIGURES = (
    Figure(
        board="helpline",
        code="calls-offered",
        measure="helpline.calls.offered",
        title=_("Calls over time"),
        counted=_CALLS,
        form=Form.DAYS,
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="calls-given-up",
        measure="helpline.calls.abandoned",
        title=_("Abandoned calls, by waiting time"),
        counted=_GIVEN_UP,
        form=Form.CODES,
        by="band",
        labels=lambda: dict(WAITS),
        in_given_order=True,
        is_key=True,
    ),
)


# The figures of calls that a committee speaks of, defined.


_OFFERED = "helpline.calls.offered"

INDICATORS = (
    Indicator(
        code="HEL-CALLS",
        line="helpline",
        name=_("Calls offered"),
        definition=_(
            "A call that reached the line in opening hours counts once, whether a "
            "listener answered or not. It is not a contact: who hangs up and calls again "
            "counts twice, and a call that nobody took has no record."
        ),
        unit=_CALLS,
        source=Flow(Counts(_OFFERED)),
        owner=_("Helpline: the telephone exchange"),
    ),
    Indicator(
        code="HEL-CALL",
        line="helpline",
        name=_("Calls offered, on an open day"),
        definition=_(
            "The calls offered in the period, over the days on which the line was open. "
            "Multiplied by the days, it is more than the contacts handled: those are the calls "
            "that a listener took, and chats and messages."
        ),
        unit=_CALLS,
        source=Per(Counts(_OFFERED), Step.OPEN_DAY),
        owner=_("Helpline: the telephone exchange"),
    ),
    Indicator(
        code="HEL-ANS",
        line="helpline",
        name=_("Calls answered"),
        definition=_("Of the calls offered in the period, the share that a listener answered."),
        unit=ngettext_lazy("%(many)s per cent of calls", "%(many)s per cent of calls", "count"),
        source=Share(Counts("helpline.calls.answered"), Counts(_OFFERED)),
        owner=_("Helpline: the telephone exchange"),
    ),
    Indicator(
        code="HEL-DUR",
        line="helpline",
        name=_("Length of a call"),
        definition=_(
            "The time from the answer to the end of the talk, on average over the calls "
            "answered and ended in the period; what is written afterwards is not in it."
        ),
        unit=ngettext_lazy("%(many)s minute", "%(many)s minutes", "count"),
        source=Mean(Counts("helpline.calls.ended"), unit=60),
        owner=_("Helpline: the telephone exchange"),
    ),
)


# What is counted of calls: offered, answered, abandoned, blocked, and how long they last.
#
# On the day of the call, so that an exchange's records of last year count where they belong.


MEASURES = (
    Measure("helpline.calls.offered", counts=CallOffered, by=("half_hour",), day="day"),
    Measure(
        "helpline.calls.answered", counts=CallAnswered, by=("band",), day="day", amount="seconds"
    ),
    Measure(
        "helpline.calls.abandoned", counts=CallAbandoned, by=("band",), day="day", amount="seconds"
    ),
    Measure("helpline.calls.blocked", counts=CallBlocked, by=("half_hour",), day="day"),
    Measure(
        "helpline.calls.ended", counts=CallEnded, by=("ended_by",), day="day", amount="seconds"
    ),
)


# What is deleted of calls, and when. The figures stay.


_KEPT = timedelta(days=30)
_BEARER_KEPT = timedelta(hours=12)


def erase_numbers(call_ids: Sequence[UUID]) -> int:
    """Delete the numbers of calls; return how many."""
    found = list(Call.objects.select_for_update().filter(id__in=call_ids))
    for call in found:
        wipe(call=call, by=SYSTEM)
    return len(found)


def erase_bearers(call_ids: Sequence[UUID]) -> int:
    """Empty the blinds of numbers; return how many there were."""
    return Call.objects.filter(id__in=call_ids).update(bearer=b"")


RULES = (
    Rule(
        name="helpline.numbers",
        forgets=Call,
        says=_(
            "A caller’s number is deleted when the call ends; a day later if they asked to be "
            "called back or are in immediate danger."
        ),
        due=past(Call, "number_until", timedelta()),
        erase=erase_numbers,
    ),
    Rule(
        name="helpline.callers",
        forgets=Call,
        says=_(
            "The data used to block a caller is deleted when the call is wrapped up, or in the "
            "following night."
        ),
        due=past(Call, "began_at", _BEARER_KEPT, holding="bearer"),
        erase=erase_bearers,
    ),
    Rule(
        name="helpline.calls",
        forgets=Call,
        says=_("The fact that someone called, and when, is deleted after one month."),
        due=past(Call, "began_at", _KEPT),
        erase=deleted(Call),
    ),
    Rule(
        name="helpline.number-requests",
        forgets=NumberRequest,
        says=_("The fact that someone asked for a writer’s number is deleted after one month."),
        due=past(NumberRequest, "asked_at", _KEPT, call=None),
        erase=deleted(NumberRequest),
    ),
    Rule(
        name="helpline.call-backs",
        forgets=CallBack,
        says=_("A call-back is deleted one month after the request; its number when it ends."),
        due=past(CallBack, "asked_at", _KEPT),
        erase=deleted(CallBack),
    ),
)


# What the public and an exchange may do with calls: ask for one, and tell of them.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_telephony_callback",),
        to=(PUBLIC,),
        why="Who asks to be called back leaves a number, sealed to the helpline.",
        read=("id",),
        add=True,
    ),
    Grant(
        on=("helpline_telephony_call",),
        to=(API, PBX),
        why="An exchange tells of its calls; a number is sealed at once.",
        read=ALL,
        add=True,
        change=ALL,
    ),
    Grant(
        on=("helpline_telephony_callevent",),
        to=(API, PBX),
        why="What it told is kept.",
        read=ALL,
        add=True,
    ),
    Tells(facts=("helpline.call-back.asked",), by=(PUBLIC,)),
    Tells(
        facts=(
            *("helpline.call.offered", "helpline.call.answered", "helpline.call.abandoned"),
            *("helpline.call.blocked", "helpline.call.ended"),
            *("helpline.call.transferred", "helpline.call.returned"),
        ),
        by=(API, PBX),
    ),
)


MODULE = Module(
    budgets=(Budget("helpline.telephony", in_all=0, comes_first=True),),
    public=(Mount(namespace="telephony"),),
    staff=(Mount("telephony/", "telephony"),),
    machines=True,
    abilities={"listener": (access.READ, access.WORK), "helpline_lead": (access.UNSEAL,)},
    public_ways=(
        PublicEntry(
            line="helpline",
            label=_("Call %(number)s"),
            number="helpline",
            icon="phone",
        ),
        PublicEntry(
            line="helpline",
            label=_("Ask us to call you"),
            says=_("Choose a safe time, and what we say if someone else answers."),
            url_name="telephony:ask",
        ),
    ),
    ways=(
        StaffEntry(
            line="helpline",
            label=_("Calls today"),
            says=_("Calls, answers and waiting times."),
            url_name="staff:telephony:calls",
            icon="chart",
            ability=access.READ,
        ),
        StaffEntry(
            line="helpline",
            label=_("Call-backs"),
            says=_("People to call back, at a time that is safe for them."),
            url_name="staff:telephony:call-backs",
            icon="clock",
            ability=access.READ,
            due=of_call_backs,
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
    programs=lambda: {"pbx": partial(call_command, "pbx")} if settings.AMI or settings.ARI else {},
)


# System checks of the addresses of an exchange.


@register()
def an_exchange_can_be_reached(**_options: Any) -> list[CheckMessage]:
    """E445: the manager interface. E446: the REST interface."""
    found: list[CheckMessage] = []
    for name, id_, value, read in (
        ("BALISE_AMI", "balise.E445", settings.AMI, read_ami_url),
        ("BALISE_ARI", "balise.E446", settings.ARI, read_ari_url),
    ):
        try:
            if value:
                read(value)
        except ExchangeUrlFaulty as fault:
            hint = "Write amis://user:secret@host/, or https://user:secret@host/ari."
            found.append(Error(f"{name}: {fault}.", hint=hint, id=id_))
    return found
