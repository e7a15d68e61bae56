"""The public door: a receiver reads what it is told, and answers. Looking alone opens nothing."""

from datetime import timedelta
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import override

from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.encryption.worded import Receipt, ReceiptMistyped, read_receipt
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.foundation.web.quick_exit import TokenCookie
from balise.helpline.cases.actions import handshakes
from balise.helpline.cases.actions.handshakes import OpenedDocument
from balise.helpline.cases.queries import sent as queries
from balise.helpline.cases.queries.sent import PartnerPage, ReferralTold
from balise.helpline.cases.rules.sendings import LinkOver, SentState
from balise.helpline.cases.web.forms.sent import PartnerForm

# A document on its way out: never shown in a page, always as a file.


def as_file(document: OpenedDocument) -> HttpResponse:
    """Return the answer that hands a document over."""
    answer = HttpResponse(b"".join(document.pieces), content_type="application/octet-stream")
    name = document.name or "document"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Disposition"] = disposition or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


# Which link a receiver has just opened, in their browser until what it tells is shown.


OPENED: Final = TokenCookie("told", lasts=timedelta(minutes=1))


_PAGE = "helpline/cases/partner.html"
_DIGITS = 3
_ANSWERS = {"accept": SentState.ACCEPTED, "refuse": SentState.REFUSED, "done": SentState.DONE}


def address_of(token: Receipt) -> str:
    """Return the whole link that opens a referral, in the language of the centre."""
    with override(settings.LANGUAGE_CODE):
        return f"{settings.PUBLIC_ADDRESS}{reverse('partner:referral', args=[token.lower()])}"


@public.form
@paced
def referral(request: Request, token: str) -> HttpResponse:
    """Say what this link is; open it, accept, refuse, say that it is done: by pressing only."""
    try:
        receipt = read_receipt(token)
        page = queries.partner_page(receipt)
    except (ReceiptMistyped, LinkOver):
        return _over(request)
    if request.method == "POST":
        return _act(request, receipt, page)
    if OPENED.read(request) == receipt:
        return _open(request, receipt)
    return _show(request, page, PartnerForm(accepted=page.state is SentState.ACCEPTED))


def _open(request: Request, receipt: Receipt) -> HttpResponse:
    """Show what a link tells, once, to the browser in which someone has just pressed the button."""
    try:
        told = handshakes.open_told(token=receipt, by=request.actor)
        page = queries.partner_page(receipt)
    except (LinkOver, KeyForgotten):
        return _over(request)
    form = PartnerForm(accepted=page.state is SentState.ACCEPTED)
    answer = _show(request, page, form, told=told)
    OPENED.drop(answer)
    return answer


def _act(request: Request, receipt: Receipt, page: PartnerPage) -> HttpResponse:
    form = PartnerForm(request.POST, accepted=page.state is SentState.ACCEPTED)
    act = request.POST.get("act", "")
    if act == "open":
        answer = redirect(request.path)
        OPENED.put(answer, receipt)
        return answer
    try:
        with attempt(request, form):
            if act == "document":
                item = _number(request.POST.get("item", ""))
                return as_file(handshakes.take_document(token=receipt, item=item, by=request.actor))
            if act in _ANSWERS and form.is_valid():
                handshakes.answer(
                    token=receipt, to=_ANSWERS[act], by=request.actor, **form.cleaned_data
                )
                return redirect(f"{request.path}?kept=1")
    except (LinkOver, KeyForgotten):
        return _over(request)
    return _show(request, page, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _show(
    request: Request,
    page: PartnerPage,
    form: PartnerForm,
    *,
    told: ReferralTold | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "told": told,
        "is_kept": "kept" in request.GET,
        "is_waiting": page.state is SentState.SENT,
        "is_accepted": page.state is SentState.ACCEPTED,
    }
    return render(request, _PAGE, context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else -1


def _over(request: Request) -> HttpResponse:
    return render(request, _PAGE, {"is_over": True}, status=HTTPStatus.GONE)
