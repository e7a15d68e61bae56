"""What the steps show: rows of rules, of one charter or, for the script, of the whole bank.

The script is given every row, without a charter, and keeps those that it needs: what a family
chose is never asked of the server.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.awareness.activities.charter.rules.bank import Band, Bank, Practice, Theme
from balise.awareness.activities.charter.rules.charter import OWN, TRIAL, Charter
from balise.awareness.activities.charter.rules.picks import Pick
from balise.awareness.activities.charter.rules.words import Say, Standing, Whom
from balise.awareness.activities.charter.web.steps import Step

BLANK_OWN: Final = f"{OWN}0"  # the row from which the script draws a rule in their own words
_NUMBERED: Final = (Step.FAMILY, Step.CHOOSE, Step.AGREE, Step.DONE)
_YOUNG: Final = frozenset({Step.TURN})
_HEADINGS: Final = {
    Step.AGAIN: _("Your charter, some time later"),
    Step.FAMILY: _("Your family"),
    Step.CHOOSE: _("Choose together"),
    Step.TURN: pgettext_lazy("youth", "It is your turn"),
    Step.AGREE: _("Agree together"),
    Step.DONE: _("Your charter is ready"),
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule on a page; `pick` is how it stands in the charter, where there is one."""

    code: str
    practice: Practice | None = None
    pick: Pick | None = None
    aims: Sequence[str] = ()
    nth: int = 0

    @property
    def says(self) -> object:
        """Its words, for adults."""
        if self.practice:
            return self.practice.says
        own = self.pick.says if self.pick else ""
        return own or _("A rule in your own words")

    @property
    def child(self) -> object:
        """Its words, for the child."""
        return self.practice.child if self.practice else self.says

    @property
    def bands(self) -> str:
        """The bands that it suits, for the script; none once it is withdrawn."""
        suits = self.practice and not self.practice.is_withdrawn
        return " ".join(self.practice.bands) if self.practice and suits else ""

    @property
    def for_children(self) -> bool:
        """Whether the children commit."""
        return self.pick is not None and self.pick.whom is not Whom.PARENTS

    @property
    def for_parents(self) -> bool:
        """Whether the parents commit."""
        return self.pick is not None and self.pick.whom is not Whom.CHILDREN

    @property
    def is_refused(self) -> bool:
        """Whether the child refuses it."""
        return self.pick is not None and self.pick.standing is Standing.VETOED

    @property
    def said(self) -> str:
        """What is chosen beforehand of a rule to agree on: a trial, or yes to a proposal."""
        is_proposed = self.pick is not None and self.pick.standing is Standing.PROPOSED
        return Say.KEEP if is_proposed else Say.TRY


