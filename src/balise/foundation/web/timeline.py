"""A way in steps, for who waits: done, now, to come. Pure; any line's.

Each line says which steps there are; which of them is done follows from where one is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

type Wording = str | Promise


class Mark(TextChoices):
    """Where a step stands. `STOPPED` ends a way before its last step."""

    DONE = "done", pgettext_lazy("step", "done")
    NOW = "now", pgettext_lazy("step", "now")
    TO_COME = "to-come", pgettext_lazy("step", "to come")
    STOPPED = "stopped", pgettext_lazy("step", "stopped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what it is in a few words, what it means (`says`), and when it was.

    `measure` names the figure that has its usual delay; one that is behind is told without.
    """

    label: Wording
    says: Wording = ""
    at: datetime | None = None
    measure: str = ""
    mark: Mark = Mark.DONE

    @property
    def is_awaited(self) -> bool:
        """Whether how long it usually takes is of use."""
        return self.mark in {Mark.NOW, Mark.TO_COME}


def timeline(
    done: Sequence[Step], now: Step | None = None, to_come: Sequence[Step] = ()
) -> tuple[Step, ...]:
    """Return the steps in their order, each with its mark; a step that stopped stays so."""
    behind = (one if one.mark is Mark.STOPPED else replace(one, mark=Mark.DONE) for one in done)
    here = (replace(now, mark=Mark.NOW),) if now is not None else ()
    return (*behind, *here, *(replace(one, mark=Mark.TO_COME) for one in to_come))
