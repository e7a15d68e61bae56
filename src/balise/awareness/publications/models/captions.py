"""Captions of a film, as an editor writes or brings them: WebVTT, one text for each language."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.text import capfirst


class CaptionsBoxes(forms.MultiWidget):
    """A box for each language, and a way to fill it from a file.

    The file is read into its box by the browser and not sent: what is there is seen, is in the
    history of the page, and stays where a form is refused.
    """

    template_name = "publications/widgets/captions.html"

    class Media:
        js = ("publications/captions.js",)

    def __init__(self) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            code: forms.Textarea({"rows": 6, "spellcheck": "false", "dir": "auto", "lang": code})
            for code, _name in settings.LANGUAGES
        }
        super().__init__(boxes)

    def decompress(self, value: Any) -> list[str]:
        """Return what each box holds."""
        return [(value or {}).get(code, "") for code, _name in settings.LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return what the template shows, each box with its language."""
        context = super().get_context(name, value, attrs)
        boxes = context["widget"]["subwidgets"]
        for box, (_code, language) in zip(boxes, settings.LANGUAGES, strict=True):
            box["language"] = language
        return context


class _CaptionsForm(forms.MultiValueField):
    """What is written in the boxes, by language; empty ones are left out."""

    widget = CaptionsBoxes

    def __init__(self, **options: Any) -> None:
        fields = [forms.CharField(required=False, strip=False) for _each in settings.LANGUAGES]
        super().__init__(fields, require_all_fields=False, **options)

    def compress(self, data_list: Sequence[str]) -> dict[str, str]:
        codes = [code for code, _name in settings.LANGUAGES]
        return {code: text for code, text in zip(codes, data_list, strict=False) if text.strip()}

    def has_changed(self, initial: Any, data: Any) -> bool:
        given = [str(each or "") for each in data or ()]
        return super().has_changed(initial, [each.replace("\r\n", "\n") for each in given])


class CaptionsField(models.JSONField):
    """Captions by language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": dict, "blank": True, **kwargs})

    def formfield(self, **_kwargs: Any) -> forms.Field:
        return _CaptionsForm(
            label=capfirst(self.verbose_name), required=False, help_text=str(self.help_text)
        )
