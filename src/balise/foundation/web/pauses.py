"""The pause asked of whoever writes into a flood: a little work for the browser, or a short wait.

The work is done by `pause.js`: find the number under which a salt gives the digest that is asked.
Every browser derives keys (PBKDF2, RFC 8018) about as fast as an attacker's own program does, which
is not so of a bare hash; at most MOST_TRIES keys are tried. Without script, one waits one's turn
and presses a button. Either way what was typed is on the page and goes on with it.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from hashlib import pbkdf2_hmac
from hmac import compare_digest
from http import HTTPStatus
from math import ceil
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from balise.foundation import clock
from balise.foundation.encryption.worded import Receipt, ReceiptMistyped, read_code
from balise.foundation.web.doors import Request, problem
from balise.foundation.web.floods import LONGEST_WAIT, Blinds, Buckets, Floods, Spent, is_loopback

# What a person sent, to be given back to them: a page in between must not lose a word.


_MACHINE_WORDS: Final = re.compile(r"[\w:.=-]*")
_OURS: Final = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form as they were sent, those that people write, and whether files came."""

    given: list[tuple[str, str]]
    written: list[str]
    had_files: bool


def typed_in(request: HttpRequest, *, without: Container[str] = ()) -> Typed:
    """Return what was typed into the form that was sent, without our own fields."""
    given = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OURS and name not in without
        for value in values
    ]
    return Typed(
        given=given,
        written=[value for _name, value in given if not _MACHINE_WORDS.fullmatch(value)],
        had_files=bool(request.FILES),
    )


ROUNDS: Final = 2_000
MOST_TRIES: Final = 400  # half a second at a desk, some seconds on an old telephone
LASTS: Final = 1_800  # seconds that a pause may be left open
FIELDS: Final = frozenset({"pause", "proof"})
_READS: Final = frozenset({"GET", "HEAD"})
_TOO_MANY: Final = HTTPStatus.TOO_MANY_REQUESTS.value

_log = logging.getLogger("balise.web")
_floods = Floods()
_spent = Spent()
_told = Buckets[str]()


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause: its salt, and from when (POSIX seconds) it may be ended without the work."""

    salt: str
    ends_at: int

    @property
    def number(self) -> int:
        """The number to be found; it is derived, so that a proof costs nothing to check."""
        digest = salted_hmac("balise.pause", self.salt, algorithm="sha256").digest()
        return int.from_bytes(digest[:8]) % MOST_TRIES

    @property
    def target(self) -> str:
        """What the number gives, as hexadecimal digits."""
        return pbkdf2_hmac("sha256", str(self.number).encode(), self.salt.encode(), ROUNDS).hex()

    @property
    def stamp(self) -> str:
        """The pause, signed, for a hidden field."""
        return _signer().sign(f"{self.salt}.{self.ends_at}")

    def is_proven_by(self, proof: str) -> bool:
        """Return whether the work was done."""
        return compare_digest(proof.encode(), str(self.number).encode())


def paced(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let people write at a pace; beyond it, a pause first. Stands under the door, above the rest.

    A form that saves itself is told to come back later: no page, and nothing kept.
    """
    return _at_a_pace(view, counts_all=True)


