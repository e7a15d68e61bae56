"""The public door: age first, choose on the device, send hashes, follow them with a code."""

from datetime import timedelta
from http import HTTPStatus
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from balise.foundation.encryption.worded import (
    Receipt,
    ReceiptMistyped,
    new_receipt,
    read_receipt,
    shown,
)
from balise.foundation.finding import NotHere
from balise.foundation.web import pauses, quick_exit
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.foundation.web.quick_exit import TokenCookie
from balise.hotline.laboratory.actions import disputing, helping, linking, sending
from balise.hotline.laboratory.queries import tracking
from balise.hotline.laboratory.rules.links import read_links
from balise.hotline.laboratory.rules.prints import (
    MOST_ITEMS,
    CodeUnknown,
    CodeUsed,
    NotNow,
    read_prints,
)
from balise.hotline.laboratory.web.staff import AnswerForm, CodeForm, LinksForm, MinorForm, SendForm

# The code of a visit: in one cookie for a quarter of an hour, and signed in a hidden field.
#
# The field makes a second sending of the same page the first one again, and keeps two tabs apart.


CODE: Final = TokenCookie("lab", timedelta(minutes=15))
_FORM_LASTS: Final = timedelta(hours=24)


def written(receipt: Receipt) -> str:
    """Return a code signed, for a hidden field."""
    return _signer().sign(receipt)


def in_form(value: str) -> Receipt | None:
    """Return the code in a hidden field; None if it is not ours, or older than a day."""
    try:
        return read_receipt(_signer().unsign(value, max_age=_FORM_LASTS))
    except (BadSignature, ReceiptMistyped):
        return None


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="balise.laboratory.code")


@public.get
def start(request: Request) -> HttpResponse:
    """Ask for the age first: it changes the list. The answer is a link, and is not stored.

    A browser has one code: who begins another case is told of the one that is open.
    """
    context = {"is_open": CODE.read(request) is not None}
    return render(request, "hotline/laboratory/age.html", context)


@public.form
@paced
def young(request: Request) -> HttpResponse:
    """Lead someone under 18, or in doubt, to people who do it with them."""
    form = MinorForm(posted(request))
    if form.is_valid():
        given = form.cleaned_data
        helping.ask_helpline(
            origin=given["origin"],
            contact=given["contact"],
            age_band=given["age_band"],
            is_threat=given["threat"],
            by=request.actor,
        )
        return redirect("laboratory:young-asked")
    return render(request, "hotline/laboratory/young.html", {"form": form}, status=status_of(form))


@public.get
def young_asked(request: Request) -> HttpResponse:
    """Say that someone will call."""
    return render(request, "hotline/laboratory/young_asked.html")


@public.get
def choose(request: Request) -> HttpResponse:
    """Let someone choose on their device; a draft of this browser's code is replaced."""
    return _choose(request, _draft(request) or new_receipt(), SendForm())


@public.post
@paced
def send(request: Request) -> HttpResponse:
    """Stop with a code, or send. The same page sent twice is one case."""
    receipt = in_form(request.POST.get("ticket", "")) or new_receipt()
    form = SendForm(request.POST)
    saves = request.POST.get("go") == "save"
    text = request.POST.get("prints", "")
    if form.is_valid():
        given = form.cleaned_data
        with attempt(request, form, conflict=CodeUsed):
            prints = read_prints(text) if text else ()
            if saves:
                sending.save(
                    receipt=receipt, prints=prints, is_threat=given["threat"], by=request.actor
                )
            else:
                links = read_links(given["links"])
                sending.send(
                    receipt=receipt,
                    prints=prints,
                    claims=given["claim"],
                    is_threat=given["threat"],
                    by=request.actor,
                )
                linking.report(
                    receipt=receipt, links=links, language=get_language() or "", by=request.actor
                )
            answer = redirect("laboratory:follow")
            CODE.put(answer, receipt)
            return answer
    if status_of(form) is HTTPStatus.CONFLICT:
        return _choose(request, new_receipt(), form, prints=text)
    if not text and _draft(request) == receipt:
        return _show(request, receipt, send=form)
    return _choose(request, receipt, form, prints=text)


@public.form
@paced
def follow(request: Request) -> HttpResponse:
    """Ask for the code; with it, show where everything stands."""
    if request.method == "POST":
        return _enter(request)
    receipt = CODE.read(request)
    if receipt is None:
        return _ask(request, CodeForm())
    try:
        return _show(request, receipt)
    except CodeUnknown:
        return _ask(request, CodeForm(), lapsed=True)


@public.post
@paced
def withdraw(request: Request) -> HttpResponse:
    """Take one fingerprint back, or all; or delete a draft, where it was not sent meanwhile."""
    receipt = _of_page(request)
    if isinstance(receipt, HttpResponse):
        return receipt
    named = request.POST.get("item", "")
    try:
        if "draft" in request.POST:
            disputing.erase_draft(receipt=receipt, by=request.actor)
        else:
            item = UUID(named) if named else None
            disputing.withdraw(receipt=receipt, item_id=item, by=request.actor)
    except NotNow:
        return _refuse(request, receipt, "sent")
    except (NotHere, CodeUnknown, ValueError):  # a page of another code, in another tab
        return _ask(request, CodeForm(), lapsed=True)
    return redirect("laboratory:follow")


