"""What an item waits for, and whether that is a person."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.helpline.queue.rules import Risk
from balise.helpline.removals.rules.clocks import Rung, Urgency
from balise.helpline.removals.rules.states import GONE, WAITING, Decision, State

_RUNGS = list(Rung)


class Next(TextChoices):
    """What is to be done now."""

    COMPLETE = "complete", _("Complete it")
    ASK_SECOND = "ask-second", _("Ask for a second look")
    SECOND_LOOK = "second-look", _("Take the second look")
    SEND = "send", _("Send it")
    SEND_ANEW = "send-anew", _("It did not arrive: send it again")
    COPY = "copy", _("Copy it into the platform's form")
    LEAVES = "leaves", _("It leaves by itself")
    WAIT = "wait", _("Wait for the platform")
    CLIMB = "climb", _("Time is up: take the next rung")
    ANSWER = "answer", _("Answer the platform")
    LOOK = "look", _("Look whether it is gone")
    INSIST = "insist", _("It is still there: insist")
    REOPEN = "reopen", _("It came back: ask again")
    NOTHING = "nothing", _("Nothing to do")


FOR_SOMEONE = frozenset(Next) - {Next.LEAVES, Next.WAIT, Next.LOOK, Next.NOTHING}
# Whoever began it is still at it: these wait in nobody's queue.
_OF_WHO_WRITES = frozenset({Next.COMPLETE, Next.ASK_SECOND, Next.SEND, Next.COPY})
IN_QUEUE = FOR_SOMEONE - _OF_WHO_WRITES

# How a removal takes its place: behind whoever is there, unless it must be gone
# within the hour; then it has its turn among those whom nobody has judged yet.
RISKS = {Urgency.NOW: Risk.D, Urgency.SOON: Risk.E, Urgency.DAY: Risk.E}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an item stands, as the next step depends on it."""

    state: State
    decision: Decision | None = None
    needs_second: bool = False
    is_approved: bool = False
    is_by_hand: bool = False
    has_failed: bool = False
    reached: Rung = Rung.NONE
    climbed: Rung = Rung.NONE

    @property
    def has_rung(self) -> bool:
        """Whether time allows a rung that nobody has taken."""
        return _RUNGS.index(self.reached) > _RUNGS.index(self.climbed)


# The state alone says these.
_NEXT = {
    State.DRAFT: Next.COMPLETE,
    State.SECOND_LOOK: Next.SECOND_LOOK,
    State.INFO_REQUESTED: Next.ANSWER,
    State.STILL_UP: Next.INSIST,
    State.REAPPEARED: Next.REOPEN,
}


def next_step(one: Standing) -> Next:
    """Return what is to be done about an item now."""
    if one.state in _NEXT:
        return _NEXT[one.state]
    if one.state is State.READY:
        return _of_ready(one)
    if one.state is State.SENDING:
        return Next.COPY if one.is_by_hand else Next.LEAVES
    if one.state is State.DECIDED:
        return Next.LOOK if one.decision in GONE else Next.INSIST
    if one.state in WAITING:
        return Next.CLIMB if one.has_rung else Next.WAIT
    return Next.NOTHING


def _of_ready(one: Standing) -> Next:
    if one.needs_second and not one.is_approved:
        return Next.ASK_SECOND
    return Next.SEND_ANEW if one.has_failed else Next.SEND
