"""What the steps show: rows of rules, of one charter or, for the script, of the whole bank.

The script is given every row, without a charter, and keeps those that it needs: what a family
chose is never asked of the server.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.awareness.activities.charter.rules.bank import Band, Bank, Practice, Theme
from balise.awareness.activities.charter.rules.charter import OWN, TRIAL, Charter
from balise.awareness.activities.charter.rules.picks import HOMES, Pick, Say, Standing, Whom

# The steps of a charter: what each reads of its form, and where its buttons lead.
#
# `static/charter/charter.js` reads the same fields into the same changes, on the device.


GO: Final = "go"
ANOTHER: Final = "another"  # a charter for another child


class Step(StrEnum):
    """Where a family is; AGAIN is the first step of a charter that is opened again."""

    AGAIN = "again"
    FAMILY = "family"
    CHOOSE = "choose"
    TURN = "turn"
    AGREE = "agree"
    DONE = "done"


_NEXT: Final = {
    Step.AGAIN: Step.AGREE,
    Step.FAMILY: Step.CHOOSE,
    Step.CHOOSE: Step.TURN,
    Step.TURN: Step.AGREE,
    Step.AGREE: Step.DONE,
}


def step_of(sent: QueryDict) -> Step:
    """Return the step that a form says it is; the first one for anything else."""
    said = sent.get("step", "")
    return Step(said) if said in set(Step) else Step.FAMILY


def following(step: Step, sent: QueryDict) -> Step:
    """Return where the pressed button leads: a step by its name, on, or the same page."""
    go = sent.get(GO, "")
    if go in set(Step):
        return Step(go)
    if go == ANOTHER:
        return Step.FAMILY
    return _NEXT.get(step, step) if go == "next" else step


def read(step: Step, charter: Charter, sent: QueryDict, *, bank: Bank, today: date) -> Charter:
    """Return the charter after what the form of a step says."""
    match step:
        case Step.FAMILY:
            return charter.profiled(
                bands=[each for each in Band.values if each in sent.getlist("bands")],
                homes=HOMES[-1] if sent.get("homes") == "2" else HOMES[0],
                aims=[each.code for each in bank.aims if each.code in sent.getlist("aims")],
                is_counted="isCounted" in sent,
            )
        case Step.CHOOSE:
            return charter.choosing(
                children=_known(sent.getlist("children"), bank, charter),
                parents=_known(sent.getlist("parents"), bank, charter),
                homes=_homes(sent) if charter.homes == HOMES[-1] else None,
            )
        case Step.TURN:
            return _turned(charter, sent, bank=bank)
        case Step.AGREE:
            # Back to the rules: nothing is decided yet.
            asked = () if sent.get(GO) == Step.CHOOSE else charter.open
            said = {code: sent.get(f"say-{code}", "") for code in asked}
            tries = {code: sent.get(f"tries-{code}", "") for code in charter.open}
            decided = {code: Say(word) for code, word in said.items() if word in Say.values}
            agreed = charter.deciding(decided, tries=tries, today=today)
            return agreed.allowing(is_counted="isCounted" in sent)
        case Step.AGAIN:
            again = charter.asked_again(sent.getlist("kept"))
            return again.allowing(is_counted="isCounted" in sent)
        case Step.DONE:
            is_another = sent.get(GO) == ANOTHER
            return charter.for_another_child() if is_another else _titled(charter, sent)


def _titled(charter: Charter, sent: QueryDict) -> Charter:
    """Return the charter under the title in the form; one without the field keeps its own."""
    return charter.titled(sent.get("title", charter.title))


def _turned(charter: Charter, sent: QueryDict, *, bank: Bank) -> Charter:
    """Return the charter after the child's press of a button, their reasons and their words."""
    reasons = {code: sent.get(f"why-{code}", "") for code in charter.refused}
    written = charter.reasoned(reasons).saying(sent.get("own", ""))
    what, _colon, code = sent.get(GO, "").partition(":")
    changes: dict[str, Callable[[], Charter]] = {
        "up": lambda: written.moved(code, up=True),
        "down": lambda: written.moved(code, up=False),
        "no": lambda: written.vetoed(code),
        "yes": lambda: written.restored(code),
        "propose": lambda: written.proposing(code) if bank.practice(code) else written,
    }
    change = changes.get(what)
    return change() if change else written


def _known(codes: list[str], bank: Bank, charter: Charter) -> list[str]:
    return [each for each in codes if each in charter.picks or bank.practice(each)]


def _homes(sent: QueryDict) -> dict[str, int]:
    """Return in which home each rule holds; every home where nothing is said."""
    found = {name.removeprefix("home-"): sent.get(name) for name in sent if name[:5] == "home-"}
    return {code: int(said) for code, said in found.items() if said in {"1", "2"}}


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
