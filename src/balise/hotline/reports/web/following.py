"""The public door, after the report: the code, the answer, the certificate."""

import base64
from contextlib import suppress
from datetime import UTC, timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

import segno
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from balise.foundation.encryption.signatures import verify
from balise.foundation.encryption.worded import Receipt, shown
from balise.foundation.statistics.usual import usual_delays
from balise.foundation.web import pauses, quick_exit
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.hotline.reports.actions import dialogue, referring
from balise.hotline.reports.actions.referring import AlreadyPassedOn
from balise.hotline.reports.documents.certificate import certificate as draw_certificate
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.rules.journey import REMOVAL, VERDICT
from balise.hotline.reports.rules.places import Statement, statement
from balise.hotline.reports.rules.receipts import ReceiptUnknown
from balise.hotline.reports.web import public as reports_public
from balise.hotline.reports.web.forms.following import (
    CertificateForm,
    MessageForm,
    ReceiptForm,
    ReferralForm,
)
from balise.hotline.reports.web.public import Ticket

FOLLOW = "follow"
_SAID_LASTS = timedelta(minutes=15)


@public.form
@paced
def follow(request: Request) -> HttpResponse:
    """Ask for the code; with it, show the report's state and its dialogue."""
    if request.method == "POST":
        return _enter(request)
    ticket = reports_public.held(request)
    if ticket is None:
        return render(request, "hotline/reports/follow_enter.html", {"form": ReceiptForm()})
    return _show(request, ticket, MessageForm(initial={"message_id": uuid4()}), ReferralForm())


@public.post
@paced
def write(request: Request) -> HttpResponse:
    """Keep a message of the reporter."""
    ticket = reports_public.held(request)
    form = MessageForm(request.POST)
    if ticket is None:
        return _ask_again(request, form)
    if not form.is_valid():
        return _show(request, ticket, form, ReferralForm(), status=422)
    dialogue.write_as_reporter(receipt=ticket.receipt, **form.cleaned_data, by=request.actor)
    return redirect("hotline:follow")


@public.post
@paced
def pass_on(request: Request) -> HttpResponse:
    """Hand the report to the helpline, because the reporter asks for it."""
    ticket = reports_public.held(request)
    form = ReferralForm(request.POST)
    if ticket is None:
        return _ask_again(request, form)
    if not form.is_valid():
        return _show(
            request, ticket, MessageForm(initial={"message_id": uuid4()}), form, status=422
        )
    with suppress(AlreadyPassedOn):  # a second press of the button is the first one again
        referring.pass_to_helpline(
            receipt=ticket.receipt, contact=form.cleaned_data["contact"], by=request.actor
        )
    return redirect("hotline:follow")


@public.post
def leave(request: Request) -> HttpResponse:  # noqa: ARG001 - a door hands every view its request
    """Forget this report on this device."""
    response = redirect("home")
    reports_public.take_back(response)
    quick_exit.empty_cache(response)
    return response


@public.get
def code_image(request: Request) -> HttpResponse:
    """Draw the receipt as a QR code, for whoever holds it in this browser."""
    ticket = reports_public.held(request)
    if ticket is None:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    code = segno.make(shown(ticket.receipt), error="m")
    drawn = BytesIO()
    code.save(drawn, kind="svg", scale=5, border=4, dark="#14222e", light="#ffffff")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@public.get
