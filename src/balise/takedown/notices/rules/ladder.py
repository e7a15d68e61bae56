"""What to do next about a recipient that does not act: the rungs of any line's ladder. Pure.

A ladder is data: of a country's pack for notices, of a line where it has its own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.packs import Words
from balise.foundation.refusals import Refused


class Rung(TextChoices):
    """Who is told, or how, from whoever stores the content to whoever can force them."""

    HOST = "host", gettext_lazy("Host")
    REMINDER = "reminder", gettext_lazy("Remind the platform through the same channel")
    OTHER_WAY = "other-way", gettext_lazy("Try a second channel")
    CALL = "call", gettext_lazy("Call our contact there")
    COMPLAINT = (
        "complaint",
        gettext_lazy("Tell the supervisor; internal complaint (DSA, article 20)"),
    )
    UPSTREAM = "upstream", gettext_lazy("The network above the host")
    REGISTRAR = "registrar", gettext_lazy("Registrar")
    REGISTRY = "registry", gettext_lazy("Registry")
    COORDINATOR = "coordinator", gettext_lazy("Digital Services Coordinator")
    POLICE = "police", gettext_lazy("Police")


class Way(StrEnum):
    """How a rung is told: by a notice of our own, or by a person in the way that it asks for."""

    NOTICE = "notice"
    HAND = "hand"


class NotARung(Refused, code="not-a-rung"):
    """The ladder has no such rung above, it was told already, or it is not open yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung of a ladder; `automatic`: climbed unasked where a contact is known.

    It opens once a clock has run `after` times its target; `on_refusal`, also where the recipient
    refused.
    """

    rung: Rung
    way: Way
    automatic: bool = False
    after: int = 0
    on_refusal: bool = False
    who: Words | Promise | None = None
    basis: str = ""

    @property
    def label(self) -> str:
        """Who is told there, in words."""
        return str(self.rung.label if self.who is None else self.who)


type Ladder = Sequence[Step]


def above(ladder: Ladder, rung: Rung | None, *, told: Collection[Rung] = ()) -> list[Step]:
    """Return the steps above a rung (None: all) that nobody has told yet, the next first."""
    height = next((place for place, step in enumerate(ladder) if step.rung is rung), -1)
    return [step for step in ladder[height + 1 :] if step.rung not in told]


def next_step(
    ladder: Ladder, rung: Rung, *, told: Collection[Rung] = (), known: Collection[Rung] = ()
) -> Step | None:
    """Return the step to propose: the first above with a contact known, else the first above.

    A rung that is told by hand needs no contact of the directory.
    """
    steps = above(ladder, rung, told=told)
    reachable = (step for step in steps if step.way is Way.HAND or step.rung in known)
    first = next(iter(steps), None)
    # A rung whose contact nobody knows is not skipped for the authorities: someone looks for it.
    found = next(reachable, None)
    return found if found is not None and found.way is Way.NOTICE else first


def same_ladder[Id](notice: Id, follows: Mapping[Id, Id | None]) -> set[Id]:
    """Return the notices that stand on one ladder with a notice, itself among them.

    `follows` says of each notice about the content which one it was climbed from. What began anew,
    at the same host or at another, is a ladder of its own.
    """
    first = notice
    while (below := follows.get(first)) is not None:
        first = below
    found = {first}
    while more := {one for one, below in follows.items() if below in found} - found:
        found |= more
    return found


def highest(ladder: Ladder, rungs: Collection[Rung]) -> Rung | None:
    """Return the highest of some rungs, or None of none."""
    return next((step.rung for step in reversed(ladder) if step.rung in rungs), None)


def reached(ladder: Ladder, *, has_run: timedelta, target: timedelta) -> Rung | None:
    """Return the highest rung that a clock has opened; None before the first."""
    return highest(ladder, [step.rung for step in ladder if has_run >= target * step.after])


def next_at(ladder: Ladder, rung: Rung | None, target: timedelta) -> timedelta | None:
    """Return how long a clock runs until the rung above this one; None at the top."""
    return next((target * step.after for step in above(ladder, rung)), None)


def open_steps(
    ladder: Ladder,
    *,
    taken: Collection[Rung],
    reached: Rung | None,
    is_waiting: bool,
    has_refused: bool,
) -> tuple[Step, ...]:
    """Return the steps that may be taken: above the last one, as far as the clock has reached.

    A recipient that refused is past the first rungs: those that open on a refusal are open at once,
    and each stays so until it was taken, whichever of them came first.
    """
    by_time = above(ladder, highest(ladder, taken)) if is_waiting else []
    later = above(ladder, reached)
    return tuple(
        step
        for step in ladder
        if step.rung not in taken
        and ((step in by_time and step not in later) or (has_refused and step.on_refusal))
    )


def check_is_open(rung: Rung, steps: Collection[Step]) -> None:
    """Refuse a rung that is not open."""
    if all(step.rung is not rung for step in steps):
        raise NotARung(_("This step is not open now, or is already done."))


def check_above(ladder: Ladder, *, rung: Rung, above_rung: Rung, told: Collection[Rung]) -> Step:
    """Refuse to climb down, to stand still, and to tell the same rung twice; return the step."""
    for step in above(ladder, above_rung, told=told):
        if step.rung is rung:
            return step
    raise NotARung(_("This step was done already, or does not come after the last one."))
