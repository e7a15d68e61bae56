"""Read what a person writes about an organisation, a contact, or looks for."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.refusals import refusals_as
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.takedown.directory import access, actions, queries
from balise.takedown.directory.actions import About
from balise.takedown.directory.queries import Filters
from balise.takedown.directory.rules.contacts import (
    LAST_RANK,
    MAX_ASN,
    SUBJECTS,
    USUAL_RANK,
    ContactKind,
    LegalBasis,
    OrganisationKind,
    Terms,
    read_domain,
)
from balise.takedown.law.rules import offences
from balise.takedown.tracing.rules.addresses import Address, read_address

_MOST_LINES = 100
_COUNTRY = r"^[A-Za-z]{2}$"


def _lines() -> list[tuple[str, str]]:
    return [(line.code, line.name) for line in settings.CENTRE.lines]


def _offences() -> list[tuple[str, Any]]:
    known = offences(today(), country=settings.COUNTRY)
    return [("", _("Any")), *((one.code, str(one.words)) for one in known)]


class CountryField(forms.RegexField):
    """Two letters, in capitals once read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(regex=_COUNTRY, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).upper()


class AboutForm(forms.Form):
    """What is written about an organisation."""

    kind = CodeField(OrganisationKind, label=_("Type"), initial=OrganisationKind.HOST)
    legal_name = forms.CharField(label=_("Legal name"), max_length=160, required=False)
    country = CountryField(
        label=_("Country"), help_text=_("Two letters, such as FR. Leave empty if unknown.")
    )
    language = forms.ChoiceField(
        label=_("Language of the notices"), choices=[("fr", _("French")), ("en", _("English"))]
    )
    very_large = forms.BooleanField(
        label=_("Very large platform (DSA, article 33)"), required=False
    )
    first_circle = forms.BooleanField(
        label=_("A platform that the centre works with directly"), required=False
    )
    max_locations = forms.IntegerField(
        label=_("Addresses per notice"), min_value=1, max_value=200, required=False
    )
    evidence = LongTextField(
        label=_("Required proof"),
        help_text=_("Documents to give, and those never to send."),
        rows=3,
        max_length=2_000,
        required=False,
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("For example: legal notice of the site, read today."),
        max_length=200,
        required=False,
    )

    @property
    def about(self) -> About:
        """What was written, and confirmed by being written today."""
        fields = {name: self.cleaned_data[name] for name in AboutForm.base_fields}
        return About(**fields, checked_on=today())


class OrganisationForm(AboutForm):
    """An organisation and what is its own."""

    name = forms.CharField(label=_("Name"), max_length=120)
    domains = LongTextField(
        label=_("Domains"),
        help_text=_(
            "One per line, such as hebergeur.example. Nobody can read them back: they are only "
            "compared."
        ),
        required=False,
        rows=3,
        max_length=10_000,
    )
    networks = LongTextField(
        label=_("Networks"),
        help_text=_("Autonomous system numbers, such as AS64500, one per line."),
        required=False,
        rows=2,
        max_length=2_000,
    )

    field_order = ("name", "kind", "domains", "networks")

    def clean_domains(self) -> list[str]:
        lines = self.cleaned_data["domains"].split()[:_MOST_LINES]
        with refusals_as(forms.ValidationError):
            return [read_domain(line) for line in lines]

    def clean_networks(self) -> list[int]:
        numbers = self.cleaned_data["networks"].upper().replace(",", " ").split()[:_MOST_LINES]
        read = [number.removeprefix("AS") for number in numbers]
        if not all(number.isascii() and number.isdigit() for number in read):
            raise forms.ValidationError(_("Enter numbers, such as AS64500."))
        found = [int(number) for number in read]
        if any(not 0 < number <= MAX_ASN for number in found):
            raise forms.ValidationError(_("Enter numbers, such as AS64500."))
        return found