@dataclass(frozen=True, slots=True)
class Group:
    """A theme on the page of choices; `is_open` where something in it is chosen or suits best."""

    theme: Theme
    rows: Sequence[RuleRow]
    is_open: bool = False

    @property
    def chosen(self) -> int:
        """How many of its rules are chosen."""
        return sum(row.pick is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One step, ready for its template; `pressed` is the button that led here.

    `has_lost` says that rules of an opened charter are not in our bank.
    """

    step: Step
    charter: Charter
    state: str = ""
    is_blank: bool = False
    pressed: str = ""
    has_lost: bool = False
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The template of what the step asks."""
        return f"charter/steps/{self.step.value}.html"

    @property
    def heading(self) -> object:
        """The heading of its page."""
        return _HEADINGS[self.step]

    @property
    def says(self) -> Sequence[tuple[str, object]]:
        """What a family can say of a rule on which it had not agreed."""
        return Say.choices

    @property
    def density(self) -> str:
        """How the page is set: larger and rounder for a child."""
        return "young" if self.step in _YOUNG else "plain"

    @property
    def nth(self) -> int:
        """Its number among the parents' steps; 0 for the others."""
        return _NUMBERED.index(self.step) + 1 if self.step in _NUMBERED else 0

    @property
    def many(self) -> int:
        """How many steps are numbered."""
        return len(_NUMBERED)


def drawn(
    step: Step,
    charter: Charter,
    *,
    bank: Bank,
    today: date,
    state: str,
    pressed: str = "",
    has_lost: bool = False,
) -> Drawn:
    """Return a step of a charter."""
    rows = _rows(charter.picks, charter, bank)
    context: dict[str, Any] = {"bank": bank, "bands": Band.choices, "trial_ends": today + TRIAL}
    match step:
        case Step.CHOOSE:
            context["groups"] = _groups(charter, bank)
        case Step.TURN:
            context["ranked"] = _numbered(_rows(charter.ranked, charter, bank))
            context["refused"] = _rows(charter.refused, charter, bank)
            offered = bank.offered(charter.bands, charter.aims)
            context["ideas"] = [
                RuleRow(each.code, each) for each in offered if each.code not in charter.picks
            ]
        case Step.AGREE:
            context["ranked"] = _numbered(_rows(charter.ranked, charter, bank))
            context["rows"] = _rows(charter.open, charter, bank)
        case Step.DONE:
            context["rows"] = _rows(charter.agreed, charter, bank)
        case Step.AGAIN:
            context["rows"] = [
                row for row in rows if row.pick and row.pick.standing is Standing.KEPT
            ]
        case Step.FAMILY:
            pass
    return Drawn(step, charter, state, pressed=pressed, has_lost=has_lost, context=context)


def blank(step: Step, *, bank: Bank, today: date) -> Drawn:
    """Return a step with every row of the bank and nobody's choices, for the script."""
    every = [RuleRow(each.code, each, aims=_labels(bank, each)) for each in bank.practices]
    own = RuleRow(BLANK_OWN)
    context: dict[str, Any] = {
        "bank": bank,
        "bands": Band.choices,
        "trial_ends": today + TRIAL,
        "groups": [
            Group(
                theme, [row for row in every if row.practice and row.practice.theme == theme.code]
            )
            for theme in bank.themes
        ],
        "ideas": every if step is Step.TURN else (),
        "ranked": [*every, own] if step is Step.AGREE else [own] if step is Step.TURN else (),
        "refused": (),
        "rows": [*every, own],
    }
    return Drawn(step, Charter(), is_blank=True, context=context)


def _rows(codes: Iterable[str], charter: Charter, bank: Bank) -> list[RuleRow]:
    return [RuleRow(code, bank.practice(code), charter.picks[code]) for code in codes]


def _numbered(rows: Iterable[RuleRow]) -> list[RuleRow]:
    return [RuleRow(row.code, row.practice, row.pick, nth=nth) for nth, row in enumerate(rows, 1)]


def _groups(charter: Charter, bank: Bank) -> list[Group]:
    """Return the themes with what suits the family, what it chose already always in it."""
    offered = {each.code: each for each in bank.offered(charter.bands, charter.aims)}
    offered |= {code: each for code in charter.picks if (each := bank.practice(code))}
    groups = []
    for theme in bank.themes:
        rows = [
            RuleRow(code, each, charter.picks.get(code), _labels(bank, each, charter.aims))
            for code, each in offered.items()
            if each.theme == theme.code
        ]
        if rows:
            groups.append(Group(theme, rows))
    best = max(groups, key=lambda each: sum(bool(row.aims) for row in each.rows), default=None)
    has_picks = any(group.chosen for group in groups)
    return [
        Group(each.theme, each.rows, bool(each.chosen) if has_picks else each is best)
        for each in groups
    ]


def _labels(bank: Bank, practice: Practice, aims: Iterable[str] | None = None) -> list[Any]:
    """Return the aims of the family that a practice serves; all of them for the script."""
    return [
        each
        for each in bank.aims
        if each.code in practice.aims and (aims is None or each.code in aims)
    ]
