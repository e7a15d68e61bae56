"""Questions in GIFT, the text format of Moodle. Pure.

Source: docs.moodle.org, GIFT format. Read are: choices (one or several), true or false, short
answers, numbers, pairs, a missing word. An essay and a description are left out.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from balise.awareness.questions.rules.imports import (
    BLANK,
    LETTERS,
    MOST_QUESTIONS,
    Codes,
    Imported,
    LeftOut,
    Unread,
    Why,
    choices_of,
    words_of,
)
from balise.foundation.limited.child import CannotWork

_TITLE: Final = re.compile(r"^\s*::(.*?)::", re.DOTALL)
_FORMAT: Final = re.compile(r"^\s*\[(?:html|moodle|plain|markdown)\]")
_WEIGHT: Final = re.compile(r"^%(-?\d+(?:\.\d+)?)%")
_TRUE: Final = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_YES_NO: Final = {"fr": ("Vrai", "Faux"), "en": ("True", "False")}
# A sign that is escaped stands as one character of a private area, until the text is whole again.
_ESCAPED: Final = {rf"\{sign}": chr(0xE000 + nth) for nth, sign in enumerate(r"\~=#{}:")}
_SIGNS: Final = {ord(private): escaped[1] for escaped, private in _ESCAPED.items()}


def read(text: str, *, language: str) -> Imported:
    """Return the questions of a file in GIFT. Raises CannotWork where it has none."""
    rows: list[dict[str, Any]] = []
    left: list[LeftOut] = []
    codes = Codes()
    for line, block in _blocks(_hidden(text)):
        title = _TITLE.match(block)
        name = _shown(title[1]).strip() if title else ""
        try:
            row = _question(block[title.end() :] if title else block, language)
        except Unread as unread:
            left.append(LeftOut(name, unread.why, line))
        else:
            rows.append({"code": codes.of(name), **row})
    if not rows and not left:
        raise CannotWork("no-gift")
    if len(rows) + len(left) > MOST_QUESTIONS:
        raise CannotWork("too-many")
    return Imported(tuple(rows), tuple(left))


def _hidden(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    for escaped, private in _ESCAPED.items():
        text = text.replace(escaped, private)
    return text.replace(r"\n", "\n")


def _shown(text: str) -> str:
    return text.translate(_SIGNS)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield each question with the line it begins in; blank lines part them, comments go."""
    begins, block, opened = 0, list[str](), 0
    for nth, line in enumerate([*text.split("\n"), ""], 1):
        if line.lstrip().startswith(("//", "$CATEGORY")):
            continue
        if line.strip() or opened > 0:
            begins = begins or nth
            block.append(line + "\n")
            opened += line.count("{") - line.count("}")
        elif block:
            yield begins, "".join(block)
            begins, block, opened = 0, [], 0
    if (last := "".join(block)).strip():
        yield begins, last


def _question(block: str, language: str) -> dict[str, Any]:
    block = _FORMAT.sub("", block)
    before, opened, rest = block.partition("{")
    answers, closed, after = rest.partition("}")
    if not opened:
        raise Unread(Why.KIND)
    if not closed:
        raise Unread(Why.UNREADABLE)
    asks = words_of(_shown(f"{before}{BLANK if after.strip() else ''}{after}"))
    answers, _sign, explained = answers.partition("####")
    row = _answers(answers.strip(), language)
    if explained.strip():
        row["says"] = {language: words_of(_shown(explained))}
    return {"asks": {language: asks}, **row}


def _answers(answers: str, language: str) -> dict[str, Any]:
    if not answers:
        raise Unread(Why.KIND)
    if answers.startswith("#"):
        return _number(answers[1:].strip())
    said, *feedback = answers.split("#")
    if said.strip().upper() in _TRUE:
        return _true_or_false(_TRUE[said.strip().upper()], feedback, language)
    parts = re.findall(r"([=~])([^=~]*)", answers)
    if not parts or re.sub(r"([=~])([^=~]*)", "", answers).strip():
        raise Unread(Why.UNREADABLE)
    if all(sign == "=" and "->" in part for sign, part in parts):
        return _pairs([part for _sign, part in parts], language)
    if all(sign == "=" for sign, _part in parts):
        right = [words_of(_shown(_part_of(part)[0])) for _sign, part in parts]
        return {"kind": "text", "right": right}
    return _choices(parts, language)


def _true_or_false(right: bool, feedback: list[str], language: str) -> dict[str, Any]:  # noqa: FBT001 - a pair
    row: dict[str, Any] = {
        "kind": "one",
        "choices": choices_of(_YES_NO.get(language, _YES_NO["en"]), language),
        "right": "a" if right else "b",
    }
    # The first is said to who is wrong, the second to who is right.
    said = next((each for each in reversed(feedback) if each.strip()), "")
    if said:
        row["says"] = {language: words_of(_shown(said))}
    return row


def _choices(parts: list[tuple[str, str]], language: str) -> dict[str, Any]:
    said, right, says = [], "", ""
    for (sign, part), letter in zip(parts, LETTERS, strict=False):
        text, weight, feedback = _part_of(part)
        said.append(_shown(text))
        if sign == "=" or (weight is not None and weight > 0):
            right += letter
            says = says or feedback
    if len(parts) > len(said):
        raise Unread(Why.TOO_MANY)
    if not right:
        raise Unread(Why.NO_ANSWER)
    is_one = sum(sign == "=" for sign, _part in parts) == 1
    row: dict[str, Any] = {
        "kind": "one" if is_one else "several",
        "choices": choices_of(said, language),
        "right": right,
    }
    if says:
        row["says"] = {language: words_of(_shown(says))}
    return row


def _pairs(parts: list[str], language: str) -> dict[str, Any]:
    halves = [part.partition("#")[0].partition("->") for part in parts]
    firsts = [(_shown(first), _shown(second)) for first, _arrow, second in halves if first.strip()]
    seconds = sorted({words_of(_shown(second)) for _first, _arrow, second in halves})
    partners = choices_of(seconds, language)
    letters = {each["says"][language]: each["code"] for each in partners}
    return {
        "kind": "match",
        "choices": choices_of([first for first, _second in firsts], language),
        "partners": partners,
        "right": "".join(letters[words_of(second)] for _first, second in firsts),
    }


def _number(answer: str) -> dict[str, Any]:
    first = answer.split("=")[1] if answer.startswith("=") else answer
    value = _WEIGHT.sub("", first.partition("#")[0].strip())
    try:
        if ".." in value:
            least, _dots, most = value.partition("..")
            return _span(float(least), float(most), written=(least, most))
        middle, _colon, near = _shown(value).partition(":")
        if near and float(near):
            about = float(middle), float(near)
            return _span(about[0] - about[1], about[0] + about[1], written=(middle, near))
        return {"kind": "number", "right": f"{float(middle):g}", "decimals": _decimals(middle)}
    except ValueError:
        raise Unread(Why.UNREADABLE) from None


def _span(least: float, most: float, *, written: tuple[str, str]) -> dict[str, Any]:
    span = {"least": f"{least:g}", "most": f"{most:g}"}
    return {"kind": "number", "right_span": span, "decimals": max(map(_decimals, written))}


def _decimals(number: str) -> int:
    return len(number.strip().partition(".")[2])


def _part_of(part: str) -> tuple[str, float | None, str]:
    """Return the text of an answer, its weight in percent where it has one, and what is said."""
    text, _sign, feedback = part.strip().partition("#")
    weight = _WEIGHT.match(text)
    if weight is None:
        return text.strip(), None, feedback.strip()
    return text[weight.end() :].strip(), float(weight[1]), feedback.strip()
