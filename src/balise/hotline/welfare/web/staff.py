"""The staff door: my day, a break, my switches; and the team's weeks, for its head."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _

from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.hotline.welfare import actions, queries
from balise.hotline.welfare.queries import Switches, Wish

# Read how someone likes to look, and limits of their own.


class WishForm(forms.Form):
    """Three switches, and limits that are gentler than the centre's."""

    blur = forms.BooleanField(
        label=_("Hide texts and addresses unless I hold a key or the button"), required=False
    )
    greyscale = forms.BooleanField(label=_("Show without colours"), required=False)
    mute = forms.BooleanField(label=_("Play without sound"), required=False)
    day = forms.IntegerField(
        label=_("Daily limit, in minutes"),
        help_text=_("Empty: the centre’s setting."),
        required=False,
        min_value=1,
        max_value=1440,
    )
    stretch = forms.IntegerField(
        label=_("Break after (minutes)"),
        help_text=_("Empty: the centre’s setting."),
        required=False,
        min_value=1,
        max_value=1440,
    )
    stops_at = forms.TimeField(
        label=_("Nothing more from this time"),
        help_text=_("Empty: the centre’s setting."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    @classmethod
    def of(cls, wish: Wish) -> "WishForm":
        """Return the form filled in with what someone chose before."""
        switches = wish.switches
        return cls(
            initial={
                "blur": switches.blur,
                "greyscale": switches.greyscale,
                "mute": switches.mute,
                "day": _count(wish.day),
                "stretch": _count(wish.stretch),
                "stops_at": wish.stops_at,
            }
        )

    @property
    def wish(self) -> Wish:
        """Return what a valid form says."""
        given: dict[str, Any] = self.cleaned_data
        return Wish(
            Switches(given["blur"], given["greyscale"], given["mute"]),
            day=_span(given["day"]),
            stretch=_span(given["stretch"]),
            stops_at=given["stops_at"],
        )


def _count(span: timedelta | None) -> int | None:
    return span // timedelta(minutes=1) if span is not None else None


def _span(minutes: int | None) -> timedelta | None:
    return timedelta(minutes=minutes) if minutes is not None else None


@staff.form
def mine(request: Request) -> HttpResponse:
    """Show one's own day, and keep how one likes to look."""
    own = queries.own(seen_by=request.actor)
    form = WishForm(request.POST) if request.method == "POST" else WishForm.of(own.wish)
    if form.is_valid():
        with attempt(request, form, said=gettext("Saved. Only you can see it.")):
            actions.choose(wish=form.wish, by=request.actor)
            return redirect("staff:welfare:mine")
    context = {"own": own, "centre_limits": queries.limits_here(), "form": form}
    return render(request, "hotline/welfare/mine.html", context, status=status_of(form))


@staff.post
def take_break(request: Request) -> HttpResponse:
    """Take a break now."""
    actions.take_break(by=request.actor)
    messages.success(request, gettext("Your break begins. Open content is hidden."))
    return redirect("staff:welfare:mine")


@staff.post
def end_break(request: Request) -> HttpResponse:
    """Come back from a break of one's own."""
    actions.end_break(by=request.actor)
    return redirect("staff:welfare:mine")


@staff.get
def team(request: Request) -> HttpResponse:
    """Show what the team bore together, week by week."""
    weeks = queries.team(seen_by=request.actor)
    context = {"weeks": weeks, "limits": queries.limits_here()}
    return render(request, "hotline/welfare/team.html", context)
