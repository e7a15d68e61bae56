"""The staff door, after an illegal verdict: tell the police."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import police
from balise.hotline.reports.web.forms.police import PoliceForm
from balise.hotline.reports.web.staff import show


@staff
@require_POST
def prepare(request: Request, content_id: UUID) -> HttpResponse:
    """Draft the dossier, and go on to it; someone else approves it there."""
    form = PoliceForm(request.POST)
    if form.is_valid():
        try:
            dossier_id = police.prepare_dossier(
                content_id=content_id, by=request.actor, **form.cleaned_data
            )
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The dossier is drafted. Someone else must approve it."))
            return redirect("staff:dossiers:dossier", dossier_id)
    return show(request, content_id, police=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
