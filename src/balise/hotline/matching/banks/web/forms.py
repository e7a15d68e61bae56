"""What is filled in around banks. A hash is read and never shown again."""

from collections.abc import Mapping
from datetime import UTC, date
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.refusals import refusals_as
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import DayField
from balise.hotline.matching.banks.queries import listing
from balise.hotline.matching.banks.queries.listing import Filters, Place
from balise.hotline.matching.banks.rules.asking import NAMES, Asker, Outcome
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.banks.rules.pasting import read_pasted
from balise.hotline.matching.signals.rules.kinds import WITHIN, HashKind

KINDS = tuple((kind.value, NAMES[kind]) for kind in HashKind)


class LookUpForm(forms.Form):
    """One fingerprint to look up."""

    kind = forms.TypedChoiceField(
        label=pgettext_lazy("fingerprint", "Kind"), choices=KINDS, coerce=HashKind
    )
    value = forms.CharField(
        label=_("Fingerprint"),
        help_text=_("In hexadecimal digits. It is not shown again."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the fingerprint; refuse what is none of its kind."""
        given = super().clean() or {}
        if "kind" in given and "value" in given:
            with refusals_as(lambda why: ValidationError({"value": why})):
                given["signal"] = read_pasted(given["kind"], given["value"])
        return given


class TermsForm(forms.Form):
    """How far a bank reaches, and whether it is asked."""

    distance = forms.IntegerField(
        label=_("Distance"),
        min_value=0,
        max_value=255,
        initial=WITHIN,
        help_text=_("In bits of 256. Above 31, every look-up is slower."),
    )
    is_negative = forms.BooleanField(
        label=_("Negative bank: what matches it is never treated as known content"), required=False
    )
    is_on = forms.BooleanField(label=_("The bank is on"), required=False, initial=True)


class ChangedTermsForm(TermsForm):
    """The same of a bank that is there; `seen` numbers the terms that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def seeing(self, seen: int) -> Self:
        """Return itself as it was typed, over the terms that are shown with its errors."""
        self.data = {name: self.data[name] for name in self.data} | {"seen": str(seen)}
        return self


class BankForm(TermsForm):
    """A new bank."""

    code = forms.SlugField(
        label=pgettext_lazy("bank", "Code"),
        max_length=40,
        help_text=_("Lower-case letters, digits and hyphens. It stays."),
    )
    name = forms.CharField(label=pgettext_lazy("bank", "Name"), max_length=120)
    source = forms.CharField(label=pgettext_lazy("bank", "Source"), max_length=120, required=False)
    labels = forms.CharField(
        label=pgettext_lazy("bank", "Labels"),
        max_length=200,
        required=False,
        help_text=_("Words with commas between them."),
    )
    field_order = ("name", "code", "source", "labels", "distance", "is_negative")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_on"]

    def clean_labels(self) -> list[str]:
        """Return the labels, each once."""
        words = (word.strip() for word in str(self.cleaned_data["labels"]).split(","))
        return list(dict.fromkeys(word for word in words if word))


class ReferenceForm(forms.Form):
    """The reference that a source gave its entry."""

    reference = forms.CharField(label=_("Reference at the source"), max_length=120, required=False)


class OpinionForm(forms.Form):
    """What the bank is to think of an entry."""

    opinion = forms.TypedChoiceField(
        label=pgettext_lazy("bank", "Opinion"), choices=Opinion.choices, coerce=Opinion
    )


class PastForm(forms.Form):
    """Which past look-ups to list. A filter that says nothing readable is left out."""

    day = DayField(
        label=pgettext_lazy("look-up", "Day"),
        required=False,
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 1, 1))],
    )
    asker = forms.ChoiceField(
        label=pgettext_lazy("look-up", "Asked by"),
        choices=[("", pgettext_lazy("look-up", "Everyone")), *Asker.choices],
        required=False,
    )
    outcome = forms.ChoiceField(
        label=pgettext_lazy("look-up", "Answer"),
        choices=[("", pgettext_lazy("look-up", "All answers")), *Outcome.choices],
        required=False,
    )

    @property
    def filters(self) -> Filters:
        """Return the filters that can be read."""
        self.full_clean()
        chosen = self.cleaned_data
        return Filters(
            chosen.get("day"),
            Asker(chosen["asker"]) if chosen.get("asker") else None,
            Outcome(chosen["outcome"]) if chosen.get("outcome") else None,
        )

    @property
    def kept(self) -> dict[str, str]:
        """Return the same as parameters of an address."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


# The staff door: past look-ups. The filters and the place of a page are in its address.


@staff.get
def look_ups(request: Request) -> HttpResponse:
    """List past look-ups, the newest first."""
    form = PastForm(request.GET)
    page = listing.look_ups(
        filters=form.filters, place=_place(request.GET.get("from", "")), seen_by=request.actor
    )
    chosen = form.kept
    context = {
        "form": form,
        "page": page,
        "is_filtered": bool(chosen),
        "newer": _address(chosen, page.newer),
        "older": _address(chosen, page.older),
    }
    return render(request, "hotline/banks/look_ups.html", context)


def _address(chosen: Mapping[str, str], place: Place | None) -> str:
    if place is None:
        return ""
    side = "newer" if place.is_newer else "older"
    return f"?{urlencode({**chosen, 'from': f'{side}~{place.at.isoformat()}~{place.id}'})}"


def _place(text: str) -> Place | None:
    """Return where a page begins, from `side~moment~id`; None if unreadable."""
    side, _tilde, rest = text.partition("~")
    moment, _tilde, identifier = rest.partition("~")
    try:
        at = parse_datetime(moment)
        if side not in {"newer", "older"} or at is None or at.tzinfo is None:
            return None
        return Place(at.astimezone(UTC), UUID(identifier), is_newer=side == "newer")
    except (ValueError, OverflowError):
        return None
