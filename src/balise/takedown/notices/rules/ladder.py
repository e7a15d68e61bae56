"""Whom to tell next: host, upstream, registrar, registry, coordinator, police. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balise.foundation.packs import Words
from balise.foundation.refusals import Refused


class Rung(StrEnum):
    """Who is told, from whoever stores the content to whoever can force them."""

    HOST = "host"
    UPSTREAM = "upstream"
    REGISTRAR = "registrar"
    REGISTRY = "registry"
    COORDINATOR = "coordinator"
    POLICE = "police"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


class Way(StrEnum):
    """How a rung is told: by a notice of our own, or by a person in the way that it asks for."""

    NOTICE = "notice"
    HAND = "hand"


class NotARung(Refused):
    """The ladder has no such rung above, or it was told already."""

    code = "not-a-rung"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung of a country's ladder; `automatic`: climbed unasked where a contact is known."""

    rung: Rung
    way: Way
    automatic: bool = False
    who: Words | None = None
    basis: str = ""

    @property
    def label(self) -> str:
        """Who is told there, in words."""
        return str(self.who) if self.who is not None else self.rung.label


type Ladder = Sequence[Step]


def above(ladder: Ladder, rung: Rung, *, told: Collection[Rung] = ()) -> list[Step]:
    """Return the steps above a rung that nobody has told yet, the next first."""
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


def check_above(ladder: Ladder, *, rung: Rung, above_rung: Rung, told: Collection[Rung]) -> Step:
    """Refuse to climb down, to stand still, and to tell the same rung twice; return the step."""
    for step in above(ladder, above_rung, told=told):
        if step.rung is rung:
            return step
    raise NotARung(_("This step was done already, or does not come after the last one."))


_LABELS = {
    Rung.HOST: gettext_lazy("Host"),
    Rung.UPSTREAM: gettext_lazy("The network above the host"),
    Rung.REGISTRAR: gettext_lazy("Registrar"),
    Rung.REGISTRY: gettext_lazy("Registry"),
    Rung.COORDINATOR: gettext_lazy("Digital Services Coordinator"),
    Rung.POLICE: gettext_lazy("Police"),
}
