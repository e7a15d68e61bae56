"""What the words of danger tell of what a reporter wrote, asked of the helpline."""

from dataclasses import replace

from balise.hotline.reports.ports import danger_in
from balise.hotline.reports.rules.given import TOLD, Answers


def heard(answers: Answers) -> Answers:
    """Return answers with what the words of danger tell of what was written: a guess, kept sealed.

    The rule stands beside it in words, for the analyst.
    """
    found = danger_in.ask(answers.written) if answers.written else None
    if found is None or found.level not in TOLD:
        return replace(answers, words_level="", words_rule="")
    return replace(answers, words_level=found.level, words_rule=found.says)
