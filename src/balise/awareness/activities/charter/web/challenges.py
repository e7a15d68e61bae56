"""Six challenges by e-mail: ask for them, say that the address is one's own, stop."""

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy as _

from balise.awareness.activities.charter import actions
from balise.awareness.activities.charter.access import read_token
from balise.foundation.web import subscription
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced


class AddressForm(forms.Form):
    """Where to write six times."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Kept for these six mails alone, and deleted after the sixth."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@public.form
@paced
def ask(request: Request) -> HttpResponse:
    """Leave an address for six weekly challenges."""
    form = AddressForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            actions.ask(
                address=form.cleaned_data["address"],
                language=get_language() or "",
                by=request.actor,
            )
            return redirect(f"{request.path}?sent=1")
    context = {"form": form, "is_done": "sent" in request.GET}
    return render(request, "charter/challenges.html", context, status=status_of(form))


@public.form
@paced
def challenged(request: Request, token: str) -> HttpResponse:
    """Say that the address is one's own, or stop; the link is in each mail."""
    whose = read_token(token)
    return subscription.said(
        request,
        "charter/challenged.html",
        confirm=partial(actions.confirm, challenged=whose, by=request.actor),
        leave=partial(actions.leave, challenged=whose, by=request.actor),
    )
