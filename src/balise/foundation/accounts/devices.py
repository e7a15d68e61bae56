"""Devices that someone has signed in from before: a signed cookie, which gives no access.

It says from which device, and for which names, as blind indexes. Attempts of strangers under the
same name do not delay the person who has it (`limits.py`).
"""

import secrets
from typing import TypedDict

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.rules import DEVICES_LAST
from balise.foundation.encryption.sealing import blind

_SALT = "balise.accounts.device"
_PATH = "/staff/account/"
_MOST = 20  # people of one device; the first of them is forgotten for the next


class _Device(TypedDict):
    id: str
    of: list[str]


def known(request: HttpRequest, *, name: str) -> str:
    """Return the device from which someone with this name signed in before; empty for none."""
    device = _read(request)
    return device["id"] if _mark(name) in device["of"] else ""


def remember(request: HttpRequest, answer: HttpResponse, *, account: Account) -> None:
    """Set the cookie that this account signed in from this browser, past the second factor."""
    device = _read(request)
    mark = _mark(account.email)
    others = [each for each in device["of"] if each != mark][1 - _MOST :]
    kept = _Device(id=device["id"] or secrets.token_hex(16), of=[*others, mark])
    answer.set_cookie(
        _cookie(),
        signing.dumps(kept, salt=_SALT),
        max_age=DEVICES_LAST,
        path=_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _read(request: HttpRequest) -> _Device:
    text = request.COOKIES.get(_cookie(), "")
    try:
        found = signing.loads(text, salt=_SALT, max_age=DEVICES_LAST)
    except signing.BadSignature:
        return _Device(id="", of=[])
    return _Device(id=found["id"], of=found["of"])


def _mark(name: str) -> str:
    return blind("accounts", "device", name).hex()


def _cookie() -> str:
    return "__Secure-device" if settings.SESSION_COOKIE_SECURE else "device"
