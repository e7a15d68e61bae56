"""Notices, for the people of the line that sends them: read, complete, send, close."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions import drafting, ending, sending
from balise.takedown.notices.queries import OpenedNotice
from balise.takedown.notices.rules.letters import number_of
from balise.takedown.notices.rules.states import WAITING, State
from balise.takedown.notices.web.forms.writing import LetterForm, OutcomeForm


@staff
@require_GET
def notices(request: Request) -> HttpResponse:
    """List the notices that have not ended."""
    found = queries.not_closed(seen_by=request.actor)
    return render(request, "takedown/notices/notices.html", {"notices": found})


@staff
@never_cache
@require_http_methods(["GET", "POST"])
def notice(request: Request, notice_id: UUID) -> HttpResponse:
    """Show what a notice says, and what the law asks of it; change it before it is sent."""
    if request.method == "GET":
        return _show(request, notice_id)
    opened = _opened(request, notice_id)
    form = LetterForm(request.POST)
    if opened is not None and form.is_valid():
        try:
            letter = form.letter(seen_at=opened.letter.seen_at)
            drafting.revise(notice_id=notice_id, letter=letter, by=request.actor)
        except Refused as refusal:
            form.add_error("locations", refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("staff:notices:notice", notice_id)
    return _show(request, notice_id, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@staff
@require_POST
def send(request: Request, notice_id: UUID) -> HttpResponse:
    """Put a notice on its way."""
    return _act(
        request,
        notice_id,
        lambda: sending.send(notice_id=notice_id, by=request.actor),
        _("On its way: it counts as sent once the host's mail server took it."),
    )


@staff
@require_POST
def sent_by_hand(request: Request, notice_id: UUID) -> HttpResponse:
    """Take note that a notice was put into a host's form."""
    return _act(
        request,
        notice_id,
        lambda: sending.note_sent_by_hand(notice_id=notice_id, by=request.actor),
        _("Noted as sent."),
    )


@staff
@require_POST
def withdraw(request: Request, notice_id: UUID) -> HttpResponse:
    """Give a notice up."""
    return _act(
        request,
        notice_id,
        lambda: ending.withdraw(notice_id=notice_id, by=request.actor),
        _("Withdrawn."),
    )


@staff
@require_POST
def outcome(request: Request, notice_id: UUID) -> HttpResponse:
    """Write down what a host did."""
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _show(request, notice_id, outcome_form=form, status=status)
    return _act(
        request,
        notice_id,
        lambda: ending.record_outcome(notice_id=notice_id, by=request.actor, **form.cleaned_data),
        _("Noted."),
    )


def _show(
    request: Request,
    notice_id: UUID,
    *,
    form: LetterForm | None = None,
    outcome_form: OutcomeForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found = queries.notice(notice_id, seen_by=request.actor)
    if found is None:
        raise Http404
    opened = _opened(request, notice_id)
    may_change = found.stands in {State.DRAFT, State.FAILED} and request.actor.may(access.SEND)
    return render(
        request,
        "takedown/notices/notice.html",
        {
            "notice": found,
            "opened": opened,
            "offence": queries.offence_of(found),
            "number": number_of(found.id),
            "form": form or (LetterForm.of(opened.letter) if opened else None),
            "outcome_form": outcome_form or OutcomeForm(),
            "may_change": may_change and opened is not None,
            "must_change": form is not None or not (opened and opened.is_complete),
            "may_withdraw": request.actor.may(access.SEND) and found.closed_at is None,
            "may_close": found.stands in WAITING and request.actor.may(access.RECORD),
        },
        status=status,
    )


def _opened(request: Request, notice_id: UUID) -> OpenedNotice | None:
    """Return what a notice says, or None where it has been erased."""
    try:
        return drafting.read(notice_id=notice_id, by=request.actor)
    except KeyForgotten:
        return None


def _act(request: Request, notice_id: UUID, act: Callable[[], None], said: str) -> HttpResponse:
    if queries.notice(notice_id, seen_by=request.actor) is None:
        raise Http404
    try:
        act()
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("staff:notices:notice", notice_id)
