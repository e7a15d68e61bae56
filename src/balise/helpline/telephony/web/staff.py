"""The staff door: calls today, and who is to be called back."""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from balise.foundation.clock import today
from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.telephony import access, queries
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.rules.call_backs import Attempt
from balise.helpline.telephony.web.forms import NotedCallBackForm

_FIRST_DAY = date(2000, 1, 1)


@staff.get
def calls(request: Request) -> HttpResponse:
    """Show the calls of today or of another day, in numbers and one by one."""
    who, now_on = request.actor, today()
    on = _day(request.GET.get("day", "")) or now_on
    context = {
        "on": on,
        "is_today": on == now_on,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1) if on < now_on else None,
        "day": queries.day(on, seen_by=who),
        "half_hours": queries.half_hours(on, seen_by=who),
        "calls": queries.calls(on, seen_by=who),
    }
    return render(request, "helpline/telephony/calls.html", context)


@staff.get
def call_backs(request: Request) -> HttpResponse:
    """Show who waits to be called back, and what may be said."""
    context = {
        "call_backs": queries.call_backs(seen_by=request.actor),
        "attempts": Attempt.choices,
        "may_work": request.actor.may(access.WORK),
    }
    return render(request, "helpline/telephony/call_backs.html", context)


@staff.form
def new(request: Request) -> HttpResponse:
    """Note that someone on the line wants to be called back, and go on with them.

    They tell their number: that of their call stays shut.
    """
    access.require(request.actor, access.WORK)
    form = NotedCallBackForm(posted(request))
    item_id = _item(request)
    if form.is_valid():
        with attempt(request, form, said=_("Call-back added.")):
            calling_back.ask_call_back(**form.given(), by=request.actor)
            if item_id is None:
                return redirect("staff:telephony:call-backs")
            return redirect("staff:console:person", item_id)
    context = {"form": form, "item_id": item_id}
    return render(request, "helpline/telephony/new.html", context, status=status_of(form))


@staff.post
def note_attempt(request: Request, call_back_id: UUID) -> HttpResponse:
    """Note what came of an attempt."""
    access.require(request.actor, access.WORK)
    with attempt(request, said=_("Saved.")):
        calling_back.note_attempt(
            call_back_id=call_back_id, attempt=_attempt(request), by=request.actor
        )
    return redirect("staff:telephony:call-backs")


@staff.post
def withdraw(request: Request, call_back_id: UUID) -> HttpResponse:
    """Let a call-back go that is no longer wanted; its number is destroyed."""
    with attempt(request, said=_("Nobody will call them back, and their number is deleted.")):
        calling_back.withdraw_call_back(call_back_id=call_back_id, by=request.actor)
    return redirect("staff:telephony:call-backs")


@staff.post
def open_call_back(request: Request, call_back_id: UUID) -> HttpResponse:
    """Show the number to dial; the reading is written down."""
    with attempt(request):
        opened = calling_back.open_call_back(call_back_id=call_back_id, by=request.actor)
        context = {
            "one": queries.call_back(call_back_id, seen_by=request.actor),
            "opened": opened,
            "attempts": Attempt.choices,
            "is_dialled": settings.DIALS,
        }
        return render(request, "helpline/telephony/call_back.html", context)
    if request.htmx:  # from the workspace: the page itself goes where the reason stands
        return HttpResponseClientRedirect(reverse("staff:telephony:call-backs"))
    return redirect("staff:telephony:call-backs")


@staff.post
def dial(request: Request, call_back_id: UUID) -> HttpResponse:
    """Let the exchange ring one's telephone, then the number; show the page again."""
    with attempt(request, said=_("Your phone will ring in a moment. If not, dial by hand.")):
        calling_back.dial(
            call_back_id=call_back_id,
            extension=request.POST.get("extension", ""),
            by=request.actor,
        )
    return open_call_back(request, call_back_id)


def _day(text: str) -> date | None:
    """Return the day that an address names, from the first that calls could be of; else None."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if _FIRST_DAY <= found <= today() else None


def _item(request: Request) -> UUID | None:
    """Return whom the listener has meanwhile, as their page said; None where it did not."""
    try:
        return UUID(request.POST.get("item", "") or request.GET.get("item", ""))
    except ValueError:
        return None


def _attempt(request: Request) -> Attempt:
    code = request.POST.get("attempt", "")
    if code not in Attempt.values:
        raise Refused(_("Give the outcome."))
    return Attempt(code)
