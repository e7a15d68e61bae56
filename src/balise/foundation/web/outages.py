"""A full disk or a locked database is a 503 with the phone numbers, never half a write.

An action writes in one transaction: when the database gives up, all of it is undone. What is left
is to say so, and when to try again; so does costly work whose lane is full. What a middleware meets
comes through `errors.server_error`.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from balise.foundation.failures import is_outage
from balise.foundation.limited.lanes import LaneFull
from balise.foundation.web import errors


class OutageMiddleware:
    """Turn what the machine refuses into a 503 that says when to try again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer; what a view raises goes to `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the 503 for an outage, or for costly work before; None for any other error."""
        if isinstance(exception, LaneFull):
            return errors.one_moment(request)
        if not is_outage(exception):
            return None
        return errors.out_of_order(request, exception)
