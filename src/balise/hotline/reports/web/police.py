"""The staff door: tell the police, after an illegal verdict; in danger, at once."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import police
from balise.hotline.reports.web.forms.police import PoliceForm, PoliceNowForm
from balise.hotline.reports.web.staff import show


@staff.post
def prepare(request: Request, content_id: UUID) -> HttpResponse:
    """Draft the dossier, and go on to it; someone else approves it there."""
    form = PoliceForm(request.POST)
    if form.is_valid():
        with attempt(
            request, form, said=_("The dossier is drafted. Someone else must approve it.")
        ):
            dossier_id = police.prepare_dossier(
                content_id=content_id, by=request.actor, **form.cleaned_data
            )
            return redirect("staff:dossiers:dossier", dossier_id)
    return show(request, content_id, police_form=form)


@staff.post
def prepare_now(request: Request, content_id: UUID) -> HttpResponse:
    """Draft the dossier of a danger that nobody decided yet, and go on to it; nothing leaves."""
    form = PoliceNowForm(request.POST, auto_id="now-%s")
    if form.is_valid():
        with attempt(request, form, said=_("The dossier is drafted. Nothing has left yet.")):
            dossier_id = police.prepare_before_verdict(
                content_id=content_id, by=request.actor, **form.cleaned_data
            )
            return redirect("staff:dossiers:dossier", dossier_id)
    return show(request, content_id, police_now_form=form)


@staff.post
def called(request: Request, content_id: UUID) -> HttpResponse:
    """Note that one has called a number of danger."""
    number = request.POST.get("number", "")
    with attempt(request, said=_("Noted: the call is in the timeline.")):
        police.note_called(content_id=content_id, number=number, by=request.actor)
    return redirect("staff:hotline:content", content_id)
