"""What a board of figures shows: each module tells its own figures, and steering knows no line.

A figure names a measure and how to read it; its labels are the words for the measure's codes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext

from balise.foundation.refusals import Refused

type Wording = str | Promise
# Called for each page: wordings of a country's pack follow the language.
type Labels = Callable[[], Mapping[str, object]]


class BoardUnknown(Refused, code="board-unknown"):
    pass


class Plural(Protocol):
    """A noun with its number: `ngettext_lazy("%(many)s report", "%(many)s reports", "count")`."""

    def __mod__(self, values: Mapping[str, object], /) -> str: ...


class Form(StrEnum):
    """How a figure is shown; NUMBER is a headline without a drawing."""

    NUMBER = "number"
    DAYS = "days"
    CODES = "codes"
    SPANS = "spans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the board that has this code.

    `counted` is its noun. `by` is the code it is broken down by, for CODES and SPANS; `sums` tells
    the amounts summed instead of the events counted. `is_key` puts it among the key figures above.
    """

    board: str
    code: str
    measure: str
    title: Wording
    counted: Plural
    form: Form
    by: str = ""
    labels: Labels = dict
    in_given_order: bool = False
    sums: bool = False
    is_key: bool = False

    def __post_init__(self) -> None:
        if (self.form in {Form.CODES, Form.SPANS}) != bool(self.by):
            raise ValueError(f"{self.code}: a breakdown has a code, and nothing else has one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The figures of one line, in the order of the modules that tell them."""

    code: str
    line: str
    title: Wording
    figures: tuple[Figure, ...] = ()

    @property
    def measures(self) -> tuple[str, ...]:
        """Return the measures that the board reads, each once."""
        return tuple(dict.fromkeys(figure.measure for figure in self.figures))

    def codes_of(self, measure: str) -> tuple[str, ...]:
        """Return the codes of a measure that some figure is broken down by, each once."""
        return tuple(
            dict.fromkeys(
                figure.by for figure in self.figures if figure.measure == measure and figure.by
            )
        )


_BOARDS: dict[str, Board] = {}


def register(boards: Iterable[Board], figures: Iterable[Figure]) -> None:
    """Set the boards of the centre, each with its figures; called once, when Balise starts."""
    told = list(figures)
    found = {
        board.code: replace(board, figures=tuple(one for one in told if one.board == board.code))
        for board in boards
    }
    if strays := {one.board for one in told} - found.keys():
        raise ValueError(f"there is no such board: {', '.join(sorted(strays))}")
    _BOARDS.clear()
    _BOARDS.update(found)


def every_board() -> tuple[Board, ...]:
    """Return the boards of the centre, in the order they were registered."""
    return tuple(_BOARDS.values())


def board_of(code: str) -> Board:
    """Return the board with this code, the first one for ""; refuse one that there is not."""
    if not code and _BOARDS:
        return next(iter(_BOARDS.values()))
    if code not in _BOARDS:
        raise BoardUnknown(_("This dashboard does not exist."))
    return _BOARDS[code]


def days_taken_labels() -> Mapping[str, object]:
    """Return the words for the bands of `measures.days_taken`, shortest first."""
    return {
        "0d": pgettext("time taken", "the same day: under 24 hours"),
        "3d": pgettext("time taken", "1 to 3 days"),
        "6d": pgettext("time taken", "4 to 6 days"),
        "7d-more": pgettext("time taken", "7 days and more"),
    }


def label_of(code: str, labels: Mapping[str, object]) -> str:
    """Return the words for a code: “other (code)” where the line gave none."""
    if code in labels:
        return str(labels[code])
    return _("other (%(code)s)") % {"code": code} if code else _("not given")
