"""Forms of the register of partners. Their fields are named as the actions name what they take."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.awareness.partnership.partners.actions.register import About
from balise.awareness.partnership.partners.queries.register import choices
from balise.awareness.partnership.partners.rules import days
from balise.awareness.partnership.partners.rules.mandates import (
    AgreementKind,
    PartnerKind,
    Role,
    Sector,
)
from balise.foundation.clock import today
from balise.foundation.refusals import refusals_as
from balise.foundation.web.fields import CodeField, DayField, LongTextField, OneOf


class KnownField(forms.CharField):
    """A day as it is known: a year, a month or a day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=10, **options)

    def clean(self, value: Any) -> Any:
        """Return the day; None where the field may be empty and is."""
        typed = super().clean(value)
        if not typed:
            return None
        with refusals_as(forms.ValidationError):
            return days.read(typed)


class OrganisationForm(forms.Form):
    """An organisation, and whether the public page shows it."""

    name = forms.CharField(label=pgettext_lazy("organisation", "Name"), max_length=160)
    kind = CodeField(
        PartnerKind,
        label=_("Heading on the public page"),
        widget=forms.RadioSelect,
        initial=PartnerKind.PARTNER,
    )
    sector = CodeField(Sector, label=_("Sector"), widget=forms.RadioSelect)
    country = forms.CharField(
        label=_("Country"), help_text=_("Two letters, such as FR."), max_length=2
    )
    web = forms.URLField(label=_("Website"), assume_scheme="https", max_length=200, required=False)
    founded = forms.IntegerField(
        label=_("Founded in"),
        help_text=_("A year."),
        min_value=days.EARLIEST,
        max_value=2199,
        required=False,
    )
    is_shown = forms.BooleanField(
        label=_("Show it on the public page"), required=False, initial=True
    )

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()

    def clean_founded(self) -> int | None:
        founded: int | None = self.cleaned_data["founded"]
        if founded is not None and founded > today().year:
            raise forms.ValidationError(_("This year is to come."))
        return founded

    @property
    def about(self) -> About:
        """What was written."""
        return About(**self.cleaned_data)


class RegisterForm(forms.Form):
    """Which organisations to show, as things stand on a day."""

    kind = CodeField(
        PartnerKind,
        label=pgettext_lazy("partners", "Heading"),
        choices=[("", pgettext_lazy("partners", "All")), *PartnerKind.choices],
        empty_value=None,
        required=False,
    )
    on = DayField(label=_("On the day"), required=False)


class MandatesForm(forms.Form):
    """Which mandates to show, on which day."""

    role = CodeField(
        Role,
        label=_("Mandate"),
        choices=[("", pgettext_lazy("partners", "All")), *Role.choices],
        empty_value=None,
        required=False,
    )
    on = DayField(label=_("On the day"), required=False)


class MandateForm(forms.Form):
    """Who holds what in an organisation."""

    role = CodeField(Role, label=_("Mandate"))
    holder_id = OneOf(
        label=_("Held by"),
        choices=lambda: [("", _("The centre itself")), *choices()],
        required=False,
    )
    since = KnownField(
        label=pgettext_lazy("mandate", "Since"),
        help_text=_("As it is known: 2005, 2020-07 or 2020-07-14."),
    )
    until = KnownField(label=_("Last day"), help_text=_("Empty while it is held."), required=False)


class MembersForm(forms.Form):
    """The countries that are members of a network."""

    countries = LongTextField(
        label=_("Countries"),
        help_text=_("Two letters each, such as FR BE. Those that are members already stay."),
        rows=2,
        max_length=800,
    )
    since = KnownField(label=pgettext_lazy("mandate", "Since"))

    def clean_countries(self) -> list[str]:
        return str(self.cleaned_data["countries"]).upper().replace(",", " ").split()


class EndMandateForm(forms.Form):
    """The last day of a mandate."""

    mandate_id = OneOf(label=_("Mandate"))
    until = KnownField(label=_("Last day"))


class AgreementForm(forms.Form):
    """What was signed with an organisation."""

    kind = CodeField(AgreementKind, label=pgettext_lazy("agreement", "Kind"))
    signed = DayField(label=_("Signed on"))
    renew_by = DayField(
        label=_("Renewal to prepare from"), help_text=_("Optional."), required=False
    )
    until = DayField(
        label=_("Last day"), help_text=_("Empty for one without an end."), required=False
    )


class EndAgreementForm(forms.Form):
    """The last day of an agreement."""

    agreement_id = OneOf(label=pgettext_lazy("agreement", "Agreement"))
    until = DayField(label=_("Last day"))
