"""The questions afterwards: by token, without a name, without script. Looking does nothing."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render

from balise.foundation.encryption.receipts import ReceiptMistyped, read_receipt
from balise.foundation.web.attempts import posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.helpline.contacts import queries
from balise.helpline.contacts.actions import wrapping
from balise.helpline.contacts.rules.asking import QuestionsOver
from balise.helpline.contacts.web.forms import AfterForm

PAGE = "helpline/contacts/after.html"


@public.form
@paced
def after(request: Request, token: str) -> HttpResponse:
    """Ask how it was, once; say plainly when the link is over."""
    try:
        receipt = read_receipt(token)
    except ReceiptMistyped:
        return _over(request)
    form = AfterForm(posted(request))
    if form.is_valid():
        try:
            wrapping.answer(token=receipt, by=request.actor, **form.given())
        except QuestionsOver:
            return _over(request)
        return redirect("after:thanks")
    if not queries.are_open(receipt):
        return _over(request)
    return render(request, PAGE, {"form": form}, status=status_of(form))


@public.get
def thanks(request: Request) -> HttpResponse:
    """Say thank you."""
    return render(request, PAGE, {"is_kept": True})


def _over(request: Request) -> HttpResponse:
    return render(request, PAGE, {"is_over": True}, status=HTTPStatus.GONE)
