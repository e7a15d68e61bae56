"""The fields of a record as they are shown: in view, with the choices met most, or folded."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that are filled in together, and how many of them already say something."""

    label: str
    fields: tuple[forms.BoundField, ...]

    @property
    def filled(self) -> int:
        return sum(bool(field.value()) for field in self.fields)

    @property
    def is_wrong(self) -> bool:
        return any(field.errors for field in self.fields)


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field in view; of one with a long list, the choices that are met most and the others."""

    field: forms.BoundField
    shown: tuple[forms.boundfield.BoundWidget, ...] = ()
    folded: tuple[forms.boundfield.BoundWidget, ...] = ()

    @property
    def is_unfolded(self) -> bool:
        return any(choice.data["selected"] for choice in self.folded)


def in_words(fields: Iterable[forms.BoundField]) -> list[tuple[str, str]]:
    """Return what was filled in, as (label, words), without the fields that say nothing."""
    found = []
    for field in fields:
        value, labels = field.value(), dict(getattr(field.field, "choices", ()))
        values = value if isinstance(value, list) else [value]
        said = [str(labels.get(each, each)) for each in values if each not in (None, "")]
        if said:
            found.append((str(field.label), ", ".join(said)))
    return found
