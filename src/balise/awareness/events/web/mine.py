"""The page of someone who registered, by the link of their mail: their place, their certificate."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _

from balise.awareness.events.access.links import read_token
from balise.awareness.events.actions import registering
from balise.awareness.events.documents.certificate import Certified, certificate
from balise.awareness.events.queries import people
from balise.awareness.events.rules.registering import KEPT
from balise.awareness.events.rules.words import Standing
from balise.awareness.events.web.forms import NameForm
from balise.awareness.events.web.showing import shown_in
from balise.foundation.finding import NotHere
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.parts import parts_of
from balise.foundation.web.pauses import paced


@public.form
def mine(request: Request, token: str) -> HttpResponse:
    """Show where someone stands; say "not coming", or come back, in one press."""
    registration = read_token(token)
    held = people.held(registration)
    say = request.POST.get("say", "")
    if request.method == "POST" and say in {"release", "come"}:
        act = registering.release if say == "release" else registering.come_back
        with attempt(request):
            act(registration_id=registration, by=request.actor)
            return redirect(request.path)
    context = {
        "held": held,
        "event": shown_in(held.card, _language()),
        "has_place": held.standing is Standing.CONFIRMED,
        "is_waiting": held.standing is Standing.WAITING,
        "erased_on": held.card.ends_at + KEPT,
        "token": token,
        "parts": parts_of("events.mine", registration, seen_by=request.actor),
    }
    return render(request, "events/mine.html", context)


@public
@paced
def attested(request: Request, token: str) -> HttpResponse:
    """Give who came a certificate with the name that they type; nothing of it is kept."""
    held = people.held(read_token(token))
    if not held.came:
        raise NotHere
    form, event = NameForm(posted(request)), shown_in(held.card, _language())
    if form.is_valid():
        told = Certified(
            name=form.cleaned_data["name"],
            says=_("took part in"),
            title=event.said.title,
            when=str(event.when),
            organiser=held.card.organiser,
        )
        octets = certificate(told)
        answer = HttpResponse(octets, content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
        return answer
    context = {"event": event, "form": form, "token": token}
    return render(request, "events/certificate.html", context, status=status_of(form))


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
