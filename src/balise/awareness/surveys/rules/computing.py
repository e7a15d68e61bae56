"""Results from answers: weights, shares with their margins, and what is withheld. Pure.

What is withheld is decided by counts of people (`rules.disclosure`), never by weighted numbers. The
counts themselves leave only as a base: beside weighted shares they would be a second equation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from balise.awareness.questions.rules.questions import Question, QuestionKind, Questionnaire
from balise.awareness.surveys.rules import weighting
from balise.awareness.surveys.rules.disclosure import Counts, Parted, part
from balise.awareness.surveys.rules.results import (
    MEAN,
    Figure,
    Part,
    QuestionResult,
    Results,
    Weighting,
)
from balise.awareness.surveys.rules.tabulating import YES, Column, Flags, Tabulated, tables
from balise.awareness.surveys.rules.weighting import Population, design_effect, weigh

EVERYONE: Final = ""  # the only group of a table that is not crossed
UNSAID: Final = ""  # the group of those who left out what is crossed by
NEIGHBOUR: Final = 0.1  # the sum tells the largest number no nearer than by a tenth of it

type Left = Mapping[str, Parted | None]  # tables as they left, by code


@dataclass(frozen=True)
class Computed:
    """Results, and the tables that they tell, for the next edition to be compared with."""

    results: Results
    left: Left


def compute(
    questionnaire: Questionnaire,
    columns: Mapping[str, Column],
    population: Population,
    *,
    minimum: int,
    before: Sequence[Left] = (),
    versions: Mapping[str, tuple[int, ...]] | None = None,
) -> Computed:
    """Return the results of all questions but free texts. Raises CannotWeigh.

    Who was led to the end by a first answer (`Choice.ends`) is not of the population.
    """
    kept = ~_ended(questionnaire, columns)
    computing = _Computing(
        questionnaire,
        {code: column.only(kept) for code, column in columns.items()},
        population,
        minimum,
        before,
        versions or {},
    )
    return computing.done()


def _ended(questionnaire: Questionnaire, columns: Mapping[str, Column]) -> Flags:
    many = len(next(iter(columns.values())).of)
    ended = np.zeros(many, dtype=np.bool_)
    for question in questionnaire.questions:
        if any(choice.ends for choice in question.choices):
            column = columns[question.code]
            ended |= column.where([bool(question.ends(value)) for value in column.values])
    return ended


@dataclass
class _Computing:
    questionnaire: Questionnaire
    columns: Mapping[str, Column]
    population: Population
    fewest: int
    before: Sequence[Left]
    versions: Mapping[str, tuple[int, ...]]
    left: dict[str, Parted | None] = field(default_factory=dict)
    tables: dict[str, list[Tabulated]] = field(default_factory=dict)

    def done(self) -> Computed:
        asked = [
            each for each in self.questionnaire.questions if each.kind is not QuestionKind.TEXT
        ]
        many = len(self.columns[asked[0].code].of)
        said = {
            known.question.code: self._letters(known.question) for known in self.population.known
        }
        weights = weigh(said, self.population.known) if said else None
        self.weights = weights.values if weights else np.ones(many)
        self.tables = {each.code: tables(each, self.columns[each.code]) for each in asked}
        wholes = {each.code: self._whole(each) for each in asked}
        results = tuple(
            QuestionResult(
                each.code,
                wholes[each.code],
                self._crossed(each),
                self.versions.get(each.code, ()),
            )
            for each in asked
        )
        return Computed(
            Results(many, Weighting.of(weights) if weights else None, results), self.left
        )

    def _letters(self, question: Question) -> list[str]:
        column = self.columns[question.code]
        return [column.values[nth] for nth in column.of]

    def _key(self, question: Question, code: str = "") -> str:
        """Return by what a table is known: other words of a question are another table."""
        first = next(iter(self.versions.get(question.code, ())), 1)
        return (code or question.code) + (f"@{first}" if first > 1 else "")

    def _part(
        self, code: str, counts: Counts, without: Sequence[str] = (), groups: Sequence[str] = ()
    ) -> Parted | None:
        before = [one for edition in self.before if (one := edition.get(code))]
        found = part(counts, before, fewest=self.fewest, without=without, without_groups=groups)
        self.left[code] = found
        return found

    def _whole(self, question: Question) -> Part:
        """Return the results of everyone who answered a question."""
        column = self.columns[question.code]
        answered = column.answered
        base = int(answered.sum())
        if not self._asking_tells_nobody(question):
            return _withheld(question, None)
        if question.kind is QuestionKind.NUMBER:
            parted = self._part(self._key(question), {EVERYONE: {MEAN: base}})
            if not parted:
                return _withheld(question, None)
            numbers, weights = column.numbers[answered], self.weights[answered]
            shown = parted.answers and _tells_nobody(question, numbers)
            return Part(base, {MEAN: _mean(numbers, weights) if shown else None})
        weights = self._weights_of(question)[answered]
        effect = design_effect(weights)
        figures: dict[str, Figure | None] = {}
        for table in self.tables[question.code]:
            counts = _counted(table.of[answered], len(table.answers))
            parted = self._part(
                self._key(question, table.code),
                {EVERYONE: dict(zip(table.answers, map(int, counts), strict=True))},
            )
            if not parted:
                return _withheld(question, None)
            sums = _counted(table.of[answered], len(table.answers), weights)
            for answer, total in zip(table.answers, sums, strict=True):
                if (code := _code(question, table, answer)) is None:
                    continue
                figures[code] = (
                    _share(total / sums.sum(), answers=base, effect=effect)
                    if parted.shows(answer, EVERYONE)
                    else None
                )
        return Part(base, figures)

    def _weights_of(self, question: Question) -> NDArray[np.float64]:
        """Return the weights of answers; 1 of what they weigh by, which tells who answered."""
        known = {each.question.code for each in self.population.known}
        return np.ones(len(self.weights)) if question.code in known else self.weights

    def _asking_tells_nobody(self, question: Question) -> bool:
        """Return whether how many were asked tells nothing small of what leads to the question.

        It is known of each shown number of an earlier question, and of its rest, how many of them
        were asked, and how many were not.
        """
        asked = self.columns[question.code].asked
        for condition in question.when:
            parent = self.questionnaire.question(condition.question)
            if parent is None or parent.kind is QuestionKind.TEXT:
                return False
            column = self.columns[parent.code]
            parts = [column.answered]
            for table in self.tables[parent.code]:
                parted = self.left.get(self._key(parent, table.code))
                shown = [table.who(answer) for answer in (parted.answers if parted else ())]
                rest = column.answered & ~np.logical_or.reduce([*shown, ~column.answered])
                parts += [*shown, rest]
            fewest = self.fewest
            for whom in parts:
                for number in (int((whom & asked).sum()), int((whom & ~asked).sum())):
                    if 0 < number < fewest:
                        return False
            if parent.kind is QuestionKind.SEVERAL and len(condition.letters) > 1:
                ticked = sum(
                    int(table.who(YES).sum())
                    for table, letter in zip(self.tables[parent.code], parent.letters, strict=True)
                    if letter in condition.letters
                )
                any_of_them = int(column.fulfils(condition).sum())
                if condition.negated:
                    any_of_them = int(column.answered.sum()) - any_of_them
                if ticked - any_of_them < fewest:
                    return False
        return True

    def _crossed(self, question: Question) -> dict[str, dict[str, Part]]:
        """Return the results of a question by group, of each question that it is crossed by."""
        backgrounds = self.population.crossed_by
        if question.when or question in backgrounds:
            return {}
        return {by.code: self._by(question, by) for by in backgrounds}

    def _by(self, question: Question, by: Question) -> dict[str, Part]:
        answered = self.columns[question.code].answered
        (background,) = self.tables[by.code]
        groups = (*background.answers, UNSAID)
        of = background.of[answered]
        of = np.where(of < 0, len(groups) - 1, of)
        told = self.left.get(self._key(by))
        hidden = [code for code in background.answers if not (told and told.shows(code, EVERYONE))]
        weights = self.weights[answered]
        sizes = _counted(of, len(groups))
        there = [nth for nth, code in enumerate(groups) if code in background.answers or sizes[nth]]
        effects = _effects(of, weights, len(groups))
        found: dict[str, dict[str, Figure | None]] = {code: {} for code in groups}
        if question.kind is QuestionKind.NUMBER:
            self._means_by(question, by, of, [groups[nth] for nth in there], hidden, found)
            return self._parts(by, sizes, found)
        for table in self.tables[question.code]:
            wide = len(table.answers)
            cells = of * wide + table.of[answered]
            counts = _counted(cells, len(groups) * wide).reshape(-1, wide)
            sums = _counted(cells, len(groups) * wide, weights).reshape(-1, wide)
            whole = self.left.get(self._key(question, table.code))
            parted = self._part(
                f"{self._key(question, table.code)}|{self._key(by)}",
                {
                    groups[nth]: dict(zip(table.answers, map(int, counts[nth]), strict=True))
                    for nth in there
                },
                [each for each in table.answers if not (whole and whole.shows(each, EVERYONE))],
                hidden,
            )
            for nth in there:
                for place, answer in enumerate(table.answers):
                    if (code := _code(question, table, answer)) is None:
                        continue
                    found[groups[nth]][code] = (
                        _share(
                            sums[nth, place] / sums[nth].sum(),
                            answers=int(sizes[nth]),
                            effect=float(effects[nth]),
                        )
                        if parted and parted.shows(answer, groups[nth])
                        else None
                    )
        return self._parts(by, sizes, found)

    def _means_by(
        self,
        question: Question,
        by: Question,
        of: NDArray[np.intp],
        groups: Sequence[str],
        hidden: Sequence[str],
        found: dict[str, dict[str, Figure | None]],
    ) -> None:
        """Fill in the mean of each group: of all that are many, or of none."""
        column = self.columns[question.code]
        numbers, weights = column.numbers[column.answered], self.weights[column.answered]
        letters = (*self.tables[by.code][0].answers, UNSAID)
        who = {code: of == letters.index(code) for code in groups}
        parted = self._part(
            f"{self._key(question)}|{self._key(by)}",
            {code: {MEAN: int(flags.sum())} for code, flags in who.items()},
            groups=hidden,
        )
        shown = parted.groups if parted else ()
        rest = np.logical_or.reduce(
            [np.zeros(len(of), dtype=np.bool_)]
            + [flags for code, flags in who.items() if code not in shown]
        )
        sets = [*(who[code] for code in shown), *([rest] if rest.any() else [])]
        tells = all(_tells_nobody(question, numbers[flags]) for flags in sets)
        for code, flags in who.items():
            is_shown = tells and code in shown
            found[code][MEAN] = _mean(numbers[flags], weights[flags]) if is_shown else None

    def _parts(
        self,
        by: Question,
        sizes: NDArray[np.float64],
        found: Mapping[str, Mapping[str, Figure | None]],
    ) -> dict[str, Part]:
        """Return a row for each choice; its base only where a figure of it is shown."""
        return {
            choice.code: Part(
                int(sizes[nth]) if any(found[choice.code].values()) else None,
                found[choice.code],
            )
            for nth, choice in enumerate(by.choices)
        }


def _code(question: Question, table: Tabulated, answer: str) -> str | None:
    """Return by what a figure is known in its question: not each table's "no" has one."""
    if question.kind is QuestionKind.SEVERAL:
        return table.code.rpartition(".")[2] if answer == YES else None
    if question.kind is QuestionKind.MATCH:
        return table.code.rpartition(".")[2] + answer
    return answer


