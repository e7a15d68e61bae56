"""What is filled in: an order on the public page; stock, answers and deliveries by staff."""

from typing import Any, Final
from uuid import uuid4

from django import forms
from django.utils.translation import get_language, gettext_lazy as _, pgettext_lazy

from balise.awareness.network.campaigns.queries import choices as campaigns
from balise.awareness.network.orders.actions.ordering import Asked, Contact
from balise.awareness.network.orders.queries import offered
from balise.awareness.network.orders.rules.areas import area_of
from balise.awareness.network.orders.rules.ranges import Range
from balise.awareness.network.orders.rules.refusals import AreaUnknown, NumbersFaulty
from balise.awareness.network.orders.rules.words import (
    MOST,
    MOST_PRINTED,
    Because,
    OrderState,
    Requester,
    named_in,
)
from balise.awareness.publications.queries.kits import choices as published
from balise.foundation.web.fields import CodeField, DayField

_NAME: Final = 120


class OrderForm(forms.Form):
    """An order of printed kits. `order` is its id: the same order sent twice is one."""

    order = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kit = forms.TypedChoiceField(
        label=pgettext_lazy("kits", "Kit"), choices=lambda: list(offered())
    )
    number = forms.IntegerField(label=_("Number of kits"), min_value=1, max_value=MOST)
    requester = CodeField(
        Requester, label=_("You order for"), choices=[("", "–"), *Requester.choices]
    )
    place = forms.CharField(
        label=_("Name of the school or organisation"),
        max_length=_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    street = forms.CharField(
        label=_("Street and number"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=pgettext_lazy("order", "Postcode"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    commune = forms.CharField(
        label=pgettext_lazy("kits", "Town"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    name = forms.CharField(
        label=pgettext_lazy("order", "Your name"),
        max_length=_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telephone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_postcode(self) -> str:
        postcode = "".join(str(self.cleaned_data["postcode"]).split())
        try:
            area_of(postcode)
        except AreaUnknown as refusal:
            raise forms.ValidationError(refusal.message) from None
        return postcode

    @property
    def told(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        said = self.cleaned_data
        return {
            "order_id": said["order"],
            "kit_id": said["kit"],
            "asked": Asked(**{name: said[name] for name in Asked.__dataclass_fields__}),
            "contact": Contact(**{name: said[name] for name in Contact.__dataclass_fields__}),
        }


class KitForm(forms.Form):
    """A printed kit."""

    name = forms.CharField(label=pgettext_lazy("kit", "Name"), max_length=_NAME)
    mark = forms.CharField(
        label=pgettext_lazy("kit", "Mark"),
        max_length=20,
        help_text=_("Printed on each kit before its number. Example: 6E."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    page = forms.ChoiceField(
        label=_("Kit of the catalogue"),
        choices=lambda: [("", "–"), *published(language=get_language() or "")],
        required=False,
    )
    edition = forms.IntegerField(
        label=_("Version of this kit"), min_value=1, max_value=999, required=False
    )
    campaign = forms.ChoiceField(
        label=pgettext_lazy("kit", "Campaign"),
        choices=lambda: [("", "–"), *campaigns()],
        required=False,
    )


class RunForm(forms.Form):
    """A print run."""

    number = forms.IntegerField(
        label=_("Number of kits printed"), min_value=1, max_value=MOST_PRINTED
    )
    printed_on = DayField(label=_("Printed on"))
    printer_note = forms.CharField(
        label=_("Printer, and the number of its own note"), max_length=_NAME, required=False
    )


class CopiesForm(forms.Form):
    """A range of kits, as their numbers are printed on them."""

    numbers = forms.CharField(
        label=_("Kit numbers"),
        max_length=60,
        help_text=_("One, or the first and the last. Example: 6E-000120 – 6E-000180."),
    )

    def __init__(self, *args: Any, mark: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mark = mark

    def clean_numbers(self) -> Range:
        try:
            named = named_in(self.cleaned_data["numbers"])
        except NumbersFaulty as refusal:
            raise forms.ValidationError(refusal.message) from None
        if named.mark != self._mark:
            raise forms.ValidationError(
                _("The numbers of this kit begin with %(mark)s."), params={"mark": self._mark}
            )
        return named.kits


class AcceptForm(forms.Form):
    """How many kits of an order are accepted."""

    number = forms.IntegerField(label=_("Kits accepted"), min_value=1, max_value=MOST)


class RefuseForm(forms.Form):
    """Why an order is refused."""

    because = CodeField(Because, label=_("Refused because"))


class DeliverForm(forms.Form):
    """What leaves for an order."""

    number = forms.IntegerField(label=_("Kits that leave"), min_value=1, max_value=MOST)
    day = DayField(label=_("They leave on"))


class StateForm(forms.Form):
    """Which orders are listed: those that wait, without a word."""

    state = CodeField(OrderState, label=_("State"), required=False, empty_value=OrderState.WAITING)


class TraceForm(forms.Form):
    """What is looked for."""

    q = forms.CharField(
        label=_("Kit number or delivery note"),
        max_length=60,
        help_text=_("Examples: 6E-000120, 6E-000120 – 6E-000180, BL-000012."),
    )
