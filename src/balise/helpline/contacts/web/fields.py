"""The fields of a country's form, as controls."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.helpline.contacts.rules.forms import Field, Form, Kind

_NOTHING = [("", "—")]
_WORDS = {"autocomplete": "off"}


def control(field: Field, form: Form) -> forms.Field:  # noqa: PLR0911 - one for each kind
    """Return the control in which a field of a country's form is filled in."""
    label, required = str(field.label), False
    match field.kind:
        case Kind.TEXT:
            area = forms.Textarea(attrs={"rows": 5, **_WORDS})
            return forms.CharField(label=label, required=required, widget=area)
        case Kind.CHOICE:
            choices = [*_NOTHING, *form.choices(field.options)]
            return forms.ChoiceField(label=label, required=required, choices=choices)
        case Kind.MANY:
            return forms.MultipleChoiceField(
                label=label,
                required=required,
                choices=form.choices(field.options),
                widget=forms.CheckboxSelectMultiple,
            )
        case Kind.YES_NO:
            words = {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}
            answers = [*_NOTHING, *((code, str(word)) for code, word in words.items())]
            return forms.ChoiceField(label=label, required=required, choices=answers)
        case Kind.DATE:
            day = forms.DateInput(attrs={"type": "date"})
            return forms.CharField(label=label, required=required, widget=day)
        case Kind.NUMBER:
            number = forms.NumberInput(attrs={"min": 0})
            return forms.CharField(label=label, required=required, widget=number)
        case _:
            line = forms.TextInput(attrs=_WORDS)
            return forms.CharField(label=label, required=required, widget=line)
