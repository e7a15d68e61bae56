"""What an analyst’s browser brings of a picture: its hashes, which nobody types or reads."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import refusals_as
from balise.hotline.matching.signals.rules.kinds import Signal
from balise.hotline.reports.rules.fingerprints import LONGEST, read_json


class _Unshown(forms.HiddenInput):
    """A field that brings what it has and never shows it again."""

    def format_value(self, value: object) -> None:
        """Return nothing, whatever was sent."""


class FingerprintsField(forms.CharField):
    """A JSON list of the hashes of each picture (`rules/fingerprints.py`), as signals."""

    widget = _Unshown

    def clean(self, value: str) -> list[Signal]:
        """Return the signals; what is none is refused, and not shown again."""
        text = super().clean(value)
        with refusals_as(ValidationError):
            return read_json(text)


class FingerprintsForm(forms.Form):
    """The fingerprints of what an analyst sees."""

    fingerprints = FingerprintsField(max_length=LONGEST)


class AddressForm(forms.Form):
    """The address of the page on which the extension computed fingerprints."""

    address = forms.CharField(label=_("Address of the page"), max_length=8000)
