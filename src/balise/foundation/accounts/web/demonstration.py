"""The demonstration centre: one click signs in as a role. It exists on this machine only."""

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from balise.foundation.accounts import demonstration, queries, visits
from balise.foundation.accounts.actions import signing_in
from balise.foundation.url import is_this_machine
from balise.foundation.web.doors import Request, staff_entrance

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


@staff_entrance.form
def roles(request: Request) -> HttpResponse:
    """Show the roles of the demonstration; enter as one of them."""
    if not _is_offered(request):
        raise Http404
    people = demonstration.people()
    if request.method != "POST":
        return render(request, "accounts/demonstration.html", {"people": people})
    account = next((each for each in people if each.role == request.POST.get("role")), None)
    if account is None:
        raise Http404
    if account == request.user and visits.of(request.session):
        visits.unlock(request.session)  # the same one is back: their pages go on
        return redirect(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
    login(request, account, backend=_BACKEND)
    visits.begin(request, factor="demonstration")
    signing_in.note_sign_in(account=account, factor="demonstration", by=queries.actor_of(account))
    return redirect(settings.LOGIN_REDIRECT_URL)


def _is_offered(request: Request) -> bool:
    """Return whether this is a demonstration, and whoever asks sits at this very machine."""
    return (
        settings.DEMONSTRATION
        and is_this_machine(request.META.get("REMOTE_ADDR", ""))
        and is_this_machine(request.get_host())
        and not any(name in request.headers for name in _FORWARDED)
        and not demonstration.is_mixed_with_real_people()
    )
