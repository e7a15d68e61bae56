"""The page behind the link of a mail: a contact says that all is right, or what changed."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from balise.awareness.places.structures.access import read_token
from balise.awareness.places.structures.actions import freshness
from balise.awareness.places.structures.queries import public as found_by
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.fields import LongTextField
from balise.foundation.web.pauses import paced

MOST_WORDS = 1_000  # characters


class CorrectionForm(forms.Form):
    """What is not right any more, in the contact's words."""

    text = LongTextField(
        label=gettext_lazy("What changed?"),
        rows=5,
        max_length=MOST_WORDS,
        help_text=gettext_lazy("Address, opening, people to write to. It is encrypted."),
    )


@public.form
@paced
def confirm(request: Request, token: str) -> HttpResponse:
    """Show a contact what is public of the structure; read what they say of it."""
    contact = read_token(token)
    row, told = found_by.told_to(contact)
    is_correction = request.POST.get("say") == "changed"
    form = CorrectionForm(posted(request) if is_correction else None)
    if request.method == "POST" and not is_correction:
        with attempt(request):
            freshness.confirm(contact_id=contact, by=request.actor)
            return redirect(f"{request.path}?said=right")
    if form.is_valid():
        with attempt(request, form, at="text"):
            freshness.correct(contact_id=contact, by=request.actor, **form.cleaned_data)
            return redirect(f"{request.path}?said=changed")
    shown = {"row": row, "told": told, "form": form, "said": request.GET.get("said", "")}
    return render(request, "structures/confirm.html", shown, status=status_of(form))
