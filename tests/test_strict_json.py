"""JSON that says two things at once is refused, wherever it comes from."""

import json

import orjson
import pytest
from hypothesis import given, strategies as st

from balise.foundation import strict_json


@pytest.mark.parametrize(
    "text", ['{"a": 1, "a": 1}', '[{"b": {"a": 1, "c": 2, "a": 3}}]', '{"a": 1, "\\u0061": 2}']
)
def test_a_key_twice_is_refused_and_named(text: str) -> None:
    with pytest.raises(strict_json.KeyTwice) as caught:
        strict_json.loads(text.encode())
    assert caught.value.key == "a"


@pytest.mark.parametrize("text", ["", "{", '{"a": NaN}', '"\\ud800"', "[" * 2000 + "]" * 2000])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(orjson.JSONDecodeError):
        strict_json.loads(text.encode())


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda each: st.lists(each) | st.dictionaries(st.text(), each),
    )
)
def test_anything_else_is_as_it_is(found: object) -> None:
    text = json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        expected = orjson.loads(text)
    except orjson.JSONDecodeError:
        return
    assert strict_json.loads(text) == expected
