"""A kit: its page, its files, a structure's name on its cover; who hears of the next version."""

from functools import partial
from typing import Final

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from balise.awareness.publications import queries
from balise.awareness.publications.access.links import name_token, read_name, read_token
from balise.awareness.publications.actions import editions, following
from balise.awareness.publications.queries import kits
from balise.awareness.publications.rules.kits import (
    LONGEST_STRUCTURE,
    TYPES,
    WORDS,
    What,
    structure_of,
)
from balise.foundation.web import subscription
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced

TEMPLATE: Final = "publications/kit.html"


class FollowForm(forms.Form):
    """Where to write when there is a next version."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Kept for this alone, and deleted after 24 months or when you leave."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class BrandForm(forms.Form):
    """Whose name stands on the cover."""

    structure = forms.CharField(
        label=_("Name of your structure"),
        help_text=_("It is printed on the cover. Nothing is kept."),
        max_length=LONGEST_STRUCTURE,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


def shown(page_id: int) -> dict[str, object]:
    """Return what a kit's page shows beside that of any page."""
    made = kits.editions(page_id)
    return {
        "kit": made[0] if made else None,
        "earlier": made[1:],
        "parts": [(WORDS[What(each.what)], each) for each in made[0].parts] if made else [],
        "numbers": list(kits.numbers()),
    }


@public
@paced
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: Request, slug: str) -> HttpResponse:
    """Leave an address, to hear of the next version of a kit."""
    page, form = kits.kit(language=_language(), slug=slug), FollowForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            following.ask(
                kit=page.key,
                language=page.language,
                address=form.cleaned_data["address"],
                by=request.actor,
            )
            return redirect(f"{request.path}?sent=1")
    context = {
        "page": page,
        "form": form,
        "is_done": "sent" in request.GET,
        "address": queries.address(page),
    }
    return render(request, "publications/kit_follow.html", context, status=status_of(form))


@public
@paced
@require_http_methods(["GET", "HEAD", "POST"])
def brand(request: Request, slug: str) -> HttpResponse:
    """Ask for the print of a kit with the name of a structure."""
    page, form = kits.kit(language=_language(), slug=slug), BrandForm(posted(request))
    if form.is_valid():
        token = name_token(structure_of(form.cleaned_data["structure"]))
        return redirect("publications:branded", page.slug, token)
    context = {"page": page, "form": form, "address": queries.address(page)}
    return render(request, "publications/kit_brand.html", context, status=status_of(form))


@public
@require_safe
def branded(request: Request, slug: str, token: str) -> HttpResponse:
    """Give the print of a kit with a name on its cover; nothing of it is kept."""
    page, structure = kits.kit(language=_language(), slug=slug), read_name(token)
    form = BrandForm({"structure": structure})
    if form.is_valid():
        with attempt(request, form, at="structure"):
            name, octets = editions.with_structure(page=page, structure=structure, by=request.actor)
            answer = HttpResponse(octets, content_type=TYPES[".pdf"])
            answer["Content-Disposition"] = f'attachment; filename="{name}"'
            return answer
    context = {"page": page, "form": form, "address": queries.address(page)}
    return render(request, "publications/kit_brand.html", context, status=status_of(form))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def news(request: Request, token: str) -> HttpResponse:
    """Confirm an address, or leave, in one press; the link is that of a mail."""
    follower = read_token(token)
    return subscription.said(
        request,
        "publications/kit_news.html",
        confirm=partial(following.confirm, follower=follower, by=request.actor),
        leave=partial(following.leave, follower=follower, by=request.actor),
    )


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
