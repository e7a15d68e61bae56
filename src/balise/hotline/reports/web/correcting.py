"""The staff door: a final verdict that was wrong is undone, or taken back by two people."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import correcting
from balise.hotline.reports.rules.words import Verdict
from balise.hotline.reports.web.forms.correcting import CorrectionForm
from balise.hotline.reports.web.staff import show


@staff.post
def undo(request: Request, content_id: UUID) -> HttpResponse:
    """Undo one's own verdict of just now, while nothing has left."""
    with attempt(request, said=_("Undone: the content waits for a verdict again.")):
        correcting.undo(content_id=content_id, by=request.actor)
    return redirect("staff:hotline:content", content_id)


@staff.post
def ask(request: Request, content_id: UUID) -> HttpResponse:
    """Ask that a verdict is taken back; a second person agrees."""
    form = CorrectionForm(request.POST, auto_id="correct-%s")
    if form.is_valid():
        with attempt(request, form, said=_("Asked. Nothing changes until someone else agrees.")):
            instead = Verdict(form.cleaned_data["instead"])
            reason = form.cleaned_data["reason"]
            correcting.ask(content_id=content_id, instead=instead, reason=reason, by=request.actor)
            return redirect("staff:hotline:content", content_id)
    return show(request, content_id, correction_form=form)


@staff.post
def end(request: Request, content_id: UUID, correction_id: UUID) -> HttpResponse:
    """Agree that a verdict is taken back (`agree`), or let it stand."""
    if "agree" in request.POST:
        with attempt(request, said=_("Taken back: those who were told are told again.")):
            correcting.agree(correction_id=correction_id, by=request.actor)
    else:
        with attempt(request, said=_("The verdict stands.")):
            correcting.refuse(correction_id=correction_id, by=request.actor)
    return redirect("staff:hotline:content", content_id)
