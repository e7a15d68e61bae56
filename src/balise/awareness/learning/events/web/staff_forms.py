"""What staff fill in of an event."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.awareness.learning.events.queries import EventCard
from balise.awareness.learning.events.rules.facts import (
    MOST,
    Audience,
    EventKind,
    Facts,
    Said,
    Speaker,
    zones,
)
from balise.awareness.partnership.campaigns import queries as campaigns
from balise.awareness.places.structures import queries as structures
from balise.foundation.web.fields import CodeField, LongTextField

_CALENDAR: Final = "%Y-%m-%dT%H:%M"
_WORDS: Final = ("title", "summary", "points")


def _none(choices: Any) -> list[tuple[Any, Any]]:
    return [("", "—"), *choices]


class MomentField(forms.DateTimeField):
    """A day and an hour on the clocks of the zone that the form names, so without a zone."""

    def __init__(self, **options: Any) -> None:
        calendar = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_CALENDAR)
        super().__init__(widget=calendar, **options)

    def to_python(self, value: Any) -> datetime | None:
        """Return what the clocks say."""
        moment = super().to_python(value)
        return timezone.make_naive(moment) if moment and moment.tzinfo else moment


class EventForm(forms.Form):
    """An event; its words in each language of the centre, one of which is enough."""

    kind = CodeField(EventKind, label=pgettext_lazy("event", "Kind"))
    starts_at = MomentField(label=pgettext_lazy("event", "Start"))
    ends_at = MomentField(label=pgettext_lazy("event", "End"))
    zone = forms.ChoiceField(label=_("Time zone"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.CharField(
        label=_("Link to join"),
        max_length=400,
        required=False,
        help_text=_("Sent to those with a place, and never shown on the public page."),
    )
    capacity = forms.IntegerField(
        label=_("Number of places"),
        min_value=0,
        max_value=MOST,
        initial=0,
        help_text=_("0: nobody registers, and heads are counted."),
    )
    audience = CodeField(Audience, label=pgettext_lazy("event", "Audience"))
    speakers = LongTextField(
        label=_("Speakers"),
        rows=4,
        required=False,
        max_length=4_000,
        help_text=_("One a line: name | role | working group."),
    )
    organiser = forms.CharField(
        label=_("Organiser"),
        max_length=120,
        required=False,
        help_text=_("Empty for the centre itself."),
    )
    structure = forms.TypedChoiceField(
        label=_("Organising structure"), required=False, empty_value=None
    )
    campaign = forms.ChoiceField(label=pgettext_lazy("event", "Campaign"), required=False)
    series = forms.SlugField(
        label=_("Series"),
        max_length=40,
        required=False,
        help_text=_("The same word for each edition of a festival, such as “tubecon”."),
    )
    edition = forms.IntegerField(
        label=pgettext_lazy("event", "Edition number"), min_value=1, max_value=999, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._choose("zone", [(one.name, str(one.says)) for one in zones(settings.COUNTRY)])
        self._choose("structure", _none((str(key), name) for key, name in structures.choices()))
        self._choose("campaign", _none(campaigns.choices()))
        for code, name in settings.LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title (%(language)s)") % {"language": name}, max_length=120, required=False
            )
            self.fields[f"summary_{code}"] = forms.CharField(
                label=_("Summary (%(language)s)") % {"language": name},
                max_length=300,
                required=False,
            )
            self.fields[f"points_{code}"] = LongTextField(
                label=_("Programme, one point a line (%(language)s)") % {"language": name},
                rows=3,
                required=False,
                max_length=2_000,
            )

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """Offer choices; what an event has already is one of them, whatever became of it."""
        had = self.initial.get(name)
        if had and str(had) not in {str(key) for key, _label in choices}:
            choices = [*choices, (str(had), str(had))]
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own fields
        field.choices = choices

    @property
    def facts(self) -> Facts:
        """What was typed, once it is valid."""
        typed = self.cleaned_data
        zone = ZoneInfo(typed["zone"])
        return Facts(
            words=dict(self._words()),
            speakers=[_speaker(line) for line in typed["speakers"].splitlines() if line.strip()],
            starts_at=typed["starts_at"].replace(tzinfo=zone),
            ends_at=typed["ends_at"].replace(tzinfo=zone),
            **{name: typed[name] for name in _AS_TYPED},
        )

    def _words(self) -> Iterator[tuple[str, Said]]:
        for code, _name in settings.LANGUAGES:
            said = [self.cleaned_data[f"{name}_{code}"].strip() for name in _WORDS]
            if any(said):
                yield code, Said(*said)


class ReplayForm(forms.Form):
    """The page of the film of an event."""

    address = forms.CharField(
        label=_("Address of the film’s page"),
        max_length=400,
        required=False,
        help_text=_("A page of our own resources. Empty: no film."),
    )


class CodesForm(forms.Form):
    """The codes of those who came, as a file or a list."""

    codes = LongTextField(
        label=_("Codes of those who came"),
        rows=5,
        max_length=400_000,
        help_text=_("One a line, or a CSV file whose first column is the code."),
    )


class HeadsForm(forms.Form):
    """How many were counted where nobody registers."""

    heads = forms.IntegerField(label=_("Heads counted"), min_value=0, max_value=10_000_000)


_AS_TYPED: Final = (
    *("kind", "zone", "place", "link", "capacity", "audience", "organiser", "structure"),
    *("campaign", "series", "edition"),
)


def initial_of(card: EventCard, link: str) -> Mapping[str, Any]:
    """Return what an event says now, as the form has it."""
    zone = ZoneInfo(card.zone)
    words = {
        f"{name}_{code}": getattr(said, name)
        for code, said in card.words.items()
        for name in _WORDS
    }
    return {
        **words,
        **{name: getattr(card, name) for name in _AS_TYPED if name not in {"link", "capacity"}},
        "link": link,
        "capacity": card.tally.capacity,
        "starts_at": card.starts_at.astimezone(zone).replace(tzinfo=None),
        "ends_at": card.ends_at.astimezone(zone).replace(tzinfo=None),
        "speakers": "\n".join(
            " | ".join(filter(None, (one.name, one.role, one.group))) for one in card.speakers
        ),
    }


def _speaker(line: str) -> Speaker:
    name, role, group, *_more = [*(part.strip() for part in line.split("|")), "", ""]
    return Speaker(name, role, group)
