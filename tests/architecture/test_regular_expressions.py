"""What others write meets regular expressions: each takes time in proportion to the text."""

import ast
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from balise.helpline.contacts.rules import proposing
from balise.takedown.notices.rules import inbound
from balise.takedown.onward.cybertips.rules import schema
from tests.architecture.linear import ambiguous, words_to_repeat
from tests.architecture.reading import imported, nodes, shown, sources

_APPLIED = frozenset(
    {"search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
)
_ANY_USE = frozenset({"search", "fullmatch"})  # where it is not seen how one is applied

# What reads words of strangers in a child with limits (`foundation/limited`).
_IN_A_CHILD = (
    "awareness/activities/stories/rules/lint/",
    "awareness/activities/stories/rules/twee.py",
    "foundation/mail/parsing.py",
    "takedown/notices/rules/reading/",
)
# What reads our own words alone: style sheets, pages in tests, charts, the invented platforms.
_OUR_OWN = (
    "foundation/files/testing.py",
    "foundation/web/management/commands/outage_page.py",
    "foundation/web/desk.py",
    "foundation/web/testing.py",
    "helpline/removals/doubles/",
)


class Expression(NamedTuple):
    """A regular expression of ours, where it stands, and the methods by which it is applied."""

    place: str
    pattern: re.Pattern[Any] | None  # None where it is made of what is known later
    uses: frozenset[str]


@cache
def expressions() -> tuple[Expression, ...]:
    """Return all that stand in our source, and those that are made of lists."""
    written = tuple(
        each
        for path in sources()
        if not shown(path).startswith(_IN_A_CHILD + _OUR_OWN)
        for each in _of_file(path)
    )
    return written + tuple(
        Expression(file, pattern, _ANY_USE) for file, some in _made().items() for pattern in some
    )


def _made() -> dict[str, list[re.Pattern[str]]]:
    """Return, by file, the expressions that are made of what is known later."""
    ages = ("j'ai {n} ans", "^{n} ans", "i am {n}", "{n}yo")
    return {
        "helpline/contacts/rules/proposing.py": [proposing._age_of(each)[0] for each in ages],
        "takedown/notices/rules/inbound.py": [pattern for _said, pattern in inbound._SEEMS],
        "takedown/notices/rules/xarf.py": [re.compile("[a-fA-F0-9]{128}")],
        "takedown/onward/cybertips/rules/checking.py": [
            re.compile(text) for text in _strings_given_to(schema.__file__, "matching")
        ],
        "takedown/onward/dossiers/rules/facts.py": [re.compile("[0-9a-f]{128}")],
        "takedown/tracing/rules/pages.py": [re.compile(r"</script[\s/>]", re.IGNORECASE)],
    }


def _strings_given_to(file: str | None, function: str) -> Iterator[str]:
    for node in nodes(Path(file or "")):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_]):
                if name == function:
                    yield text


def _of_file(path: Path) -> Iterator[Expression]:
    names = dict(_names(path))
    applied = _applied(path)
    for node in nodes(path):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr="compile")):
                uses = applied.get(names.get(node, ""), _ANY_USE)
                yield Expression(f"{shown(path)}:{node.lineno}", _value(path, node), uses)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=method), args=[it, *_]):
                if method in _APPLIED:
                    flags = [each.value for each in node.keywords if each.arg == "flags"]
                    made = _value(path, _compiling(it, flags))
                    yield Expression(f"{shown(path)}:{node.lineno}", made, frozenset({method}))
        if isinstance(node, ast.keyword) and node.arg == "regex":
            made = _value(path, _compiling(node.value, []))
            yield Expression(f"{shown(path)}:{node.lineno}", made, frozenset({"search"}))


def _names(path: Path) -> Iterator[tuple[ast.expr, str]]:
    """Yield what is given a name, with the name."""
    for node in nodes(path):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield value, name
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield value, name


