"""What follows from the answers of the quiz: outcome, dangers, first help. Pure.

Acts (B0 to B3) and distress (D0 to D2) are two axes: no feeling makes an act, and dark thoughts are
in neither sum. The rule is our own and not validated (decision 73). `static/app/outcome.js` holds
it for a browser; `tests/quiz_vectors.json` is for both.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from balise.helpline.app.rules.quiz import (
    Code,
    Danger,
    Outcome,
    Quiz,
    SentenceKind,
    Variant,
    Version,
)

SKIPPED: Final = 0
NEVER: Final = 1
ONCE: Final = 2  # once or twice
OFTEN: Final = 3  # several times a month
MOST: Final = 4  # almost every day
_PRESENT: Final = frozenset({Danger.BLOWS, Danger.TOUCHED, Danger.THREAT})
_PROOF: Final = frozenset({Danger.BLACKMAIL, Danger.DISAPPEAR})


@dataclass(frozen=True, slots=True)
class Result:
    """What follows.

    `acts` is 0 to 3 and `distress` 0 to 2. `dangers` and `first_help` are in the order in which
    they are shown. `is_thin`: fewer than half of the acts were answered.
    """

    outcome: Outcome
    variant: Variant | None
    acts: int
    distress: int
    dangers: tuple[Danger, ...]
    first_help: tuple[str, ...]
    is_thin: bool

    @property
    def asks_again(self) -> bool:
        """Return whether the sentence about dark thoughts, passed over, is asked once more."""
        return "ask-again" in self.first_help


def result(version: Version, answers: Sequence[int], *, imbalance: bool = False) -> Result:
    """Return what follows from answers, 1 to 4 or SKIPPED, in the order of the sentences.

    `imbalance`: they are several or stronger, or cannot be stopped. It only raises.
    """
    given = list(zip(version.sentences, answers, strict=True))
    acts = [answer for one, answer in given if one.kind is SentenceKind.ACT]
    level = _acts(acts, version.few)
    level = min(level + 1, 3) if imbalance and level else level
    distress = _distress([answer for one, answer in given if one.kind is SentenceKind.DISTRESS])
    told = {each for one, answer in given if answer >= one.least for each in one.dangers}
    dangers = tuple(each for each in Danger if each in told)
    is_thin = sum(answer != SKIPPED for answer in acts) * 2 < len(acts)
    code = _code(version, level, distress, dangers, is_thin=is_thin)
    is_passed = answers[version.dark_sentence.number - 1] == SKIPPED
    again = is_passed and (distress > 0 or level > 1 or bool(dangers))
    return Result(
        outcome=version.outcome(code),
        variant=_variant(code, level, distress, dangers),
        acts=level,
        distress=distress,
        dangers=dangers,
        first_help=_first_help(code, dangers, asks_again=again),
        is_thin=is_thin,
    )


def _acts(answers: Sequence[int], few: int) -> int:
    often = sum(answer >= OFTEN for answer in answers)
    if MOST in answers or often > 1:
        return 3
    once = answers.count(ONCE)
    if often or once >= few:
        return 2
    return 1 if once else 0


def _distress(answers: Sequence[int]) -> int:
    """Return 0 to 2, by the mean of what was answered (0 to 3) or by a few frequent answers."""
    given = [answer for answer in answers if answer != SKIPPED]
    total = sum(answer - NEVER for answer in given)
    often, most = sum(answer >= OFTEN for answer in given), given.count(MOST)
    if (given and total * 2 >= len(given) * 3) or most > 2 or often > 4:  # noqa: PLR2004 - the rule
        return 2
    return 1 if (given and total * 4 >= len(given) * 3) or most or often > 1 else 0


def _code(
    version: Version, acts: int, distress: int, dangers: Sequence[Danger], *, is_thin: bool
) -> Code:
    dark = Danger.DARK in dangers
    reached = (
        (Code.STRONG, acts == 3),  # noqa: PLR2004 - the rule
        (Code.WATCH, acts == 2 or len(dangers) > dark or (dark and version.dark is Code.WATCH)),  # noqa: PLR2004
        (Code.WEIGH, distress > 0 or dark),
        (Code.UNKNOWN, is_thin),
        (Code.ONCE, acts == 1),
    )
    return next((code for code, is_reached in reached if is_reached), Code.CALM)


def _variant(code: Code, acts: int, distress: int, dangers: Sequence[Danger]) -> Variant | None:
    if code in {Code.STRONG, Code.WATCH, Code.WEIGH} and Danger.DARK in dangers:
        return Variant.DARK
    if code is Code.WATCH and acts < 2:  # noqa: PLR2004 - the rule
        return Variant.DANGER
    if code in {Code.STRONG, Code.WATCH} and not distress:
        return Variant.STEADY
    return Variant.ACTS if code is Code.WEIGH and acts else None


def _first_help(code: Code, dangers: Sequence[Danger], *, asks_again: bool) -> tuple[str, ...]:
    dark, told = Danger.DARK in dangers, set(dangers)
    steps = {
        "3114": dark,
        "17-119": bool(told & _PRESENT),
        "3018-proof": bool(told & _PROOF),
    }
    found = [step for step, is_due in steps.items() if is_due]
    if Danger.DISAPPEAR in told and not dark:
        found.append("3114")
    if asks_again:
        found.append("ask-again")
    if not found:
        found.append("none" if code in {Code.CALM, Code.UNKNOWN} else "adult")
    return tuple(found)


def answer_of(given: str) -> int:
    """Return an answer as a form sends it; SKIPPED for anything that is none."""
    return int(given) if given in {"1", "2", "3", "4"} else SKIPPED


def is_imbalance(version: Version, answers: Sequence[str]) -> bool:
    """Return whether an answer about strength, `yes` or `no` as a form sends it, raises."""
    return any(answer == one.raises for one, answer in zip(version.imbalance, answers, strict=True))


# Answer sets in a table, each with what follows: a psychologist tries the rule on them. Pure.
#
# A table is tab-separated text; its first row names the columns, in any order. Others are
# ignored.


COLUMNS: Final = ("id", "version", "answers", "imbalance")
_IMBALANCE: Final = {"yes": True, "no": False, "-": False, "": False}


class CasesFaulty(ValueError):
    """A table, or one row of it, cannot be read; the words say which and why."""


@dataclass(frozen=True, slots=True)
class Case:
    """What follows from one row."""

    id: str
    outcome: str
    first_help: str


def cases(lines: Iterable[str], asked: Quiz) -> Iterator[Case | CasesFaulty]:
    """Yield what follows from each row, in order; in the place of a bad one, what is wrong with it.

    Raises CasesFaulty where a column is missing. Empty rows are passed over.
    """
    rows = (line.rstrip("\r\n").split("\t") for line in lines)
    names = [name.strip() for name in next(rows, [])]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise CasesFaulty(f"row 1: no column {', '.join(missing)}")
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        # An editor drops the tabs at the end of a row; only what may be empty may be missing.
        told = dict.fromkeys(names, "") | dict(
            zip(names, (cell.strip() for cell in row), strict=False)
        )
        try:
            yield _case(told, asked)
        except CasesFaulty as fault:
            name = f" ({told['id']})" if told["id"] else ""
            yield CasesFaulty(f"row {number}{name}: {fault}")


def _case(told: Mapping[str, str], asked: Quiz) -> Case:
    if not told["id"]:
        raise CasesFaulty("no id")
    version = asked.version(told["version"])
    if version is None:
        known = ", ".join(one.code for one in asked.versions)
        raise CasesFaulty(f"no version {told['version']!r}, only {known}")
    answers, many = told["answers"], len(version.sentences)
    if len(answers) != many:
        raise CasesFaulty(f"{len(answers)} answers, where {version.code} has {many} sentences")
    if wrong := sorted(set(answers) - set("01234")):
        raise CasesFaulty(f"an answer is 0 (skipped) to 4, not {', '.join(map(repr, wrong))}")
    if told["imbalance"] not in _IMBALANCE:
        raise CasesFaulty(f"imbalance is yes, no or -, not {told['imbalance']!r}")
    found = result(
        version, [int(answer) for answer in answers], imbalance=_IMBALANCE[told["imbalance"]]
    )
    return Case(told["id"], found.outcome.code, "+".join(found.first_help))