@public.post
@paced
def links(request: Request) -> HttpResponse:
    """Say later where it was seen."""
    receipt = _of_page(request, typed=request.POST.get("links", ""))
    if isinstance(receipt, HttpResponse):
        return receipt
    form = LinksForm(request.POST)
    if form.is_valid():
        with attempt(request, form):
            linking.report(
                receipt=receipt,
                links=read_links(form.cleaned_data["links"]),
                language=get_language() or "",
                by=request.actor,
            )
            return redirect("laboratory:follow")
    return _show(request, receipt, links=form)


@public.post
@paced
def answer(request: Request, dispute_id: UUID) -> HttpResponse:
    """Answer why a fingerprint was stopped."""
    receipt = _of_page(request, typed=request.POST.get("text", ""))
    if isinstance(receipt, HttpResponse):
        return receipt
    form = AnswerForm(request.POST)
    if form.is_valid():
        with attempt(request, form):
            disputing.answer(
                receipt=receipt,
                dispute_id=dispute_id,
                text=form.cleaned_data["text"],
                by=request.actor,
            )
            return redirect("laboratory:follow")
    return _show(request, receipt, answer=form)


@public.post
def leave(request: Request) -> HttpResponse:  # noqa: ARG001 - a door hands every view its request
    """Forget the code on this device."""
    response = redirect("laboratory:start")
    CODE.drop(response)
    quick_exit.empty_cache(response)
    return response


@public.get
def code_text(request: Request) -> HttpResponse:
    """Give the code as a text file with a name that says nothing."""
    receipt = CODE.read(request)
    if receipt is None:
        return redirect("laboratory:follow")
    response = HttpResponse(f"{shown(receipt)}\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="code.txt"'
    return response


def _of_page(request: Request, *, typed: str = "") -> Receipt | HttpResponse:
    """Return the code of the page that was sent, or a refusal: it is not the one open here.

    One browser has one code open at a time; a page of another, in an older tab, changes nothing.
    """
    receipt = CODE.read(request)
    if receipt is None:
        return _ask(request, CodeForm(), lapsed=True, typed=typed)
    if in_form(request.POST.get("ticket", "")) == receipt:
        return receipt
    return _refuse(request, receipt, "other", typed=typed)


def _refuse(request: Request, receipt: Receipt, why: str, *, typed: str = "") -> HttpResponse:
    """Show what is open here, say that nothing was changed, and give back what was typed."""
    try:
        answer = _show(request, receipt, refused=why, typed=typed)
    except CodeUnknown:
        return _ask(request, CodeForm(), lapsed=True, typed=typed)
    answer.status_code = HTTPStatus.CONFLICT
    return answer


def _draft(request: Request) -> Receipt | None:
    """Return the code in this browser, where it opens a draft."""
    receipt = CODE.read(request)
    return receipt if receipt is not None and tracking.is_draft(receipt) else None


def _enter(request: Request) -> HttpResponse:
    form = CodeForm(request.POST)
    return pauses.enter(request, form, door=WAY.door) or _ask(request, form)


def _open(request: Request, receipt: Receipt) -> HttpResponse | None:  # noqa: ARG001 - as all ways
    try:
        sending.come_back(receipt=receipt)
    except CodeUnknown:
        return None
    response = redirect("laboratory:follow")
    CODE.put(response, receipt)
    return response


WAY: Final = pauses.Way("laboratory", _open)


def _ask(
    request: Request, form: CodeForm, *, lapsed: bool = False, typed: str = ""
) -> HttpResponse:
    """Ask for the code, and give back what was typed."""
    context = {"form": form, "lapsed": lapsed, "typed": typed}
    status = HTTPStatus.FORBIDDEN if lapsed and request.method == "POST" else status_of(form)
    response = render(request, "hotline/laboratory/enter.html", context, status=status)
    if lapsed:
        CODE.drop(response)
    return response


def _choose(
    request: Request, receipt: Receipt, form: SendForm, *, prints: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "ticket": written(receipt),
        "prints": prints,
        "partners": tracking.partners(),
        "most": MOST_ITEMS,
        "waiting": tracking.tracked(receipt).waiting if _draft(request) == receipt else 0,
    }
    return render(request, "hotline/laboratory/choose.html", context, status=status_of(form))


def _show(
    request: Request,
    receipt: Receipt,
    *,
    send: SendForm | None = None,
    links: LinksForm | None = None,
    answer: AnswerForm | None = None,
    refused: str = "",
    typed: str = "",
) -> HttpResponse:
    filled = [form for form in (send, links, answer) if form is not None]
    context = {
        "case": tracking.tracked(receipt),
        "code": shown(receipt),
        "ticket": written(receipt),
        "send_form": send or SendForm(),
        "links_form": links or LinksForm(),
        "answer_form": answer or AnswerForm(),
        "refused": refused,
        "typed": typed,
        "filled": filled[0] if filled else CodeForm(),
    }
    response = render(request, "hotline/laboratory/case.html", context, status=status_of(*filled))
    CODE.put(response, receipt)
    return response
