"""What a family takes with it: its paper, its calendar; and a charter opened by the code on paper.

What is sent is drawn and given back, and nothing of it is kept.
"""

from http import HTTPStatus

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from balise.awareness.activities.charter.documents.paper import Layout, paper as draw_paper
from balise.awareness.activities.charter.queries import practices
from balise.awareness.activities.charter.rules import calendar as days, carrying, signs
from balise.awareness.activities.charter.rules.picks import HOMES
from balise.awareness.activities.charter.web.carried import (
    CARRIED,
    CodeForm,
    carried,
    opened_page,
    start_page,
)
from balise.awareness.events.rules.ical import TYPE
from balise.foundation import clock
from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.foundation.web.quick_exit import has_left


class PaperForm(forms.Form):
    """How a charter is printed."""

    layout = forms.ChoiceField(choices=[(each.value, each.value) for each in Layout])
    second = forms.ChoiceField(choices=[("", ""), *settings.LANGUAGES], required=False)
    home = forms.IntegerField(min_value=0, max_value=max(HOMES), required=False)


@public.post
@paced
def paper(request: Request) -> HttpResponse:
    """Give the paper of a charter as a PDF."""
    form = PaperForm(request.POST)
    if has_left(request) or not form.is_valid():
        return redirect("charter:start")
    try:
        charter = carried(request.POST.get(CARRIED, ""))
    except Refused as refusal:
        return HttpResponse(refusal.message, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    first = (get_language() or settings.LANGUAGE_CODE)[:2]
    languages = list(dict.fromkeys(filter(None, (first, form.cleaned_data["second"]))))
    octets = draw_paper(
        charter,
        layout=Layout(form.cleaned_data["layout"]),
        languages=languages,
        bank=practices.current(),
        address=_address(),
        home=form.cleaned_data["home"] or 0,
    )
    return _given(octets, kind="application/pdf", name=f"{_name()}.pdf")


@public.post
@paced
def calendar(request: Request) -> HttpResponse:
    """Give the days on which the family looks at its charter, as a calendar file."""
    if has_left(request):
        return redirect("charter:start")
    try:
        charter = carried(request.POST.get(CARRIED, ""))
    except Refused as refusal:
        return HttpResponse(refusal.message, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    octets = days.write_days(
        days.days(charter, today=clock.today()),
        at=clock.now(),
        zone=settings.TIME_ZONE,
        page=_address(),
        sender=settings.MAIL_SENDER,
        centre=settings.CENTRE.organisation,
    )
    return _given(octets, kind=f"{TYPE}; charset=utf-8", name=f"{_name()}.ics")


@public.post
@paced
def open_code(request: Request) -> HttpResponse:
    """Open a charter by the code on its paper; a slip is asked back."""
    if has_left(request):
        return redirect("charter:start")
    typed = request.POST.get("meant") or request.POST.get("code", "")
    form, meant = CodeForm({"code": typed}), ""
    if form.is_valid():
        with attempt(request, form, at="code"):
            try:
                found = carrying.read(form.cleaned_data["code"], bank=practices.current())
            except carrying.CodeMistyped as slip:
                meant = signs.shown(slip.meant)
                raise
            return opened_page(request, found.charter, lost=found.lost)
    return start_page(request, code=form, meant=meant, status=status_of(form))


def _address() -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse('charter:start')}"


def _name() -> str:
    return pgettext("file name", "family-charter")


def _given(octets: bytes, *, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
