"""An ICCAM of our own on the loopback: it speaks the API v3 as it was observed, and is strict.

    python -m balise.takedown.onward.exchange.tests.iccam.double 127.0.0.1:8499

It checks every field of every body against the observed lists and refuses what it does not know, by
name. It delays, fails or falls silent as it is told. What it holds is gone when it ends.
"""

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.waiting import let_pass

from balise.takedown.onward.exchange.tests.iccam.double_fields import (
    LOOK_UPS,
    Faulty,
    check_action,
    check_assessment,
    check_report,
)

USER, PASSWORD = "hotline", "invented"
_BASELINE = 1

type Answer = tuple[int, object]


class IccamDouble(ThreadingHTTPServer):
    """What ICCAM holds and how it behaves; `home` is the country of the hotline that signs in."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int] = ("127.0.0.1", 0), *, home: str = "FR") -> None:
        super().__init__(address, _Answers)
        self.url = f"http://{address[0]}:{self.server_port}"
        self.home = home
        self.settles_in = timedelta(0)
        self.token_lasts = timedelta(hours=1)
        self.delay = 0.0
        self.fails: list[int] = []  # the next answers' statuses, before anything is done
        self.drops: list[bool] = []  # True: does it, and falls silent
        self.contents: dict[int, dict[str, Any]] = {}
        self.references: set[str] = set()
        self.faults: list[str] = []
        self.calls: list[tuple[str, str]] = []
        self.sign_ins = 0
        self._bearers: dict[str, datetime] = {}
        self._refreshes: set[str] = set()
        self._turn = threading.RLock()

    def assign(self, address: str, **given: Any) -> int:
        """Assign a content of another hotline's to our country, and return its number."""
        with self._turn:
            number = len(self.contents) + 1
            self.contents[number] = {
                "contentId": number,
                "reportId": 1_000 + number,
                "urlString": address,
                "hostingCountryCode": self.home,
                "assignedCountryCode": self.home,
                "hotlineReference": "",
                "memo": "From another hotline.",
                "assessment": None,
                "actions": [],
                "since": datetime.now(UTC),
                "reported_at": datetime.now(UTC) - timedelta(days=1),
                **given,
            }
            return number

    def forget_sessions(self) -> None:
        """Forget all sessions, as after a restart."""
        self._bearers.clear()
        self._refreshes.clear()

    def answer(
        self, method: str, path: str, query: dict[str, str], body: Any, bearer: str
    ) -> Answer:
        """Return the answer to one request."""
        with self._turn:
            self.calls.append((method, path))
            if path.startswith("/Authentication"):
                return self._authenticate(path, body)
            if self._bearers.get(bearer, datetime.min.replace(tzinfo=UTC)) <= datetime.now(UTC):
                return 401, {"title": "Unauthorized"}
            try:
                return self._rest(method, path.removeprefix("/rest/").split("/"), query, body)
            except Faulty as fault:
                self.faults.append(str(fault))
                return 400, {"title": str(fault)}

    def _authenticate(self, path: str, body: Any) -> Answer:
        if path == "/Authentication":
            if body != {"username": USER, "password": PASSWORD}:
                return 401, {"title": "Unauthorized"}
        elif (
            path != "/Authentication/refresh"
            or (body or {}).get("refreshToken") not in self._refreshes
        ):
            return 401, {"title": "Unauthorized"}
        self.sign_ins += 1
        bearer, refresh = token_urlsafe(16), token_urlsafe(16)
        expires = datetime.now(UTC) + self.token_lasts
        self._bearers[bearer] = expires
        self._refreshes.add(refresh)
        return 200, {
            "bearerToken": bearer,
            "refreshToken": refresh,
            "bearerTokenExpiresIn": expires.isoformat(),
        }

    def _rest(self, method: str, parts: list[str], query: dict[str, str], body: Any) -> Answer:
        match (method, parts):
            case ("GET", [name]) if name in LOOK_UPS:
                return 200, LOOK_UPS[name]
            case ("POST", ["reports"]):
                return self._report(body)
            case ("GET", ["Content", "unassigned-to-hotline"]):
                return self._unassigned(query)
            case (_, ["Content", number, *rest]) if number.isdigit():
                content = self.contents.get(int(number))
                return self._content(method, content, rest, query, body) if content else (404, {})
        return 404, {}

    def _report(self, body: Any) -> Answer:
        check_report(body)
        if body["hotlineReference"] in self.references:
            return 409, {"title": "hotlineReference is not unique"}
        self.references.add(body["hotlineReference"])
        (url,) = body["urls"]
        number = self.assign(
            url["urlString"],
            hostingCountryCode=url["hostingCountryCode"],
            assignedCountryCode=url["hostingCountryCode"],
            hotlineReference=url["hotlineReference"],
            assessment=url["assessment"],
            memo=url["memo"],
            reported_at=datetime.now(UTC),
        )
        numbers = {"contentId": number, "urlString": url["urlString"]}
        return 201, {"reportId": 1_000 + number, "urls": [numbers]}

    def _unassigned(self, query: dict[str, str]) -> Answer:
        most = int(query["maxResults"])
        if not 0 < most <= 200:
            raise Faulty("maxResults")
        since = datetime.fromisoformat(query["countryAssignmentStartDate"])
        found = [
            {"contentId": number}
            for number, each in sorted(self.contents.items())
            if each["assignedCountryCode"] == self.home
            and not each["hotlineReference"]
            and each["since"] >= since
        ]
        return 200, found[:most]

    def _content(  # noqa: PLR0911 - an answer for each request
        self,
        method: str,
        content: dict[str, Any],
        rest: list[str],
        query: dict[str, str],
        body: Any,
    ) -> Answer:
        is_settled = datetime.now(UTC) >= content["reported_at"] + self.settles_in
        match (method, rest):
            case ("GET", []):
                shown = content.items()
                return 200, {k: v for k, v in shown if k not in {"since", "reported_at"}}
            case ("PUT", ["assessment"]):
                return self._assess(content, body)
            case ("POST", ["actions"]):
                check_action(body)
                if not is_settled:
                    return 409, {"title": "the report has not settled"}
                content["actions"].append(body)
                return 201, {}
            case ("PUT", ["assigned-country"]):
                if not is_settled:
                    return 409, {"title": "the report has not settled"}
                content["assignedCountryCode"] = _country(query["newCountryCode"])
                return 204, None
            case ("PUT", ["url", "hosting"]):
                content["hostingCountryCode"] = _country(query["newCountryCode"])
                return 204, None
            case ("PUT", ["hotline-reference"]):
                content["hotlineReference"] = query["reference"]
                return 204, None
        return 404, {}

    def _assess(self, content: dict[str, Any], body: Any) -> Answer:
        check_assessment(body)
        before = content["assessment"]
        if content["actions"]:
            return 409, {"title": "no assessment once actions exist"}
        if content["assignedCountryCode"] != self.home:
            return 403, {"title": "another country is assigned"}
        if before and before["classification"] == _BASELINE:
            return 409, {"title": "baseline is never re-classified"}
        content["assessment"] = body
        return 204, None


