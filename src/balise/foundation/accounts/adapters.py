"""How django-allauth behaves here: no sign-up, no hint of who exists, seeds under our own key."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import segno
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, gettext_lazy as _

from balise.foundation.accounts import credentials, limits, tasks, visits
from balise.foundation.accounts.actions import signing_in
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import account_named, actor_of, may_remove
from balise.foundation.refusals import Refused
from balise.foundation.web.doors import STAFF_PATHS

# Passwords: Argon2id at the centre's own cost, and never more than one hash at a time.
#
# One hash takes 46 MiB and a core for about 0.2 s. Twenty sign-ins a second would starve the
# intake of reports on the same machine: beyond a short queue the sign-in says "try again"
# instead.


QUEUE_LENGTH = 8
RETRY_AFTER_SECONDS = 5


class SignInBusy(Refused, code="sign-in-busy"):
    """Too many people are signing in at this very moment; nothing was checked."""


class Gate:
    """Lets one thread hash at a time and a few wait; refuses the others at once."""

    def __init__(self, *, queue: int) -> None:
        self._places = threading.BoundedSemaphore(queue + 1)
        self._turn = threading.Lock()

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """Wait for one's turn; refuse (`SignInBusy`) when the queue is full."""
        if not self._places.acquire(blocking=False):
            raise SignInBusy(str(_("Too many people are signing in right now.")))
        try:
            with self._turn:
                yield
        finally:
            self._places.release()


gate = Gate(queue=QUEUE_LENGTH)


class GatedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id, t=2, m=46 MiB, p=1 (docs/decisions/0004-sign-in.md), behind the gate."""

    time_cost = 2
    memory_cost = 47_104
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with gate.one_at_a_time():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with gate.one_at_a_time():
            return super().verify(password, encoded)


# What the page itself says.
_QUIET = {
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "mfa/messages/recovery_codes_generated.txt",
    "mfa/messages/totp_activated.txt",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in with an address and a password; what follows is up to the second factor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def is_safe_url(self, url: str) -> bool:
        """Return whether `next` may lead there: a staff page of this very host, by its path."""
        return url.startswith(STAFF_PATHS) and url_has_allowed_host_and_scheme(
            url, allowed_hosts=None
        )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Return who these credentials belong to.

        A disabled account and an unknown one get the same answer. A check that was refused for load
        does not count as a failed attempt.
        """
        attempt = limits.password(request, name=credentials.get("email", ""))
        try:
            account = authenticate(request, **credentials)
        except SignInBusy:
            attempt.give_back()
            raise
        if not isinstance(account, Account):
            self.authentication_failed(request, **credentials)
            return None
        attempt.give_back()
        return account

    def reauthenticate(self, user: Account, password: str) -> bool:
        """Return whether this is the password of the person who is signed in."""
        return bool(self.authenticate(self.request, email=user.email, password=password) == user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        tasks.note_failed_sign_in.later(account_id=account_named(credentials.get("email", "")))

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in: a new session key, and a visit that begins now."""
        factor = next(
            (
                record["type"]
                for record in reversed(get_authentication_records(request, user))
                if record["method"] == "mfa"
            ),
            "",
        )
        super().login(request, user)
        visits.begin(request, factor=factor)
        signing_in.note_sign_in(account=user, factor=factor or "password", by=actor_of(user))

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Answer after a sign-in; a device is known from the second factor on."""
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        visit = visits.of(request.session)
        if visit is not None and visit.factor:
            limits.remember(request, answer, account=user)
        return answer

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Account):
            signing_in.note_sign_out(account=request.user, by=actor_of(request.user))
        super().logout(request)

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        raise NotImplementedError("a disabled account is never told apart from an unknown one")

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        template = args[0] if args else kwargs.get("message_template")
        if template not in _QUIET:
            super().add_message(request, level, *args, **kwargs)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002
        """Return whether to ask again before something that matters.

        Not while the first factor is being set up, nor within minutes of a second factor.
        """
        visit = visits.of(self.request.session)
        if visit is not None and not visit.factor:
            return False
        records = get_authentication_records(self.request, self.request.user)
        latest = max((each["at"] for each in records if each["method"] == "mfa"), default=0.0)
        return bool(time.time() - latest >= account_settings.REAUTHENTICATION_TIMEOUT)

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, Any]]:
        """Return how to prove oneself again: by the second factor, where there is one."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        by_factor = [method for method in methods if method["id"] != "reauthenticate"]
        return by_factor or methods


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP seeds and recovery seeds are sealed; the last second factor stays."""

    def get_totp_issuer(self) -> str:
        return str(settings.CENTRE.name)

    def _get_site_name(self) -> str:
        return str(settings.CENTRE.name)

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as SVG without a style attribute, which the CSP would refuse."""
        drawing = segno.make(url, error="m").svg_inline(scale=5, dark="#000", light="#fff")
        return mark_safe(drawing)  # noqa: S308 - squares that segno drew; no text is in it

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:  # noqa: A002
        """Return a first name for a passkey, such as "Key 2"."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Key %(number)s") % {"number": count + 1}

    def encrypt(self, text: str) -> str:
        return credentials.seal_seed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return credentials.open_seed(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether another second factor remains without this one."""
        return may_remove(authenticator)
