"""Training, for staff: badges without names, and the figures of the module."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _

from balise.awareness.network.training.actions import giving
from balise.awareness.network.training.queries import badges, figures
from balise.awareness.network.training.web.forms import RevokeForm
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff


@staff.get
def board(request: Request) -> HttpResponse:
    """Show what the module did, whom badges were given to, and the last badges."""
    context = {
        "badges": list(badges.every(by=request.actor)),
        "figures": figures.figures(by=request.actor),
        "sessions": [
            {"session": each, "title": each.card.said(get_language() or "").title}
            for each in figures.sessions(by=request.actor)
        ],
    }
    return render(request, "training/staff/board.html", context)


@staff.form
def revoke(request: Request, badge: UUID) -> HttpResponse:
    """Show a badge, and revoke it for a reason."""
    found = badges.one(badge, by=request.actor)
    form = RevokeForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("Badge revoked."), conflict=True):
            giving.revoke(badge_id=badge, **form.cleaned_data, by=request.actor)
            return redirect("staff:training:board")
    context = {"badge": found, "form": form}
    return render(request, "training/staff/badge.html", context, status=status_of(form))
