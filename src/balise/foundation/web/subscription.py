"""The page of the link in each mail to a subscriber: confirm an address, or leave, in one press."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def said(
    request: HttpRequest,
    template: str,
    *,
    confirm: Callable[[], None],
    leave: Callable[[], None],
) -> HttpResponse:
    """Do what is pressed and lead back to the page, which says so.

    `template` extends `web/subscription.html`.
    """
    acts = {"confirm": confirm, "leave": leave}
    act = acts.get(request.POST.get("say", ""))
    if act is not None:
        act()
        return redirect(f"{request.path}?said={request.POST['say']}")
    return render(request, template, {"said": request.GET.get("said", "")})
