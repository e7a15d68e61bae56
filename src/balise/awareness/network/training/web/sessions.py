"""The badge of a training session, by the link of the mail to someone who came to it."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from balise.awareness.events.access.links import read_token, token_of
from balise.awareness.network.training.actions import giving
from balise.awareness.network.training.queries import badges
from balise.awareness.network.training.rules.audiences import audiences
from balise.awareness.network.training.web.forms import SessionBadgeForm
from balise.foundation.actors import Actor
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.parts import Part
from balise.foundation.web.pauses import paced


@public.form
@paced
def session(request: Request, token: str) -> HttpResponse:
    """Ask for the badge of a session that one came to; go where it is, once it is asked for."""
    registration = read_token(token)
    earned = there(badges.of_session(registration))
    if badges.asked(earned):
        return redirect("training:badge", earned)
    form = SessionBadgeForm(audiences(settings.COUNTRY), posted(request))
    if form.is_valid():
        with attempt(request, form):
            asked = giving.ask_for_session(
                registration_id=registration, **form.cleaned_data, by=request.actor
            )
            return redirect("training:badge", asked)
    return render(request, "training/session.html", {"form": form}, status=status_of(form))


def offered(registration: UUID, _seen_by: Actor) -> Part | None:
    """Return what the page of someone who registered shows of a badge that they earned."""
    if badges.of_session(registration) is None:
        return None
    place = reverse("training:session", args=(token_of(registration),))
    return Part("training/parts/offered.html", place)
