"""NCMEC, StopNCII, Tech Against Terrorism and Project Arachnid, as far as our clients know them.

One program on the loopback; the first part of a path says which. It writes no log.
"""

import json
import threading
import time
from base64 import b64decode
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode

from balise.foundation.url import split_url
from balise.hotline.matching.exchange.doubles.lists import List, Listed, Manner

_LARGEST = 1_000_000
_XMLNS = "https://hashsharing.ncmec.org/hashsharing/v2"
_LATER = 4_102_444_800  # 2100
SOURCES = ("ncmec", "stopncii", "tat", "arachnid")

type Said = tuple[int, str, bytes]  # status, type, body


class Gone(Exception):
    """A link that has expired."""


class Sources(ThreadingHTTPServer):
    """The four. `let` lets the slow ones answer; `known` is what Arachnid knows, by PDQ."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int] = ("127.0.0.1", 0)) -> None:
        super().__init__(address, _Answers)
        self.lists = {name: List() for name in SOURCES}
        self.known: dict[str, str] = {}
        self.let = threading.Event()
        self._turn = threading.Lock()

    @property
    def port(self) -> int:
        return self.server_port

    def answer(self, name: str, path: str, query: Mapping[str, str], body: bytes) -> Said:
        """Return what a source answers."""
        of = self.lists[name]
        with self._turn:
            of.asked += 1
        if Manner.SLOW in of.manners:
            self.let.wait()
        if Manner.REFUSING in of.manners:
            return 401, "text/plain", b"Unknown user"
        if Manner.FAILING in of.manners:
            return 503, "text/plain", b"Later"
        if Manner.GARBAGE in of.manners:
            return 200, "text/html", b"<!doctype html><title>Welcome</title><p>{ \xff"
        try:
            return _ANSWERS[name](self, of, path, query, body)
        except Gone:
            return 410, "text/plain", b"This link has expired"


def _slice(of: List, entries: list[Listed], start: int) -> tuple[list[Listed], int | None]:
    """Return a page from a place, and where the next begins; the manners of the list apply."""
    if start and Manner.EXPIRING in of.manners and not of.expired:
        of.expired = True
        raise Gone
    page = entries[start : start + of.page]
    then = start + of.page
    following = then if then < len(entries) else None
    if not start:
        of.change(at=int(time.time()) - 1)
    if Manner.ENDLESS in of.manners:
        following = start
    return page, following


def _spoil(of: List, start: int, body: bytes) -> bytes:
    """Cut the second page short, where the list does so."""
    return body[: len(body) // 2] if Manner.CORRUPT in of.manners and start == of.page else body


def _hash(of: List, place: int, one: Listed) -> str:
    """Return a hash as the list has it: one digit short in the third entry of a spoilt one."""
    return one.pdq[:-1] if Manner.SPOILT in of.manners and place == 2 else one.pdq  # noqa: PLR2004


def _seconds(text: str, otherwise: int) -> int:
    try:
        return int(datetime.fromisoformat(text).timestamp()) if text else otherwise
    except ValueError:
        return otherwise


def _ncmec(server: Sources, of: List, path: str, query: Mapping[str, str], body: bytes) -> Said:  # noqa: ARG001
    if path.endswith("/feedback"):
        _v2, _entries, member, entry, *_rest = path.strip("/").split("/")
        said = "affirmative" if b"<affirmative" in body else "negative"
        of.votes.append((f"{member}/{entry}", said))
        return 200, "application/xml", b""
    since, until = _seconds(query.get("from", ""), 0), _seconds(query.get("to", ""), _LATER)
    start = int(query.get("start", "0"))
    entries = of.paged(since, until, start=start)
    page, following = _slice(of, entries, start)
    told = "".join(_ncmec_entry(of, start + place, one) for place, one in enumerate(page))
    link = ""
    if following is not None:
        asked = dict(query) | {"start": str(following), "size": str(of.page)}
        link = urlencode(asked | {"max": str(len(entries))}).replace("&", "&amp;")
        link = f"<paging><next>/v2/entries?{link}</next></paging>"
    document = f'<queryResult xmlns="{_XMLNS}"><images>{told}</images>{link}</queryResult>'
    return 200, "application/xml", _spoil(of, start, document.encode())


def _ncmec_entry(of: List, place: int, one: Listed) -> str:
    who = f'<member id="{one.member}">Example</member><id>{one.number}</id>'
    if one.is_gone:
        return f"<deletedImage>{who}</deletedImage>"
    hashes = f"<md5>{one.md5}</md5><pdq>{_hash(of, place, one)}</pdq><pdna>AA==</pdna>"
    label = "<classification>A1</classification>"
    return f"<image>{who}{label}<fingerprints>{hashes}</fingerprints></image>"


def _stopncii(server: Sources, of: List, path: str, query: Mapping[str, str], body: bytes) -> Said:  # noqa: ARG001
    if path == "/SubmitFeedback":
        for one in json.loads(body)["hashFeedbacks"]:
            of.votes.append((f"{one['signalType']}:{one['hashValue']}", one["feedbackValue"]))
        return 200, "application/json", b"{}"
    start = int(query.get("nextPageToken", "t0")[1:])
    entries = of.paged(int(query["startTimestamp"]), _LATER, start=start)
    page, following = _slice(of, entries, start)
    empty: Any = [] if Manner.LISTS in of.manners else {}
    found = {
        "count": len(page),
        "nextPageToken": "" if following is None else f"t{following}",
        "nextSetTimestamp": max((one.changed for one in entries), default=0),
        "hasMoreRecords": following is not None,
        "hashRecords": [
            {
                "lastModtimestamp": one.changed,
                "signalType": "ImagePDQ",
                "hashValue": _hash(of, start + place, one),
                "hashStatus": "Withdrawn" if one.is_gone else "Active",
                "caseNumbers": {one.member: "Active"} if one.member != "7" else empty,
                "CSPFeedbacks": [],
            }
            for place, one in enumerate(page)
        ],
    }
    return 200, "application/json", _spoil(of, start, json.dumps(found).encode())


def _tat(server: Sources, of: List, path: str, query: Mapping[str, str], body: bytes) -> Said:  # noqa: ARG001
    number = int(query.get("page", "1"))
    start = (number - 1) * of.page
    entries = of.paged(_seconds(query.get("checkpoint", ""), 0), _LATER, start=start)
    if number > 1 and start >= len(entries):
        return 404, "application/json", b'{"detail":"Invalid page."}'
    page, following = _slice(of, entries, start)
    then = None if following is None else following // of.page + 1
    link = urlencode(dict(query) | {"page": str(then)})
    found = {
        "count": len(entries),
        "next": None if then is None else f"https://elsewhere.example/steal?{link}",
        "previous": None,
        "results": [
            {
                "id": one.number,
                "hash_digest": _hash(of, start + place, one),
                "algorithm": "PDQ",
                "ideology": "far-right",
                "file_type": "image",
                "deleted": one.is_gone,
                "updated_on": datetime.fromtimestamp(one.changed, UTC).isoformat(),
                "created_on": datetime.fromtimestamp(one.changed, UTC).isoformat(),
            }
            for place, one in enumerate(page)
        ],
    }
    return 200, "application/json", _spoil(of, start, json.dumps(found).encode())


def _arachnid(server: Sources, of: List, path: str, query: Mapping[str, str], body: bytes) -> Said:  # noqa: ARG001
    def told(word: str) -> dict[str, object]:
        known = server.known.get(b64decode(word).hex(), "no-known-match")
        near: list[object] = []
        is_known = known != "no-known-match"
        return {
            "classification": known,
            "match_type": "near" if is_known else None,
            "near_match_details": near,
        }

    hashes = json.loads(body)["hashes"]
    found: Any = {word: told(word) for word in hashes}
    if Manner.LISTS in of.manners and not server.known:
        found = []
    return 200, "application/json", json.dumps({"scanned_hashes": found}).encode()


_ANSWERS = {"ncmec": _ncmec, "stopncii": _stopncii, "tat": _tat, "arachnid": _arachnid}


class _Answers(BaseHTTPRequestHandler):
    server: Sources
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *_words: object) -> None:
        """Write no log: an address may be a secret."""

    def _answer(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), _LARGEST)
        body = self.rfile.read(length)
        parts = split_url(self.path)
        name, _slash, rest = parts.path.lstrip("/").partition("/")
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        if name in SOURCES:
            status, kind, said = self.server.answer(name, f"/{rest}", query, body)
        else:
            status, kind, said = 404, "text/plain", b""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)


def running(server: Sources) -> Iterator[Sources]:
    """Serve until the fixture ends."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.let.set()
    server.shutdown()
    server.server_close()
    thread.join()
