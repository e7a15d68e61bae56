"""The address of a page, with how far someone is in it: no cookie and no account says it."""

from django.http import HttpResponseRedirect
from django.urls import reverse

from balise.awareness.network.training.queries.paths import Held, held
from balise.foundation.web.doors import Request

PARAMETER = "path"


def path_of(request: Request) -> Held | None:
    """Return the path that an address has, None without one. Raises NotHere for a made-up one."""
    token = request.GET.get(PARAMETER, "")
    return held(token) if token else None


def address(name: str, one: Held, *args: object) -> str:
    """Return the address of a page of the module for a path."""
    return f"{reverse(f'training:{name}', args=args)}?{PARAMETER}={one.token}"


def go(name: str, one: Held, *args: object) -> HttpResponseRedirect:
    """Go on to a page of the module with a path."""
    return HttpResponseRedirect(address(name, one, *args))
