"""Pages for what went wrong: plain words in every language, the numbers to call, and a way back.

They ask nothing of the database, of the session or of a message store, which may be what failed.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy as _

from balise.foundation.failures import is_outage, note
from balise.foundation.limited.lanes import AGAIN, LaneFull
from balise.foundation.web import quick_exit
from balise.foundation.web.doors import STAFF_PATHS, Door, problem
from balise.foundation.web.pauses import typed_in

RETRY_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """What a page says: what happened, and what to do now."""

    status: HTTPStatus
    title: str | Promise
    says: str | Promise
    then: str | Promise


BAD_REQUEST: Final = Fault(
    HTTPStatus.BAD_REQUEST,
    _("We could not read your request"),
    _("The address or the form contains an error."),
    _("Go back to the home page and try again. Nothing was saved."),
)
NOT_ALLOWED: Final = Fault(
    HTTPStatus.FORBIDDEN,
    _("You do not have access to this page"),
    _("Your role has no access, or your session has ended."),
    _("If you need it for your work, ask the person who manages accounts in your centre."),
)
NOT_FOUND: Final = Fault(
    HTTPStatus.NOT_FOUND,
    _("Page not found"),
    _("The address may be incomplete, or the page has moved."),
    _("Go back to the home page."),
)
NOT_HERE: Final = Fault(
    HTTPStatus.METHOD_NOT_ALLOWED,
    _("Page not found"),
    _("This address only receives forms. It cannot be opened."),
    _("Go back to the home page."),
)
TOO_MANY: Final = Fault(
    HTTPStatus.TOO_MANY_REQUESTS,
    _("Too many requests"),
    _("We received many requests from the same network. This is not your fault."),
    _("Wait one minute, then try again. If it is urgent, call one of these numbers."),
)
BROKEN: Final = Fault(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    _("Technical problem"),
    _("This is our fault. We have been alerted and will fix it."),
    _("Try again in a moment. If you need help now, call one of these numbers."),
)
TOO_LARGE: Final = Fault(
    HTTPStatus.CONTENT_TOO_LARGE,
    _("Message too large"),
    _("What you sent is too large. Nothing was saved."),
    _("Go back one page: your text is still there. Send it in parts, or send a smaller file."),
)
TOO_SLOW: Final = Fault(
    HTTPStatus.REQUEST_TIMEOUT,
    _("Sending took too long"),
    _("The connection was too slow. Nothing was saved."),
    _("Go back one page: your text is still there. Send a smaller file, or try again."),
)
OUT_OF_SERVICE: Final = Fault(
    HTTPStatus.SERVICE_UNAVAILABLE,
    _("Service temporarily unavailable"),
    _("Your last message was not saved. We are working on it."),
    _("Try again in a few minutes. If you need help now, call one of these numbers."),
)
ONE_MOMENT: Final = Fault(
    HTTPStatus.SERVICE_UNAVAILABLE,
    _("One moment"),
    _("Others sent files just before you. Yours was not read, and nothing was saved."),
    _("Go back one page, and send it again in ten seconds."),
)
ASK_IN_A_MOMENT: Final = Fault(
    HTTPStatus.SERVICE_UNAVAILABLE,
    _("One moment"),
    _("Others asked for files just before you. Yours was not made, and nothing was lost."),
    _("Reload this page in ten seconds."),
)
FORM_EXPIRED: Final = Fault(
    HTTPStatus.FORBIDDEN,
    _("This form was open for too long"),
    _("For security, a form expires after a while, or if cookies are blocked."),
    _("Reopen the page and send again."),
)


class MethodMiddleware:
    """Answer a method that an address does not take (405) with a page, where a view has none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer; one that refuses the method without a word gets its page."""
        response = self.get_response(request)
        if response.status_code != NOT_HERE.status or response.content:
            return response
        told = answer(request, NOT_HERE)
        told["Allow"] = response["Allow"]
        return told


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return answer(request, BAD_REQUEST)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return answer(request, NOT_ALLOWED)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return answer(request, NOT_FOUND)


def too_many(request: HttpRequest, *, retry_seconds: int = 60) -> HttpResponse:
    """Return the page that asks for a pause."""
    return answer(request, TOO_MANY, retry_seconds=retry_seconds)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page for an error nobody foresaw; an outage met by a middleware comes here too."""
    exception = sys.exception()
    if is_outage(exception):
        return out_of_order(request, exception)
    return answer(request, BROKEN, reference=note(exception, "server_error"))


