"""Servers of our own that misbehave, and what a request to them costs."""

import gzip
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest

from balise.foundation.outgoing import Answer, Bounds, NoAnswer, request
from tests.waiting import let_pass

BOUNDS = Bounds(seconds=60.0)
MIB = 1 << 20

type Speaks = Callable[[socket.socket], None]
type Server = Callable[[Speaks], str]


@pytest.fixture
def server() -> Iterator[Server]:
    """Start a server that takes one connection and answers as a function does: `server(speaks)`."""
    threads: list[threading.Thread] = []

    def start(speaks: Speaks) -> str:
        listening = socket.create_server(("127.0.0.1", 0))

        def run() -> None:
            with listening:
                connection, _address = listening.accept()
            with connection:
                connection.recv(65_536)
                try:
                    speaks(connection)
                except OSError:
                    return  # the other side has left

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        threads.append(thread)
        return f"http://127.0.0.1:{listening.getsockname()[1]}/"

    yield start
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


def answers(body: bytes, *headers: str, status: str = "200 OK") -> Speaks:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""])
    return lambda connection: connection.sendall(head.encode() + body)


def ask(address: str, bounds: Bounds = BOUNDS) -> Answer:
    return request("GET", address, bounds=bounds)


class TestRequest:
    @pytest.mark.parametrize(
        ("header", "body"),
        [
            ("X-Plain: 1", b'{"a": 1}'),
            ("Content-Encoding: gzip", gzip.compress(b'{"a": 1}', mtime=0)),
            ("Content-Encoding: deflate", zlib.compress(b'{"a": 1}')),
        ],
    )
    def test_returns_what_was_answered(self, server: Server, header: str, body: bytes) -> None:
        answer = ask(server(answers(body, header)))

        assert answer.is_success
        assert answer.json() == {"a": 1}

    def test_says_where_a_redirect_leads_and_does_not_go_there(self, server: Server) -> None:
        leads = answers(b"", "Location: http://10.0.0.1/", status="302 Found")

        assert ask(server(leads)) == Answer(302, b"", "http://10.0.0.1/")

    def test_returns_an_error_as_it_is(self, server: Server) -> None:
        answer = ask(server(answers(b"no", status="500 Broken")))

        assert answer == Answer(500, b"no")
        with pytest.raises(ValueError, match="invalid"):
            answer.json()

    def test_follows_no_redirect(self, server: Server) -> None:
        address = server(answers(b"", "Location: http://127.0.0.1:1/", status="302 Found"))

        assert ask(address).status == 302

    def test_says_that_nothing_was_sent_where_nobody_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as gone:
            address = f"http://127.0.0.1:{gone.getsockname()[1]}/?token=secret"

        with pytest.raises(NoAnswer) as refused:
            ask(address)

        assert not refused.value.was_sent
        assert "secret" not in str(refused.value)

    def test_gives_up_a_bomb_without_opening_it(self, server: Server) -> None:
        squeezed = zlib.compressobj(9, zlib.DEFLATED, 31)
        bomb = b"".join(squeezed.compress(bytes(MIB)) for _each in range(300)) + squeezed.flush()
        address = server(answers(bomb, "Content-Encoding: gzip"))
        tracemalloc.start()
        try:
            with pytest.raises(NoAnswer, match=r"too-long|grows-too-much"):
                ask(address, Bounds(seconds=60.0, longest=MIB))
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

        assert most < 8 * MIB

    def test_gives_up_what_has_no_end(self, server: Server) -> None:
        def pours(connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                connection.sendall(bytes(65_536))

        with pytest.raises(NoAnswer, match="too-long"):
            ask(server(pours))

    @pytest.mark.parametrize("begins", [b"", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-"])
    def test_ends_in_time_however_slowly_the_answer_comes(
        self, server: Server, begins: bytes
    ) -> None:
        def drips(connection: socket.socket) -> None:
            connection.sendall(begins)
            while True:
                let_pass(0.05)
                connection.sendall(b"x")

        # A limit of each step alone would never be reached.
        with pytest.raises(NoAnswer, match="TimeoutError"):
            ask(server(drips), Bounds(seconds=1.0))

    def test_gives_up_headers_without_end(self, server: Server) -> None:
        def writes_headers(connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while True:
                connection.sendall(b"X-More: " + b"y" * 4_000 + b"\r\n")

        with pytest.raises(NoAnswer):
            ask(server(writes_headers))

    @pytest.mark.parametrize(
        ("encoding", "code"),
        [("br", "encoding-unknown"), ("gzip", "not-compressed-as-said")],
    )
    def test_refuses_what_it_cannot_open(self, server: Server, encoding: str, code: str) -> None:
        with pytest.raises(NoAnswer, match=code):
            ask(server(answers(b"something", f"Content-Encoding: {encoding}")))

    def test_refuses_a_compressed_answer_that_stops_before_its_end(self, server: Server) -> None:
        half = gzip.compress(b"a long enough answer " * 20)[:-12]

        with pytest.raises(NoAnswer, match="cut-short"):
            ask(server(answers(half, "Content-Encoding: gzip")))

    def test_reads_the_status_alone_where_nothing_more_is_asked(self, server: Server) -> None:
        address = server(answers(b"a body", status="204 No Content"))

        assert ask(address, Bounds(seconds=60.0, longest=0)) == Answer(204)
