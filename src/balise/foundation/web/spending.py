"""Each request that writes spends a budget before its view is asked, or is refused in words.

A view spends the first budget of the module that it is in; one that is marked with `spends` spends
another, and one marked with `writes_nothing` none. Behind the staff door everyone has one budget,
counted by person; before it, one counted by neighbourhood. What was refused is given back.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balise.foundation.actors import ActorKind
from balise.foundation.budgets.rules import DECLARED, WIDER, Budget, Spent, Why, check_room
from balise.foundation.budgets.spending import Taken, Who, limit_near, spend
from balise.foundation.failures import is_outage
from balise.foundation.files.room import room
from balise.foundation.web.doors import Door, problem
from balise.foundation.web.floods import neighbourhood, wider
from balise.foundation.web.pauses import FIELDS, address_of, typed_in

STAFF: Final = "foundation.staff"  # the budget behind the staff door
ENTRANCE: Final = "foundation.entrance"  # and before it, where anyone may sign in
SPEAKS_FOR_MANY: Final = 16  # a partner's program may send as much as so many neighbourhoods
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_STATUS: Final = {
    Why.NEAR: HTTPStatus.TOO_MANY_REQUESTS,
    Why.IN_ALL: HTTPStatus.INSUFFICIENT_STORAGE,
    Why.DISK: HTTPStatus.INSUFFICIENT_STORAGE,
}


type Named = str | Callable[[HttpRequest], str]


def spends[View: Callable[..., Any]](name: Named) -> Callable[[View], View]:
    """Mark a view that spends another budget than the first of its module, or one by request."""

    def mark(view: View) -> View:
        cast("Any", view).budget = name
        return view

    return mark


def writes_nothing[View: Callable[..., Any]](why: str) -> Callable[[View], View]:
    """Mark a view that takes a body and stores nothing of it, and say why that is so."""

    def mark(view: View) -> View:
        cast("Any", view).writes_nothing = why
        return view

    return mark


def budget_of(view: Any, request: HttpRequest | None = None) -> Budget | None:
    """Return the budget that a view spends; None where it writes nothing, or has none yet."""
    if getattr(view, "writes_nothing", ""):
        return None
    if name := getattr(view, "budget", ""):
        return DECLARED.by_name[name(request) if callable(name) else name]
    if getattr(view, "door", None) == Door.STAFF:
        return DECLARED.by_name[STAFF if getattr(view, "login_required", True) else ENTRANCE]
    path = str(getattr(view, "told_by", "")) or inspect.unwrap(view).__module__
    return DECLARED.of_module(path)


def charge(module: str, octets: int) -> None:
    """Take what came past the pages' machinery from the total, or refuse (Spent)."""
    budget = DECLARED.of_module(module)
    check_room(room(), budget, octets=octets, is_staff=False)
    if budget is not None:
        spend(budget, octets, by=())


class SpendingMiddleware:
    """Take from a budget what a request brings, and give it back where it was refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer; it is the last middleware, so that others have refused before."""
        answer = self.get_response(request)
        taken: Taken | None = getattr(request, "taken", None)
        if taken is not None and answer.status_code >= HTTPStatus.BAD_REQUEST:
            with _beside_an_outage():
                taken.give_back()
        return answer

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Return the refusal where a budget is spent, or the disk has its reserve alone."""
        if request.method in _READS or getattr(view, "writes_nothing", None):
            return None
        budget = budget_of(view, request)
        door = getattr(view, "door", None)
        length = request.META.get("CONTENT_LENGTH") or "0"
        octets = int(length) if length.isdecimal() else 0  # Django reads as much of a body
        try:
            check_room(room(), budget, octets=octets, is_staff=door == Door.STAFF)
            if budget is not None:
                with _beside_an_outage():
                    taken = spend(budget, octets, by=_by(request, budget, door))
                    cast("Any", request).taken = taken
        except Spent as refusal:
            comes_first = budget is not None and budget.comes_first
            return _refused(request, refusal, door, comes_first=comes_first)
        return None


@contextmanager
def _beside_an_outage() -> Iterator[None]:
    """Let the page go on where the database does not answer: it says so better."""
    try:
        yield
    except Exception as error:
        if not is_outage(error):
            raise


def _by(request: HttpRequest, budget: Budget, door: Door | None) -> list[Who]:
    """Return who sends, the widest first, and how much each may send in a day."""
    most = limit_near(budget)
    actor = getattr(request, "actor", None)
    if door == Door.STAFF and actor is not None and actor.kind is ActorKind.STAFF:
        return [(actor.key.encode(), most)]
    if door == Door.API:
        most *= SPEAKS_FOR_MANY
    near = neighbourhood(address_of(request))
    around = wider(near)
    return [
        *([(around, most * WIDER)] if around else []),
        *([(near, most)] if near else []),
    ]


def _refused(
    request: HttpRequest, refusal: Spent, door: Door | None, *, comes_first: bool
) -> HttpResponse:
    """Return the page that says what is spent and when to come back, with what was typed."""
    status = _STATUS[refusal.why]
    accepts = request.headers.get("Accept", "text/html")
    if request.headers.get("X-Autosave"):
        answer = HttpResponse(status=status)
    elif door == Door.API or "text/html" not in accepts:
        answer = problem(
            refusal.code,
            "Nothing more can be taken here for now.",
            status=status,
            spent=refusal.why.value,
        )
    else:
        context = {
            "spent": refusal.why.value,
            "comes_first": comes_first,
            "typed": typed_in(request, without=FIELDS),
            "here": request.get_full_path(),
        }
        answer = render(request, "web/pages/spent.html", context, status=status)
    answer["Retry-After"] = str(refusal.after)
    return answer
