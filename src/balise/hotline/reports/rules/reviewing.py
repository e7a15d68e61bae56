"""Reviews by several people: who may give the next one, who is told of it, and which one stands.

The second is blind. Where two differ, a third person decides; where nobody else is there, the lead.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from balise.foundation.statistics.intervals import wilson
from balise.hotline.reports.rules.assessing import SameEyes
from balise.hotline.reports.rules.words import Verdict

FEWEST = 5  # pairs of reviews below which a share says nothing


@dataclass(frozen=True, slots=True)
class Said:
    """What one review says. How sure one is, and why, make no difference between two."""

    verdict: str
    offence: str

    @property
    def is_illegal(self) -> bool:
        return self.verdict == Verdict.ILLEGAL


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two blind reviews said the same of one offence; bounds at 95 %."""

    offence: str
    pairs: int
    same: int

    @property
    def is_enough(self) -> bool:
        return self.pairs >= FEWEST

    @property
    def percent(self) -> int:
        """The share of pairs that say the same, of 100."""
        return round(100 * self.same / self.pairs)

    @property
    def low(self) -> int:
        """The lower bound of the share, by Wilson, of 100."""
        return round(100 * wilson(self.same / self.pairs, self.pairs)[0])

    @property
    def high(self) -> int:
        """The upper bound."""
        return round(100 * wilson(self.same / self.pairs, self.pairs)[1])


def stands(before: Sequence[Said], last: Said, *, asks_second: bool, in_danger: bool) -> int | None:
    """Return which review stands once the last one is given, by its place; None where none does.

    `before` are those of this round, the first first. In danger, one that says illegal stands at
    once: a removal does not wait for other eyes.
    """
    given = [*before, last]
    if len(given) > 2:  # noqa: PLR2004 - the third decides
        return len(given) - 1
    if len(given) == 1 and not asks_second:
        return 0
    if len(given) > 1 and given[0] == last:
        return 1
    if in_danger:
        return next((at for at, one in reversed([*enumerate(given)]) if one.is_illegal), None)
    return None


def is_blind(given_by: Sequence[str], *, reader: str) -> bool:
    """Return whether the first of two reviews is to be kept from a reader: they may give theirs."""
    return len(given_by) == 1 and reader not in given_by


def check_eyes(given_by: Collection[str], *, by: str, leads: bool, others: Collection[str]) -> None:
    """Refuse another review by who gave one.

    `others` may assess, and gave none. Without any, who leads decides between two, one of them or
    not: `is_by_lead_alone`.
    """
    if by not in given_by:
        return
    if len(given_by) > 1 and leads and not others:
        return
    if len(given_by) > 1:
        raise SameEyes(str(_("The two reviews differ: a third person decides.")))
    raise SameEyes(
        str(_("You have already saved your verdict. Someone else must do the second review."))
    )


def is_by_lead_alone(given_by: Collection[str], *, by: str) -> bool:
    """Return whether a third review is of one of the two: there was nobody else."""
    return len(given_by) > 1 and by in given_by


def agreements(pairs: Sequence[tuple[Said, Said]]) -> list[Agreement]:
    """Return how often two reviews said the same, by what the first named, in the order of codes.

    What names no offence counts under "".
    """
    found = []
    for offence in sorted({first.offence for first, _second in pairs}):
        of_it = [pair for pair in pairs if pair[0].offence == offence]
        found.append(Agreement(offence, len(of_it), sum(one == other for one, other in of_it)))
    return found
