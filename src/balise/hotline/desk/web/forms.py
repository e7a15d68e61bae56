"""What a partner's people fill in: one report, a file of them, filters, a message."""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.web.fields import DayField, LongTextField
from balise.hotline.desk.queries.own import Filters
from balise.hotline.desk.rules.columns import CODES
from balise.hotline.desk.rules.reading import as_a_form_has_it
from balise.hotline.desk.rules.words import Stage
from balise.hotline.reports.rules.answers import (
    LONGEST_CONTEXT,
    LONGEST_DESCRIPTION,
    LONGEST_IDENTITIES,
    LONGEST_MESSAGE,
    LONGEST_REFERENCE,
)
from balise.hotline.reports.rules.categories import UNKNOWN, categories
from balise.hotline.reports.rules.given import EARLIEST
from balise.hotline.reports.rules.places import LONGEST_NAME, LONGEST_PLACE
from balise.hotline.reports.rules.words import PlaceKind

_NAMED = [(one.code, one.name) for one in categories(settings.COUNTRY)]
_CATEGORIES = [
    ("", _("I do not know")),
    *((code, name) for code, name in _NAMED if code != UNKNOWN),
]
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOUR = re.compile(r"\d{2}:\d{2}")
_OFF_THE_WEB = [
    ("", _("On the web: the address above is enough")),
    *((kind.value, kind.label) for kind in PlaceKind if kind is not PlaceKind.WEB),
]


class ReportForm(forms.Form):
    """One report. Nothing is refused here: what is the matter is said beside it, and kept."""

    address = LongTextField(
        label=_("Exact addresses"),
        help_text=_("One per line: the page itself, not the whole site."),
        required=False,
        max_length=LONGEST_PLACE,
        rows=3,
        attrs={"spellcheck": "false", "autocomplete": "off"},
    )
    as_written = forms.BooleanField(
        label=_("Send what is no address as I wrote it"), required=False
    )
    place_kind = forms.ChoiceField(
        label=_("If it is not on a website"), choices=_OFF_THE_WEB, required=False
    )
    service = forms.CharField(
        label=_("Name of the app or game"), required=False, max_length=LONGEST_NAME
    )
    place = forms.CharField(
        label=_("Account, group or number"), required=False, max_length=LONGEST_DESCRIPTION
    )
    category = forms.ChoiceField(label=_("Category"), choices=_CATEGORIES, required=False)
    met_on = forms.CharField(
        label=_("Day on which it was seen"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    met_time = forms.CharField(
        label=_("Time at which it was seen"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    description = LongTextField(
        label=_("Description"),
        help_text=_("Two or three sentences. Describe, never copy."),
        required=False,
        max_length=LONGEST_DESCRIPTION,
        rows=4,
    )
    identities = LongTextField(
        label=_("Known facts about the author"),
        help_text=_("A pseudonym, an account, a place; or “nothing known”."),
        required=False,
        max_length=LONGEST_IDENTITIES,
        rows=2,
    )
    context = LongTextField(
        label=_("Context"),
        help_text=_("Origin, people concerned, and steps already taken."),
        required=False,
        max_length=LONGEST_CONTEXT,
        rows=3,
    )
    danger = forms.BooleanField(label=_("Someone may be in danger now"), required=False)
    reference = forms.CharField(
        label=_("Your reference"),
        help_text=_("Your own number, to find the report again."),
        required=False,
        max_length=LONGEST_REFERENCE,
    )

    @property
    def cells(self) -> dict[str, str]:
        """Return what was written, as the cells of a line, whatever it is."""
        given = {code: str(self.data.get(code, "")) for code in CODES}
        ticked = ("danger", "as_written")
        return given | {code: "yes" if self.data.get(code) else "" for code in ticked}

    @classmethod
    def of(cls, cells: dict[str, str]) -> "ReportForm":
        """Return the form filled with the cells of a draft, even with what it cannot read."""
        shown = as_a_form_has_it(cells, country=settings.COUNTRY)
        if shown.get("category") == UNKNOWN:
            shown["category"] = ""
        ticked = {code: bool(shown[code]) for code in ("danger", "as_written")}
        form = cls(initial={**shown, **ticked})
        for name, shape in (("met_on", _ISO_DAY), ("met_time", _HOUR)):
            widget = form.fields[name].widget
            written = shown.get(name, "")
            # A browser shows nothing of a day that it cannot read.
            if written and not shape.fullmatch(written) and isinstance(widget, forms.TextInput):
                widget.input_type = "text"
        for name, choices in (("category", _CATEGORIES), ("place_kind", _OFF_THE_WEB)):
            written, field = shown.get(name, ""), form.fields[name]
            if written not in dict(choices) and isinstance(field, forms.ChoiceField):
                field.choices = [*choices, (written, written)]
        return form


class FileForm(forms.Form):
    """A file of reports."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX, CSV or JSON; 5 MB and 2,000 lines at most."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.json,.jsonl"}),
    )


class FilterForm(forms.Form):
    """What to show of one's own reports. A filter that says nothing readable shows all."""

    stage = forms.ChoiceField(
        label=_("State"),
        choices=lambda: [("", _("All states")), *((one.value, one.label) for one in Stage)],
        required=False,
    )
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("All categories")), *_NAMED], required=False
    )
    since = DayField(label=_("Received from"), required=False)
    until = DayField(label=_("Received until"), required=False)
    asks = forms.BooleanField(label=_("Only those with a question for us"), required=False)

    @property
    def filters(self) -> Filters:
        """Return the filters that were chosen."""
        chosen: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        stage = chosen.get("stage", "")
        return Filters(
            stage=Stage(stage) if stage else None,
            category=chosen.get("category", ""),
            since=max(chosen["since"], EARLIEST) if chosen.get("since") else None,
            until=min(max(chosen["until"], EARLIEST), today()) if chosen.get("until") else None,
            asks=chosen.get("asks", False),
        )


class MessageForm(forms.Form):
    """A message of the dialogue; sent twice, it is there once."""

    message_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = LongTextField(label=_("Your message"), max_length=LONGEST_MESSAGE, rows=3)
