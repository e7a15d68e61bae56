"""The public door: report, keep a code, follow."""

from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from balise.foundation.clock import now
from balise.foundation.encryption.sealing import receipt_index
from balise.foundation.encryption.worded import Receipt, ReceiptMistyped, new_receipt, read_receipt
from balise.foundation.statistics.usual import usual_delays
from balise.foundation.web import quick_exit
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.hotline.reports.actions import answering, intake
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.queries.hearing import heard
from balise.hotline.reports.rules.given import Answers, Incoming
from balise.hotline.reports.rules.journey import REMOVAL, VERDICT
from balise.hotline.reports.rules.receipts import AlreadySent, ReceiptUnknown
from balise.hotline.reports.rules.words import Channel
from balise.hotline.reports.web.forms.reporting import WhatForm, WhereForm, WholeForm, YouForm

# The ticket of a visit: which receipt this browser holds, and which page comes next.
#
# It lives in one cookie for a quarter of an hour at most, and in a hidden field of the form, so
# that a second sending is the first one again. It is never in an address.


_LASTS = timedelta(minutes=15)
_FORM_LASTS = timedelta(hours=24)
_SECURE_NAME = "__Host-visit"
_PLAIN_NAME = "visit"

EMPTY: Final = "empty"  # of a ticket that holds marks alone: its receipt opens nothing

KEPT: Final = quick_exit.cookie(_PLAIN_NAME)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A receipt and the page to show for it.

    `met` are marks of the contents that this browser reported just before, for nobody is told that
    someone else had: of contents, not of a person, and gone with the ticket.
    """

    receipt: Receipt
    page: str
    met: str = ""


def new_ticket(page: str, met: str = "") -> Ticket:
    """Return a ticket with a receipt that nobody has yet."""
    return Ticket(new_receipt(), page, met)


def held(request: HttpRequest) -> Ticket | None:
    """Return the ticket in this browser's cookie; None if there is none, or it lapsed."""
    found = _read(request.COOKIES.get(_name(), ""), most=_LASTS)
    return found if found is None or found.page != EMPTY else None


def met_before(request: HttpRequest) -> str:
    """Return the marks of what this browser reported just before; "" where there are none."""
    found = _read(request.COOKIES.get(_name(), ""), most=_LASTS)
    return found.met if found else ""


def in_form(value: str) -> Ticket | None:
    """Return the ticket in a form's hidden field; None if it is not ours, or older than a day."""
    return _read(value, most=_FORM_LASTS)


def written(ticket: Ticket) -> str:
    """Return a ticket signed, for a hidden field or a cookie."""
    return _signer().sign(f"{ticket.receipt}.{ticket.page}.{ticket.met}")


def hand_over(response: HttpResponse, ticket: Ticket) -> None:
    """Put a ticket in the browser's cookie."""
    response.set_cookie(
        _name(),
        written(ticket),
        max_age=_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def take_back(response: HttpResponse) -> None:
    """Take the ticket out of the browser."""
    response.delete_cookie(_name(), samesite="Strict")


def _read(value: str, *, most: timedelta) -> Ticket | None:
    try:
        receipt, page, met = (*_signer().unsign(value, max_age=most).split("."), "")[:3]
        return Ticket(read_receipt(receipt), page, met)
    except (BadSignature, ReceiptMistyped, ValueError):
        return None


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="balise.hotline.visit")


def _name() -> str:
    return _SECURE_NAME if settings.SESSION_COOKIE_SECURE else _PLAIN_NAME


STEPS = ("where", "what", "you")
SENT = "sent"
NOW = "now"  # in the address of a page that says what to do now; it tells nobody else anything
_FORMS: dict[str, type[WhereForm | WhatForm | YouForm | WholeForm]] = {
    "where": WhereForm,
    "what": WhatForm,
    "you": YouForm,
    "whole": WholeForm,
}


