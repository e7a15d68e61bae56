"""TOML of people is bounded before it is parsed, by its signs alone."""

from contextlib import suppress
from time import process_time

import pytest

from balise.foundation import apart, strict_toml
from balise.foundation.strict_toml import DEEPEST, MOST_OCTETS, MOST_PARTS, TomlFaulty


def test_what_people_write_is_read() -> None:
    text = 'a = "[[[ a.b.c" # [[[\nb."c.d" = [1, {e = 2}]\n[f.g]\nh = \'"\'\ni = """x\n"y" """\n'
    assert strict_toml.loads(text) == {
        "a": "[[[ a.b.c",
        "b": {"c.d": [1, {"e": 2}]},
        "f": {"g": {"h": '"', "i": 'x\n"y" '}},
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (".".join("a" * (MOST_PARTS + 1)) + " = 1", "more parts"),
        (" . ".join('"a"' for _each in range(MOST_PARTS + 1)) + " = 1", "more parts"),
        ("a = " + "[" * (DEEPEST + 1), "more levels"),
        ("a = 1\nb = " + "{a=" * (DEEPEST + 1), "at line 2"),
        ("#" * (MOST_OCTETS + 1), "longer than"),
        ("# " + "é" * (MOST_OCTETS // 2), "longer than"),
        ("a = " + "9" * 5_000, "digits"),
        ("a = ", "Invalid value"),
    ],
)
def test_what_is_refused_says_why(text: str, why: str) -> None:
    with pytest.raises(TomlFaulty, match=why):
        strict_toml.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "a." * 100_000 + "b = 1",  # took 21 GB
        '"' + 'a\\"' * 190_000,
        "'''" + "a''b" * 100_000,
        '"""' + 'a\\"' * 190_000,
        "\\" * 300_000,
        "'" * 300_001,
        " " * 300_000 + "\n" * 299_000,
    ],
)
def test_a_long_text_is_refused_or_read_in_a_moment(text: str) -> None:
    began = process_time()
    with suppress(TomlFaulty):
        assert strict_toml.loads(text) == {}
    assert process_time() - began < 2


def test_the_child_says_what_is_wrong_and_where() -> None:
    with pytest.raises(apart.Unreadable) as fault:
        apart.toml(b"a = 1\n" + b"a." * 100_000 + b"b = 1")
    assert (fault.value.code, "line 2" in fault.value.detail) == ("toml", True)
    with pytest.raises(apart.Unreadable) as fault:
        apart.toml(b"a = \xff")
    assert fault.value.code == "text"
    with pytest.raises(apart.Unreadable) as fault:
        apart.json(b'{"a": 1, "a": 2}')
    assert (fault.value.code, fault.value.detail) == ("key-twice", "a")
    with pytest.raises(apart.Unreadable) as fault:
        apart.sheet(b"PK\x03\x04", most_rows=10, most_columns=3)
    assert fault.value.code == "sheet"
