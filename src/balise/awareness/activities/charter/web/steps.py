"""The steps of a charter: what each reads of its form, and where its buttons lead.

`static/charter/charter.js` reads the same fields into the same changes, on the device.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final

from django.http import QueryDict

from balise.awareness.activities.charter.rules.bank import Band, Bank
from balise.awareness.activities.charter.rules.charter import Charter
from balise.awareness.activities.charter.rules.picks import HOMES
from balise.awareness.activities.charter.rules.words import Say

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
