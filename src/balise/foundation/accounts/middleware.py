"""Turn the signed-in account into an actor, or say where the person must go first.

Every view of the staff door is refused unless its name is reachable in the session's state: a page
that forgets to ask is closed, not open.
"""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.foundation import clock
from balise.foundation.accounts import kept, visits
from balise.foundation.accounts.adapters import SignInBusy
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.roles import may_open
from balise.foundation.accounts.rules import Standing
from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.url import split_url
from balise.foundation.web.doors import STAFF_PATHS, Door, Request

_ALWAYS = {"account_logout", "staff:display"}  # the second keeps a language, in a cookie
_SIGN_IN = {
    "account_login",
    "account_invitation",
    "account_invitation_open",
    "account_demonstration",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
REACHABLE = {
    Standing.NOBODY: _ALWAYS | _SIGN_IN,
    Standing.ENROLLING: _ALWAYS
    | {
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    },
    Standing.LOCKED: _ALWAYS | {"account_unlock", "account_demonstration"},
}
_FIRST = {
    Standing.NOBODY: "account_login",
    Standing.ENROLLING: "mfa_index",
    Standing.LOCKED: "account_unlock",
}


class ActorMiddleware:
    """Set `request.actor` and `request.held_at`, which the staff door reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = cast("Request", request)
        acting.actor = ANYONE
        acting.held_at = settings.LOGIN_URL
        return self.get_response(request)

    def process_view(
        self,
        request: Request,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],  # noqa: ARG002 - Django's signature
        kwargs: dict[str, Any],  # noqa: ARG002 - Django's signature
    ) -> HttpResponse | None:
        """Settle who acts; answer in the view's place when it is out of reach."""
        if getattr(view, "door", Door.STAFF) is not Door.STAFF:
            return None  # the public door reads no session
        signed_in = str(request.user.pk or "")
        standing = _settle(request, attended=not getattr(view, "unattended", False))
        if standing is Standing.OPEN:
            request.held_at = ""
            _check_may_open(request)
            return None
        if standing is Standing.LOCKED and getattr(view, "shown_when_locked", False):
            request.held_at = ""
            request.actor = Actor(ActorKind.STAFF, str(request.user.pk))
            return None
        request.held_at = f"{reverse(_FIRST[standing])}{_way_back(request)}"
        match = request.resolver_match
        if match is not None and match.view_name in REACHABLE[standing]:
            return None
        return _held(request, standing, signed_in=signed_in)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        """Answer "try again in a moment" when too many passwords are being checked."""
        if not isinstance(exception, SignInBusy):
            return None
        from balise.foundation.accounts.web.busy import busy  # noqa: PLC0415 - needs the apps

        return busy(request)


def _settle(request: Request, *, attended: bool) -> Standing:
    account = request.user
    if not isinstance(account, Account):
        return Standing.NOBODY
    standing = visits.standing_of(request.session)
    if standing is Standing.ENDED or not account.may_be_used:
        logout(request)
        return Standing.NOBODY
    if standing is Standing.OPEN:
        request.actor = actor_of(account)
        kept.drop_stale(request.session, of=str(account.pk))
        if attended:
            visits.note_presence(request.session)
            _note_day(account)
    return standing


def _check_may_open(request: Request) -> None:
    """Keep a partner's people to their own pages, whatever a page may forget to ask."""
    match, account = request.resolver_match, request.user
    if match is not None and not may_open(getattr(account, "role", ""), match.view_name or ""):
        raise PermissionDenied


def _note_day(account: Account) -> None:
    today = clock.today()
    if account.last_seen_on != today:
        Account.objects.filter(pk=account.pk).update(last_seen_on=today)


def _way_back(request: HttpRequest) -> str:
    """Return `?next=…`: this page, or the page that the form was on."""
    is_page = request.method == "GET" and not request.headers.get("HX-Request")
    here = request.get_full_path() if is_page else _page_of(request)
    return f"?{urlencode({'next': here})}" if here.startswith(STAFF_PATHS) else ""


def _page_of(request: HttpRequest) -> str:
    """Return the page of ours that a form or a part was on; empty when it was none of ours."""
    came_from = split_url(request.headers.get("Referer", ""))
    is_ours = came_from.netloc == request.get_host()
    return came_from.path if is_ours and came_from.path.startswith(STAFF_PATHS) else ""


def _held(request: Request, standing: Standing, *, signed_in: str) -> HttpResponse:
    """Answer instead of the view: a page with typed text stays, or its text is kept.

    `signed_in` is the account whose session this was when it was asked, or empty.
    """
    if request.headers.get("HX-Request"):
        if standing is Standing.LOCKED:  # the page covers itself and is not left
            return HttpResponse(status=401, headers={"HX-Trigger": "screen-locked"})
        if request.method == "GET":  # a part that the page asks by itself: its cover says why
            return HttpResponse(status=401, headers={"HX-Trigger": "visit-changed"})
        return HttpResponse(status=401, headers={"HX-Redirect": request.held_at})
    if not signed_in or standing is Standing.ENROLLING or not kept.is_worth_keeping(request):
        return HttpResponseRedirect(request.held_at)
    if not kept.fits(request):
        messages.warning(request, _("Your text was too long to save."))
        return HttpResponseRedirect(request.held_at)
    key = kept.put(request, of=signed_in, came_from=_page_of(request))
    messages.info(request, _("Your text is saved for 15 minutes: we offer it when you are back."))
    way = urlencode({"next": reverse("account_kept")})
    answer = HttpResponseRedirect(f"{reverse(_FIRST[standing])}?{way}")
    kept.give_key(answer, key)
    return answer
