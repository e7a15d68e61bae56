"""Fields that say what they want, what is optional and what went wrong, to eyes and to ears."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import BaseForm, BoundField, CheckboxInput, ClearableFileInput
from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from balise.foundation.web.attempts import is_all_conflict

register = Library()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right; `target` is the id to go to, empty for the form as a whole."""

    target: str
    label: str
    message: str

    @property
    def lead(self) -> str:
        """The label with its colon; one that asks ends by its own mark."""
        return self.label if self.label.endswith("?") else self.label + pgettext("colon", ":")


@register.simple_tag
def field(bound: BoundField, *, width: str = "", **attributes: str | bool) -> SafeString:
    """Return a field with its label, hint and errors.

    `width` is "", "short" or "medium"; other keywords become attributes of the control, `_`
    standing for `-`: `{% field form.url inputmode="url" autocomplete="off" %}`.
    """
    hint_id, error_id = f"{bound.auto_id}-hint", f"{bound.auto_id}-error"
    described = " ".join(
        identifier
        for identifier, is_there in ((hint_id, bound.help_text), (error_id, bound.errors))
        if is_there
    )
    widget = bound.field.widget
    is_group = bound.use_fieldset and not isinstance(widget, ClearableFileInput)
    attrs = {name.replace("_", "-"): value for name, value in attributes.items()}
    if described and not is_group:
        attrs["aria-describedby"] = described
    return render_to_string(
        "web/components.html#field",
        {
            "field": bound,
            "control": "" if is_group else bound.as_widget(attrs=attrs),
            "is_group": is_group,
            "is_single_choice": isinstance(widget, CheckboxInput),
            "is_required": bound.field.required,
            "hint_id": hint_id,
            "error_id": error_id,
            "described": described,
            "width": width,
        },
    )


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """Return all the fields of a form in their order, hidden ones first."""
    return render_to_string("web/components.html#fields", {"form": form})


@register.simple_tag
def error_summary(*forms: BaseForm) -> SafeString:
    """Return what is to be put right in these forms, each a link to its field; empty if nothing.

    It takes the focus when the page opens. It stands first in the form or above it. A conflict says
    itself what happened: where nothing else is wrong, no heading says that something is.
    """
    found = [fault for form in forms for fault in faults(form)]
    is_conflict = is_all_conflict(*forms) and not any(fault.target for fault in found)
    drawn = {"faults": found, "is_conflict": is_conflict}
    return render_to_string("web/components.html#error_summary", drawn)


def faults(form: BaseForm) -> Iterable[Fault]:
    """Return the faults of a bound form, those of the whole form first."""
    if not form.is_bound:
        return
    for message in form.non_field_errors():
        yield Fault("", "", str(message))
    for bound in form:
        for message in bound.errors:
            yield Fault(_first_control(bound), str(bound.label), str(message))


def _first_control(bound: BoundField) -> str:
    if bound.use_fieldset and not isinstance(bound.field.widget, ClearableFileInput):
        return next((str(choice.id_for_label) for choice in bound), bound.auto_id)
    return bound.id_for_label or bound.auto_id
