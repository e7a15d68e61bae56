"""What anyone does with events: look, register, put them in a calendar; who came, for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy as _, ngettext

from balise.awareness.learning.events import access, queries
from balise.awareness.learning.events.access.links import read_token
from balise.awareness.learning.events.actions import attending, registering
from balise.awareness.learning.events.documents.certificate import Certified, certificate
from balise.awareness.learning.events.queries import EventCard, calendar, people
from balise.awareness.learning.events.queries.replay import replay
from balise.awareness.learning.events.queries.when import When, elsewhere, when
from balise.awareness.learning.events.rules.codes import codes_in
from balise.awareness.learning.events.rules.facts import Comes, EventState, Said, Standing, shown
from balise.awareness.learning.events.rules.ical import TYPE, Method, write
from balise.awareness.learning.events.rules.registering import KEPT, Incoming
from balise.awareness.learning.events.web.staff_forms import CodesForm, HeadsForm
from balise.foundation.clock import now
from balise.foundation.finding import NotHere
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public, staff
from balise.foundation.web.fields import CodeField
from balise.foundation.web.pages import parts_of
from balise.foundation.web.pauses import paced

# The forms of an event: to register, and for staff.


class RegisterForm(forms.Form):
    """What an adult gives to register; nothing is asked of a minor."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("For the link and two reminders. Deleted 30 days after."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("For the list at the door. You may leave this empty."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    comes_as = CodeField(
        Comes,
        label=_("You come as"),
        help_text=_("You do not have to answer."),
        required=False,
        empty_value="",
        widget=forms.RadioSelect,
    )
    is_adult = forms.BooleanField(
        label=_("I am 18 or over"),
        error_messages={"required": _("An adult registers. A class comes through its teacher.")},
    )


