"""Platforms' APIs: one call, told apart by whether the platform has it.

In a demonstration every `.example` platform is a program of ours on the loopback.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import orjson
from django.conf import settings

from balise.foundation.outgoing import Bounds, NoAnswer, request
from balise.foundation.url import split_url
from balise.helpline.removals.rules.api import AnswerFaulty, Telling, read_telling, read_ticket

_BOUNDS = Bounds(seconds=20.0)
_EXAMPLE = re.compile(r"[a-z0-9.-]+\.example")


class NotTaken(RuntimeError):
    """Nobody knows whether the platform has it, or it asks to be called later: call again."""


class Rejected(RuntimeError):
    """The platform refuses what it is told, as it is."""


def put_notice(address: str, key: str, body: Mapping[str, Any]) -> str:
    """Send a platform a notice under its key, and return the platform's own number for it."""
    answer = _called("PUT", f"{address.rstrip('/')}/{quote(key, safe='')}", body)
    try:
        return read_ticket(answer).number
    except AnswerFaulty as faulty:
        raise NotTaken(str(faulty)) from None


def ask(address: str, ticket: str) -> Telling | None:
    """Return what a platform says of a notice now, or None while it says nothing."""
    answer = _called("GET", f"{address.rstrip('/')}/tickets/{quote(ticket, safe='')}")
    try:
        return read_telling(answer)
    except AnswerFaulty as faulty:
        raise NotTaken(str(faulty)) from None


def put_words(address: str, ticket: str, *, key: str, text: str) -> None:
    """Send a platform more about a notice: our answer to its question, or a reminder."""
    path = f"tickets/{quote(ticket, safe='')}/words/{quote(key, safe='')}"
    _called("PUT", f"{address.rstrip('/')}/{path}", {"text": text})


def reached_at(address: str) -> str:
    """Return where an address is reached: itself, or in a demonstration our own program."""
    parts = split_url(address)
    host = parts.hostname or ""
    if not settings.PLATFORMS_LOOPBACK or not _EXAMPLE.fullmatch(host):
        return address
    return f"http://127.0.0.1:{settings.PLATFORMS_LOOPBACK}/{host}{parts.path}"


def _called(method: str, address: str, body: Mapping[str, Any] | None = None) -> object:
    url = reached_at(address)
    token = settings.PLATFORM_TOKENS.get(split_url(address).hostname or "", "")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    content = b"" if body is None else orjson.dumps(body)
    if content:
        headers["Content-Type"] = "application/json"
    try:
        answer = request(method, url, body=content, headers=headers, bounds=_BOUNDS)
    except NoAnswer as error:
        raise NotTaken(str(error)) from None
    status = answer.status
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise NotTaken(f"HTTP {status}")
    if not answer.is_success:
        raise Rejected(f"HTTP {status}")
    try:
        return answer.json()
    except ValueError:
        raise NotTaken("no JSON") from None
