"""Forms of breaks and targets."""

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.statistics.indicators import INDICATORS
from balise.foundation.web.components.page import line_name
from balise.foundation.web.fields import DayField


def _figures() -> list[tuple[str, str]]:
    return [(one.code, f"{one.name} ({one.code})") for one in INDICATORS.values()]


def _lines() -> list[tuple[str, str]]:
    lines = dict.fromkeys(one.line for one in INDICATORS.values())
    return [(line, line_name(line)) for line in lines]


class BreakForm(forms.Form):
    """A day, its name in both languages, and what it concerns."""

    on = DayField(label=_("Day"))
    name_fr = forms.CharField(label=_("Name in French"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    lines = forms.MultipleChoiceField(
        label=_("Lines that it concerns"),
        choices=_lines,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    indicators = forms.MultipleChoiceField(
        label=_("Figures that it concerns"),
        choices=_figures,
        required=False,
        widget=forms.SelectMultiple,
    )


class TargetForm(forms.Form):
    """The number that an objective sets for a figure and a year."""

    indicator = forms.ChoiceField(label=pgettext_lazy("steering", "Figure"), choices=_figures)
    plan = forms.CharField(label=pgettext_lazy("figures", "Plan"), max_length=80)
    objective = forms.CharField(label=_("Objective"), max_length=20)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    value = forms.DecimalField(label=_("Number to reach"), max_digits=14, decimal_places=2)
