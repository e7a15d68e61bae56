"""The staff door: disputes and cases, without a picture and without a hash value."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.hotline.laboratory import access
from balise.hotline.laboratory.actions import disputing
from balise.hotline.laboratory.queries import cases
from balise.hotline.laboratory.web.forms import DisputeForm, OutcomeForm


@staff.get
def disputes(request: Request) -> HttpResponse:
    """List the disputes to decide, and the latest cases."""
    context = {
        "disputes": cases.open_disputes(seen_by=request.actor),
        "rows": cases.latest(seen_by=request.actor),
    }
    return render(request, "hotline/laboratory/disputes.html", context)


@staff.get
def case(request: Request, case_id: UUID) -> HttpResponse:
    """Show one case."""
    return _show(request, case_id)


@staff.post
def dispute(request: Request, case_id: UUID, item_id: UUID) -> HttpResponse:
    """Stop a fingerprint first; its sender is asked after."""
    form = DisputeForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("Stopped. The person is asked on their page.")):
            disputing.dispute(item_id=item_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:laboratory:case", case_id)
    return _show(request, case_id, dispute=form)


@staff.post
def settle(request: Request, case_id: UUID, dispute_id: UUID) -> HttpResponse:
    """Decide about a dispute."""
    form = OutcomeForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("Decision saved.")):
            disputing.settle(dispute_id=dispute_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:laboratory:case", case_id)
    return _show(request, case_id, settle=form)


def _show(
    request: Request,
    case_id: UUID,
    *,
    dispute: DisputeForm | None = None,
    settle: OutcomeForm | None = None,
) -> HttpResponse:
    filled = [form for form in (dispute, settle) if form is not None]
    context = {
        "case": cases.case(case_id, seen_by=request.actor),
        "may_decide": request.actor.may(access.DECIDE),
        "dispute_form": dispute or DisputeForm(),
        "settle_form": settle or OutcomeForm(),
        "filled": filled[0] if filled else OutcomeForm(),
    }
    return render(request, "hotline/laboratory/case_staff.html", context, status=status_of(*filled))
