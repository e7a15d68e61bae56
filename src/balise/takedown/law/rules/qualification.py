"""Reading a country's questions from its pack, whole or not at all."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from balise.foundation.packs import PackFaulty, Words, load
from balise.takedown.law.rules import reading
from balise.takedown.law.rules.histories import Offence
from balise.takedown.law.rules.offences import law
from balise.takedown.law.rules.trees import NO, UNKNOWN, YES, Choice, Question, Tree

_LETTERS = {YES: "y", NO: "n", UNKNOWN: "u"}
_WORDS = {
    YES: Words((("fr", "Oui"), ("en", "Yes"))),
    NO: Words((("fr", "Non"), ("en", "No"))),
    UNKNOWN: Words((("fr", "Je ne sais pas"), ("en", "I do not know"))),
}
_MOST_CHOICES = 9  # one number key each


@cache
def qualification(country: str) -> Tree:
    """Return a country's tree, or PackFaulty where it leads astray or forgets an offence."""
    pack = load("balise.takedown.law", country=country, name="qualification")
    reading.only(pack, ("start", "questions"), "qualification")
    found = [_question(entry) for entry in reading.tables(pack, "questions", "qualification")]
    tree = Tree(
        country=country,
        start=reading.text(pack, "start", "qualification"),
        questions={question.code: question for question in found},
        histories=law(country).histories,
    )
    if len(tree.questions) != len(found):
        raise PackFaulty(f"qualification of {country}: each question once")
    _check(tree)
    return tree


def _question(entry: dict[str, Any]) -> Question:
    where = f"qualification.{entry.get('code')}"
    reading.only(entry, ("code", "asks", "hint", "choices", YES, NO, UNKNOWN), where)
    is_element = "choices" not in entry
    if is_element:
        choices = tuple(
            Choice(code, _LETTERS[code], _WORDS[code], reading.words(entry, code, where))
            for code in (YES, NO, UNKNOWN)
        )
    else:
        given = reading.tables(entry, "choices", where)
        choices = tuple(_choice(one, place, where) for place, one in enumerate(given, start=1))
        if not 1 < len(choices) <= _MOST_CHOICES:
            raise PackFaulty(f"{where}: from 2 to {_MOST_CHOICES} choices")
    if len({one.code for one in choices}) != len(choices):
        raise PackFaulty(f"{where}: each choice once")
    return Question(
        code=reading.text(entry, "code", where),
        asks=reading.words(entry, "asks", where),
        hint=reading.words_if_any(entry, "hint", where),
        choices=choices,
        is_element=is_element,
    )


def _choice(entry: dict[str, Any], place: int, where: str) -> Choice:
    code = reading.text(entry, "code", where)
    where = f"{where}.{code}"
    reading.only(entry, ("code", "label", "phrase", "to", "offences", "settles"), where)
    if "to" in entry and "offences" in entry:
        raise PackFaulty(f"{where}: it leads on or ends, not both")
    offences = entry.get("offences", [])
    return Choice(
        code=code,
        key=_LETTERS.get(code, str(place)),
        label=_WORDS.get(code) or reading.words(entry, "label", where),
        phrase=reading.words_if_any(entry, "phrase", where),
        to=reading.text(entry, "to", where) if "to" in entry else "",
        offences=reading.some_of(offences, offences, where),
        settles=tuple((str(one), str(answer)) for one, answer in entry.get("settles", {}).items()),
    )


def _check(tree: Tree) -> None:
    """Refuse a tree with a dead end, a loop, or a part that is never reached."""
    if tree.start not in tree.questions:
        raise PackFaulty(f"qualification.start: there is no question {tree.start!r}")
    known = set(tree.histories)
    met = {tree.start, *_below(tree, tree.start, ())}
    tried: set[str] = set()
    for code in sorted(met):
        for choice in tree.questions[code].choices:
            where = f"qualification.{code}.{choice.code}"
            tried.update(choice.offences)
            for other, answer in choice.settles:
                if other not in tree.questions or not tree.questions[other].choice(answer):
                    raise PackFaulty(f"{where}: it settles {other}={answer}, which nobody asks")
            if set(choice.offences) - known:
                raise PackFaulty(f"{where}: an offence that the law does not know")
    if tried != known:
        raise PackFaulty(f"qualification: nothing leads to {', '.join(sorted(known - tried))}")
    for offence in tree.offences:
        _check_asked(tree, offence)
        met.update(offence.elements)
    if met != set(tree.questions):
        unasked = ", ".join(sorted(set(tree.questions) - met))
        raise PackFaulty(f"qualification: nothing asks {unasked}")


def _below(tree: Tree, code: str, above: tuple[str, ...]) -> Iterator[str]:
    if code in above:
        raise PackFaulty(f"qualification.{code}: the questions go round and round")
    for choice in tree.questions[code].choices:
        if not choice.to:
            continue
        if choice.to not in tree.questions:
            raise PackFaulty(f"qualification.{code}: there is no question {choice.to!r}")
        if tree.questions[choice.to].is_element:
            raise PackFaulty(
                f"qualification.{choice.to}: an element leads nowhere, give it choices"
            )
        yield choice.to
        yield from _below(tree, choice.to, (*above, code))


def _check_asked(tree: Tree, offence: Offence) -> None:
    where = f"offences.{offence.code}"
    if not offence.elements:
        raise PackFaulty(f"{where}: an offence has elements")
    for code in offence.elements:
        question = tree.questions.get(code)
        if question is None or not question.is_element:
            raise PackFaulty(f"{where}: its element {code!r} is no question of yes or no")
    for one in offence.aggravations:
        if one.when is None:
            continue
        question = tree.questions.get(one.when[0])
        if question is None or question.choice(one.when[1]) is None:
            raise PackFaulty(f"{where}.{one.code}: nobody answers {'='.join(one.when)}")
