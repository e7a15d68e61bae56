"""Columns that hold codes of the taxonomy, chosen by the editor among its labels."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from balise.awareness.publications.rules.taxonomy import taxonomy

LONGEST = 40  # characters of a code


class _OfFacet:
    """A column of one facet, which names it for the editor."""

    facet: str

    def choices_now(self) -> list[tuple[str, str]]:
        """Return each code with its label in the language of the page."""
        terms = taxonomy(settings.COUNTRY)[self.facet].terms.values()
        return [(term.code, str(term.label)) for term in terms]

    def refuse_unknown(self, codes: Any) -> None:
        """Raise ValidationError for what is no code of the facet."""
        if unknown := set(codes) - dict(self.choices_now()).keys():
            raise ValidationError(_("Not a code of this list: %(code)s"), params={"code": unknown})


class CodesField(_OfFacet, models.JSONField):
    """Several codes of a facet."""

    def __init__(self, *args: Any, facet: str, **kwargs: Any) -> None:
        self.facet = facet
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "facet": self.facet}

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        self.refuse_unknown(value)

    def formfield(self, **_kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            choices=self.choices_now,
            required=not self.blank,
            widget=forms.CheckboxSelectMultiple,
        )


class CodeField(_OfFacet, models.CharField[str, str]):
    """One code of a facet; "" where `blank`."""

    def __init__(self, *args: Any, facet: str, **kwargs: Any) -> None:
        self.facet = facet
        super().__init__(*args, **{"max_length": LONGEST, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "facet": self.facet}

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        self.refuse_unknown({value} - {""})

    def formfield(self, **_kwargs: Any) -> forms.Field:
        return forms.ChoiceField(
            label=self.verbose_name,
            choices=lambda: [*([("", "–")] if self.blank else []), *self.choices_now()],
            required=not self.blank,
            initial=self.get_default() if self.has_default() else "",
        )


class ResourceKindField(CodeField):
    """What a resource is: the kinds that have no type of page of their own."""

    def choices_now(self) -> list[tuple[str, str]]:
        terms = taxonomy(settings.COUNTRY)["kind"].terms.values()
        return [(term.code, str(term.label)) for term in terms if term.says.get("resource")]
