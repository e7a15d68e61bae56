"""Fields of forms: a code of an enumeration, a row, a long text, a day."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import TextChoices

_PLAIN: Mapping[str, str] = {}


class CodeField(forms.TypedChoiceField):
    """A member of an enumeration, of all there are or of `choices`; `empty_value` for none."""

    def __init__(self, codes: type[TextChoices], *, choices: Any = None, **options: Any) -> None:
        offered = codes.choices if choices is None else choices
        super().__init__(choices=offered, coerce=codes, **options)


class LongTextField(forms.CharField):
    """A text of several lines, shown `rows` high."""

    def __init__(
        self, *, rows: int, attrs: Mapping[str, str] | None = None, **options: Any
    ) -> None:
        area = forms.Textarea(attrs={"rows": rows, **(attrs or {})})
        super().__init__(widget=area, **options)


class DayField(forms.DateField):
    """A day; browsers read the value of their own calendar in ISO 8601, in every language."""

    def __init__(self, **options: Any) -> None:
        calendar = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=calendar, **options)


class OneOf(forms.TypedChoiceField):
    """One of some rows, by its id."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, **options)


def among(
    form: type[forms.Form],
    offered: Mapping[str, Sequence[tuple[object, object]]],
    sent: Any = None,
    **options: Any,
) -> forms.Form:
    """Return a form whose fields of these names offer these choices."""
    made = form(sent, **options)
    for name, choices_ in offered.items():
        made.fields[name].choices = choices_  # type: ignore[attr-defined]  # a field of choices
    return made
