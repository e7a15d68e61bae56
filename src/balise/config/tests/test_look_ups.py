"""Which requests are answered before Django is asked, and within whose limits."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest

from balise.config import bodies
from balise.config.asgi import in_threads
from balise.config.bodies import Limits
from balise.config.look_ups import LONGEST, LookUps
from balise.hotline.matching.banks.web import api

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LIMITS = Limits(plain=200_000, with_files=200_000, plain_in_all=250_000, files_in_all=250_000)
KNOWN = b'{"known":true}'


def pages(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer as the API would: with the whole body that came."""
    start_response("200 OK", [])
    return [b"pages:", environ["wsgi.input"].read()[:20]]


def ask(*parts: bytes | None, body: bytes = b"", **given: Any) -> tuple[int, bytes]:
    """Ask with a body, or with its parts; None is a part that never comes."""
    parts = parts or (body,)
    headers = {
        b"host": b"testserver",
        b"content-type": b"application/json",
        b"content-length": str(sum(len(part or b"") for part in parts)).encode(),
        b"authorization": b"Bearer x",
    } | given.pop("headers", {})
    plain = {"path": api.PATH, "method": "POST", "query_string": b"", "http_version": "1.1"}
    left, said = list(parts), list[Any]()

    async def receive() -> dict[str, Any]:
        part = left.pop(0)
        if part is None:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": part, "more_body": bool(left)}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    application = in_threads(pages, LIMITS, look_ups=LookUps())
    scope = plain | {"headers": list(headers.items())} | given
    asyncio.run(application(scope, receive, send))  # type: ignore[arg-type]  # it is a coroutine
    return said[0]["status"], said[1]["body"]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Know whatever is asked quickly, and keep what was asked."""
    found: list[bytes] = []

    def answer(_authorization: str, body: bytes) -> bytes:
        found.append(body)
        return KNOWN

    monkeypatch.setattr(api, "answer", answer)
    return found


def test_a_plain_look_up_is_answered(heard: list[bytes]) -> None:
    assert ask(body=b"{}") == (200, KNOWN)
    assert ask(b'{"a"', b":1}") == (200, KNOWN)
    assert heard == [b"{}", b'{"a":1}']


@pytest.mark.parametrize(
    "given",
    [
        {"path": "/api/v1/hotline/reports"},
        {"method": "PUT"},
        {"query_string": b"a=1"},
        {"headers": {b"host": b"evil.example"}},
        {"headers": {b"content-type": b"text/plain"}},
        {"headers": {b"authorization": b""}},
    ],
)
def test_anything_else_is_for_the_pages(heard: list[bytes], given: dict[str, Any]) -> None:
    assert ask(body=b"{}", **given) == (200, b"pages:{}")
    assert not heard


def test_what_it_does_not_answer_reaches_the_pages_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "answer", lambda _authorization, _body: None)
    assert ask(body=b'{"a":1}') == (200, b'pages:{"a":1}')


def test_a_long_body_is_for_the_pages(heard: list[bytes]) -> None:
    assert ask(body=b"a" * (LONGEST + 1)) == (200, b"pages:" + b"a" * 20)
    assert not heard


def test_a_body_that_does_not_come_is_refused_in_time(
    heard: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for every page: whoever keeps a connection open holds nothing of ours."""
    monkeypatch.setattr(bodies, "AT_LEAST", 0.05)
    monkeypatch.setattr(bodies, "ONCE_MORE", 0.05)
    assert ask(b'{"a"', None)[0] == 408
    assert not heard
