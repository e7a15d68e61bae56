"""The online module, as a country's pack tells it: lessons, checks, the test, the badge. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from balise.awareness.network.training.rules import PACKAGE
from balise.awareness.publications.rules.starter import html_of
from balise.awareness.questions.rules.questions import Question
from balise.awareness.questions.rules.reading import questions
from balise.foundation.packs import PackFaulty, Words, load


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
