"""A listener's seat: sit, next, break, leave; whom one has."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.accounts import visits
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.helpline.cases.queries import files as cases
from balise.helpline.console import access, queries
from balise.helpline.console.queries import dangers, peeks, rail as console_rail
from balise.helpline.console.queries.rail import rail
from balise.helpline.console.web import record
from balise.helpline.console.web.forms import SeatForm
from balise.helpline.console.web.person import read_id
from balise.helpline.contacts import queries as contacts
from balise.helpline.conversations.actions import passing
from balise.helpline.conversations.streams.serving import PATHS as STREAMS
from balise.helpline.conversations.web.pane import notes_of
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import seating
from balise.helpline.queue.rules import WaitKind
from balise.helpline.telephony.actions import calling_back

_DIGITS = 9
_CHANGES = {"ready": seating.be_ready, "break": seating.pause, "leave": seating.stand}


@staff.get
def console(request: Request) -> HttpResponse:
    """Show one's seat and whom one has."""
    desk = queries.desk(seen_by=request.actor)
    seat = desk.seat
    initial = {"skills": sorted(seat.skills), "chat_cap": seat.chat_cap} if seat else {}
    initial["extension"] = queries.telephones(seen_by=request.actor)[0] if settings.DIALS else ""
    own = contacts.own_contacts(seen_by=request.actor)
    files = cases.cases_of_contacts([one.id for one in own], seen_by=request.actor)
    context = {
        "desk": desk,
        "form": SeatForm(initial=initial),
        "rail": rail(seen_by=request.actor, desk=desk),
        "own": [(one, files.get(one.id)) for one in own],
    }
    return render(request, "helpline/console/console.html", context)


@staff.get
def moved(request: Request, item_id: UUID | None = None) -> HttpResponse:
    """Lead from an address of before to the workspace: a bookmark goes on leading there."""
    access.require(request.actor, access.WORK)
    if item_id is None:
        return redirect("staff:console:console", permanent=True)
    return redirect("staff:console:person", item_id, permanent=True)


@staff.post
def sit(request: Request) -> HttpResponse:
    """Take one's seat, or change what one can do from it."""
    form = SeatForm(request.POST)
    access.require(request.actor, access.WORK)
    if form.is_valid():
        extension = form.cleaned_data.pop("extension", "")
        seating.sit(by=request.actor, **form.cleaned_data)
        if extension:
            with attempt(request):
                calling_back.give_extension(number=extension, by=request.actor)
    else:
        messages.error(request, _("From one to three chats at once."))
    return redirect("staff:console:console")


@staff.post
def change(request: Request) -> HttpResponse:
    """Be ready, take a break, leave."""
    access.require(request.actor, access.WORK)
    action = _CHANGES.get(request.POST.get("to", ""))
    if action is not None:
        with attempt(request):
            action(by=request.actor)
    return redirect("staff:console:console")


@staff.post
@visits.shown_when_locked
@visits.unattended
def pulse(request: Request) -> HttpResponse:
    """Hear that a page of a listener is there, whichever, and what it shows.

    It answers with lives in danger, for supervisors, with someone in danger whom the seat may take,
    and with one's other conversations; to the workspace, which says `rail` and who is on the
    screen, with its rail in their stead. A locked page goes on showing what was typed in it: it is
    told nothing, and keeps no seat.
    """
    nothing = HttpResponse(status=HTTPStatus.NO_CONTENT)
    if not request.actor.abilities:
        return nothing
    is_seated = seating.heartbeat(by=request.actor)
    reading = _note_reading(request)
    if is_seated and queue.holds_any(request.actor.key):
        visits.note_presence(request.session)
    context = _told(request, reading, is_seated=is_seated)
    answer = nothing
    if context["shown"] != request.POST.get("shown", ""):
        answer = render(request, "helpline/console/parts/pulse.html", context)
    if is_seated:
        answer["X-Stream"] = STREAMS["staff"]
    return answer


@staff.post
@visits.unattended
def beat(request: Request) -> HttpResponse:
    """Answer with who waits; that the page is there, its pulse says."""
    context = {"desk": queries.desk(seen_by=request.actor), "is_beat": True}
    return render(request, "helpline/console/workspace.html#waiting", context)


@staff.post
def take_next(request: Request) -> HttpResponse:
    """Accept who is next."""
    return record.take_next(request)


def _told(request: Request, reading: UUID | None, *, is_seated: bool) -> dict[str, Any]:
    """Return what a page is told; `shown` changes with anything of it."""
    seen_by = request.actor
    alarms = dangers.alarms_to_join(seen_by=seen_by)
    is_workspace = "rail" in request.POST
    asks = is_workspace or queue.offer(seen_by=seen_by)
    desk = queries.desk(seen_by=seen_by) if asks else None
    marks = [alarm.mark for alarm in alarms]
    marks += [f"to-take-{desk.offer.id}"] if desk and desk.offer else []
    context: dict[str, Any] = {"alarms": alarms, "desk": desk}
    if is_workspace:
        on = read_id(request.POST["rail"])
        drawn = rail(seen_by=seen_by, on_screen=on, reading=reading, desk=desk)
        context |= {"rail": drawn, "item": {"id": on or ""}}
        marks.append(drawn.mark)
        chats = [one for one in drawn.cards if one.is_current and one.item.kind is WaitKind.CHAT]
        for chat in chats:
            context |= notes_of(chat.item.subject, seen_by=seen_by)
            marks.append(f"notes-{len(context['notes'])}")
        if console_rail.is_lost(on, seen_by=seen_by):
            context["lost"] = True
            marks.append("lost")
    elif is_seated:
        others = peeks.others(seen_by=seen_by, reading=reading)
        context |= {"others": others, "unread": sum(other.peek.unread for other in others)}
        marks += [other.mark for other in others]
    return {**context, "shown": " ".join(marks)}


def _note_reading(request: Request) -> UUID | None:
    """Note how far the conversation is read that is on the screen, and return it; None for none."""
    conversation, _colon, place = request.POST.get("reading", "").partition(":")
    try:
        reading, seq = UUID(conversation), int(place[:_DIGITS])
    except ValueError:
        return None
    passing.be_read(conversation_id=reading, seq=seq, by=request.actor)
    return reading
