import asyncio
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from tests.waiting import let_pass

from balise.config.asgi import ASGIApplication, Scope, in_threads, split
from balise.config.bodies import Limits

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

LIMITS = Limits(plain=1000, with_files=5000, plain_in_all=10_000, files_in_all=5000)


def scope(method: str) -> Scope:
    """Return a request for the first page, without a body."""
    return {
        "type": "http",
        "method": method,
        "path": "/",
        "query_string": b"",
        "headers": [],
        "http_version": "1.1",
    }


async def nothing() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


def ask(
    application: ASGIApplication,
    *,
    method: str = "GET",
    path: str = "/",
    raw_path: bytes = b"",
    query: bytes = b"",
    headers: Iterable[tuple[bytes, bytes]] = (),
    body: Iterable[bytes] = (b"",),
) -> tuple[int, dict[str, str], bytes]:
    """Send one request and return the status, the headers and the content of the answer."""
    scope: Scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": raw_path or path.encode(),
        "query_string": query,
        "headers": list(headers),
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 5),
    }
    parts = list(body)
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    asyncio.run(application(scope, receive, send))  # type: ignore[arg-type]  # it is a coroutine
    start, content = said
    answer_headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], answer_headers, content["body"]


def echo(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer with what was understood of the request."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    lines = [
        environ["REQUEST_METHOD"],
        environ["PATH_INFO"].encode("latin-1").decode(),
        environ["QUERY_STRING"],
        environ.get("HTTP_COOKIE", ""),
        environ.get("HTTP_X_FORWARDED_FOR", ""),
        environ.get("CONTENT_TYPE", ""),
        environ["wsgi.input"].read(length).decode(),
        threading.current_thread().name,
    ]
    start_response("201 Created", [("X-Answer", "echo"), ("Set-Cookie", "a=1")])
    return [f"{line}\n".encode() for line in lines]


PAGES = in_threads(echo, LIMITS)


