"""How often someone may try to sign in: counted in the database, before anything is hashed.

Each attempt is taken from an allowance (`rules.Allowance`) and given back when it was right. One
statement takes it, under its own condition: many processes count as one, and a restart forgets
nothing. Someone who comes from a device that they have signed in from before has an allowance of
their own there; all others share those of the name, typed rightly or not, and of their network.
"""

import secrets
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from balise.foundation import clock, rows
from balise.foundation.accounts.models import Account, Attempts
from balise.foundation.accounts.rules import (
    AROUND,
    CODES,
    DEVICES_LAST,
    NEARBY,
    PASSWORDS,
    Allowance,
)
from balise.foundation.encryption.sealing import blind
from balise.foundation.web.floods import neighbourhood, wider
from balise.foundation.web.pauses import address_of

# Devices that someone has signed in from before: a signed cookie, which gives no access.
#
# It says from which device, and for which names, as blind indexes. Attempts of strangers under
# the same name do not delay the person who has it (`limits.py`).


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


TOO_OFTEN = "too-often"

type Counted = tuple[UUID, Allowance]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was taken for one attempt."""

    taken: tuple[Counted, ...]

    def give_back(self) -> None:
        """Return the attempt to the allowance: it was right, or nothing was checked."""
        with transaction.atomic():
            for key, allowance in self.taken:
                found = Attempts.objects.filter(id=key)
                found.update(whole_at=F("whole_at") - allowance.each * 1_000)


def password(request: HttpRequest, *, name: str) -> Attempt:
    """Take one attempt at the password of a name as it was typed; raise `ValidationError`."""
    return _take(_counted(request, "password", name, PASSWORDS))


def code(request: HttpRequest, *, name: str) -> Attempt:
    """Take one attempt at a code of a generator or a recovery code; raise `ValidationError`."""
    return _take(_counted(request, "code", name, CODES))


def wait_of(error: ValidationError) -> int:
    """Return the seconds that an error asks to wait; 0 for an error of another kind."""
    return error.params["seconds"] if error.code == TOO_OFTEN and error.params else 0


def _counted(request: HttpRequest, proof: str, name: str, own: Allowance) -> list[Counted]:
    """Return what an attempt counts for, the widest first: a lock is then always taken in order."""
    name = name.strip().lower()
    device = known(request, name=name)
    if device:
        return [(_key(f"{proof} on device", f"{device} {name}"), own)]
    near = neighbourhood(address_of(request))
    around = wider(near)
    return [
        *([(_key("network", around.hex()), AROUND)] if around else []),
        *([(_key("network", near.hex()), NEARBY)] if near else []),
        (_key(proof, name), own),
    ]


def _key(field: str, value: str) -> UUID:
    return UUID(bytes=blind("accounts", f"attempts {field}", value))


def _take(counted: list[Counted]) -> Attempt:
    """Take one from each allowance, or from none; the wait is that of the first empty one."""
    now = int(clock.now().timestamp() * 1_000)
    wait = 0
    with transaction.atomic():
        for place, (key, allowance) in enumerate(counted):
            wait = _wait(key, allowance, now=now)
            if wait:
                Attempt(tuple(counted[:place])).give_back()
                break
    if wait:
        raise _too_often(wait)
    return Attempt(tuple(counted))


def _wait(key: UUID, allowance: Allowance, *, now: int) -> int:
    """Take one and return 0; or return the seconds until there is one."""
    found = Attempts.objects.filter(id=key)
    one = allowance.each * 1_000
    while True:
        left = found.filter(whole_at__lte=allowance.latest_to_take(now=now))
        if left.update(whole_at=Greatest(F("whole_at"), Value(now)) + one):
            return 0
        if rows.insert(Attempts, ("id", "whole_at"), [(key, now + one)], unless_known=True):
            return 0
        whole_at = found.values_list("whole_at", flat=True).first()
        if whole_at is not None and whole_at > allowance.latest_to_take(now=now):
            return allowance.wait(whole_at=whole_at, now=now)


def _too_often(seconds: int) -> ValidationError:
    minutes = -(-seconds // 60)
    says = ngettext(
        "Too many attempts. Try again in %(minutes)s minute. With a passkey, or on a device "
        "where you signed in before, you do not have to wait. If it is urgent, ask your accounts "
        "administrator.",
        "Too many attempts. Try again in %(minutes)s minutes. With a passkey, or on a device "
        "where you signed in before, you do not have to wait. If it is urgent, ask your accounts "
        "administrator.",
        minutes,
    )
    return ValidationError(says, code=TOO_OFTEN, params={"minutes": minutes, "seconds": seconds})