def _country(text: str) -> str:
    if len(text) != 2 or not text.isupper():
        raise Faulty("newCountryCode")
    return text


class _Answers(BaseHTTPRequestHandler):
    server: IccamDouble

    def _hear(self) -> None:
        server = self.server
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        let_pass(server.delay)
        if server.fails and not self.path.startswith("/Authentication"):
            self._say(server.fails.pop(0), {"title": "as told"})
            return
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        body = json.loads(raw) if raw else None
        status, said = server.answer(self.command, parts.path, query, body, bearer)
        if server.drops and not self.path.startswith("/Authentication") and server.drops.pop(0):
            self.close_connection = True
            self.connection.close()
            return
        self._say(status, said)

    do_GET = do_POST = do_PUT = _hear  # noqa: N815 - the library looks for these names

    def _say(self, status: int, said: object) -> None:
        body = b"" if said is None else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        try:
            super().handle()
        except (OSError, ValueError):
            return  # the other side has left, or we hung up

    def log_message(self, *_args: object) -> None:
        """Write no log."""


@contextmanager
def an_iccam(tell: Callable[[IccamDouble], None] = lambda _double: None) -> Iterator[IccamDouble]:
    """Run a double for a while."""
    double = IccamDouble()
    tell(double)
    thread = threading.Thread(target=double.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield double
    finally:
        double.shutdown()
        double.server_close()
        thread.join()


def main() -> None:
    """Serve at the address that is named, with one content that waits to be taken in."""
    host, _colon, port = sys.argv[1].rpartition(":")
    double = IccamDouble((host, int(port)))
    double.settles_in = timedelta(minutes=1)
    double.assign("https://images.example/album/from-another-hotline")
    double.serve_forever()


if __name__ == "__main__":
    main()
