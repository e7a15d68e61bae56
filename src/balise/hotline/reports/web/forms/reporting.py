"""The public form, in steps: where it is, what it is, who you are. Only the place is required."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from balise.foundation.clock import today
from balise.foundation.web.fields import DayField, LongTextField
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.categories import UNKNOWN, categories
from balise.hotline.reports.rules.given import LONGEST_CONTACT, LONGEST_DESCRIPTION
from balise.hotline.reports.rules.places import Place
from balise.hotline.reports.rules.words import ASKED, Concern, MetHow, PlaceKind
from balise.takedown.tracing.rules.addresses import AddressRefused
from balise.takedown.tracing.rules.meant import Meant, Way, meant
from balise.takedown.tracing.rules.written import apart

_OFF_THE_WEB = [(kind.value, kind.label) for kind in PlaceKind if kind is not PlaceKind.WEB]
_OLDEST_YEAR = 1990
_SHOWN = 60  # characters of a line that is no address


class _Shared(dict[str, forms.Field]):
    """Fields that no form changes: each form of the class uses them as they are."""

    def __deepcopy__(self, _memo: dict[int, object]) -> "_Shared":
        return self


class _OneOf(forms.ChoiceField):
    """One of a few codes, looked up as such: the field's own way reads every label to compare."""

    def __init__(self, *, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(choices=choices, **kwargs)
        self._codes = frozenset(code for code, _label in choices)

    def valid_value(self, value: Any) -> bool:
        """Return whether the value is one of the codes."""
        return value in self._codes


class StepForm(forms.Form):
    """A step of the report. Its fields are not copied for each visit: that cost more than sealing.

    So a step never changes a field or a widget of its own once the class stands.
    """

    base_fields: ClassVar[dict[str, forms.Field]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not isinstance(self.base_fields, _Shared):
            type(self).base_fields = _Shared(self.base_fields)
        super().__init__(*args, **kwargs)

    def readable(self, *names: str) -> dict[str, Any]:
        """Return the values of these fields, without those that could not be read."""
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


@dataclass(frozen=True, slots=True)
class Question:
    """A line that may mean several things: under `name`, the number of one of its `ways`."""

    name: str
    line: str
    ways: Sequence[Way]


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """A line that names an account or a number, to be asked for where that is asked."""

    text: str
    kind: PlaceKind
    refusal: str


_NAMES_NO_PAGE = {"handle": PlaceKind.APP, "phone": PlaceKind.PHONE}
_LINE_END = re.compile(r"\r\n|\r|\n")


class _Lines:
    """Lines of addresses being read: what was found, what is refused, what is to be asked."""

    def __init__(self, data: Mapping[str, Any], *, as_written: bool) -> None:
        self._data = data
        self._as_written = as_written
        self.found: list[Place] = []
        self.refused: list[str] = []
        self.questions: list[Question] = []
        self.elsewhere: _Elsewhere | None = None

    def take(self, line: str) -> None:
        written = line.strip()
        if not written:
            return
        read = meant(written)
        if read.refused is not None:
            self._refuse(written, read.refused)
        elif read.asks:
            self._ask(written, read)
        else:
            (way,) = read.ways
            pieces = [written] if len(way) == 1 else apart(written)
            for address, piece in zip(way, pieces, strict=True):
                self.found.append(places.on_the_web(address, text=piece))

    def _ask(self, line: str, read: Meant) -> None:
        """Take the way that was chosen; until then ask, and keep the likely one."""
        name = f"meant-{blake2s(line.encode(errors='replace'), digest_size=6).hexdigest()}"
        chosen = str(self._data.get(name, ""))
        numbers = [str(number) for number in range(len(read.ways))]
        is_chosen = chosen in numbers
        if not is_chosen and not self._as_written:
            self.questions.append(Question(name, line, read.ways))
        way = read.ways[int(chosen) if is_chosen else 0]
        texts = [line] if len(way) == 1 else [one.canonical for one in way]
        self.found += (
            places.on_the_web(one, text=text, is_chosen=is_chosen)
            for one, text in zip(way, texts, strict=True)
        )

    def _refuse(self, line: str, refusal: AddressRefused) -> None:
        if self._as_written:
            self.found.append(places.as_written(line, refused=refusal.code))
        elif refusal.code in _NAMES_NO_PAGE and self.elsewhere is None:
            self.elsewhere = _Elsewhere(line, _NAMES_NO_PAGE[refusal.code], refusal.message)
        else:
            words = {"line": _shortened(line), "why": refusal.message}
            self.refused.append(gettext("“%(line)s”: %(why)s") % words)


class WhereForm(StepForm):
    """Step 1: one or many addresses, or a place that is not on the web."""

    addresses = LongTextField(
        label=_("Address of the page"),
        help_text=_("Copy it from the top of your browser. Several addresses: one on each line."),
        required=False,
        max_length=places.LONGEST_PLACE,
        strip=True,
        rows=3,
        attrs={
            "autocomplete": "off",
            "autocapitalize": "none",
            "spellcheck": "false",
            "inputmode": "url",
            "dir": "auto",
        },
    )
    kind = _OneOf(
        label=_("It is not on a website"),
        choices=[("", _("It has an address, written above")), *_OFF_THE_WEB],
        required=False,
        widget=forms.RadioSelect,
    )
    service = forms.CharField(
        label=_("Name of the application, the game or the service"),
        required=False,
        max_length=places.LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    words = forms.CharField(
        label=_("Name or number of the account, group or player"),
        required=False,
        max_length=LONGEST_DESCRIPTION,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    as_written = forms.BooleanField(label=_("Send exactly what I wrote"), required=False)

    # Set by cleaning: whether the choice “as I wrote it” must be offered, and what is asked.
    unreadable = False
    questions: Sequence[Question] = ()

    def clean(self) -> dict[str, Any]:
        """Read the places line by line.

        What may mean several addresses is asked, what could not be read is said, and offered to be
        sent as it was written; meanwhile the likely meaning is kept.
        """
        cleaned = super().clean() or {}
        read = _Lines(self.data, as_written=cleaned.get("as_written", False))
        for line in _LINE_END.split(cleaned.get("addresses", "")):
            read.take(line)
        found, refused = read.found, read.refused
        self.questions = read.questions
        if read.questions:
            self.add_error("addresses", _("Is this what you meant? Choose below, then continue."))
        if read.elsewhere is not None:
            self._lead_elsewhere(read.elsewhere, cleaned)
        words, kind = cleaned.get("words", ""), cleaned.get("kind", "")
        service = cleaned.get("service", "")
        if words or service:
            found.append(
                places.elsewhere(
                    kind=PlaceKind(kind or PlaceKind.APP), text=words or service, service=service
                )
            )
        if refused:
            self.unreadable = True
            self.add_error("addresses", refused)
        elif not found and "addresses" not in self.errors:
            self.add_error(
                "kind" if kind else "addresses",
                _("Tell us where to find it: the address of the page, or the name of the account."),
            )
        if len(found) > places.MOST_PLACES:
            self.add_error(
                "addresses",
                ngettext(
                    "%(most)d address at most in one report. Send the others in a second one.",
                    "%(most)d addresses at most in one report. Send the others in a second one.",
                    places.MOST_PLACES,
                )
                % {"most": places.MOST_PLACES},
            )
            found = []
        cleaned["places"] = tuple({place.identity: place for place in found}.values())
        return cleaned

    def _lead_elsewhere(self, line: _Elsewhere, cleaned: dict[str, Any]) -> None:
        """Move what is no address to where it is asked for; nothing typed is written over."""
        if cleaned.get("words"):
            self.add_error("addresses", line.refusal)
            return
        cleaned["kind"], cleaned["words"] = line.kind.value, line.text
        data: QueryDict | dict[str, Any] = QueryDict(mutable=True)
        data.update(self.data)
        rest = _LINE_END.split(data.get("addresses", ""))
        data["addresses"] = "\n".join(one for one in rest if one.strip() != line.text)
        data["kind"], data["words"] = line.kind.value, line.text
        self.data = data
        self.add_error("words", line.refusal)

    def given(self) -> dict[str, Any]:
        """Return what could be read of this step, by field name of `Answers`."""
        found = self.cleaned_data.get("places")
        return {"places": found} if found else {}


class WhatForm(StepForm):
    """Step 2: what it is, in plain words; nothing is required."""

    category = _OneOf(
        label=_("What are you reporting?"),
        help_text=_("Choose the closest match. An analyst will check."),
        required=False,
        choices=[(one.code, one.label) for one in categories(settings.COUNTRY)],
        widget=forms.RadioSelect,
    )
    danger = forms.BooleanField(
        label=_("Someone may be in danger now"),
        help_text=_("Child abuse, or a threat of suicide or violence"),
        required=False,
    )
    concern = _OneOf(
        label=_("Do you know the people concerned?"),
        choices=Concern.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    met_how = _OneOf(
        label=_("How did you find it?"),
        choices=[("", _("I prefer not to say")), *MetHow.choices],
        required=False,
    )
    met_on = DayField(label=_("When did you see it?"), required=False)
    description = LongTextField(
        label=_("Anything that helps to find or understand it"),
        help_text=_(
            "For instance: which picture on the page, at which minute of the video, a password "
            "needed to see it. Never send us the picture or the video itself."
        ),
        required=False,
        max_length=LONGEST_DESCRIPTION,
        rows=5,
        attrs={"dir": "auto"},
    )

    hints = {one.code: one.hint for one in categories(settings.COUNTRY)}

    def clean_category(self) -> str:
        """Return the category; none chosen is “I do not know”."""
        return str(self.cleaned_data["category"]) or UNKNOWN

    def clean_met_on(self) -> date | None:
        """Return the day; a day to come, or before the web, is a slip of the finger."""
        met_on: date | None = self.cleaned_data["met_on"]
        if met_on and met_on > today():
            raise ValidationError(_("This date is in the future: check it."))
        if met_on and met_on.year < _OLDEST_YEAR:
            raise ValidationError(_("This date is too long ago: check the year."))
        return met_on

    def given(self) -> dict[str, Any]:
        """Return what could be read of this step, by field name of `Answers`."""
        names = ("category", "danger", "concern", "met_how", "met_on", "description")
        return self.readable(*names)


class YouForm(StepForm):
    """Step 3: who you are, as far as you wish; nothing is required."""

    age_band = _OneOf(
        label=_("Your age"),
        help_text=_("So that we can adapt our answer. Optional."),
        choices=[(one.value, one.label) for one in ASKED],
        required=False,
        widget=forms.RadioSelect,
    )
    contact = forms.CharField(
        label=_("An e-mail address or a phone number, if you want us to contact you"),
        help_text=_("Only the analysts of the hotline can read it. You can stay anonymous."),
        required=False,
        max_length=LONGEST_CONTACT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    follow_up = _OneOf(
        label=_("Do you want to follow your report?"),
        choices=[
            ("yes", _("Yes, give me a code to read the answer")),
            ("no", _("No, I do not need a follow-up")),
        ],
        initial="yes",
        required=False,
        widget=forms.RadioSelect,
    )

    def given(self) -> dict[str, Any]:
        """Return what could be read of this step, by field name of `Answers`."""
        return self.readable("age_band", "contact")

    @property
    def wants_follow_up(self) -> bool:
        """Return whether a receipt is wanted: it is, unless the reporter said no."""
        return self.cleaned_data.get("follow_up") != "no"


class WholeForm(WhereForm, WhatForm, YouForm):
    """All steps at once: what a single sending holds."""

    def given(self) -> dict[str, Any]:
        """Return what could be read of all steps, by field name of `Answers`."""
        return WhereForm.given(self) | WhatForm.given(self) | YouForm.given(self)


def _shortened(line: str) -> str:
    line = line.strip()
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