class TestInOneThread:
    def test_carries_a_request_and_its_answer(self) -> None:
        status, headers, content = ask(
            PAGES,
            method="POST",
            path="/fr/é/",
            raw_path=b"/fr/%C3%A9/",
            query=b"q=a%20b",
            headers=[
                (b"content-length", b"6"),
                (b"content-type", b"text/plain"),
                (b"cookie", b"a=1"),
                (b"cookie", b"b=2"),
                (b"x-forwarded-for", b"192.0.2.1"),
            ],
            body=[b"sal", b"ut!"],
        )
        assert status == 201
        assert headers == {"X-Answer": "echo", "Set-Cookie": "a=1"}
        assert content.decode().splitlines()[:-1] == [
            "POST",
            "/fr/é/",
            "q=a%20b",
            "a=1; b=2",
            "192.0.2.1",
            "text/plain",
            "salut!",
        ]

    def test_reads_and_writes_in_threads_apart(self) -> None:
        names = {ask(PAGES, method=one)[2].splitlines()[-1] for one in ("GET", "POST", "HEAD")}
        assert names == {b"pages_0", b"reading_0"}

    def test_reads_while_all_who_write_wait(self) -> None:
        locked, unlocked = threading.Semaphore(0), threading.Event()

        def application(environ: Any, start_response: "StartResponse") -> Any:
            if environ["REQUEST_METHOD"] == "POST":
                locked.release()
                assert unlocked.wait(120)
            start_response("200 OK", [])
            return []

        pages = in_threads(application, LIMITS, threads=2)

        async def play() -> list[int]:
            statuses: list[int] = []

            async def one(method: str) -> None:
                async def send(message: dict[str, Any]) -> None:
                    statuses.append(message.get("status", 0))

                await pages(scope(method), nothing, send)

            writing = [asyncio.create_task(one("POST")) for _each in range(12)]
            for _each in range(2):
                await asyncio.to_thread(locked.acquire)
            async with asyncio.timeout(60):
                await one("GET")
            read = list(statuses)
            unlocked.set()
            await asyncio.gather(*writing)
            return read

        assert asyncio.run(play()) == [200, 0]

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_what_comes_first_waits_for_nothing_else(self, method: str) -> None:
        arrived, unlocked = threading.Semaphore(0), threading.Event()

        def application(environ: Any, start_response: "StartResponse") -> Any:
            if environ["PATH_INFO"] != "/":
                arrived.release()
                assert unlocked.wait(120)
            start_response("200 OK", [])
            return []

        pages = in_threads(application, LIMITS, threads=4, comes_first=lambda path: path == "/")

        async def play() -> list[int]:
            statuses: list[int] = []

            async def one(path: str) -> None:
                async def send(message: dict[str, Any]) -> None:
                    statuses.append(message.get("status", 0))

                await pages({**scope(method), "path": path}, nothing, send)

            crowd = [asyncio.create_task(one("/other/")) for _each in range(30)]
            await asyncio.to_thread(arrived.acquire)
            async with asyncio.timeout(60):
                await one("/")
            answered = list(statuses)
            unlocked.set()
            await asyncio.gather(*crowd)
            return answered

        assert asyncio.run(play()) == [200, 0]

    def test_what_does_not_come_first_rests_for_as_long_as_it_worked(self) -> None:
        worked: list[tuple[float, float]] = []

        def application(_environ: Any, start_response: "StartResponse") -> Any:
            began = time.monotonic()
            let_pass(0.1)
            worked.append((began, time.monotonic()))
            start_response("200 OK", [])
            return []

        pages = in_threads(application, LIMITS, threads=1, comes_first=lambda path: path == "/")
        for path in ("/other/", "/other/", "/", "/"):
            assert ask(pages, method="POST", path=path)[0] == 200
        rests = [later[0] - earlier[1] for earlier, later in pairwise(worked)]
        assert rests[0] >= 0.1
        assert min(rests[1:]) < 0.1

    def test_takes_no_header_for_another(self) -> None:
        answer = ask(PAGES, headers=[(b"x_forwarded_for", b"192.0.2.66")])[2]
        assert answer
        assert b"192.0.2.66" not in answer

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ([(b"content-length", b"1001")], 413),
            ([(b"content-length", b"5000"), (b"content-type", b"multipart/form-data; b")], 413),
            ([(b"content-length", b"1000000000000")], 413),
            ([(b"content-length", b"-1")], 400),
            ([(b"content-length", "²".encode("latin-1"))], 400),
            ([(b"transfer-encoding", b"chunked")], 411),
        ],
    )
    def test_refuses_a_body_before_reading_it(
        self, headers: list[tuple[bytes, bytes]], status: int
    ) -> None:
        assert ask(PAGES, method="POST", headers=headers, body=[])[0] == status

    def test_gives_its_room_back(self) -> None:
        pages = in_threads(echo, LIMITS)
        headers = [(b"content-length", b"1000")]
        for _each in range(30):
            assert ask(pages, method="POST", headers=headers, body=[b"a" * 1000])[0] == 201

    def test_closes_an_answer_that_fails_half_way(self) -> None:
        closed = []

        class Broken:
            def __iter__(self) -> Iterator[bytes]:
                raise EOFError

            def close(self) -> None:
                closed.append(True)

        def application(_environ: Any, start_response: "StartResponse") -> Any:
            start_response("200 OK", [])
            return Broken()

        with pytest.raises(EOFError):
            ask(in_threads(application, LIMITS))
        assert closed


class TestSplit:
    @pytest.mark.parametrize(
        ("path", "goes_to"),
        [
            ("/events/cases/", b"streams"),
            ("/staff/events/", b"streams"),
            ("/fr/events/", b"pages"),
            ("/eventsless/", b"pages"),
            ("/", b"pages"),
        ],
    )
    def test_gives_the_streams_paths_to_the_streams(self, path: str, goes_to: bytes) -> None:
        def named(name: bytes) -> ASGIApplication:
            async def application(_scope: Scope, _receive: Any, send: Any) -> None:
                await send({"type": "http.response.start", "status": 200, "headers": []})
                await send({"type": "http.response.body", "body": name})

            return application

        application = split(
            streams=named(b"streams"),
            pages=named(b"pages"),
            prefixes=("/events/", "/staff/events/"),
        )
        assert ask(application, path=path)[2] == goes_to


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_file_leaves_as_fast_as_its_reader_takes_it(method: str) -> None:
    whole = BytesIO(bytes(5_000_000))
    taken: list[int] = []

    def give(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "application/zip")])
        wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](whole, 4096)
        return wrapped

    async def send(message: dict[str, Any]) -> None:
        taken.append(len(message.get("body", b"")))
        if sum(taken) > 1_000_000:  # the reader goes away
            raise ConnectionError

    with suppress(ConnectionError):
        asyncio.run(in_threads(give, LIMITS)(scope(method), nothing, send))  # type: ignore[arg-type]

    assert whole.closed
    assert max(taken) <= 131_072
    assert (sum(taken) > 1_000_000) is (method == "GET")
    assert sum(taken) < 1_200_000
