"""Each step of a dossier's life, behind the staff door: one button, one action."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, pgettext

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.takedown.onward.dossiers import queries
from balise.takedown.onward.dossiers.actions import drafting, ending, handing, holding
from balise.takedown.onward.dossiers.queries import DossierTold
from balise.takedown.onward.dossiers.rules.states import Channel
from balise.takedown.onward.dossiers.web.staff import (
    AcknowledgedForm,
    AnswerForm,
    HoldForm,
    RefusalForm,
    show,
)


@staff.post
def approve(request: Request, dossier_id: UUID) -> HttpResponse:
    """Stand behind what another drafted: it gets its number."""
    with attempt(request, said=_("Approved: it has its number, and is being signed and prepared.")):
        drafting.approve(dossier_id=dossier_id, by=request.actor)
    return redirect("staff:dossiers:dossier", dossier_id)


@staff.post
def approve_alone(request: Request, dossier_id: UUID) -> HttpResponse:
    """Approve one's own dossier of danger, before a verdict: someone else reads it after."""
    said = _("Approved by you alone. A second person must read it within the hour.")
    with attempt(request, said=said):
        drafting.approve_alone(dossier_id=dossier_id, by=request.actor)
    return redirect("staff:dossiers:dossier", dossier_id)


@staff.post
def note_reading(request: Request, dossier_id: UUID) -> HttpResponse:
    """Note that one has read what a colleague approved alone."""
    with attempt(request, said=_("Noted as read.")):
        drafting.note_second_reading(dossier_id=dossier_id, by=request.actor)
    return redirect("staff:dossiers:dossier", dossier_id)


@staff.post
def withdraw(request: Request, dossier_id: UUID) -> HttpResponse:
    """Give up what has not left the house."""
    with attempt(request, said=_("Cancelled: its text is deleted.")):
        drafting.withdraw(dossier_id=dossier_id, by=request.actor)
    return redirect("staff:dossiers:dossier", dossier_id)


@staff.post
def paper(request: Request, dossier_id: UUID) -> HttpResponse:
    """Open the paper of what another line brought; the journal says who did."""
    octets = drafting.read_paper(dossier_id=dossier_id, by=request.actor)
    name = f'inline; filename="evidence-{str(dossier_id)[:8]}.pdf"'
    headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(octets, content_type="application/pdf", headers=headers)


@staff.post
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


@staff.post
def hand_over(request: Request, dossier_id: UUID) -> HttpResponse:
    """Take note that it is in the authority's portal, or put it in the mail."""
    is_mail = request.POST.get("channel") == Channel.MAIL
    channel = Channel.MAIL if is_mail else Channel.PORTAL
    said = (
        _("On its way: it counts as handed over once the authority’s mail server took it.")
        if is_mail
        else pgettext("dossier", "Noted as sent.")
    )
    with attempt(request, said=said):
        handing.hand_over(dossier_id=dossier_id, channel=channel, by=request.actor)
    return redirect("staff:dossiers:dossier", dossier_id)


@staff.post
def acknowledge(request: Request, dossier_id: UUID) -> HttpResponse:
    """Write down that the authority has it."""
    form = AcknowledgedForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Noted.")):
            ending.acknowledge(dossier_id=dossier_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:dossiers:dossier", dossier_id)
    return show(request, dossier_id, acknowledged_form=form)


@staff.post
def answer(request: Request, dossier_id: UUID) -> HttpResponse:
    """Write down what came of it."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Noted.")):
            ending.record_answer(dossier_id=dossier_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:dossiers:dossier", dossier_id)
    return show(request, dossier_id, answer_form=form)


@staff.post
def refusal(request: Request, dossier_id: UUID) -> HttpResponse:
    """Write down that the authority does not take it."""
    form = RefusalForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Noted.")):
            ending.record_refusal(dossier_id=dossier_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:dossiers:dossier", dossier_id)
    return show(request, dossier_id, refusal_form=form)


@staff.post
def hold(request: Request, dossier_id: UUID) -> HttpResponse:
    """Write down that the authority asks to be first."""
    found = _found(request, dossier_id)
    form = HoldForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Noted.")):
            holding.ask_hold(
                line=found.line,
                subject=found.subject,
                authority=found.authority,
                by=request.actor,
                **form.cleaned_data,
            )
            return redirect("staff:dossiers:dossier", dossier_id)
    return show(request, dossier_id, hold_form=form)


@staff.post
def lift(request: Request, dossier_id: UUID) -> HttpResponse:
    """Write down that the host may be told."""
    found = _found(request, dossier_id)
    with attempt(request, said=_("Hold ended: the host can be told.")):
        holding.lift_hold(line=found.line, subject=found.subject, by=request.actor)
    return redirect("staff:dossiers:dossier", dossier_id)


def _found(request: Request, dossier_id: UUID) -> DossierTold:
    return there(queries.told(dossier_id, seen_by=request.actor))
