"""A timestamp authority of our own (RFC 3161), for demonstrations and tests: nobody trusts it.

`python -m balise.foundation.encryption.doubles.timestamp_authority PORT FOLDER`; openssl
makes its certificates in the folder once, and its answers.
"""

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

HOST = "127.0.0.1"
LONGEST_QUESTION = 10_000  # bytes
QUERY_TYPE = "application/timestamp-query"
REPLY_TYPE = "application/timestamp-reply"

_CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
_DAYS = ("-days", "3650")
_USES = """basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""
_SETTINGS = """[authority]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
certs = {folder}/root.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True, slots=True)
class Authority:
    """Keys and certificates in a folder, and how it answers."""

    folder: Path

    @property
    def root(self) -> Path:
        """The certificate that trusting this authority requires."""
        return self.folder / "root.pem"

    def stamp(self, question: bytes) -> bytes:
        """Return the answer to a question, both in DER."""
        with (
            tempfile.TemporaryDirectory(dir=self.folder) as place,
            (self.folder / "lock").open("w") as lock,
        ):
            fcntl.flock(lock, fcntl.LOCK_EX)  # the serial number is counted in a file
            asked, answer = Path(place, "question.tsq"), Path(place, "answer.tsr")
            asked.write_bytes(question)
            config = Path(place, "authority.cnf")  # names the folder: it may have been moved
            config.write_text(_SETTINGS.format(folder=self.folder), encoding="utf-8")
            where = ("-config", config, "-section", "authority")
            _openssl("ts", "-reply", *where, "-queryfile", asked, "-out", answer)
            return answer.read_bytes()


def open_authority(folder: Path) -> Authority:
    """Return the authority in a folder, made there if there is none yet."""
    authority = Authority(folder)
    if (folder / "signer.pem").exists():
        return authority
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    uses, asked = folder / "uses.cnf", folder / "signer.csr"
    uses.write_text(_USES, encoding="utf-8")
    (folder / "serial").write_text("01\n", encoding="utf-8")
    root_key, key = folder / "root.key", folder / "signer.key"
    subject = "/O=Demonstration/CN=Timestamp"
    root = ("-keyout", root_key, "-out", authority.root, "-subj", f"{subject} root")
    _openssl("req", "-x509", *_CURVE, *_DAYS, *root)
    _openssl("req", "-new", *_CURVE, "-keyout", key, "-out", asked, "-subj", f"{subject} authority")
    by = ("-CA", authority.root, "-CAkey", root_key, "-extfile", uses)
    signed = folder / "signer.part"
    _openssl("x509", "-req", "-in", asked, *by, *_DAYS, "-out", signed)
    signed.rename(folder / "signer.pem")
    return authority


def _openssl(*words: str | Path) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True)  # noqa: S603, S607


@dataclass(slots=True)
class Desk:
    """An authority at its desk; a test lets it fail, or stamp other bytes than it was asked."""

    authority: Authority
    questions: list[bytes] = field(default_factory=list)
    fails: bool = False
    instead: bytes | None = None

    def answer(self, question: bytes) -> bytes | None:
        """Return the answer to a question, None where it fails."""
        self.questions.append(question)
        return None if self.fails else self.authority.stamp(self.instead or question)


def _at(desk: Desk) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            wrong = self.headers.get("Content-Type") != QUERY_TYPE or length > LONGEST_QUESTION
            if wrong:
                self.send_error(HTTPStatus.BAD_REQUEST)
                return
            answer = desk.answer(self.rfile.read(length))
            if answer is None:
                self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
                return
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", REPLY_TYPE)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_args: object) -> None:
            pass

    return Answering


@contextmanager
def at_work(authority: Authority) -> Iterator[tuple[str, Desk]]:
    """Yield the address at which an authority answers, and its desk."""
    desk = Desk(authority)
    server = ThreadingHTTPServer((HOST, 0), _at(desk))
    # Asked often whether to stop: a test waits for that.
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/", desk
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    os.umask(0o077)
    ThreadingHTTPServer(
        (HOST, int(sys.argv[1])), _at(Desk(open_authority(Path(sys.argv[2]))))
    ).serve_forever()