@public.form
@paced
def report(request: Request) -> HttpResponse:
    """Show the page of the form that comes next, or keep what was sent."""
    if request.method == "POST":
        return _begin_again(request) if request.POST.get("go") == "another" else _keep(request)
    ticket = held(request)
    if ticket is None or ticket.page not in {*STEPS, SENT}:
        met = met_before(request)
        return _show_step(request, new_ticket("where", met), WhereForm())
    try:
        if ticket.page == SENT:
            return _show_sent(request, ticket)
        one = receipts.opened(ticket.receipt)
    except ReceiptUnknown:
        return _show_step(request, new_ticket("where", ticket.met), WhereForm())
    if one.report.is_finished and one.report.left_open_at is None:
        return _show_sent(request, ticket)
    form = _FORMS[ticket.page](initial=_initial(one.answers))
    return _show_step(request, ticket, form, answers=one.answers)


@public.get
def thanks(request: Request) -> HttpResponse:
    """Say thank you where no follow-up was wanted: there is nothing to keep."""
    return render(request, "hotline/reports/thanks.html", {"in_danger": NOW in request.GET})


def _begin_again(request: Request) -> HttpResponse:
    """Lead to an empty form: the report before and its code leave this browser.

    Marks of what it was about stay for the ticket's quarter of an hour: who reports the same again
    is not told that someone else had.
    """
    response = redirect("hotline:report")
    before = held(request)
    met = receipts.met_by(before.receipt, before.met) if before else ""
    if met:
        hand_over(response, new_ticket(EMPTY, met))
    else:
        take_back(response)
    return response