class TermsForm(forms.Form):
    """On which terms an organisation is told there."""

    basis = CodeField(
        LegalBasis, label=_("Legal status of notices there"), initial=LegalBasis.NOTICE
    )
    serves = forms.MultipleChoiceField(
        label=_("Only for these types of content"),
        help_text=_("Leave empty for everything."),
        choices=[(word, word) for word in sorted(SUBJECTS)],
        widget=forms.SelectMultiple(attrs={"size": 6}),
        required=False,
    )
    countries = forms.CharField(
        label=_("Only for content of these countries"),
        help_text=_("Two letters each, such as FR BE. Leave empty for all."),
        max_length=200,
        required=False,
    )
    languages = forms.CharField(
        label=_("Languages read"),
        help_text=_("Two letters each, such as fr en."),
        max_length=60,
        required=False,
    )
    hours = forms.CharField(
        label=_("Opening hours"),
        help_text=_("For example: day and night, or Monday to Friday, 9 to 18."),
        max_length=120,
        required=False,
    )
    acknowledge_minutes = forms.IntegerField(
        label=_("Minutes until they confirm receipt"), min_value=1, required=False
    )
    decide_minutes = forms.IntegerField(
        label=_("Minutes until they decide"), min_value=1, required=False
    )
    needs_account = forms.BooleanField(label=_("It needs an account"), required=False)
    lines = forms.MultipleChoiceField(
        label=_("Lines of the centre that hold an account"),
        choices=_lines,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    rank = forms.IntegerField(
        label=_("Order in which to try it"),
        help_text=_("1 is tried first, 9 last; with 5 the rules decide."),
        min_value=1,
        max_value=LAST_RANK,
        initial=USUAL_RANK,
    )

    @classmethod
    def of(cls, terms: Terms) -> "TermsForm":
        """Return the form filled with terms."""
        return cls(
            initial={
                "basis": terms.basis.value,
                "serves": terms.serves,
                "countries": " ".join(terms.countries),
                "languages": " ".join(terms.languages),
                "hours": terms.hours,
                "acknowledge_minutes": terms.acknowledge_minutes,
                "decide_minutes": terms.decide_minutes,
                "needs_account": terms.needs_account,
                "lines": terms.lines,
                "rank": terms.rank,
            }
        )

    def clean_countries(self) -> tuple[str, ...]:
        return _codes(self.cleaned_data["countries"].upper())

    def clean_languages(self) -> tuple[str, ...]:
        return _codes(self.cleaned_data["languages"].lower())

    def clean_serves(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["serves"])

    def clean_lines(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["lines"])

    @property
    def terms(self) -> Terms:
        """The terms that were written."""
        return Terms(**{name: self.cleaned_data[name] for name in TermsForm.base_fields})


class ContactForm(TermsForm):
    """Where an organisation can be told, and on which terms."""

    kind = CodeField(ContactKind, label=_("Way"), widget=forms.RadioSelect)
    address = forms.CharField(label=_("E-mail address, or address of the form"), max_length=254)
    source = forms.CharField(
        label=_("Source"),
        help_text=_("For example: legal notice of the site, read today."),
        max_length=200,
    )
    checked_on = DayField(label=_("Checked on"), initial=today)

    field_order = ("kind", "address", "source", "checked_on", "basis")


class SearchForm(forms.Form):
    """What to show of the directory."""

    words = forms.CharField(label=_("Name"), max_length=80, required=False)
    kind = CodeField(
        OrganisationKind,
        label=_("Type"),
        choices=[("", _("Any")), *OrganisationKind.choices],
        empty_value=None,
        required=False,
    )
    country = CountryField(label=_("Country"))
    state = forms.ChoiceField(
        label=_("Contact points"),
        choices=[
            ("", _("Any")),
            ("waiting", _("Waiting for a second person")),
            ("stale", _("To be confirmed again")),
            ("nobody", _("None usable")),
        ],
        required=False,
    )
    first_circle = forms.BooleanField(label=_("Only those we work with directly"), required=False)

    @property
    def filters(self) -> Filters:
        """What was asked for; nothing is narrowed by what cannot be read."""
        return Filters(**self.cleaned_data) if self.is_valid() else Filters()


class WhomForm(forms.Form):
    """An address, and what is there: whom to tell, by which way?"""

    address = forms.CharField(
        label=_("Address of the content"),
        help_text=_("It is read, and not stored."),
        max_length=4_000,
    )
    offence = forms.ChoiceField(label=_("Offence"), choices=_offences, required=False)
    line = forms.ChoiceField(label=_("For which line"), choices=_lines, required=False)
    country = CountryField(label=_("Hosting country"))

    def clean_address(self) -> Address:
        with refusals_as(forms.ValidationError):
            return read_address(self.cleaned_data["address"])


def _codes(text: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(text.replace(",", " ").split()))
    if any(len(code) != 2 or not (code.isascii() and code.isalpha()) for code in codes):  # noqa: PLR2004
        raise forms.ValidationError(_("Enter two letters each, such as FR BE."))
    return codes


# One contact of the directory: approve it, confirm it, change its terms, block it.


@staff.form
def contact(request: Request, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Show the terms of a contact, and change them."""
    access.require(request.actor, access.PROPOSE)
    found = queries.contact(contact_id)
    if found is None or found.organisation_id != organisation_id:
        raise Http404
    form = TermsForm(request.POST) if request.method == "POST" else TermsForm.of(found.terms)
    if form.is_valid():
        actions.revise_contact(contact_id=contact_id, terms=form.terms, by=request.actor)
        messages.success(request, gettext("Saved."))
        return redirect("staff:directory:entry", organisation_id)
    return render(
        request,
        "takedown/directory/contact.html",
        {"form": form, "contact": found},
        status=status_of(form),
    )


@staff.post
def approve(request: Request, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Agree, as a second person, that notices may go there."""
    with attempt(request, said=gettext("Approved: notices can be sent there.")):
        actions.approve_contact(contact_id=contact_id, by=request.actor)
    return _back(request, organisation_id)


@staff.post
def confirm(request: Request, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Say that an organisation can be told there today."""
    with attempt(request, said=gettext("Confirmed today.")):
        actions.confirm_contact(contact_id=contact_id, by=request.actor)
    return _back(request, organisation_id)


@staff.post
def block(request: Request, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Send nothing there any more."""
    with attempt(request, said=gettext("Blocked: nothing is sent there.")):
        actions.block_contact(contact_id=contact_id, by=request.actor)
    return _back(request, organisation_id)


def _back(request: Request, organisation_id: UUID) -> HttpResponse:
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("staff:directory:entry", organisation_id)