def _applied(path: Path) -> dict[str, frozenset[str]]:
    """Return by which methods each private name of a file is applied; no other file knows it."""
    found: dict[str, frozenset[str]] = {}
    for node in nodes(path):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=method) if method in _APPLIED:
                found[name] = found.get(name, frozenset()) | {method}
    given = {
        node.id
        for node in nodes(path)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return {name: uses for name, uses in found.items() if name.startswith("_") and name in given}


def _compiling(expression: ast.expr, flags: list[ast.expr]) -> ast.Call:
    call = ast.parse("re.compile(None)", mode="eval").body
    assert isinstance(call, ast.Call)
    call.args = [expression, *flags]
    return call


def _value(path: Path, call: ast.Call) -> re.Pattern[Any] | None:
    """Return what a call of `re.compile` in a file makes; None where only a function knows."""
    code = compile(ast.fix_missing_locations(ast.Expression(call)), str(path), "eval")
    try:
        made: re.Pattern[Any] = eval(code, {**vars(imported(path)), "re": re})  # noqa: S307 - our own source
    except NameError:
        return None
    return made


def test_each_takes_time_in_proportion_to_the_text() -> None:
    costly = [
        f"{each.place}: {use} with {word!r} again and again"
        for each in expressions()
        if each.pattern is not None
        for use in sorted(each.uses)
        if (word := ambiguous(each.pattern, use=use))
    ]

    assert costly == []


def test_all_are_looked_at() -> None:
    found = expressions()
    later = {each.place.partition(":")[0] for each in found if each.pattern is None}

    assert len(found) > 100
    assert later == set(_made())


def test_long_texts_that_go_around_their_loops_are_read_at_once() -> None:
    """The proof is of a model: this measures the engine, by processor time alone."""
    for each in expressions():
        for begin, around in words_to_repeat(each.pattern) if each.pattern else ():
            text = begin + around * (30_000 // len(around)) + "\0"
            given = text if isinstance(each.pattern.pattern, str) else text.encode("latin-1")
            for use in each.uses:
                spent = _spent(each.pattern, use, given)
                assert spent < 1.0, f"{each.place}: {use} {spent:.1f} s with {around!r}"


def _spent(pattern: re.Pattern[Any], use: str, text: str | bytes) -> float:
    before = time.process_time()
    if use in {"sub", "subn"}:
        pattern.sub(lambda found: found[0], text)
    elif use == "finditer":
        list(pattern.finditer(text))
    else:
        getattr(pattern, use)(text)
    return time.process_time() - before


@pytest.mark.parametrize(
    ("written", "use"),
    [
        (r"(a+)+", "fullmatch"),
        (r"(a|a)*b", "match"),
        (r"(?:a*)*b", "match"),
        (r"a*a*b", "match"),
        (r"\s*,?\s*;", "match"),
        (r"(.*)x(.*)y", "fullmatch"),
        (r"(\w+\s?)*$", "match"),
        (r"a+b", "search"),
        (r"\s+$", "sub"),
        (r"(?i:A)*a*b", "match"),
        (r"a(?=.*b)", "search"),
        (r"a{0,5000}b", "search"),
        (r"(\d+)\1*x", "match"),
    ],
)
def test_what_costs_more_is_found(written: str, use: str) -> None:
    assert ambiguous(re.compile(written), use=use)


@pytest.mark.parametrize(
    ("written", "use"),
    [
        (r"a+b", "match"),
        (r"(?<!a)a+b", "search"),
        (r"(a|b)*c", "fullmatch"),
        (r"\s+", "sub"),
        (r"\w+(?:'\w+)*", "findall"),
        (r"[a-z]{1,100}x", "search"),
        (r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}", "fullmatch"),
        (r"\s*+,?\s*;", "match"),
        (r"\bfoo\w*\b bar", "search"),
    ],
)
def test_what_does_not_is_not(written: str, use: str) -> None:
    assert not ambiguous(re.compile(written), use=use)
