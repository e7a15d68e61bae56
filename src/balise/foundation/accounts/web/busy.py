"""Too much at once: a page in plain words, and when to come back."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balise.foundation.accounts.adapters import RETRY_AFTER_SECONDS


def busy(request: HttpRequest) -> HttpResponse:
    """Answer in the place of a sign-in whose password was not checked: the queue is full."""
    said = {"seconds": RETRY_AFTER_SECONDS}
    page = render(request, "accounts/busy.html", said, status=HTTPStatus.TOO_MANY_REQUESTS)
    page["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return page
