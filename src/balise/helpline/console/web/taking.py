"""Taking someone: who is next, and what is said of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request
from balise.helpline.console.actions import accepting
from balise.helpline.console.actions.accepting import Accepted
from balise.helpline.queue import queries as queue


def take_next(request: Request) -> HttpResponse:
    """Accept who is next and lead to them; to one's console where nobody is."""
    with attempt(request):
        accepted = accepting.accept(by=request.actor)
        if accepted is not None:
            say_what_made_way(request, accepted)
            return redirect("staff:console:person", accepted.item)
        _say_nobody(request)
    return redirect("staff:console:console")


def say_what_made_way(request: Request, accepted: Accepted) -> None:
    """Say where what one had before someone in danger is now."""
    if accepted.made_way:
        messages.info(request, _("Your contact is back in its place, with your text."))


def _say_nobody(request: Request) -> None:
    if queue.live().in_danger:
        words = _(
            "A person in danger is waiting, and you already have a contact: see the wallboard."
        )
        messages.warning(request, words)
    else:
        messages.info(request, _("Nobody is waiting for you."))
