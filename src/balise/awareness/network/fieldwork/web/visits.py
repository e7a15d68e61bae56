"""A school asks for a visit, and says how it was."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from balise.awareness.network.fieldwork import access
from balise.awareness.network.fieldwork.actions import asking, planning
from balise.awareness.network.fieldwork.queries import interventions
from balise.awareness.network.fieldwork.web.forms import AskForm, OpinionForm
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced


@public
@paced
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask for a visit to a school."""
    form = AskForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            asking.ask(asked=form.asked(), by=request.actor)
            return redirect(f"{request.path}?sent=1")
    context = {"form": form, "is_sent": "sent" in request.GET}
    return render(request, "fieldwork/ask.html", context, status=status_of(form))


@public
@paced
@require_http_methods(["GET", "HEAD", "POST"])
def after(request: Request, token: str) -> HttpResponse:
    """Say how a visit was; the link is that of a mail."""
    intervention = access.read_token(token)
    waits = interventions.to_rate(intervention)
    form = OpinionForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            planning.rate(
                intervention_id=intervention, rating=form.cleaned_data["rating"], by=request.actor
            )
            return redirect(request.path)
    context = {"form": form, "waits": waits or form.is_bound}
    return render(request, "fieldwork/after.html", context, status=status_of(form))
