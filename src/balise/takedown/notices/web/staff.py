"""The staff door to notices: what is not closed, and one notice from draft to outcome."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions import drafting, ending, sending
from balise.takedown.notices.rules.states import WAITING, State
from balise.takedown.notices.web.forms import LetterForm, OutcomeForm


@staff
@require_GET
def notices(request: Request) -> HttpResponse:
    """List the notices that have not ended."""
    found = queries.not_closed(seen_by=request.actor)
    return render(request, "takedown/notices/notices.html", {"notices": found})


@staff
@require_GET
def notice(request: Request, notice_id: UUID) -> HttpResponse:
    """Show where one notice stands; what it says stays closed."""
    return _show(request, notice_id)


@staff
@require_POST
def read(request: Request, notice_id: UUID) -> HttpResponse:
    """Open what a notice says, because someone asks to read it."""
    return _show(request, notice_id, opens=True)


@staff
@require_POST
def revise(request: Request, notice_id: UUID) -> HttpResponse:
    """Change what a draft says."""
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _show(request, notice_id, form=form, opens=True, status=422)
    opened = drafting.read(notice_id=notice_id, by=request.actor)
    letter = replace(opened.letter, **form.cleaned_data)
    return _do(
        request,
        notice_id,
        lambda: drafting.revise(notice_id=notice_id, letter=letter, by=request.actor),
        said=_("The notice says it that way now."),
    )


@staff
@require_POST
def send(request: Request, notice_id: UUID) -> HttpResponse:
    """Put a notice on its way."""
    return _do(
        request,
        notice_id,
        lambda: sending.send(notice_id=notice_id, by=request.actor),
        said=_("The notice is on its way."),
    )


@staff
@require_POST
def sent_by_hand(request: Request, notice_id: UUID) -> HttpResponse:
    """Take note that the notice was put into the host's own form."""
    return _do(
        request,
        notice_id,
        lambda: sending.note_sent_by_hand(notice_id=notice_id, by=request.actor),
        said=_("Noted as sent by hand."),
    )


@staff
@require_POST
def outcome(request: Request, notice_id: UUID) -> HttpResponse:
    """Write down what the host did."""
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _show(request, notice_id, outcome_form=form, status=422)
    return _do(
        request,
        notice_id,
        lambda: ending.record_outcome(notice_id=notice_id, by=request.actor, **form.cleaned_data),
        said=_("The outcome is written down."),
    )


@staff
@require_POST
def withdraw(request: Request, notice_id: UUID) -> HttpResponse:
    """Give a notice up."""
    return _do(
        request,
        notice_id,
        lambda: ending.withdraw(notice_id=notice_id, by=request.actor),
        said=_("The notice is withdrawn."),
    )


def _do(request: Request, notice_id: UUID, act: Callable[[], None], *, said: str) -> HttpResponse:
    """Do one thing to a notice; a refusal is told on its page, opened."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _show(request, notice_id, opens=True, status=HTTPStatus.CONFLICT)
    messages.success(request, said)
    return redirect("staff:notices:notice", notice_id)


def _show(
    request: Request,
    notice_id: UUID,
    *,
    form: LetterForm | None = None,
    outcome_form: OutcomeForm | None = None,
    opens: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found = queries.notice(notice_id, seen_by=request.actor)
    if found is None:
        raise Http404
    opened = drafting.read(notice_id=notice_id, by=request.actor) if opens else None
    is_draft = found.stands in {State.DRAFT, State.FAILED}
    context = {
        "notice": found,
        "offence": queries.offence_of(found),
        "opened": opened,
        "form": form or (LetterForm.of(opened.letter) if opened else None),
        "outcome_form": outcome_form or OutcomeForm(),
        "is_draft": is_draft,
        "by_form": found.contact.contact_kind == "form",
        "asks_outcome": found.stands in WAITING and request.actor.may(access.RECORD),
        "may_send": is_draft and request.actor.may(access.SEND),
    }
    return render(request, "takedown/notices/notice.html", context, status=status)
