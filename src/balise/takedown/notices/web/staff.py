"""Notices, for the people of the line that sends them: the desk, and a notice with its clock."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions import drafting, ending, sending
from balise.takedown.notices.queries import OpenedNotice, Tab
from balise.takedown.notices.rules.states import ANSWERABLE, WAITING, NoticeState, begins_at
from balise.takedown.notices.web.forms.desk import (
    ClimbForm,
    HoldForm,
    KnownForm,
    ObjectionForm,
    PleaForm,
    ReplyForm,
)
from balise.takedown.notices.web.forms.writing import LetterForm, OutcomeForm

_TO_BE_SENT = frozenset({NoticeState.DRAFT, NoticeState.FAILED})


@staff.get
def notices(request: Request) -> HttpResponse:
    """Show one part of the desk: what ran out, what runs out soon, what stands still …"""
    access.require_ability(request.actor, access.READ)
    counted = queries.counts(seen_by=request.actor)
    asked = request.GET.get("tab", "")
    tab = Tab(asked) if asked in set(Tab) else _first_with_work(counted)
    here = reverse("staff:notices:notices")
    context = {
        "tab": tab,
        "tabs": [
            (f"{each.label} ({counted[each]})", f"{here}?tab={each.value}", each is tab)
            for each in Tab
        ],
        "rows": queries.rows(tab, seen_by=request.actor),
        "answers": len(queries.answers_that_wait(seen_by=request.actor)),
        "contests": len(queries.contests_that_wait(seen_by=request.actor)),
        "failed": queries.mails_that_failed(seen_by=request.actor),
        "retractions": queries.retractions_to_tell(seen_by=request.actor),
        "may_send": request.actor.may(access.SEND),
    }
    return render(request, "takedown/notices/notices.html", context)


@staff.form
def notice(request: Request, notice_id: UUID) -> HttpResponse:
    """Show what a notice says, and what the law asks of it; change it before it is sent."""
    if request.method != "POST":
        return show(request, notice_id)
    opened = _opened(request, notice_id)
    form = LetterForm(request.POST)
    if opened is not None and form.is_valid():
        with attempt(request, form, said=_("Saved."), at="locations"):
            letter = form.letter(sighting=opened.letter.sighting)
            drafting.revise(notice_id=notice_id, letter=letter, by=request.actor)
            return redirect("staff:notices:notice", notice_id)
    return show(request, notice_id, form=form)


@staff.post
def send(request: Request, notice_id: UUID) -> HttpResponse:
    """Put a notice on its way, with others to the same recipient or at once."""
    at_once = "at_once" in request.POST
    with attempt(
        request, said=_("On its way: it counts as sent once the host’s mail server took it.")
    ):
        sending.send(notice_id=notice_id, at_once=at_once, by=request.actor)
    return redirect("staff:notices:notice", notice_id)


@staff.post
def sent_by_hand(request: Request, notice_id: UUID) -> HttpResponse:
    """Take note that a notice was put into a host's form."""
    with attempt(request, said=_("Noted as sent.")):
        sending.note_sent_by_hand(notice_id=notice_id, by=request.actor)
    return redirect("staff:notices:notice", notice_id)


@staff.post
def withdraw(request: Request, notice_id: UUID) -> HttpResponse:
    """Give a notice up."""
    with attempt(request, said=_("Cancelled.")):
        ending.withdraw(notice_id=notice_id, by=request.actor)
    return redirect("staff:notices:notice", notice_id)


@staff.post
def outcome(request: Request, notice_id: UUID) -> HttpResponse:
    """Write down what a host did."""
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return show(request, notice_id, outcome_form=form)
    with attempt(request, said=_("Noted.")):
        ending.record_outcome(notice_id=notice_id, by=request.actor, **form.cleaned_data)
    return redirect("staff:notices:notice", notice_id)


def show(request: Request, notice_id: UUID, **filled: forms.Form) -> HttpResponse:
    """Show a notice's page, with forms that were filled in wrongly in the place of fresh ones."""
    page, actor = queries.page(notice_id, seen_by=request.actor), request.actor
    found, opened = page.notice, _opened(request, notice_id)
    may_send = actor.may(access.SEND)
    waits, climbs = found.stands in WAITING, begins_at("climb", found.stands)
    context: dict[str, Any] = {
        **page._asdict(),
        "opened": opened,
        "form": LetterForm.of(opened.letter) if opened else None,
        "must_change": "form" in filled or not (opened and opened.is_complete),
        "may_change": found.stands in _TO_BE_SENT and may_send and opened is not None,
        "may_send": may_send,
        "may_withdraw": may_send and found.closed_at is None,
        "may_close": found.stands in ANSWERABLE and actor.may(access.RECORD),
        "may_plea": waits and actor.may(access.RECORD),
        "may_climb": may_send and climbs and bool(page.above),
        "may_wait": waits,
        "above": page.above if climbs or found.closed_at is None else [],
        "may_know": may_send and not all(one.is_by_hand for one in page.above),
        "may_contest": (
            found.stands is not NoticeState.RETRACTED
            and page.has_arrived
            and actor.may(access.RECORD)
        ),
        "outcome_form": OutcomeForm(),
        "hold_form": HoldForm(),
        "plea_form": PleaForm(),
        "reply_form": ReplyForm(),
        "objection_form": ObjectionForm(),
        "climb_form": ClimbForm(ladder=page.ladder),
        "climb_is_open": bool(found.proposed) or "climb_form" in filled,
        "known_form": KnownForm(ladder=page.ladder),
        **filled,
    }
    return render(
        request, "takedown/notices/notice.html", context, status=status_of(*filled.values())
    )


def _opened(request: Request, notice_id: UUID) -> OpenedNotice | None:
    """Return what a notice says, or None where it has been erased."""
    try:
        return drafting.read(notice_id=notice_id, by=request.actor)
    except KeyForgotten:
        return None


def _first_with_work(counted: dict[Tab, int]) -> Tab:
    return next((tab for tab in Tab if counted[tab]), Tab.ALL)
