"""The fields of a country's form, as controls."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.helpline.contacts.rules.forms import LONGEST_LINE, LONGEST_TEXT, Field, FieldKind, Form
from balise.helpline.contacts.rules.proposing import FIELDS
from balise.helpline.queue.rules import Risk

_NOTHING = [("", "—")]
_WORDS = {"autocomplete": "off"}


class Written(forms.CharField):
    """Words that are refused where they are too long: the browser does not cut what is pasted."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:  # noqa: ARG002 - Django’s
        return {}


class Keys(forms.MultipleChoiceField):
    """Keys of proposals, as the page had them."""

    def valid_value(self, value: object) -> bool:
        return str(value).partition(":")[0] in FIELDS


def control(field: Field, form: Form) -> forms.Field:  # noqa: PLR0911 - one for each kind
    """Return the control in which a field of a country's form is filled in."""
    label, required = str(field.label), False
    match field.kind:
        case FieldKind.TEXT:
            area = forms.Textarea(attrs={"rows": 5, **_WORDS})
            return Written(label=label, required=required, widget=area, max_length=LONGEST_TEXT)
        case FieldKind.PROPOSALS:
            return Keys(label=label, required=required, widget=forms.MultipleHiddenInput)
        case FieldKind.RISK:
            risks = [*_NOTHING, *Risk.choices]
            return forms.ChoiceField(label=label, required=required, choices=risks)
        case FieldKind.CHOICE:
            choices = [*_NOTHING, *form.choices(field.options)]
            return forms.ChoiceField(label=label, required=required, choices=choices)
        case FieldKind.MANY:
            return forms.MultipleChoiceField(
                label=label,
                required=required,
                choices=form.choices(field.options),
                widget=forms.CheckboxSelectMultiple,
            )
        case FieldKind.YES_NO:
            words = {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}
            answers = [*_NOTHING, *((code, str(word)) for code, word in words.items())]
            return forms.ChoiceField(label=label, required=required, choices=answers)
        case FieldKind.DATE:
            day = forms.DateInput(attrs={"type": "date"})
            return forms.CharField(label=label, required=required, widget=day)
        case FieldKind.NUMBER:
            return forms.IntegerField(
                label=label, required=required, min_value=0, max_value=field.most
            )
        case _:
            line = forms.TextInput(attrs=_WORDS)
            return Written(label=label, required=required, widget=line, max_length=LONGEST_LINE)
