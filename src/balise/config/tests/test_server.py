"""The real server, in processes of its own, as an attacker or an operator meets it."""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests import temporary
from tests.waiting import PATIENCE, until

from balise.config import server

PROGRAM = """
import sys
from balise.config import server

def pages(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(len(body)).encode()]

async def streams(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while True:
        await send({"type": "http.response.body", "body": b":\\n\\n", "more_body": True})
        await __import__("asyncio").sleep(5)

server.KILL_AFTER = 1
port, kind = int(sys.argv[1]), sys.argv[2]
if kind == "pages":
    import django
    from balise.config.asgi import in_threads
    from balise.config.bodies import Limits

    django.setup()  # a refusal is a page, with words
    limits = Limits(plain=1000, with_files=1000, plain_in_all=10_000, files_in_all=1000)
    application = in_threads(pages, limits)
    server.serve(lambda: application, port=port)
else:
    server.serve(lambda: streams, port=port)
"""


def say(port: int, request: bytes) -> bytes:
    """Send bytes and return the answer until the server closes or is silent."""
    closes = b"Connection: close" in request
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        answer = b""
        while True:
            try:
                part = connection.recv(65536)
            except TimeoutError:
                return answer
            if not part:
                return answer
            answer += part
            if b"\r\n\r\n" in answer and not closes:
                connection.settimeout(0.3)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    port = temporary.free_port()
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-c", PROGRAM, str(port), "pages"]
    with temporary.server(command, answers=lambda: temporary.listens(port), log=log):
        yield port


class TestServe:
    def test_answers(self, port: int) -> None:
        answer = say(port, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200 OK")

    def test_tells_no_version(self, port: int) -> None:
        head = say(port, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").lower()
        server = [line for line in head.split(b"\r\n") if line.startswith(b"server:")]
        assert not any(digit in server[0] for digit in b"0123456789") if server else True

    def test_reads_a_body_up_to_the_limit(self, port: int) -> None:
        head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n"
        assert say(port, head + b"a" * 1000).endswith(b"1000")

    @pytest.mark.parametrize("length", [b"1001", b"10000000000", b"99999999999999999999"])
    def test_refuses_a_long_body_at_its_announcement(self, port: int, length: bytes) -> None:
        head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + b"\r\n\r\n"
        assert b" 4" in say(port, head)[:13]

    def test_refuses_a_body_of_unknown_length(self, port: int) -> None:
        head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        assert say(port, head + b"5\r\nsalut\r\n0\r\n\r\n").startswith(b"HTTP/1.1 411")

    def test_refuses_endless_headers(self, port: int) -> None:
        many = b"".join(b"X-%d: %s\r\n" % (each, b"a" * 1000) for each in range(100))
        try:
            answer = say(port, b"GET / HTTP/1.1\r\nHost: x\r\n" + many + b"\r\n")
        except (ConnectionResetError, BrokenPipeError):
            return
        assert not answer or b" 4" in answer[:13]

    def test_an_open_stream_does_not_hold_back_the_end(self, tmp_path: Path) -> None:
        port = temporary.free_port()
        command = [sys.executable, "-c", PROGRAM, str(port), "streams"]
        answers = lambda: temporary.listens(port)  # noqa: E731
        with (
            temporary.server(command, answers=answers, log=tmp_path / "log") as process,
            socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as stream,
        ):
            stream.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert stream.recv(100).startswith(b"HTTP/1.1 200")
            process.terminate()
            process.wait(120)  # the stream by itself has no end

    def test_holds_more_open_than_its_backlog(self, tmp_path: Path) -> None:
        port = temporary.free_port()
        command = [sys.executable, "-c", PROGRAM, str(port), "streams"]
        answers = lambda: temporary.listens(port)  # noqa: E731
        many = 1_200
        server.expect_connections(2 * many)
        with (
            temporary.server(command, answers=answers, log=tmp_path / "log"),
            ExitStack() as open_ones,
        ):
            for _each in range(many):
                stream = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
                open_ones.enter_context(stream)
                stream.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                assert stream.recv(12) == b"HTTP/1.1 200"

    def test_its_worker_ends_with_it_however_it_ends(self, tmp_path: Path) -> None:
        port = temporary.free_port()
        command = [sys.executable, "-c", PROGRAM, str(port), "streams"]
        answers = lambda: temporary.listens(port)  # noqa: E731
        with temporary.server(command, answers=answers, log=tmp_path / "log") as process:
            os.kill(process.pid, signal.SIGKILL)
            until(lambda: not temporary.listens(port), "a worker outlived its server")
