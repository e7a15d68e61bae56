"""The exchange of hashes, for the hotline's staff: partners, sources, and what is wrong."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import DayField
from balise.hotline.matching.banks.queries.exchanging import bank_names
from balise.hotline.matching.exchange import access, queries
from balise.hotline.matching.exchange.actions import answering, reading
from balise.hotline.matching.exchange.actions.answering import MOST_A_DAY, MOST_A_MINUTE
from balise.hotline.matching.exchange.rules.items import Fault
from balise.hotline.matching.exchange.rules.sources import SOURCES

# Read what a person writes about partners of the exchange of hashes.


_ASKS, HOLDS = "asks", "holds"


class ContractForm(forms.Form):
    """What a partner may do."""

    holds = forms.ChoiceField(
        label=_("Way of working"),
        choices=(
            (_ASKS, _("It asks, and holds nothing of ours")),
            (HOLDS, _("It holds our banks: its contract allows that")),
        ),
        initial=_ASKS,
        widget=forms.RadioSelect,
    )
    banks = forms.MultipleChoiceField(
        label=_("Banks that it may know of"), widget=forms.CheckboxSelectMultiple
    )
    a_day = forms.IntegerField(
        label=_("Different pictures a day"),
        help_text=_("Copies of one picture count once."),
        min_value=0,
        max_value=MOST_A_DAY,
        initial=200,
    )
    a_minute = forms.IntegerField(
        label=_("Fingerprints a minute"), min_value=0, max_value=MOST_A_MINUTE, initial=60
    )
    ends_on = DayField(
        label=pgettext_lazy("contract", "Last day"),
        help_text=_("Leave empty if none is agreed."),
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        banks: Mapping[str, str],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["banks"].choices = list(banks.items())  # type: ignore[attr-defined]

    def clean_holds(self) -> bool:
        return bool(self.cleaned_data["holds"] == HOLDS)


class PartnerForm(ContractForm):
    """A partner organisation, and what it may do."""

    partner_id = forms.TypedChoiceField(label=_("Partner"), coerce=UUID)
    field_order = ("partner_id",)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        banks: Mapping[str, str],
        partners: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data, banks=banks)
        self.fields["partner_id"].choices = list(partners)  # type: ignore[attr-defined]


_TONES = {Fault.ENTRIES: "warn", Fault.UNREADABLE: "warn"}


@staff.form
def exchange(request: Request) -> HttpResponse:
    """List partners and sources, what is wrong first; agree on a contract."""
    may_manage = request.actor.may(access.MANAGE)
    named = queries.without_contract(seen_by=request.actor) if may_manage else []
    form = PartnerForm(posted(request), banks=bank_names(), partners=named)
    if form.is_valid():
        with attempt(
            request, form, said=gettext("Agreed. A token with this scope opens the door.")
        ):
            answering.agree(by=request.actor, **form.cleaned_data)
            return redirect("staff:hashes:partner", form.cleaned_data["partner_id"])
    context = {
        "partners": queries.partners(seen_by=request.actor),
        "sources": [
            (one, SOURCES[one.code].name) for one in queries.sources(seen_by=request.actor)
        ],
        "alarms": queries.alarms(seen_by=request.actor),
        "form": form,
        "may_manage": may_manage and named,
    }
    return render(request, "hotline/hashes/exchange.html", context, status=status_of(form))


@staff.form
def partner(request: Request, partner_id: UUID) -> HttpResponse:
    """Show a partner: its contract, what it asked and answered; change the contract."""
    found = there(queries.partner(partner_id, seen_by=request.actor))
    contract = found.contract
    initial = {
        "holds": HOLDS if contract.holds else "asks",
        "banks": contract.banks,
        "a_day": contract.a_day,
        "a_minute": contract.a_minute,
        "ends_on": contract.ends_on,
    }
    names = bank_names()
    form = ContractForm(posted(request), banks=names, initial=initial)
    if form.is_valid():
        with attempt(request, form, said=gettext("Changed.")):
            answering.agree(partner_id=partner_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:hashes:partner", partner_id)
    context = {
        "partner": found,
        "contract": contract,
        "banks": [names.get(code, code) for code in contract.banks],
        "days": queries.days(partner_id, seen_by=request.actor),
        "said": list(queries.said(partner_id, seen_by=request.actor).items()),
        "form": form,
        "may_manage": request.actor.may(access.MANAGE),
    }
    return render(request, "hotline/hashes/partner.html", context, status=status_of(form))


@staff.post
def reopen(request: Request, partner_id: UUID) -> HttpResponse:
    """Let a partner that was cut off in again."""
    with attempt(request, said=gettext("Open again.")):
        answering.reopen(partner_id=partner_id, by=request.actor)
    return redirect("staff:hashes:partner", partner_id)


@staff.get
def source(request: Request, code: str) -> HttpResponse:
    """Show a source: how far it was read, what could not be read, what it was told."""
    found = there(queries.source(code, seen_by=request.actor))
    pages = queries.bad_pages(found.id, seen_by=request.actor)
    context = {
        "source": found,
        "name": SOURCES[found.code].name,
        "bank": bank_names().get(found.bank, found.bank),
        "fingerprints": queries.fingerprints(found.id, seen_by=request.actor),
        "pages": [(one, _TONES.get(one.fault, "danger")) for one in pages],
        "votes": queries.ballots(found.id, seen_by=request.actor),
        "may_manage": request.actor.may(access.MANAGE),
    }
    return render(request, "hotline/hashes/source.html", context)


@staff.post
def ask_again(request: Request, code: str, page_id: UUID) -> HttpResponse:
    """Ask for a bad page as soon as a worker can."""
    with attempt(request, said=gettext("It is asked for again within five minutes.")):
        reading.ask_again(page_id=page_id, by=request.actor)
    return redirect("staff:hashes:source", code)