def out_of_order(request: HttpRequest, exception: BaseException | None) -> HttpResponse:
    """Return the page for a machine that gave up, when to try again, and what was written."""
    return answer(
        request,
        OUT_OF_SERVICE,
        reference=note(exception, "out_of_order"),
        retry_seconds=RETRY_SECONDS,
        **_offered_again(request),
    )


def one_moment(request: HttpRequest) -> HttpResponse:
    """Return the page for costly work that others are waiting for, and what was written."""
    if request.method != "POST":
        return answer(request, ASK_IN_A_MOMENT, retry_seconds=AGAIN)
    again = {} if request.FILES else _offered_again(request)  # a file is to be chosen anew
    return answer(request, ONE_MOMENT, retry_seconds=AGAIN, waits=True, **again)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Return a form that offers what the person had written, with a token that is good again."""
    return answer(request, FORM_EXPIRED, **_offered_again(request))


def answer(
    request: HttpRequest, fault: Fault, *, retry_seconds: int = 0, **context: object
) -> HttpResponse:
    """Return a fault as the door says it: a page, or a problem document."""
    if request.path.startswith("/api/"):
        code = fault.status.phrase.lower().replace(" ", "-")
        response: HttpResponse = problem(code, str(fault.title), status=fault.status)
    else:
        if request.path.startswith(STAFF_PATHS):
            context |= {"request": request, **csrf(request)}
        response = HttpResponse(
            page(fault, path=request.path, context=context), status=fault.status
        )
    if retry_seconds:
        response["Retry-After"] = str(retry_seconds)
    return response


def page(
    fault: Fault,
    *,
    path: str = "/",
    alone: bool = False,
    context: Mapping[str, object] | None = None,
) -> str:
    """Return a fault's page; `alone` for one that a proxy shows when all of Balise is down."""
    first = get_language() or settings.LANGUAGE_CODE
    codes = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != first)
    known = {
        "fault": fault,
        "codes": codes,
        "centre": settings.CENTRE,
        "is_staff": path.startswith(STAFF_PATHS),
        "home": "/staff/" if path.startswith(STAFF_PATHS) else "/",
        "alone": alone,
    }
    try:
        return render_to_string("web/error.html", known | dict(context or {}))
    except Exception as failure:  # noqa: BLE001 - the last page must come, whatever is broken
        note(failure, "error_page")
        return _bare(fault)


def _bare(fault: Fault) -> str:
    numbers = format_html_join(
        "",
        "<li>{} : {}</li>",
        ((number.number, str(number.label)) for number in settings.CENTRE.numbers_on("error")),
    )
    return format_html(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><title>Balise</title>'
        '<main><p><a href="{}">{}</a></p><h1>{}</h1><p>{}</p><p>{}</p><ul>{}</ul></main></html>',
        get_language() or settings.LANGUAGE_CODE,
        quick_exit.EXIT_PATH,
        _("Leave now"),
        fault.title,
        fault.says,
        fault.then,
        numbers,
    )


def _offered_again(request: HttpRequest) -> dict[str, Any]:
    """Return what a page needs to send a form once more; nothing where it may not be offered."""
    if not _may_be_offered_again(request):
        return {}
    return {
        "again": request.get_full_path(),
        "typed": typed_in(request),
        "csrf_token": get_token(request),
    }


def _may_be_offered_again(request: HttpRequest) -> bool:
    """Only a public form sent by one of our own pages: the rest may be another site's trap.

    Not in a browser that left today: whoever presses “send again” there may be someone else.
    """
    match = request.resolver_match
    door = getattr(match.func, "door", None) if match else None
    origin = request.headers.get("Origin", "")
    here = f"{request.scheme}://{request.get_host()}"
    is_ours = request.headers.get("Sec-Fetch-Site", "") == "same-origin" or origin == here
    is_there = is_ours and not quick_exit.has_left(request)
    return request.method == "POST" and door is Door.PUBLIC and is_there


# A full disk or a locked database is a 503 with the phone numbers, never half a write.
#
# An action writes in one transaction: when the database gives up, all of it is undone. What is
# left is to say so, and when to try again; so does costly work whose lane is full. What a
# middleware meets comes through `errors.server_error`.


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
            return one_moment(request)
        if not is_outage(exception):
            return None
        return out_of_order(request, exception)
