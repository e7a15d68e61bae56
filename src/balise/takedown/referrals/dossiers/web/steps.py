"""Each step of a dossier's life, behind the staff door: one button, one action."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.takedown.referrals.dossiers import queries
from balise.takedown.referrals.dossiers.actions import drafting, ending, handing, holding
from balise.takedown.referrals.dossiers.queries import Told
from balise.takedown.referrals.dossiers.rules.states import Channel
from balise.takedown.referrals.dossiers.web.forms import (
    AcknowledgedForm,
    AnswerForm,
    HoldForm,
    RefusalForm,
)
from balise.takedown.referrals.dossiers.web.staff import show


@staff
@require_POST
def approve(request: Request, dossier_id: UUID) -> HttpResponse:
    """Stand behind what another drafted: it gets its number."""
    return _act(
        request,
        dossier_id,
        lambda: drafting.approve(dossier_id=dossier_id, by=request.actor),
        _("Approved: it has its number, and is being signed and prepared."),
    )


@staff
@require_POST
def withdraw(request: Request, dossier_id: UUID) -> HttpResponse:
    """Give up what has not left the house."""
    return _act(
        request,
        dossier_id,
        lambda: drafting.withdraw(dossier_id=dossier_id, by=request.actor),
        _("Cancelled: its text is deleted."),
    )


@staff
@never_cache
@require_POST
def download(request: Request, dossier_id: UUID) -> HttpResponse:
    """Take the package out of the house; the journal says who did."""
    _found(request, dossier_id)
    sealed = request.POST.get("sealed") == "1"
    with attempt(request):
        package = handing.download(dossier_id=dossier_id, sealed=sealed, by=request.actor)
        return HttpResponse(
            package.octets,
            content_type="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{package.name}"'},
        )
    return redirect("staff:dossiers:dossier", dossier_id)


@staff
@require_POST
def hand_over(request: Request, dossier_id: UUID) -> HttpResponse:
    """Take note that it is in the authority's portal, or put it in the mail."""
    is_mail = request.POST.get("channel") == Channel.MAIL
    channel = Channel.MAIL if is_mail else Channel.PORTAL
    return _act(
        request,
        dossier_id,
        lambda: handing.hand_over(dossier_id=dossier_id, channel=channel, by=request.actor),
        _("On its way: it counts as handed over once the authority’s mail server took it.")
        if is_mail
        else pgettext("dossier", "Noted as sent."),
    )


@staff
@require_POST
def acknowledge(request: Request, dossier_id: UUID) -> HttpResponse:
    """Write down that the authority has it."""
    form = AcknowledgedForm(request.POST)
    return _act_on(
        request,
        dossier_id,
        "acknowledged",
        form,
        lambda: ending.acknowledge(dossier_id=dossier_id, by=request.actor, **form.cleaned_data),
    )


@staff
@require_POST
def answer(request: Request, dossier_id: UUID) -> HttpResponse:
    """Write down what came of it."""
    form = AnswerForm(request.POST)
    return _act_on(
        request,
        dossier_id,
        "answer",
        form,
        lambda: ending.record_answer(dossier_id=dossier_id, by=request.actor, **form.cleaned_data),
    )


@staff
@require_POST
def refusal(request: Request, dossier_id: UUID) -> HttpResponse:
    """Write down that the authority does not take it."""
    form = RefusalForm(request.POST)
    return _act_on(
        request,
        dossier_id,
        "refusal",
        form,
        lambda: ending.record_refusal(dossier_id=dossier_id, by=request.actor, **form.cleaned_data),
    )


@staff
@require_POST
def hold(request: Request, dossier_id: UUID) -> HttpResponse:
    """Write down that the authority asks to be first."""
    found = _found(request, dossier_id)
    form = HoldForm(request.POST)
    return _act_on(
        request,
        dossier_id,
        "hold",
        form,
        lambda: holding.ask_hold(
            line=found.line,
            subject=found.subject,
            authority=found.authority,
            by=request.actor,
            **form.cleaned_data,
        ),
    )


@staff
@require_POST
def lift(request: Request, dossier_id: UUID) -> HttpResponse:
    """Write down that the host may be told."""
    found = _found(request, dossier_id)
    return _act(
        request,
        dossier_id,
        lambda: holding.lift_hold(line=found.line, subject=found.subject, by=request.actor),
        _("Hold ended: the host can be told."),
    )


def _found(request: Request, dossier_id: UUID) -> Told:
    found = there(queries.told(dossier_id, seen_by=request.actor))
    return found


def _act(request: Request, dossier_id: UUID, act: Callable[[], object], said: str) -> HttpResponse:
    _found(request, dossier_id)
    with attempt(request, said=said):
        act()
    return redirect("staff:dossiers:dossier", dossier_id)


def _act_on(
    request: Request, dossier_id: UUID, step: str, form: Form, act: Callable[[], None]
) -> HttpResponse:
    _found(request, dossier_id)
    if form.is_valid():
        with attempt(request, form, said=_("Noted.")):
            act()
            return redirect("staff:dossiers:dossier", dossier_id)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return show(request, dossier_id, status=status, **{step: form})