class NameForm(forms.Form):
    """The name that stands on a certificate."""

    name = forms.CharField(
        label=_("Your name, as it is printed"),
        help_text=_("It is printed and not kept."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


# What a page shows of an event: the words, the hours, how many places are told as free.


@dataclass(frozen=True, slots=True)
class Shown:
    """An event in a language. `left` None: fewer than ten places; `is_open`: one may register."""

    card: EventCard
    said: Said
    language: str
    when: When
    is_open: bool
    is_over: bool
    is_cancelled: bool
    is_full: bool
    left: int | None
    taken: int  # of a hundred, for the bar
    waiting: int | None

    @property
    def points(self) -> list[str]:
        """What will be seen, a point each."""
        return [line.strip() for line in self.said.points.splitlines() if line.strip()]


def shown_in(card: EventCard, language: str) -> Shown:
    """Return an event as a page of a language shows it."""
    at, tally = now(), card.tally
    spoken = language if language in card.words else next(iter(card.words), language)
    left = shown(max(tally.left, 0))
    return Shown(
        card=card,
        said=card.said(language),
        language=spoken,
        when=when(card.starts_at, card.ends_at, card.zone),
        is_open=card.closes_at is not None and card.closes_at > at,
        is_over=card.ends_at <= at,
        is_cancelled=card.state is EventState.CANCELLED,
        is_full=bool(tally.capacity) and tally.left <= 0,
        left=left,
        taken=100 - 100 * (left or 0) // tally.capacity if tally.capacity else 0,
        waiting=shown(tally.waiting),
    )


FULL: Final = "full"


@public.get
def coming(request: Request) -> HttpResponse:
    """Show the events to come, and those that can be watched again."""
    language = _language()
    context = {
        "coming": [shown_in(card, language) for card in queries.to_come()],
        "past": [shown_in(card, language) for card in queries.past()],
    }
    return render(request, "events/coming.html", context)


@public.get
def event(request: Request, event_id: UUID) -> HttpResponse:
    """Show one event."""
    card, language = queries.public(event_id), _language()
    context = {
        "event": shown_in(card, language),
        "elsewhere": elsewhere(card.starts_at, card.zone) if card.is_online else (),
        "replay": replay(card.replay, language=language),
        "editions": [shown_in(each, language) for each in queries.editions(card)],
    }
    return render(request, "events/event.html", context)


@public
@paced
def register(request: Request, event_id: UUID) -> HttpResponse:
    """Register an adult; the answer is the same whether the address was registered or not."""
    form = RegisterForm(posted(request))
    if form.is_valid():
        kind = queries.kind_of(event_id)
        with attempt(request, form, conflict=True):
            standing = registering.register(
                incoming=Incoming(
                    event=event_id, kind=kind, language=_language(), **form.cleaned_data
                ),
                by=request.actor,
            )
            place = reverse("events:registered", args=[event_id])
            return redirect(f"{place}?{FULL}=1" if standing is Standing.WAITING else place)
    context = {"event": shown_in(queries.public(event_id), _language()), "form": form}
    return render(request, "events/register.html", context, status=status_of(form))


@public.get
def registered(request: Request, event_id: UUID) -> HttpResponse:
    """Say what was done: a place, or the waiting list; the mail says it of one's own address."""
    card = queries.public(event_id)
    context = {
        "event": shown_in(card, _language()),
        "was_full": FULL in request.GET,
        "erased_on": card.ends_at + KEPT,
    }
    return render(request, "events/registered.html", context)


@public.get
def feed(request: Request) -> HttpResponse:  # noqa: ARG001 - everyone's is the same
    """Give the calendar that is asked for again and again: changed and cancelled events too."""
    return HttpResponse(calendar.feed(_language()), content_type=f"{TYPE}; charset=utf-8")


@public.get
def one(request: Request, event_id: UUID) -> HttpResponse:  # noqa: ARG001 - as above
    """Give one event for a calendar."""
    told = calendar.told(queries.public(event_id), language=_language())
    answer = HttpResponse(
        write([told], method=Method.PUBLISH), content_type=f"{TYPE}; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="event.ics"'
    return answer


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


# The page of someone who registered, by the link of their mail: their place, their certificate.


@public.form
def mine(request: Request, token: str) -> HttpResponse:
    """Show where someone stands; say "not coming", or come back, in one press."""
    registration = read_token(token)
    held = people.held(registration)
    say = request.POST.get("say", "")
    if request.method == "POST" and say in {"release", "come"}:
        act = registering.release if say == "release" else registering.come_back
        with attempt(request):
            act(registration_id=registration, by=request.actor)
            return redirect(request.path)
    context = {
        "held": held,
        "event": shown_in(held.card, _language()),
        "has_place": held.standing is Standing.CONFIRMED,
        "is_waiting": held.standing is Standing.WAITING,
        "erased_on": held.card.ends_at + KEPT,
        "token": token,
        "parts": parts_of("events.mine", registration, seen_by=request.actor),
    }
    return render(request, "events/mine.html", context)


@public
@paced
def attested(request: Request, token: str) -> HttpResponse:
    """Give who came a certificate with the name that they type; nothing of it is kept."""
    held = people.held(read_token(token))
    if not held.came:
        raise NotHere
    form, event = NameForm(posted(request)), shown_in(held.card, _language())
    if form.is_valid():
        told = Certified(
            name=form.cleaned_data["name"],
            says=gettext("took part in"),
            title=event.said.title,
            when=str(event.when),
            organiser=held.card.organiser,
        )
        octets = certificate(told)
        answer = HttpResponse(octets, content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
        return answer
    context = {"event": event, "form": form, "token": token}
    return render(request, "events/certificate.html", context, status=status_of(form))


# Who came: ticks, a list of codes, or heads where nobody registers.


@staff.form
def attendance(request: Request, event_id: UUID) -> HttpResponse:
    """Show who registered with ticks; save those of this page, the others stay."""
    access.require(request.actor, access.ATTEND)
    found = people.desk(event_id, seen_by=request.actor)
    after = request.GET.get("after", "")
    start = int(after) if after.isdecimal() else 0
    listed = people.people(event_id, after=start, seen_by=request.actor)
    if request.method == "POST":
        shown_ids = {str(one.id): one.id for one in listed}
        came = {shown_ids[key] for key in request.POST.getlist("came") if key in shown_ids}
        with attempt(request, said=gettext("Saved.")):
            attending.note(
                event_id=event_id,
                came=came,
                absent=set(shown_ids.values()) - came,
                by=request.actor,
            )
            return redirect("staff:events:event", event_id)
    return _page(request, found, listed)


@staff.post
def codes(request: Request, event_id: UUID) -> HttpResponse:
    """Note that the bearers of codes came; codes that are nobody's are told."""
    access.require(request.actor, access.ATTEND)
    form = CodesForm(request.POST)
    if form.is_valid():
        with attempt(request, form):
            read = attending.read_codes(
                event_id=event_id, codes=codes_in(form.cleaned_data["codes"]), by=request.actor
            )
            messages.success(
                request,
                ngettext("%(many)s person came.", "%(many)s people came.", read.came)
                % {"many": read.came},
            )
            if read.unknown:
                unknown = ", ".join(code[:20] for code in read.unknown[:20])
                messages.warning(
                    request, gettext("Codes that are not known: %(codes)s") % {"codes": unknown}
                )
            return redirect("staff:events:event", event_id)
    found = people.desk(event_id, seen_by=request.actor)
    listed = people.people(event_id, seen_by=request.actor)
    return _page(request, found, listed, form)


@staff.form
def heads(request: Request, event_id: UUID) -> HttpResponse:
    """Say how many were counted where nobody registers."""
    access.require(request.actor, access.ATTEND)
    found = people.desk(event_id, seen_by=request.actor)
    form = HeadsForm(posted(request), initial={"heads": found.heads})
    if form.is_valid():
        with attempt(request, form, said=gettext("Saved.")):
            attending.declare(event_id=event_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:events:event", event_id)
    shown = {"event": shown_in(found.card, _language()), "form": form}
    return render(request, "events/staff/heads.html", shown, status=status_of(form))


def _page(
    request: Request,
    found: people.Desk,
    listed: Sequence[people.Person],
    form: CodesForm | None = None,
) -> HttpResponse:
    shown = {
        "event": shown_in(found.card, _language()),
        "people": listed,
        "next": people.next_after(listed),
        "codes_form": form or CodesForm(),
    }
    status = status_of(form) if form else HTTPStatus.OK
    return render(request, "events/staff/attendance.html", shown, status=status)
