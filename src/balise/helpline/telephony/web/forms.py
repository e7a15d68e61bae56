"""What is filled in to be called back: a number, a safe time, and what is said to anyone else."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balise.foundation.clock import now, today
from balise.foundation.refusals import refusals_as
from balise.foundation.web.fields import CodeField
from balise.helpline.conversations.rules.hours import schedule
from balise.helpline.queue.rules import Risk
from balise.helpline.queue.rules.danger_words import risk_of
from balise.helpline.telephony.rules import call_backs
from balise.helpline.telephony.rules.call_backs import Script, read_words
from balise.helpline.telephony.rules.numbers import read_aloud, read_callable

_OFF = {"autocomplete": "off"}
_NOTHING = [("", "—")]
# The same choices as the listener reads, as they are put to whoever asks.
_SAID = (
    (Script.FRIEND, _("Say that it is a wrong number, and hang up")),
    (Script.SURVEY, _("Say that it is about a delivery, and call again")),
    (Script.FIRST_NAME, _("Give a first name only, and call again")),
    (Script.OPEN, _("Say who we are: I allow it")),
)


class CallBackForm(forms.Form):
    """What a parent or a professional fills in."""

    number = forms.CharField(
        label=_("Which number shall we call?"),
        help_text=_("For a foreign number, start with + and the country code."),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", **_OFF}),
    )
    script = CodeField(
        Script,
        label=_("What should we say if someone else answers?"),
        help_text=_("We never say who we are to anyone else, unless you allow it here."),
        choices=_SAID,
        initial=Script.FRIEND,
        widget=forms.RadioSelect,
    )
    day = forms.TypedChoiceField(label=_("Which day?"), coerce=date.fromisoformat)
    since = forms.TypedChoiceField(
        label=pgettext_lazy("time", "Not before"), coerce=time.fromisoformat
    )
    until = forms.TypedChoiceField(
        label=pgettext_lazy("time", "Not after"), coerce=time.fromisoformat
    )
    words = forms.CharField(
        label=_("Something we should know"),
        help_text=_("Optional. Only the person who calls you can read it."),
        required=False,
        strip=False,
        # No `maxlength`: a browser cuts what is pasted, silently. The rule refuses, and keeps it.
        widget=forms.Textarea(attrs={"rows": 3, **_OFF}),
    )
    # Made before it is sent: the same page twice is one call-back.
    call_back_id = forms.UUIDField(widget=forms.HiddenInput)

    # From when to when, once the fields are right.
    safe: tuple[datetime, datetime]

    def __init__(self, given: Any = None) -> None:
        super().__init__(given, initial={"call_back_id": uuid4()})
        self._schedule = schedule(settings.COUNTRY, zone=settings.TIME_ZONE)
        self._moment = now()
        days = call_backs.open_days(self._moment, self._schedule)
        hours = call_backs.whole_hours(days, self._schedule)
        self._offer("day", [(day.isoformat(), _name_of(day)) for day in days])
        for name in ("since", "until"):
            at = [(f"{hour:%H:%M}", time_format(hour, "TIME_FORMAT")) for hour in hours]
            self._offer(name, [*_NOTHING, *at])

    def clean_number(self) -> str:
        with refusals_as(ValidationError):
            return read_callable(self.cleaned_data["number"])

    def clean_words(self) -> str:
        with refusals_as(ValidationError):
            return read_words(self.cleaned_data["words"])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if {"day", "since", "until"} <= given.keys():
            with refusals_as(lambda why: ValidationError({"until": why})):
                self.safe = call_backs.safe_time(
                    given["day"],
                    given["since"],
                    given["until"],
                    moment=self._moment,
                    schedule=self._schedule,
                )
        return given

    def given(self) -> dict[str, Any]:
        """Return what the action asks for."""
        given = dict(self.cleaned_data)
        del given["day"]
        begins, ends = self.safe
        return given | {"since": begins, "until": ends}

    @property
    def comes_first(self) -> bool:
        """Whether the words tell of danger, once they are right."""
        return risk_of(self.cleaned_data["words"], country=settings.COUNTRY) is Risk.A

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class YoungCallBackForm(CallBackForm):
    """What a young person fills in: the same, in their words."""

    def __init__(self, given: Any = None) -> None:
        super().__init__(given)
        number, script, words = (self.fields[name] for name in ("number", "script", "words"))
        number.help_text = pgettext_lazy(
            "youth", "From another country? Start with + and the code of the country."
        )
        script.help_text = pgettext_lazy(
            "youth", "We never tell anyone else who we are. You can allow it here."
        )
        words.help_text = pgettext_lazy(
            "youth", "Only if you want to. Only the person who calls you can read it."
        )


class NotedCallBackForm(CallBackForm):
    """What a listener notes for whoever is on the line: kept once the number was repeated."""

    # The number as it was shown to be repeated; none before it was typed.
    shown_number = forms.CharField(required=False, widget=forms.HiddenInput)
    repeated = forms.BooleanField(label=_("I repeated the number and they agreed"), required=False)
    # In groups, as it is said; "" where there is no number yet.
    to_repeat: str

    def __init__(self, given: Any = None) -> None:
        super().__init__(given)
        number, script, words = (self.fields[name] for name in ("number", "script", "words"))
        number.label = _("Number given by the person")
        script.label = _("If someone else picks up")
        script.help_text = _("Ask the person. We say it word for word.")
        script.choices = Script.choices  # type: ignore[attr-defined]
        words.help_text = _("Optional. Encrypted. Only the person who calls back can read it.")
        self.to_repeat = ""

    def clean(self) -> dict[str, Any]:
        """Ask that a number was repeated: the one that is shown, not one typed since."""
        given = super().clean()
        number = given.get("number", "")
        if not number:
            return given
        self.to_repeat = read_aloud(number)
        if given.get("repeated") and given.get("shown_number") == self.to_repeat:
            return given
        data = {name: value for name, value in self.data.items() if name != "repeated"}
        self.data = data | {"shown_number": self.to_repeat}
        self.add_error(
            "repeated",
            gettext("Repeat the number to the person, then tick the box: %(number)s")
            % {"number": self.to_repeat},
        )
        return given

    def given(self) -> dict[str, Any]:
        """Return what the action asks for."""
        names = {"shown_number", "repeated"}
        return {name: value for name, value in super().given().items() if name not in names}


def _name_of(day: date) -> str:
    name = date_format(day, "l j F")
    if day == today():
        return gettext("Today, %(day)s") % {"day": name}
    if day == today() + timedelta(days=1):
        return gettext("Tomorrow, %(day)s") % {"day": name}
    return name
