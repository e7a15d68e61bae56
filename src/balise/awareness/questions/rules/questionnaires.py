"""Questionnaires: sections of questions, and which of them are asked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from balise.awareness.questions.rules.questions import Question
from balise.foundation.packs import Words


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand together, perhaps under a title and a few words."""

    code: str
    title: Words | None
    lead: Words | None
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    """Sections, in order. A question is asked where its conditions hold of earlier answers."""

    sections: tuple[Section, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return all questions, in order."""
        return tuple(each for section in self.sections for each in section.questions)

    @cached_property
    def _known(self) -> Mapping[str, Question]:
        return {each.code: each for each in self.questions}

    def question(self, code: str) -> Question | None:
        """Return the question with this code."""
        return self._known.get(code)

    def asked(self, answers: Mapping[str, str]) -> tuple[Question, ...]:
        """Return the questions that these answers lead to, in order.

        An answer to a question that is not asked counts for nothing; after an answer that ends the
        questionnaire nothing is asked.
        """
        found: list[Question] = []
        given: dict[str, str] = {}
        for question in self.questions:
            if not all(each.holds(given.get(each.question, "")) for each in question.when):
                continue
            found.append(question)
            given[question.code] = answer = answers.get(question.code, "")
            if question.ends(answer):
                break
        return tuple(found)

    def counted(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Return the answers to questions that are asked; the others count for nothing."""
        return {
            each.code: answers[each.code] for each in self.asked(answers) if each.code in answers
        }

    def following(self, answers: Mapping[str, str]) -> Question | None:
        """Return the first question that is asked and has no answer yet.

        One that was left out has the answer "".
        """
        return next((each for each in self.asked(answers) if each.code not in answers), None)

    def closing(self, answers: Mapping[str, str]) -> Words | None:
        """Return the words of the answer that ended the questionnaire, where one did."""
        asked = self.asked(answers)
        return asked[-1].ends(answers.get(asked[-1].code, "")) if asked else None
