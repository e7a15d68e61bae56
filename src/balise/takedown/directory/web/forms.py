"""Read what a person writes about a host."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import today
from balise.takedown.directory.queries import kinds
from balise.takedown.directory.rules import MAX_ASN, ContactKind, DomainRefused, read_domain

_MOST_LINES = 100


class HostForm(forms.Form):
    """A host and what is its own."""

    name = forms.CharField(label=_("Name"), max_length=120)
    domains = forms.CharField(
        label=_("Domains"),
        help_text=_(
            "One a line, such as hebergeur.example. Nobody can read them back: only match them."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
    )
    networks = forms.CharField(
        label=_("Networks"),
        help_text=_("Numbers of autonomous systems, such as AS64500, one a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2_000,
    )
    country = forms.RegexField(
        label=_("Country"),
        help_text=_("Two letters, such as FR. Leave empty if unknown."),
        regex=r"^[A-Za-z]{2}$",
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language of the notices"), choices=[("fr", _("French")), ("en", _("English"))]
    )

    def clean_domains(self) -> list[str]:
        lines = self.cleaned_data["domains"].split()[:_MOST_LINES]
        try:
            return [read_domain(line) for line in lines]
        except DomainRefused as refusal:
            raise forms.ValidationError(refusal.message) from None

    def clean_networks(self) -> list[int]:
        numbers = self.cleaned_data["networks"].upper().replace(",", " ").split()[:_MOST_LINES]
        read = [number.removeprefix("AS") for number in numbers]
        if not all(number.isascii() and number.isdigit() for number in read):
            raise forms.ValidationError(_("Write numbers, such as AS64500."))
        found = [int(number) for number in read]
        if any(not 0 < number <= MAX_ASN for number in found):
            raise forms.ValidationError(_("Write numbers, such as AS64500."))
        return found

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class ContactForm(forms.Form):
    """Where a host can be told."""

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    address = forms.CharField(label=_("E-mail address, or address of the form"), max_length=254)
    source = forms.CharField(
        label=_("Where this is written"),
        help_text=_("For example: legal notice of the site, read today."),
        max_length=120,
    )
    checked_on = forms.DateField(
        label=_("Checked on"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [(one.value, one.label) for one in kinds()]
        self.fields["checked_on"].initial = today

    def clean_kind(self) -> ContactKind:
        return ContactKind(self.cleaned_data["kind"])