def paced_nearby(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Do as `paced`, but for what the whole house takes: nobody else holds up a chat."""
    return _at_a_pace(view, counts_all=False)


def _at_a_pace(
    view: Callable[..., HttpResponse], *, counts_all: bool
) -> Callable[..., HttpResponse]:
    @wraps(view)
    def at_a_pace(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or _is_admitted(request, counts_all=counts_all):
            return view(request, *args, **kwargs)
        now = clock.now().timestamp()
        if _has_paused(request, now=now):
            return view(request, *args, **kwargs)
        return _ask(request, now=now)

    return at_a_pace


def metered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a program write at a pace; beyond it, refuse (429) and say after how many seconds.

    For addresses that a page of ours calls by script, and that draw no page of a pause themselves.
    """

    @wraps(view)
    def at_a_pace(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in _READS or _is_admitted(request):
            return view(request, *args, **kwargs)
        refusal = problem("slower", "Too much at once. Try again later.", status=_TOO_MANY)
        return _later(refusal, LONGEST_WAIT)

    return at_a_pace


def pause_before(request: Request) -> HttpResponse | None:
    """Return the page of a pause; None where the one that the form brings back is over."""
    now = clock.now().timestamp()
    return None if _has_paused(request, now=now) else _ask(request, now=now)


def read(stamp: str, *, now: float) -> Pause | None:
    """Return the pause in a hidden field; None if it is not ours, or of another time."""
    try:
        salt, _, ends_at = _signer().unsign(stamp).partition(".")
    except BadSignature:
        return None
    pause = Pause(salt, int(ends_at))
    is_of_now = pause.ends_at - LONGEST_WAIT - 1 <= now <= pause.ends_at + LASTS
    return pause if is_of_now else None


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from, as the proxy tells it; empty where it does not."""
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _is_admitted(request: HttpRequest, *, counts_all: bool = True) -> bool:
    """Return whether a writing may go on at once; this machine itself, behind no proxy, always."""
    address = address_of(request)
    if is_loopback(address) and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return True
    return _floods.admits(
        address,
        nearby=settings.WRITES_NEARBY,
        in_all=settings.WRITES_IN_ALL if counts_all else 0,
        now=time.monotonic(),
    )


def _has_paused(request: HttpRequest, *, now: float) -> bool:
    pause = _open(request, now=now)
    if pause is None:
        return False
    if now < pause.ends_at and not pause.is_proven_by(request.POST.get("proof", "")):
        return False
    return _spent.takes(pause.salt, until=pause.ends_at + LASTS, now=now)


def _open(request: HttpRequest, *, now: float) -> Pause | None:
    """Return the pause that a form brings back, unless it has served already."""
    pause = read(request.POST.get("pause", ""), now=now)
    return None if pause is None or pause.salt in _spent else pause


def _ask(request: Request, *, now: float) -> HttpResponse:
    if _told.takes("", a_minute=1, now=time.monotonic()):
        _log.warning("flood pauses_asked")  # now and then; never of whom
    if request.headers.get("X-Autosave"):
        return _later(HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS), LONGEST_WAIT)
    pause = _open(request, now=now) or _new_pause(request, now=now)
    context = {
        "pause": pause,
        "wait": max(ceil(pause.ends_at - now), 0),
        "rounds": ROUNDS,
        "most_tries": MOST_TRIES,
        "typed": typed_in(request, without=FIELDS),
        "here": request.get_full_path(),
    }
    page = render(request, "web/pages/pause.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    return _later(page, max(pause.ends_at - now, 0))


def _new_pause(request: HttpRequest, *, now: float) -> Pause:
    wait = _floods.wait(
        address_of(request),
        nearby=settings.WRITES_NEARBY,
        in_all=settings.WRITES_IN_ALL,
        now=time.monotonic(),
    )
    return Pause(secrets.token_hex(16), int(now + wait))


def _later(answer: HttpResponse, seconds: float) -> HttpResponse:
    answer["Retry-After"] = str(ceil(seconds))
    return answer


def _signer() -> Signer:
    return Signer(salt="balise.pause")


# Any code at any door: what it opens is found, whichever page it is typed on.
#
# Each module says how one of its codes is opened; none reads another's index. A code that was
# erased and one that never was read alike, and wrong ones count together, whatever the door.


WRONG_A_MINUTE: Final = 10  # of a neighbourhood; two minutes' worth may come at once


@dataclass(frozen=True, slots=True)
class Way:
    """A door's name, and what opens a code there: the page's answer, or None for no such code."""

    door: str
    opens: Callable[[Request, Receipt], HttpResponse | None]


class Guesses:
    """How often a neighbourhood typed a code that opens nothing: in memory, under no name."""

    def __init__(self) -> None:
        self._blinds = Blinds()
        self._wrong = Buckets[bytes]()

    def note(self, address: str, *, now: float) -> bool:
        """Count a wrong code; return whether it is still within the limit."""
        return self._wrong.takes(
            self._blinds.of(address, now=now), a_minute=WRONG_A_MINUTE, now=now
        )

    def is_spent(self, address: str, *, now: float) -> bool:
        """Return whether a neighbourhood has typed too many, without counting."""
        return self._wrong.is_spent(
            self._blinds.of(address, now=now), a_minute=WRONG_A_MINUTE, now=now
        )


_ways: list[Way] = []
_guesses = Guesses()


def arrange(ways: Iterable[Way]) -> None:
    """Set the ways of all modules; the wiring calls it once."""
    _ways[:] = ways


def in_order(ways: Sequence[Way], door: str) -> list[Way]:
    """Return the ways in the order in which a code is tried: that of its own door first."""
    return sorted(ways, key=lambda way: way.door != door)


def found(request: Request, receipt: Receipt, *, door: str) -> HttpResponse | None:
    """Return the answer that leads to what a code opens, or None; a wrong one is counted."""
    for way in in_order(_ways, door):
        if answer := way.opens(request, receipt):
            return answer
    _guesses.note(address_of(request), now=time.monotonic())
    return None


def enter(request: Request, form: forms.Form, *, door: str) -> HttpResponse | None:
    """Return the answer that leads to what the form's `code` opens, whichever door it is of.

    None with the reason at the field. After too many wrong codes nearby, the answer is a pause.
    """
    if not form.is_valid():
        return None
    try:
        receipt = read_code(form.cleaned_data["code"])
    except ReceiptMistyped as refusal:
        form.add_error("code", refusal.message)
        return None
    if has_to_pause(request) and (pause := pause_before(request)):
        return pause
    answer = found(request, receipt, door=door)
    if answer is None:
        form.add_error("code", nothing())
    return answer


def has_to_pause(request: Request) -> bool:
    """Return whether too many wrong codes came from nearby; never of this machine itself."""
    address = address_of(request)
    if is_loopback(address) and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return False
    return _guesses.is_spent(address, now=time.monotonic())


def nothing() -> str:
    """Return what is said of a code that opens nothing: erased, too old, or never one of ours."""
    return _("This code opens nothing. Check each word and the order, or each letter and digit.")
