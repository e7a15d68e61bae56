"""TOML of strangers and editors: what would take all memory is refused at once, and told apart."""

import resource
from time import monotonic

import pytest

from balise.foundation import apart, strict_toml

HOSTILE = {
    "a key of 100,000 parts": b".".join([b"a"] * 100_000) + b" = 1",
    "a table of 100,000 parts": b"[" + b".".join([b"a"] * 100_000) + b"]",
    "quoted parts": b".".join([b'"a"'] * 100_000) + b" = 1",
    "spaces between parts": b" . ".join([b"a"] * 50_000) + b" = 1",
    "lists in lists": b"a = " + b"[" * 100_000 + b"]" * 100_000,
    "tables in tables": b"a = " + b"{a=" * 50_000 + b"1" + b"}" * 50_000,
    "a number without end": b"a = " + b"9" * 100_000,
    "a text that does not end": b'a = "' + b"\\\\" * 100_000,
    "a text of quotation marks that does not end": b'"' + b'a\\"' * 190_000,
    "a long text that does not end": b'a = """' + b'""x' * 60_000,
    "a key twice": b"a = 1\na = 2",
    "more than we read": b"a = 1\n#" + b"x" * 700_000,
    "octets that are no text": b"a = '\xff\xfe'",
    "halves of signs": b'a = "\\ud800"',
    "a null": b"a = \0",
    "a line end of old": b"a = 1\rb = 2",
    "an open table": b"[a",
}


@pytest.mark.safety
@pytest.mark.parametrize("family", HOSTILE)
def test_a_hostile_file_ends_in_a_plain_refusal_in_time(family: str) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, monotonic()
    with pytest.raises(apart.Unreadable) as caught:
        apart.toml(HOSTILE[family])
    assert caught.value.code in {"toml", "text"}
    assert monotonic() - began < 30  # seconds that a child may last
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 50_000


def test_what_looks_deep_within_a_text_or_a_remark_is_read() -> None:
    deep = "a." * 100 + "[" * 100
    text = f'# {deep}\na = "{deep}"\nb = """{deep}\n"x" """\nc = \'{deep}\'\n'
    text += "[d.e.f]\ng = [1.5, {h = 2}]\n"
    found = apart.toml(text.encode())
    assert found["a"] == found["c"] == deep
    assert found["d"] == {"e": {"f": {"g": [1.5, {"h": 2}]}}}


@pytest.mark.parametrize("parts", [strict_toml.MOST_PARTS, strict_toml.MOST_PARTS + 1])
def test_a_key_has_so_many_parts_at_most(parts: int) -> None:
    text = ".".join(["a"] * parts) + " = 1"
    if parts <= strict_toml.MOST_PARTS:
        assert strict_toml.loads(text)
        return
    with pytest.raises(strict_toml.TomlFaulty, match="at line 1"):
        strict_toml.loads(text)


def test_other_formats_say_what_is_wrong_too() -> None:
    with pytest.raises(apart.Unreadable) as fault:
        apart.json(b'{"a": 1, "a": 2}')
    assert (fault.value.code, fault.value.detail) == ("key-twice", "a")
    with pytest.raises(apart.Unreadable) as fault:
        apart.sheet(b"PK\x03\x04", most_rows=10, most_columns=3)
    assert fault.value.code == "sheet"
