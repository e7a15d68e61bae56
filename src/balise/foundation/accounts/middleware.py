"""Turn the signed-in account into an actor, or say where the person must go first."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from balise.foundation.actors import ANYONE
from balise.foundation.web.doors import Request


class ActorMiddleware:
    """Set `request.actor` and `request.held_at`, which the staff door reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = cast("Request", request)
        acting.actor = ANYONE
        acting.held_at = "/staff/account/login/"
        return self.get_response(request)
