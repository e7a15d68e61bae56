"""The staff door, after an illegal verdict: tell the police."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import police
from balise.hotline.reports.web.forms.police import PoliceForm
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
