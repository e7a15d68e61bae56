"""How far someone is in the module: what they answered, and nothing of who they are. Pure.

A path is carried in the addresses of the pages, or kept under six words. Answers of the test stay
in it until the gain is counted, once; afterwards it says only which lessons are done and whether
the test was passed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Any, Final, Self
from uuid import UUID

from balise.awareness.learning.training.rules import PACKAGE
from balise.awareness.publications.rules.starter import html_of
from balise.awareness.questions.rules.questions import Question
from balise.awareness.questions.rules.reading import questions
from balise.foundation.packs import PackFaulty, Words, load

# The online module, as a country's pack tells it: lessons, checks, the test, the badge. Pure.


@dataclass(frozen=True, slots=True)
class Lesson:
    """A chapter: a text, then questions that check that it was understood; `minutes` to read."""

    code: str
    minutes: int
    title: Words
    body: Words
    checks: tuple[Question, ...]

    def html(self, language: str) -> str:
        """Return the text in a language, as the pages of publications are written."""
        return html_of(self.body.in_language(language))


@dataclass(frozen=True, slots=True)
class Course:
    """The module. `least` right answers of the test earn a badge, valid for `badge_months`."""

    code: str
    minutes: int
    title: Words
    lead: Words
    badge: Words
    badge_for: Words
    criteria: Words
    badge_months: int
    least: int
    lessons: tuple[Lesson, ...]
    test: tuple[Question, ...]

    def lesson(self, code: str) -> Lesson | None:
        """Return the lesson with this code."""
        return next((each for each in self.lessons if each.code == code), None)

    def question(self, code: str) -> Question | None:
        """Return the question with this code: of the test, or of a lesson."""
        checks = (each for lesson in self.lessons for each in lesson.checks)
        return next((each for each in (*self.test, *checks) if each.code == code), None)


@cache
def course(country: str) -> Course:
    """Return the module of a country's pack. Raises PackFaulty."""
    pack = load(PACKAGE, country=country, name="course")
    (row,) = pack["course"]
    title, lead, badge, badge_for, criteria = (
        Words.read(row[name], where=f"course.{name}")
        for name in ("title", "lead", "badge", "badge_for", "criteria")
    )
    found = Course(
        code=str(row["code"]),
        minutes=int(row["minutes"]),
        title=title,
        lead=lead,
        badge=badge,
        badge_for=badge_for,
        criteria=criteria,
        badge_months=int(row["badge_months"]),
        least=int(row["pass"]),
        lessons=tuple(_lesson(each) for each in pack["chapters"]),
        test=questions(pack["test"], where="test"),
    )
    codes = [each.code for each in found.test]
    codes += [each.code for lesson in found.lessons for each in lesson.checks]
    if len(set(codes)) != len(codes):
        raise PackFaulty("course: two questions have one code")
    if not 0 < found.least <= len(found.test):
        raise PackFaulty("course: the test cannot be passed, or not failed")
    return found


def _lesson(row: Mapping[str, Any]) -> Lesson:
    where = f"chapters.{row['code']}"
    return Lesson(
        str(row["code"]),
        int(row["minutes"]),
        Words.read(row["title"], where=where),
        Words.read(row["body"], where=where),
        questions(row.get("checks", ()), where=where),
    )


KEPT: Final = timedelta(days=180)  # without a new answer


@dataclass(frozen=True, slots=True)
class Path:
    """One way through the module, by the codes of its questions.

    `before` and `after` are the answers of the two tests, `checks` those of the lessons.
    """

    id: UUID
    before: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    skipped: bool = False  # the test before
    counted: bool = False  # the test after was finished once
    passed: bool = False

    def is_done(self, course: Course, lesson: str) -> bool:
        """Return whether the questions of a lesson were answered, rightly or not."""
        found = course.lesson(lesson)
        return found is not None and all(each.code in self.checks for each in found.checks)

    def lessons_done(self, course: Course) -> int:
        """Return how many lessons are done."""
        return sum(self.is_done(course, each.code) for each in course.lessons)

    def next_lesson(self, course: Course) -> str:
        """Return the code of the first lesson that is not done; "" when all are."""
        left = (each.code for each in course.lessons if not self.is_done(course, each.code))
        return next(left, "")

    def answered(self, given: str, letters: str, *, within: str) -> Self:
        """Return the path with one more answer; `within` is before, checks or after."""
        more: dict[str, Any] = {within: {**getattr(self, within), given: letters}}
        return replace(self, **more)

    def again(self) -> Self:
        """Return the path with the last test to be taken from its beginning."""
        return replace(self, after={})

    def finished(self, course: Course, *, last: str) -> Self:
        """Return the path once the gain is counted: no answer of a test but the one just given."""
        passed = self.passed or self.is_passed(course)
        after = {last: self.after[last]}
        return replace(self, before={}, after=after, counted=True, passed=passed)

    def is_over(self, course: Course) -> bool:
        """Return whether each question of the last test is answered."""
        return all(each.code in self.after for each in course.test)

    def is_passed(self, course: Course) -> bool:
        """Return whether enough answers of the last test are right."""
        return self.is_over(course) and right(course.test, self.after) >= course.least

    def gain(self, course: Course) -> int | None:
        """Return by how many right answers the second test is above the first.

        None where the pair is not whole, or was counted.
        """
        if self.counted or not self.is_over(course):
            return None
        if any(each.code not in self.before for each in course.test):
            return None
        return right(course.test, self.after) - right(course.test, self.before)

    def told(self) -> dict[str, Any]:
        """Return what `read` takes: as short as it can be, for it stands in addresses."""
        flags = "".join(
            letter
            for letter, said in zip("sgp", (self.skipped, self.counted, self.passed), strict=True)
            if said
        )
        whole = {"b": self.before, "c": self.checks, "a": self.after, "f": flags}
        return {"i": self.id.hex, **{name: value for name, value in whole.items() if value}}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Return the path that `told` wrote."""
        flags = told.get("f", "")
        return cls(
            UUID(told["i"]),
            told.get("b", {}),
            told.get("c", {}),
            told.get("a", {}),
            "s" in flags,
            "g" in flags,
            "p" in flags,
        )


def right(questions: tuple[Question, ...], answers: Mapping[str, str]) -> int:
    """Return how many of these answers are right."""
    return sum(each.is_right(answers.get(each.code, "")) for each in questions)
