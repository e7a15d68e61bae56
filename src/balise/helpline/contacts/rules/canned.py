"""Answers that every listener has at hand, from the country's pack, and their own."""

from functools import cache

from django.utils.text import slugify
from django.utils.translation import gettext as _

from balise.foundation.packs import Words, load
from balise.foundation.refusals import Refused

LONGEST_ANSWER = 1_000
LONGEST_NAME = 30


class AnswerWrong(Refused, code="answer-wrong"):
    pass


class NameWrong(Refused, code="answer-name-wrong"):
    """The short name of an answer is empty, too long or taken."""


@cache
def shared_answers(country: str) -> tuple[tuple[str, Words], ...]:
    """Return the (code, words) of the answers that everyone has."""
    pack = load("balise.helpline.contacts", country=country, name="canned")
    return tuple(
        (str(entry["code"]), Words.read(entry["text"], where=f"canned.{entry['code']}"))
        for entry in pack["answers"]
    )


def read_name(name: str) -> str:
    """Return the code that a short name makes: letters, digits and hyphens, at most 30."""
    code = slugify(name)
    if not code or len(code) > LONGEST_NAME:
        raise NameWrong(_("A short name has from 1 to 30 letters or digits."))
    return code


def read_answer(text: str) -> str:
    """Return an answer as it is stored; refuse one that is empty or too long."""
    words = text.strip()
    if not words or len(words) > LONGEST_ANSWER:
        raise AnswerWrong(_("An answer has from 1 to 1,000 characters."))
    return words
