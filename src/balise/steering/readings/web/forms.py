"""What someone fills in of things that are followed, and of their readings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.statistics.indicators import Method
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.steering.imports.web.forms import NumberField
from balise.steering.readings.queries.desk import things
from balise.steering.readings.rules.files import DAY, THING
from balise.steering.readings.rules.judging import (
    LONGEST,
    SHAPES,
    Facts,
    Network,
    ReadingTold,
    Series,
    Thing,
    Why,
    series_of,
)

_METHODS = (
    (Method.DECLARED.value, pgettext_lazy("readings", "Read on the page of the service")),
    (Method.IMPORTED.value, pgettext_lazy("readings", "From an export of the service")),
    (Method.ESTIMATED.value, pgettext_lazy("readings", "Estimated")),
)


class ChangeForm(forms.Form):
    """A thing that is followed, without its kind and code, which never change."""

    name = forms.CharField(label=pgettext_lazy("readings", "Name"), max_length=120)
    network = forms.TypedChoiceField(
        label=pgettext_lazy("readings", "Network or store"),
        choices=[("", pgettext_lazy("readings", "None: a website")), *Network.choices],
        coerce=Network,
        empty_value=None,
        required=False,
    )
    owner = forms.CharField(label=_("Organisation that owns it"), max_length=120, required=False)
    address = forms.URLField(label=_("Its web address"), max_length=500, required=False)
    until = DayField(
        label=pgettext_lazy("readings", "Followed until"),
        required=False,
        help_text=_("The day it was closed, or given up."),
    )

    @property
    def facts(self) -> Facts:
        """What was typed, once it is valid."""
        return Facts(**{name: self.cleaned_data[name] for name in ChangeForm.base_fields})


class FollowForm(ChangeForm):
    """A new thing to follow."""

    kind = CodeField(Thing, label=pgettext_lazy("readings", "Kind"))
    code = forms.CharField(
        label=pgettext_lazy("readings", "Code"),
        max_length=LONGEST,
        help_text=_("It is never changed. Figures carry it. Example: facebook."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    field_order = ("kind", "name", "code")


class NoteForm(forms.Form):
    """A reading of a thing of a kind."""

    series = CodeField(Series, label=pgettext_lazy("readings", "Counted"))
    since = DayField(
        label=_("First day"),
        required=False,
        help_text=_("For visits and visitors: the number is from this day to the next one."),
    )
    day = DayField(label=pgettext_lazy("readings", "Day"))
    value = NumberField(label=pgettext_lazy("readings", "Number"))
    method = CodeField(
        Method,  # type: ignore[arg-type]  # an enumeration without words of its own
        choices=_METHODS,
        label=pgettext_lazy("readings", "Origin of the number"),
    )
    source = forms.CharField(
        label=pgettext_lazy("readings", "Source"), max_length=120, required=False
    )
    why = forms.TypedChoiceField(
        label=_("Reason, if it is lower than the one before"),
        choices=[("", pgettext_lazy("readings", "It is not")), *Why.choices],
        coerce=Why,
        empty_value=None,
        required=False,
    )
    note = LongTextField(
        label=pgettext_lazy("readings", "Note"), rows=2, max_length=500, required=False
    )

    def __init__(self, data: Any, *, kind: Thing, **options: Any) -> None:
        super().__init__(data, **options)
        series = series_of(kind)
        self.fields["series"].choices = [(one.value, one.label) for one in series]  # type: ignore[attr-defined]
        if not any(SHAPES[one].has_span for one in series):
            del self.fields["since"]

    @property
    def told(self) -> ReadingTold:
        """What was typed, once it is valid."""
        typed = dict(self.cleaned_data)
        return ReadingTold(quantity=typed.pop("value"), **typed)


class CorrectForm(forms.Form):
    """A number that takes the place of another."""

    value = NumberField(label=pgettext_lazy("readings", "Number"))
    why = forms.TypedChoiceField(
        label=_("Reason, if it is lower than the one before"),
        choices=[("", pgettext_lazy("readings", "It is not")), *Why.choices],
        coerce=Why,
        empty_value=None,
        required=False,
    )
    note = LongTextField(label=_("Error that is corrected"), rows=2, max_length=500)


class ColumnsForm(forms.Form):
    """What the columns of a file hold, one field for each."""

    thing = forms.ChoiceField(label=_("All rows are of"), required=False)
    source = forms.CharField(
        label=pgettext_lazy("readings", "Source"), max_length=120, required=False
    )

    def __init__(
        self, data: Any, *, head: Sequence[str], began: Sequence[str], **more: Any
    ) -> None:
        super().__init__(data, **more)
        none = pgettext_lazy("readings", "A column names it")
        self.fields["thing"].choices = [("", none), *((row.code, row.name) for row in things())]  # type: ignore[attr-defined]
        roles = [
            ("", pgettext_lazy("readings", "Not read")),
            (DAY, pgettext_lazy("readings", "Day, month or year")),
            (THING, pgettext_lazy("readings", "Account, video, store or site")),
            *Series.choices,
        ]
        self._names = [f"column_{at}" for at in range(len(head))]
        for name, label, role in zip(self._names, head, began, strict=True):
            said = _("Column “%(name)s”") % {"name": label or "–"}
            self.fields[name] = forms.ChoiceField(
                label=said, choices=roles, initial=role, required=False
            )

    @property
    def columns(self) -> list[str]:
        """What each column holds, once it is valid."""
        return [self.cleaned_data[name] for name in self._names]


def initial_of(row: Any) -> dict[str, Any]:
    """Return what is said of a thing now, as the form has it."""
    return {name: getattr(row, name) for name in ChangeForm.base_fields}
