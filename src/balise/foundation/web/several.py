"""A page with several forms, each with its own name in the hidden field `do`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise

from balise.foundation.access import require
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request


@dataclass(frozen=True, slots=True)
class Way:
    """A form of a page, the action that it leads to by its fields, and what is said then."""

    form: Callable[..., forms.Form]
    act: Callable[..., object]
    said: str | Promise


def check_sender(request: Request, ability: str) -> None:
    """Refuse what was sent by who may only read the page, before anything is looked up or read."""
    if request.method == "POST":
        require(request.actor, ability)


def several(
    request: Request, ways: Mapping[str, Way], **of: object
) -> Mapping[str, forms.Form] | None:
    """Do what the form that was sent says, and return None; `of` names what it is done to.

    Otherwise return the forms of the page, the one that was sent as it was filled in.
    """
    shown = {name: way.form(auto_id=f"{name}_%s") for name, way in ways.items()}
    do = request.POST.get("do", "")
    if do in ways:
        way = ways[do]
        form = shown[do] = way.form(request.POST, auto_id=f"{do}_%s")
        if form.is_valid():
            with attempt(request, form, said=str(way.said)):
                way.act(by=request.actor, **of, **form.cleaned_data)
                return None
    return shown
