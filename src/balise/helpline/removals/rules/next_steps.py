"""What an item waits for, and whether that is a person."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.helpline.queue.rules import Risk
from balise.helpline.removals.rules.states import WAITING, RemovalState
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import Rung, Step, Way

# The helpline's customs with platforms: how long one may take, and what is tried after that.
#
# Clock and ladder are those of `takedown/notices`. A young person is promised a time: it is the
# same in each country, in the words of PROMISES.


TARGETS = {
    Urgency.IMMEDIATE: timedelta(hours=1),
    Urgency.URGENT: timedelta(hours=4),
    Urgency.STEADY: timedelta(hours=24),
}
PROMISES: dict[Urgency, Promise] = {
    Urgency.IMMEDIATE: _("Within an hour"),
    Urgency.URGENT: _("Within 4 hours"),
    Urgency.STEADY: _("Within 24 hours"),
}

# Each is climbed by a person; a reminder by mail or by an API then leaves from here.
LADDER = (
    Step(rung=Rung.REMINDER, way=Way.HAND, after=1),
    Step(rung=Rung.OTHER_WAY, way=Way.NOTICE, after=2),
    Step(rung=Rung.CALL, way=Way.HAND, after=3, on_refusal=True),
    Step(rung=Rung.COMPLAINT, way=Way.HAND, after=4, on_refusal=True),
    Step(
        rung=Rung.COORDINATOR,
        way=Way.HAND,
        after=8,
        on_refusal=True,
        who=_("Complaint to the Digital Services Coordinator (DSA, article 53)"),
    ),
)
STEPS = {step.rung: step for step in LADDER}
# These go beyond the platform's desk: whoever leads the helpline decides on them.
COMPLAINTS = frozenset({Rung.COORDINATOR})
# These are made in writing: each has a letter.
LETTERS = frozenset({Rung.COMPLAINT, Rung.COORDINATOR})


class Next(TextChoices):
    """What is to be done now."""

    COMPLETE = "complete", _("Complete it")
    ASK_SECOND = "ask-second", _("Ask for a second review")
    SECOND_LOOK = "second-look", _("Review it")
    SEND = "send", _("Send it")
    SEND_ANEW = "send-anew", _("Not delivered: send it again")
    COPY = "copy", _("Copy it into the platform’s form")
    LEAVES = "leaves", _("Sent automatically")
    WAIT = "wait", _("Wait for the platform")
    CLIMB = "climb", _("Overdue: escalate")
    COMPLAIN = "complain", _("Only a complaint is left: the head of the helpline decides")
    ANSWER = "answer", _("Answer the platform")
    LOOK = "look", _("Check whether it is gone")
    INSIST = "insist", _("Still there: insist")
    REOPEN = "reopen", _("Came back: ask again")
    NOTHING = "nothing", _("Nothing to do")


FOR_SOMEONE = frozenset(Next) - {Next.LEAVES, Next.WAIT, Next.LOOK, Next.NOTHING}
# Whoever began it is still at it: these wait in nobody's queue.
_OF_WHO_WRITES = frozenset({Next.COMPLETE, Next.ASK_SECOND, Next.SEND, Next.COPY})
# The queue offers to listeners, and a complaint is not theirs.
IN_QUEUE = FOR_SOMEONE - _OF_WHO_WRITES - {Next.COMPLAIN}

# How a removal takes its place among what can wait; whoever is there comes first.
RISKS = {Urgency.IMMEDIATE: Risk.D, Urgency.URGENT: Risk.E, Urgency.STEADY: Risk.E}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an item stands, as the next step depends on it. `rungs` are those open now."""

    state: RemovalState
    needs_second: bool = False
    is_approved: bool = False
    is_by_hand: bool = False
    has_failed: bool = False
    rungs: tuple[Rung, ...] = ()


# The state alone says these.
_NEXT = {
    RemovalState.DRAFT: Next.COMPLETE,
    RemovalState.SECOND_LOOK: Next.SECOND_LOOK,
    RemovalState.INFO_REQUESTED: Next.ANSWER,
    RemovalState.STILL_UP: Next.INSIST,
    RemovalState.REAPPEARED: Next.REOPEN,
}


def next_step(one: Standing) -> Next:
    """Return what is to be done about an item now."""
    if one.state in _NEXT:
        return _NEXT[one.state]
    if one.state is RemovalState.READY:
        return _of_ready(one)
    if one.state is RemovalState.SENDING:
        return Next.COPY if one.is_by_hand else Next.LEAVES
    if one.state is RemovalState.DECIDED:
        return _of_rungs(one.rungs, climb=Next.INSIST, top=Next.LOOK)
    if one.state in WAITING:
        return _of_rungs(one.rungs, climb=Next.CLIMB, top=Next.WAIT)
    return Next.NOTHING


def _of_rungs(rungs: tuple[Rung, ...], *, climb: Next, top: Next) -> Next:
    """Return what the open rungs ask for: one that anyone takes, the lead's own, or none."""
    if not rungs:
        return top
    return Next.COMPLAIN if COMPLAINTS.issuperset(rungs) else climb


def _of_ready(one: Standing) -> Next:
    if one.needs_second and not one.is_approved:
        return Next.ASK_SECOND
    return Next.SEND_ANEW if one.has_failed else Next.SEND
