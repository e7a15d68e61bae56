"""Too much at once: a page in plain words, and when to come back."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balise.foundation.accounts.passwords import RETRY_AFTER_SECONDS

_AFTER_A_LIMIT_SECONDS = 60


def busy(request: HttpRequest) -> HttpResponse:
    """Answer in the place of a sign-in whose password was not checked: the queue is full."""
    return _page(request, seconds=RETRY_AFTER_SECONDS, was_checked=False)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer someone who tried too often; the URLconf names it `handler429`."""
    return _page(request, seconds=_AFTER_A_LIMIT_SECONDS, was_checked=True)


def _page(request: HttpRequest, *, seconds: int, was_checked: bool) -> HttpResponse:
    said = {"seconds": seconds, "was_checked": was_checked}
    page = render(request, "accounts/busy.html", said, status=HTTPStatus.TOO_MANY_REQUESTS)
    page["Retry-After"] = str(seconds)
    return page
