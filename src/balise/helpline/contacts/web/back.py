"""The way back to the conversation that a page was opened from."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def item_of(request: HttpRequest) -> UUID | None:
    """Return the item in whose conversation a page was opened; None where it names none.

    An address is never taken from the request: the item leads to its own page alone, which opens
    for the listener who has it.
    """
    try:
        return UUID(request.POST.get("item", "") or request.GET.get("item", ""))
    except ValueError:
        return None


def back_or(request: HttpRequest, way: str, *args: object) -> HttpResponse:
    """Return a redirection to the conversation, or by a named way where there is none."""
    item_id = item_of(request)
    return redirect("staff:console:person", item_id) if item_id else redirect(way, *args)
