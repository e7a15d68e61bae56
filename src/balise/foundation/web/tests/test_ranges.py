"""One range of bytes, by the examples and rules of RFC 9110 (§13.1.5, §14, §15.3.7, §15.5.17)."""

from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from balise.foundation.web.ranges import PART, RangeUnsatisfiable, asked, in_parts

OCTETS = bytes(range(100)) * 100  # 10,000 of them


def ask(method: str = "get", **headers: str) -> HttpResponse:
    sent = {f"HTTP_{name}": value for name, value in headers.items()}
    made: Any = getattr(RequestFactory(), method)
    return in_parts(
        made("/", **sent), BytesIO(OCTETS), size=len(OCTETS), kind="video/webm", tag="a1"
    )


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-499", (0, 499)),
        ("bytes=500-999", (500, 999)),
        ("bytes=-500", (9500, 9999)),
        ("bytes=9500-", (9500, 9999)),
        ("bytes=0-0", (0, 0)),
        ("bytes=-20000", (0, 9999)),
        ("bytes=9990-20000", (9990, 9999)),
        ("", None),
        ("bytes=0-0,-1", None),  # several: the whole is sent
        ("pages=1-2", None),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=²-", None),
    ],
)
def test_a_header_asks_for_a_part(header: str, part: tuple[int, int] | None) -> None:
    assert asked(header, size=10_000) == part


@pytest.mark.parametrize("header", ["bytes=10000-", "bytes=20000-30000", "bytes=-0"])
def test_what_is_past_the_end_is_not_there(header: str) -> None:
    with pytest.raises(RangeUnsatisfiable):
        asked(header, size=10_000)


def test_no_answer_is_longer_than_a_part() -> None:
    assert asked("bytes=5-", size=10 * PART) == (5, 5 + PART - 1)


class TestAnswers:
    def test_the_part_that_was_asked_for(self) -> None:
        answer = ask(RANGE="bytes=10-19")
        assert (answer.status_code, answer.content) == (206, OCTETS[10:20])
        assert answer["Content-Range"] == "bytes 10-19/10000"
        assert answer["Content-Type"] == "video/webm"

    @pytest.mark.parametrize(
        ("method", "headers"),
        [
            ("get", {}),
            ("get", {"RANGE": "bytes=10-19", "IF_RANGE": '"another"'}),
            ("head", {"RANGE": "bytes=10-19"}),  # a range is defined for GET alone
        ],
    )
    def test_the_whole_to_all_others(self, method: str, headers: dict[str, str]) -> None:
        answer: Any = ask(method, **headers)
        assert (answer.status_code, b"".join(answer.streaming_content)) == (200, OCTETS)
        assert answer["Accept-Ranges"] == "bytes"
        assert answer["Content-Length"] == "10000"

    def test_the_part_where_the_content_is_the_same(self) -> None:
        assert ask(RANGE="bytes=-1", IF_RANGE='"a1"').content == OCTETS[-1:]

    def test_how_long_it_is_to_who_asks_past_the_end(self) -> None:
        answer = ask(RANGE="bytes=10000-")
        assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */10000")
