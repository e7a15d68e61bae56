"""ICCAM's API v3 as observed in 2023-24: sign in, ask, write; what may have failed is in doubt.

An address, a user and a certificate are the operators' own configuration (`BALISE_ICCAM…`).
"""

import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import orjson
from django.conf import settings

from balise.foundation import moments
from balise.foundation.clock import now
from balise.foundation.outgoing import Answer, Bounds, Line, NoAnswer, request
from balise.takedown.onward.exchange.rules.iccam import bodies
from balise.takedown.onward.exchange.rules.iccam.bodies import Exported, Held, Receipt
from balise.takedown.onward.exchange.rules.iccam.fields import FieldFaulty

_BOUNDS = Bounds(seconds=30.0, connect=10.0, longest=4 << 20)
_LIFE_LEFT = timedelta(seconds=60)
_LOOK_UPS = (
    "countries",
    "hotlines",
    "analysts",
    "age-categories",
    "gender-categories",
    "action-types",
    "payment-methods",
    "site-types",
    "commercialities",
    "classifications",
)
# Said before anything was done, or promised to be undone.
_CERTAINLY_NOT = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


class NotSent(RuntimeError):
    """ICCAM certainly did nothing: it may be asked again."""


class InDoubt(RuntimeError):
    """Nobody knows whether ICCAM did it."""


class Rejected(RuntimeError):
    """ICCAM refuses it as it is; `status` and a word of its answer."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"HTTP {status}")


@dataclass(slots=True)
class _Session:
    bearer: str
    refresh: str
    expires_at: datetime


class Iccam:
    """One connection: it signs in when it must, and again when it is told to."""

    def __init__(
        self, url: str, *, user: str, password: str, certificate: str = "", authority: str = ""
    ) -> None:
        self._url = url.rstrip("/")
        self._credentials = {"username": user, "password": password}
        context = ssl.create_default_context(cafile=authority or None)
        if certificate:
            context.load_cert_chain(certificate)  # its key in the same file
        self._line = Line(tls=context)
        self._session: _Session | None = None
        self._turn = threading.Lock()

    def look_up(self, name: str) -> list[dict[str, Any]]:
        """Return one of ICCAM's code lists."""
        if name not in _LOOK_UPS:
            raise ValueError(name)
        found = self._read("GET", f"/rest/{name}")
        return found if isinstance(found, list) else []

    def post_report(self, one: Exported) -> Receipt:
        """Send a report and return its numbers. Raises InDoubt where it may have been taken."""
        body = self._read("POST", "/rest/reports", body=bodies.report_body(one), writes=True)
        try:
            return bodies.read_receipt(body)
        except FieldFaulty as error:
            raise InDoubt("the answer names no numbers") from error

    def content(self, number: int) -> Held:
        """Return a content as ICCAM holds it; FieldFaulty if it cannot be read."""
        return bodies.read_content(self._read("GET", f"/rest/Content/{number}"))

    def assigned(self, *, since: datetime) -> list[int]:
        """Return what is assigned to our country since a moment, and to no hotline yet."""
        return bodies.read_list(
            self._read(
                "GET",
                "/rest/Content/unassigned-to-hotline",
                params={
                    "maxResults": str(bodies.MOST_RESULTS),
                    "countryAssignmentStartDate": bodies.moment(since),
                },
            )
        )

    def put_assessment(self, number: int, body: dict[str, Any]) -> None:
        """Write our assessment of a content."""
        self._read("PUT", f"/rest/Content/{number}/assessment", body=body, writes=True)

    def post_action(self, number: int, body: dict[str, Any]) -> None:
        """Write that something was done about a content."""
        self._read("POST", f"/rest/Content/{number}/actions", body=body, writes=True)

    def put_country(self, number: int, country: str) -> None:
        """Assign a content to the country that hosts it now."""
        path = f"/rest/Content/{number}/assigned-country"
        self._read("PUT", path, params={"newCountryCode": country}, writes=True)

    def put_reference(self, number: int, reference: str) -> None:
        """Write our own reference to a content."""
        path = f"/rest/Content/{number}/hotline-reference"
        self._read("PUT", path, params={"reference": reference}, writes=True)

    def _read(
        self,
        method: str,
        path: str,
        *,
        body: dict[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
        writes: bool = False,
    ) -> object:
        answer = self._asked(method, path, body=body, params=params, bearer=self._bearer())
        if answer.status == HTTPStatus.UNAUTHORIZED:  # nothing was done: it did not know us
            self._session = None
            answer = self._asked(method, path, body=body, params=params, bearer=self._bearer())
        status = answer.status
        if status in _CERTAINLY_NOT or status == HTTPStatus.UNAUTHORIZED:
            raise NotSent(f"HTTP {status}")
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Rejected(status)
        if not answer.is_success:
            raise (InDoubt if writes else NotSent)(f"HTTP {status}")
        try:
            return answer.json()
        except ValueError as error:
            raise (InDoubt if writes else NotSent)("no JSON") from error

    def _asked(
        self,
        method: str,
        path: str,
        *,
        body: dict[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
        bearer: str = "",
    ) -> Answer:
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        query = f"?{urlencode(params)}" if params else ""
        try:
            return request(
                method,
                f"{self._url}{path}{query}",
                body=b"" if body is None else orjson.dumps(body),
                headers=headers,
                line=self._line,
                bounds=_BOUNDS,
            )
        except NoAnswer as error:
            raise (InDoubt if error.was_sent else NotSent)(str(error)) from None

    def _bearer(self) -> str:
        with self._turn:
            session = self._session
            if session is None:
                session = self._signed_in("/Authentication", self._credentials)
            elif session.expires_at - now() < _LIFE_LEFT:
                renewal = {"bearerToken": session.bearer, "refreshToken": session.refresh}
                try:
                    session = self._signed_in("/Authentication/refresh", renewal)
                except NotSent:
                    session = self._signed_in("/Authentication", self._credentials)
            self._session = session
            return session.bearer

    def _signed_in(self, path: str, body: dict[str, str]) -> _Session:
        try:
            answer = self._asked("POST", path, body=body)
        except InDoubt as error:  # signing in twice does no harm
            raise NotSent(str(error)) from None
        if not answer.is_success:
            raise NotSent(f"sign-in: HTTP {answer.status}")
        try:
            fields: Any = answer.json()
            expires_at = _expiry(fields["bearerTokenExpiresIn"])
            return _Session(str(fields["bearerToken"]), str(fields["refreshToken"]), expires_at)
        except (ValueError, KeyError, TypeError) as error:
            raise NotSent("sign-in: the answer cannot be read") from error


_LONGEST_TOKEN_S = 86_400  # one that lasts longer is asked for again


def _expiry(said: object) -> datetime:
    """Return when a token expires; the server gives a moment, or seconds from now."""
    if isinstance(said, int | float):
        return now() + timedelta(seconds=min(max(said, 0), _LONGEST_TOKEN_S))
    return moments.read(said)


_connections: dict[tuple[str, str, str], Iccam] = {}


def connection() -> Iccam:
    """Return this process's connection to the ICCAM that is configured."""
    named = (settings.ICCAM_URL, settings.ICCAM_USER, settings.ICCAM_CERTIFICATE)
    found = _connections.get(named)
    if found is None:
        found = _connections[named] = Iccam(
            settings.ICCAM_URL,
            user=settings.ICCAM_USER,
            password=settings.ICCAM_PASSWORD,
            certificate=settings.ICCAM_CERTIFICATE,
            authority=settings.ICCAM_AUTHORITY,
        )
    return found


def disconnect() -> None:
    """Forget the connections and their sessions."""
    _connections.clear()
