"""What is filled in: an order on the public page; stock, answers and deliveries by staff."""

from typing import Any, Final
from uuid import UUID, uuid4

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_lazy as _, pgettext_lazy

from balise.awareness.partnership.campaigns.queries import choices as campaigns
from balise.awareness.places.orders import access, actions, queries
from balise.awareness.places.orders.actions import Asked, Contact
from balise.awareness.places.orders.queries import offered, trace as traced
from balise.awareness.places.orders.rules import (
    MOST,
    MOST_PRINTED,
    Because,
    OrderState,
    Range,
    Requester,
    area_of,
    kits_said,
    named_in,
)
from balise.awareness.publications.queries.kits import choices as published
from balise.foundation.clock import today
from balise.foundation.refusals import refusals_as
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
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
        with refusals_as(forms.ValidationError):
            area_of(postcode)
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
        with refusals_as(forms.ValidationError):
            named = named_in(self.cleaned_data["numbers"])
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


# The stock of printed kits: what there is, what comes in, what is lost, what was entered wrong.


@staff.get
def stock(request: Request) -> HttpResponse:
    """List the kits with their stock."""
    shown = {
        "kits": queries.stock(seen_by=request.actor),
        "waiting": queries.waiting(request.actor),
        "may_keep": request.actor.may(access.KEEP),
    }
    return render(request, "orders/stock.html", shown)


@staff.form
def add(request: Request) -> HttpResponse:
    """Add a printed kit."""
    access.require(request.actor, access.KEEP)
    form = KitForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=gettext("The kit is added.")):
            said = {**form.cleaned_data, "page": form.cleaned_data["page"] or None}
            return redirect("staff:orders:kit", actions.add_kit(by=request.actor, **said))
    return render(request, "orders/add.html", {"form": form}, status=status_of(form))


@staff.form
def kit(request: Request, kit_id: UUID) -> HttpResponse:
    """Show a kit and its ledger; enter a print run, or what is lost."""
    found = queries.kit(kit_id, seen_by=request.actor)
    mark = found.kept.kit.mark
    is_lost = "numbers" in request.POST
    run = RunForm(None if is_lost else posted(request), initial={"printed_on": today()})
    lost = CopiesForm(posted(request) if is_lost else None, mark=mark)
    if is_lost and lost.is_valid():
        with attempt(request, lost, said=gettext("Entered.")):
            actions.lose(kit_id=kit_id, kits=lost.cleaned_data["numbers"], by=request.actor)
            return redirect("staff:orders:kit", kit_id)
    if not is_lost and run.is_valid():
        with attempt(request, run, said=gettext("Entered.")):
            actions.print_run(kit_id=kit_id, by=request.actor, **run.cleaned_data)
            return redirect("staff:orders:kit", kit_id)
    shown = {
        "found": found,
        "shelf": [kits_said(mark, each) for each in found.shelf],
        "run_form": run,
        "lost_form": lost,
        "may_keep": request.actor.may(access.KEEP),
    }
    return render(request, "orders/kit.html", shown, status=status_of(run, lost))


@staff.post
def offer(request: Request, kit_id: UUID) -> HttpResponse:
    """Let a kit be ordered on the public page, or no longer."""
    is_offered = request.POST.get("offered") == "yes"
    actions.offer(kit_id=kit_id, is_offered=is_offered, by=request.actor)
    return redirect("staff:orders:kit", kit_id)


@staff.post
def reverse(request: Request, kit_id: UUID, entry_id: int) -> HttpResponse:
    """Put a wrong entry right."""
    with attempt(request, said=gettext("The entry is reversed. Both stay.")):
        actions.reverse(entry_id=entry_id, by=request.actor)
    return redirect("staff:orders:kit", kit_id)


@staff.get
def trace(request: Request) -> HttpResponse:
    """Say where kits come from and where they went."""
    access.require(request.actor, access.READ)
    form = TraceForm(request.GET or None)
    found = None
    if form.is_valid():
        with attempt(request, form, at="q"):
            found = traced(form.cleaned_data["q"], seen_by=request.actor)
    shown = {
        "form": form,
        "found": found,
        "named": [kits_said(found.kit.mark, each) for each in found.ranges] if found else [],
        "in_stock": [kits_said(found.kit.mark, each) for each in found.in_stock] if found else [],
    }
    return render(request, "orders/trace.html", shown, status=status_of(form))