def code_text(request: Request) -> HttpResponse:
    """Give the receipt as a text file with a name that says nothing."""
    ticket = reports_public.held(request)
    if ticket is None:
        return redirect("hotline:follow")
    response = HttpResponse(f"{shown(ticket.receipt)}\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="code.txt"'
    return response


@public.post
@paced
def ask_certificate(request: Request) -> HttpResponse:
    """Ask for the certificate of filing, and go where it will be."""
    ticket = reports_public.held(request)
    if ticket is not None:
        with suppress(ReceiptUnknown):
            referring.ask(receipt=ticket.receipt, by=request.actor)
    return redirect("hotline:certificate")


@public.get
def certificate(request: Request) -> HttpResponse:
    """Give the certificate of filing as a PDF, once the hotline has signed it."""
    ticket = reports_public.held(request)
    if ticket is None:
        return redirect("hotline:follow")
    try:
        one = receipts.opened(ticket.receipt)
    except ReceiptUnknown:
        return redirect("hotline:follow")
    if not one.report.certificate_signature:
        return render(request, "hotline/reports/certificate_waits.html", status=202)
    stated = statement(
        number=one.report.id, filed_at=one.report.received_at, places=one.answers.places
    )
    drawn = draw_certificate(
        stated,
        places=one.answers.places,
        key_id=one.report.certificate_key,
        signature=bytes(one.report.certificate_signature),
    )
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
    return response


@public.form
def check_certificate(request: Request) -> HttpResponse:
    """Say whether a certificate is ours, from what is printed on it."""
    form = CertificateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        stated = Statement(
            number=form.cleaned_data["number"],
            filed_at=form.cleaned_data["filed_at"].replace(tzinfo=UTC),
            fingerprint=form.cleaned_data["fingerprint"].strip().lower(),
        )
        try:
            signature = base64.b64decode("".join(form.cleaned_data["signature"].split()))
            genuine = verify("hotline", form.cleaned_data["key"], stated.message, signature)
        except ValueError:  # what is printed there is no Base64
            genuine = False
        said = _signer().sign(f"{stated.number}.{int(genuine)}")
        return redirect(f"{reverse('hotline:check-certificate')}?{urlencode({'said': said})}")
    number, is_ours = _said(request.GET.get("said", ""))
    context = {
        "form": form,
        "number": number,
        "is_ours": is_ours,
        "organisation": settings.CENTRE.organisation,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "hotline/reports/certificate_check.html", context, status=status)


def _said(text: str) -> tuple[str, bool | None]:
    """Return the number of the certificate that was just checked, and whether it is ours.

    Signed, so that no link of somebody else's can call a certificate genuine.
    """
    try:
        number, _, is_ours = _signer().unsign(text, max_age=_SAID_LASTS).partition(".")
    except BadSignature:
        return "", None
    return number, is_ours == "1"


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="balise.hotline.certificate")


def _enter(request: Request) -> HttpResponse:
    form = ReceiptForm(request.POST)
    if answer := pauses.enter(request, form, door=WAY.door):
        return answer
    return render(request, "hotline/reports/follow_enter.html", {"form": form}, status=422)


def _open(request: Request, receipt: Receipt) -> HttpResponse | None:  # noqa: ARG001 - as all ways
    try:
        receipts.opened(receipt)
    except ReceiptUnknown:
        return None
    response = redirect("hotline:follow")
    reports_public.hand_over(response, Ticket(receipt, FOLLOW))
    return response


WAY: Final = pauses.Way("report", _open)


def _ask_again(request: Request, form: MessageForm | ReferralForm) -> HttpResponse:
    """Ask for the code once more, and give back what was typed."""
    typed = request.POST.get("text", "") or request.POST.get("contact", "")
    entry = ReceiptForm()
    context = {"form": entry, "typed": typed, "lapsed": True, "other": form}
    return render(request, "hotline/reports/follow_enter.html", context, status=403)


def _show(
    request: Request,
    ticket: Ticket,
    form: MessageForm,
    referral: ReferralForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    try:
        followed = receipts.followed(ticket.receipt)
    except ReceiptUnknown as unknown:
        entry = ReceiptForm()
        context = {"form": entry, "lapsed": True, "refused": unknown.message}
        return render(request, "hotline/reports/follow_enter.html", context)
    if not followed.is_finished:
        return redirect("hotline:report")
    context = {
        "followed": followed,
        "usual": usual_delays(VERDICT, REMOVAL),
        "form": form,
        "referral": referral,
    }
    response = render(request, "hotline/reports/follow.html", context, status=status)
    reports_public.hand_over(response, Ticket(ticket.receipt, FOLLOW))
    return response
