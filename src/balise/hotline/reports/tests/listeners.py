"""A partner's server of our own on loopback, which behaves as it is told."""

import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CHUNK = b"x" * 65_536


class Listener(ThreadingHTTPServer):
    """Answers as it is told, and keeps what it was sent.

    `manner` is "" or how it misbehaves: "keeps silent", "drips" or "pours".
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.status = 204
        self.location = ""
        self.manner = ""
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.let_go = threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}/changed"

    def speak_tls(self, name: str, folder: Path) -> None:
        """Speak TLS from now on, with a certificate of this name in `folder`."""
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
        command += f" -days 2 -subj /CN={name} -addext subjectAltName=DNS:{name}"
        subprocess.run(  # noqa: S603 - our own command
            [*command.split(), "-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(self.socket, server_side=True)


class _Answers(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((dict(self.headers), body))
        match self.server.manner:
            case "keeps silent":
                self.server.let_go.wait(20)
            case "drips":
                self._pour(b"x", pause=0.05)
            case "pours":
                self._begin()
                self._pour(CHUNK, pause=0)
            case _:
                self._begin()

    def _begin(self) -> None:
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()

    def _pour(self, some: bytes, *, pause: float) -> None:
        while not self.server.let_go.wait(pause):
            self.wfile.write(some)
            self.wfile.flush()

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            return  # the other side has left

    def log_message(self, *_args: object) -> None:
        """Say nothing."""
