"""Back at a locked screen: whether its cover may lift, and what was being sent meanwhile."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.accounts import kept, visits
from balise.foundation.accounts.rules import Standing
from balise.foundation.web.doors import Request, staff


@staff.get
@visits.shown_when_locked
@visits.unattended
def visit(request: Request) -> JsonResponse:
    """Tell a covered page whose visit this is now, and how long ago the person proved it."""
    return JsonResponse(
        {
            "visit": visits.mark_of(request.session),
            "open": visits.standing_of(request.session) is Standing.OPEN,
            "ago": visits.proved_ago(request.session),
        }
    )


@staff.get
def back(request: Request) -> HttpResponse:
    """End an unlocking beside a covered page: tell that page, and close."""
    return render(request, "accounts/back.html")


@staff.get
def kept_words(request: Request) -> HttpResponse:
    """Offer, once, what was being sent when the session locked or ended."""
    found = kept.take(request)
    if found is None:
        messages.info(request, _("Nothing is saved for you here."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"again": found.path, "typed": found.typed, "left": found.came_from}
    answer = render(request, "accounts/kept.html", context)
    kept.forget_key(answer)
    return answer
