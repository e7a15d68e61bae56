"""The staff door: whom to tell, what is told, and what they answered."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.encryption.worded import Receipt
from balise.foundation.refusals import refusals_as
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.cases import access, ports
from balise.helpline.cases.actions import handshakes, sending
from balise.helpline.cases.queries import sent as queries
from balise.helpline.cases.rules.receivers import Receiver, Way
from balise.helpline.cases.rules.sendings import OPEN, SentState
from balise.helpline.cases.web.files import on_file
from balise.helpline.cases.web.forms.sent import AnswerForm, ReceiverForm, TellingForm
from balise.helpline.cases.web.partners import address_of
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.web.back import back_or, item_of


@staff.get
@on_file
def choose(request: Request, case_id: UUID) -> HttpResponse:
    """Choose whom to tell."""
    opened = handshakes.read_case(case_id=case_id, by=request.actor)
    item_id = item_of(request)
    context = {
        "row": opened.row,
        "title": opened.title,
        "receivers": queries.receivers(),
        "back": f"?item={item_id}" if item_id else "",
    }
    return render(request, "helpline/cases/receivers.html", context)


@staff.form
@on_file
def tell(request: Request, case_id: UUID, receiver: str) -> HttpResponse:
    """Say what is told, on which ground, and send it; a link is shown this once."""
    to = _receiver(receiver)
    opened = handshakes.read_case(case_id=case_id, by=request.actor)
    given = posted(request)
    # Our own hotline is given addresses: it has no need of who told what.
    offers = given is None and to.ways != (Way.HOTLINE,)
    known = [contact for contact, _at in opened.contacts] if offers else ()
    summary = keeping.summary_of_own(contact_ids=known, by=request.actor) if known else ""
    form = TellingForm(given, receiver=to, opened=opened, summary=summary)
    if form.is_valid():
        with attempt(request, form):
            made = sending.send(case_id=case_id, telling=form.telling(), by=request.actor)
            if made.token is not None:
                return _show_link(request, made.id, made.token)
            if made.is_new:
                messages.success(request, _("Referral saved."))
            else:
                messages.info(request, _("Already sent: nobody was told twice."))
            return back_or(request, "staff:cases:sent", made.id)
    context = {
        "row": opened.row,
        "title": opened.title,
        "receiver": to,
        "contacts": [
            one
            for one in queries.directory(seen_by=request.actor)
            if one.receiver.code == to.code and one.is_filled_in
        ],
        "form": form,
    }
    return render(request, "helpline/cases/tell.html", context, status=status_of(form))


@staff.get
@on_file
def sent(request: Request, referral_id: UUID) -> HttpResponse:
    """Show what was told, and what was answered."""
    return _show(request, referral_id, AnswerForm())


@staff.post
@on_file
def note_answer(request: Request, referral_id: UUID) -> HttpResponse:
    """Write down what a receiver answered aloud, or by letter."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Saved."), conflict=True):
            handshakes.note_answer(referral_id=referral_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:cases:sent", referral_id)
    return _show(request, referral_id, form)


@staff.post
@on_file
def renew(request: Request, referral_id: UUID) -> HttpResponse:
    """Show a new link, this once."""
    with attempt(request):
        token = sending.renew_link(referral_id=referral_id, by=request.actor)
        return _show_link(request, referral_id, token)
    return redirect("staff:cases:sent", referral_id)


@staff.post
@on_file
def withdraw(request: Request, referral_id: UUID) -> HttpResponse:
    """Take a referral back."""
    with attempt(request):
        sending.withdraw(referral_id=referral_id, by=request.actor)
    return redirect("staff:cases:sent", referral_id)


@staff.get
def directory(request: Request) -> HttpResponse:
    """List the receivers, and where the centre has yet to say who is written to."""
    rows = queries.directory(seen_by=request.actor)
    context = {
        "rows": rows,
        "missing": sum(row.is_missing for row in rows),
        "may_fill_in": request.actor.may(access.SUPERVISE),
    }
    return render(request, "helpline/cases/directory.html", context)


@staff.form
def fill_in(request: Request, receiver: str, territory: str = "") -> HttpResponse:
    """Fill in who is to be written to at a receiver."""
    access.require(request.actor, access.SUPERVISE)
    with refusals_as(Http404):
        row = queries.contact_of(receiver, territory, seen_by=request.actor)
    kept = {"who": row.who, "email": row.email, "phone": row.phone}
    form = ReceiverForm(posted(request), initial=kept)
    if form.is_valid():
        sending.note_receiver(
            receiver=receiver, territory=territory, by=request.actor, **form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return redirect("staff:cases:directory")
    context = {"row": row, "form": form}
    return render(request, "helpline/cases/fill_in.html", context, status=status_of(form))


def _receiver(code: str) -> Receiver:
    with refusals_as(Http404):
        return queries.receiver(code)


def _show(request: Request, referral_id: UUID, form: AnswerForm) -> HttpResponse:
    opened = sending.read_sent(referral_id=referral_id, by=request.actor)
    row = opened.row
    context = {
        "opened": opened,
        "row": row,
        "standings": ports.standings.ask(row.id) if row.way is Way.HOTLINE else None,
        "form": form,
        "is_open": row.state in OPEN or row.state is SentState.EXPIRED,
        "may_renew": row.has_link and row.state in {*OPEN, SentState.EXPIRED},
        "may_withdraw": row.state in OPEN,
        "may_work": request.actor.may(access.WORK),
    }
    return render(request, "helpline/cases/sent.html", context, status=status_of(form))


def _show_link(request: Request, referral_id: UUID, token: Receipt) -> HttpResponse:
    context = {
        "row": queries.sent_row(referral_id, seen_by=request.actor),
        "link": address_of(token),
        "item_id": item_of(request),
    }
    return render(request, "helpline/cases/link.html", context)