def _keep(request: Request) -> HttpResponse:
    step = request.POST.get("step", "where")
    form = _FORMS.get(step, WhereForm)(request.POST)
    ticket = in_form(request.POST.get("ticket", "")) or new_ticket(step)
    goes_back = request.POST.get("go") == "back"
    autosave = bool(request.headers.get("X-Autosave"))
    is_valid = form.is_valid()
    in_danger = False
    sends = is_valid and not autosave and (request.POST.get("go") == "send" or step == "whole")
    wants_follow_up = form.wants_follow_up if isinstance(form, YouForm) else True
    if sends and not wants_follow_up:  # after that, no code opens it any more
        in_danger = _in_danger(form, ticket)
    try:
        _save(request, ticket, form.given(), sends=sends, follow_up=wants_follow_up)
    except ReceiptUnknown:
        was_sent = receipts.was_sent_unfollowed(ticket.receipt)
        if not (was_sent and sends and not wants_follow_up):
            return _not_kept(autosave) or _show_whole(request, was_sent=was_sent)
    except AlreadySent as refusal:
        return _not_kept(autosave) or _show_too_late(request, ticket, form, refusal.message)
    if not is_valid and (autosave or not goes_back):
        return _not_kept(autosave) or _show_step(
            request, ticket, form, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    if autosave:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if sends and not wants_follow_up:
        return _thank(in_danger=in_danger)
    return _go_on(ticket, step, goes_back=goes_back, sends=sends)


def _not_kept(autosave: bool) -> HttpResponse | None:  # noqa: FBT001 - it is the question
    """Say to the page that saves while one types that not all of it is kept; else nothing."""
    if not autosave:
        return None
    return HttpResponse(
        _("Not all of it is saved yet: check your text, then continue."),
        content_type="text/plain; charset=utf-8",
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _show_whole(request: Request, *, was_sent: bool) -> HttpResponse:
    """Ask for what no report is known of any more, with all that was typed in this step."""
    typed = request.POST.copy()
    typed.setdefault("follow_up", "yes")
    form = WholeForm(typed)
    if was_sent:
        form.add_error(
            None, _("This report was sent without a follow-up. Your additions make a new one.")
        )
    elif request.POST.get("step") != "whole":
        form.add_error(None, _("This form was open for too long. Tell us the place again."))
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _show_step(request, new_ticket("whole"), form, status=status)


def _show_too_late(request: Request, ticket: Ticket, form: forms.Form, why: str) -> HttpResponse:
    """Say that the report was sent before this was written, and lead to where it can be added."""
    form.add_error(None, why)
    response = _show_step(
        request, ticket, form, was_sent=True, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )
    hand_over(response, replace(ticket, page=SENT))
    return response


def _save(
    request: Request, ticket: Ticket, given: dict[str, Any], *, sends: bool, follow_up: bool
) -> None:
    """Keep what this step gave: a first step makes the report, the others complete it."""
    if not given:
        return
    if "places" in given:
        received = intake.receive(
            incoming=Incoming(
                key=receipt_index(ticket.receipt),
                channel=Channel.WEB,
                answers=heard(Answers().with_given(given)),
                language=get_language() or "",
                received_at=now(),
                is_finished=sends and follow_up,
                receipt=ticket.receipt,
            ),
            by=request.actor,
        )
        if received.is_new and (not sends or follow_up):
            return
    answering.answer(
        receipt=ticket.receipt, given=given, finish=sends, follow_up=follow_up, by=request.actor
    )


def _thank(*, in_danger: bool) -> HttpResponse:
    """Thank someone who wants no follow-up; nothing of their report stays in this browser."""
    response = redirect(reverse("hotline:thanks") + (f"?{NOW}" if in_danger else ""))
    take_back(response)
    return response


def _go_on(ticket: Ticket, step: str, *, goes_back: bool, sends: bool) -> HttpResponseRedirect:
    if sends:
        page = SENT
    else:
        place = STEPS.index(step) if step in STEPS else 0
        page = STEPS[max(place - 1, 0) if goes_back else min(place + 1, len(STEPS) - 1)]
    response = redirect("hotline:report")
    hand_over(response, replace(ticket, page=page))
    return response


def _show_step(
    request: Request,
    ticket: Ticket,
    form: forms.Form,
    *,
    answers: Answers | None = None,
    was_sent: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    in_danger = answers.in_danger if answers is not None else _in_danger(form, ticket)
    page = next((name for name, kind in _FORMS.items() if type(form) is kind), "where")
    context = {
        "form": form,
        "step": page,
        "number": STEPS.index(page) + 1 if page in STEPS else 0,
        "was_sent": was_sent,
        "in_danger": in_danger,
        "ticket": written(replace(ticket, page=page)),
        "answers": answers,
    }
    response = render(request, f"hotline/reports/report_{page}.html", context, status=status)
    if ticket.page in STEPS and answers is not None:
        hand_over(response, ticket)  # the quarter of an hour begins again
    return response


def _in_danger(form: forms.Form, ticket: Ticket) -> bool:
    """Return whether someone may be in danger now: as it was just sent, else as it was kept."""
    if not form.is_bound:
        return False
    try:
        kept = receipts.opened(ticket.receipt).answers
    except ReceiptUnknown:
        kept = Answers()
    # What is sent back for a fault is read as far as it was kept.
    given: dict[str, Any] = form.given() if form.is_valid() else {}  # type: ignore[attr-defined]
    if "danger" in form.fields:
        given |= {"danger": bool(form.data.get("danger"))}
    return heard(kept.with_given(given)).in_danger


def _show_sent(request: Request, ticket: Ticket) -> HttpResponse:
    followed = receipts.followed(ticket.receipt)
    known = sum(
        standing.known_before and standing.mark not in ticket.met.split("-")
        for standing in followed.standings
    )
    context = {
        "receipt": ticket.receipt,
        "followed": followed,
        "known": known,
        # Of several contents, each begins alike; one that is known already may be further.
        "steps": next((steps for _status, steps in followed.journeys), ()),
        "usual": usual_delays(VERDICT, REMOVAL),
        "in_danger": followed.answers.in_danger,
        # Children and teenagers are spoken to in their own voice.
        "page": "web/youth.html" if followed.answers.is_minor else "web/public.html",
    }
    return render(request, "hotline/reports/sent.html", context)


def _initial(answers: Answers) -> dict[str, Any]:
    """Return what a form shows of the answers already given."""
    off_the_web = next((place for place in answers.places if not place.canonical), None)
    initial: dict[str, Any] = {
        "addresses": "\n".join(
            dict.fromkeys(place.text for place in answers.places if place.canonical)
        ),
        "category": answers.category,
        "danger": answers.danger,
        "concern": answers.concern,
        "met_how": answers.met_how,
        "met_on": answers.met_on,
        "description": answers.description,
        "age_band": answers.age_band,
        "contact": answers.contact,
    }
    if off_the_web is not None:
        initial |= {
            "kind": off_the_web.kind,
            "service": off_the_web.service,
            "words": off_the_web.text,
        }
    return initial
