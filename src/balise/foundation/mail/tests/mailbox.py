"""A mailbox of one's own on the loopback, that speaks as much IMAP (RFC 3501) as is asked of it."""

import re
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

USER, PASSWORD = "notices@centre.example", "a pass/word"

_LINE = re.compile(rb"(?P<tag>\S+) (?P<uid>UID )?(?P<verb>[A-Z]+) ?(?P<rest>.*)", re.IGNORECASE)
_PARTIAL = re.compile(rb"BODY\.PEEK\[\]<0\.(\d+)>")


@dataclass
class Letter:
    """A mail in a mailbox."""

    octets: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class Letterbox:
    """The mails by UID, and how the server misbehaves.

    `refuses` are verbs that are answered NO; `drops_at` is one at which the connection is cut.
    """

    letters: dict[int, Letter] = field(default_factory=dict)
    refuses: frozenset[str] = frozenset()
    drops_at: str = ""
    has_uidplus: bool = True
    said: list[str] = field(default_factory=list)

    def put(self, *mails: bytes) -> None:
        """Deliver mails."""
        for octets in mails:
            self.letters[max(self.letters, default=0) + 1] = Letter(octets)


class _Session(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True  # else each answer waits for 40 ms

    def handle(self) -> None:
        box: Letterbox = self.server.box  # type: ignore[attr-defined]
        self._say(b"* OK ready")
        for line in self.rfile:
            asked = _LINE.match(line.strip())
            if asked is None:
                self._say(b"* BAD what?")
                continue
            tag, verb = asked["tag"], asked["verb"].decode().upper()
            box.said.append(verb)
            if verb == box.drops_at:
                return
            if verb in box.refuses:
                self._say(tag + b" NO not today")
                continue
            answer = getattr(self, f"do_{verb.lower()}")(box, asked["rest"])
            self._say(tag + (b" OK done" if answer is None else answer))
            if verb == "LOGOUT":
                return

    def do_capability(self, box: Letterbox, _rest: bytes) -> None:
        self._say(b"* CAPABILITY IMAP4rev1" + (b" UIDPLUS" if box.has_uidplus else b""))

    def do_login(self, _box: Letterbox, rest: bytes) -> bytes | None:
        known = rest.replace(b'"', b"") == f"{USER} {PASSWORD}".encode()
        return None if known else b" NO who?"

    def do_select(self, box: Letterbox, rest: bytes) -> bytes | None:
        if rest.strip(b'"') != b"INBOX":
            return b" NO no such mailbox"
        self._say(b"* %d EXISTS" % len(box.letters))
        self._say(b"* OK [UIDVALIDITY 7] UIDs valid")
        return None

    def do_search(self, box: Letterbox, _rest: bytes) -> None:
        new = [
            b"%d" % uid
            for uid, letter in box.letters.items()
            if not letter.flags & {"\\Seen", "\\Deleted"}
        ]
        self._say(b"* SEARCH " + b" ".join(new))

    def do_fetch(self, box: Letterbox, rest: bytes) -> None:
        uid = int(rest.split()[0])
        partial = _PARTIAL.search(rest)
        if uid in box.letters and partial:
            octets = box.letters[uid].octets[: int(partial[1])]
            head = b"* %d FETCH (UID %d BODY[]<0> {%d}\r\n" % (uid, uid, len(octets))
            self.wfile.write(head + octets + b")\r\n")

    def do_store(self, box: Letterbox, rest: bytes) -> None:
        uid, _, flags = rest.decode().partition(" ")
        box.letters[int(uid)].flags |= set(re.findall(r"\\\w+", flags))

    def do_expunge(self, box: Letterbox, rest: bytes) -> None:
        only = {int(rest)} if rest else set(box.letters)
        for uid in [uid for uid in box.letters if uid in only]:
            if "\\Deleted" in box.letters[uid].flags:
                del box.letters[uid]

    def do_logout(self, _box: Letterbox, _rest: bytes) -> None:
        self._say(b"* BYE")

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def a_mailbox(box: Letterbox, *, after: str = "seen") -> Iterator[str]:
    """Run an IMAP server and give its address, as `BALISE_INBOX` would name it."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.box = box  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            where = f"127.0.0.1:{server.server_address[1]}"
            yield f"imap://notices%40centre.example:a%20pass%2Fword@{where}/INBOX?after={after}"
        finally:
            server.shutdown()
            thread.join()
