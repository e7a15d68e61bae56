"""Questions of another program, as a quiz's file to complete: what is missing is empty."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
from django.utils.translation import gettext as _, ngettext

from balise.awareness.questions.rules.imports import Imported

_WORDS = ("title", "lead", "act", "talk")


def draft(found: Imported, *, languages: Sequence[str]) -> str:
    """Return a TOML file with the questions that were read; its comments say what was left out."""
    return "\n".join([*_comments(found), *_head(languages), *_questions(found, languages), ""])


def _comments(found: Imported) -> Iterator[str]:
    many = len(found.rows)
    yield "# " + ngettext("%(many)s question taken.", "%(many)s questions taken.", many) % {
        "many": many
    }
    for each in found.left_out:
        told = {"where": " ".join(each.where.split()), "why": each.why.label}
        yield "# " + _("Left out: %(where)s, %(why)s.") % told
    yield "# " + _("Complete what is empty, then import this file.")


def _head(languages: Sequence[str]) -> Iterator[str]:
    empty = dict.fromkeys(languages, "")
    yield "[[quizzes]]"
    yield 'code = "my-quiz"'
    yield 'audience = "11-13"  # 8-10, 11-13, 14-16, parents'
    yield "minutes = 10"
    yield from (f"{name} = {_toml(empty)}" for name in _WORDS)
    yield f"learnt = [{_toml(empty)}]"


def _questions(found: Imported, languages: Sequence[str]) -> Iterator[str]:
    for row in found.rows:
        yield ""
        yield "[[quizzes.questions]]"
        for name, value in {"says": {}, "source": {}, **row}.items():
            yield f"{name} = {_toml(_in_all(value, languages, name))}"


def _in_all(value: Any, languages: Sequence[str], name: str) -> Any:
    """Return a value with an empty word for each language that it lacks, also in its choices."""
    if isinstance(value, list | tuple):
        return [_in_all(each, languages, "") for each in value]
    if not isinstance(value, Mapping):
        return value
    is_words = name in {"says", "source"} or (value and value.keys() <= {*languages})
    if is_words:
        return {**value, **{each: "" for each in languages if each not in value}}
    return {key: _in_all(each, languages, key) for key, each in value.items()}


def _toml(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return orjson.dumps(value).decode()  # a string of JSON is one of TOML
        case Mapping():
            inside = ", ".join(f"{name} = {_toml(each)}" for name, each in value.items())
            return f"{{ {inside} }}"
        case list() | tuple():
            return f"[{', '.join(_toml(each) for each in value)}]"
        case _:
            return f"{value}"
