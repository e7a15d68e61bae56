"""Read how someone likes to look, and limits of their own."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.hotline.welfare.queries import Switches, Wish


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