def _withheld(question: Question, base: int | None) -> Part:
    if question.kind is QuestionKind.NUMBER:
        return Part(base, {MEAN: None})
    pairs = [first + second.code for first in question.letters for second in question.partners]
    return Part(base, dict.fromkeys(pairs or question.letters))


def _counted(
    of: NDArray[np.intp], many: int, weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    return np.bincount(of, weights=weights, minlength=many).astype(np.float64)


def _effects(of: NDArray[np.intp], weights: NDArray[np.float64], many: int) -> NDArray[np.float64]:
    """Return Kish's design effect of each group, 1 where nobody is."""
    sums = _counted(of, many, weights)
    squares = _counted(of, many, weights**2)
    sizes = _counted(of, many)
    return np.divide(sizes * squares, sums**2, out=np.ones(many), where=sums > 0)


def _share(value: float, *, answers: int, effect: float) -> Figure:
    found = weighting.share(float(value), answers=answers, effect=effect)
    low, high = max(0.0, found.low), min(1.0, found.high)
    return Figure(round(100 * found.value), round(100 * low), round(100 * high))


def _mean(numbers: NDArray[np.float64], weights: NDArray[np.float64]) -> Figure:
    found = weighting.mean(numbers, weights)
    return Figure(round(found.value, 1), round(found.low, 1), round(found.high, 1))


def _tells_nobody(question: Question, numbers: NDArray[np.float64]) -> bool:
    """Return whether a mean tells nobody's number: the p % rule, from each bound of the answers.

    Who gave the second largest number could otherwise subtract it, and know the largest within a
    tenth. That all gave the same bound tells of each of them, and is refused by the same rule.
    """
    span = question.span
    sides = []
    if span.least is not None or not (numbers < 0).any():
        sides.append(numbers - float(span.least or 0))
    if span.most is not None:
        sides.append(float(span.most) - numbers)
    for side in sides:
        largest = np.sort(side)[::-1]
        if largest[2:].sum() <= NEIGHBOUR * largest[0]:
            return False
    return bool(sides)
