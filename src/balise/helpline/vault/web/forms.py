"""Read what a young person agreed to, and what the centre says with it."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy as _, pgettext, pgettext_lazy

from balise.foundation.clock import now, today
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.helpline.cases.rules.files import reference
from balise.helpline.vault import access, ports, queries
from balise.helpline.vault.actions import handing
from balise.helpline.vault.actions.handing import Said, Yes
from balise.helpline.vault.queries import Card
from balise.helpline.vault.rules.handing import LONGEST_PLACE, How, Who
from balise.helpline.vault.web.staff import language
from balise.takedown.law.rules import offences
from balise.takedown.onward.dossiers.rules.facts import MAX_WORDS

_WRITTEN = "%Y-%m-%dT%H:%M"


class YesForm(forms.Form):
    """The yes: to which items, for whom, who said it, how and when."""

    shares = forms.TypedMultipleChoiceField(
        label=_("Items they agreed to"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    authority = forms.ChoiceField(
        label=pgettext_lazy("vault", "For whom"), widget=forms.RadioSelect
    )
    said_by = CodeField(Who, label=_("Person who agreed"), widget=forms.RadioSelect)
    said_how = CodeField(How, label=pgettext_lazy("vault", "Means"), widget=forms.RadioSelect)
    said_at = forms.DateTimeField(
        label=_("When"),
        input_formats=[_WRITTEN],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_WRITTEN),
    )

    def __init__(
        self, *args: Any, cards: tuple[Card, ...], receivers: list[tuple[str, str]], **more: Any
    ) -> None:
        more.setdefault("initial", {"said_at": localtime(now()), "authority": receivers[0][0]})
        super().__init__(*args, **more)
        there = [(str(card.id), _named(card)) for card in cards if card.is_there]
        self.fields["shares"].choices = there  # type: ignore[attr-defined]
        self.fields["authority"].choices = receivers  # type: ignore[attr-defined]

    def yes(self) -> Yes:
        """Return what was agreed to."""
        return Yes(**self.cleaned_data)


class SaidForm(forms.Form):
    """What the authority reads from the centre: what it may be, when, where, what happened."""

    offence = forms.ChoiceField(
        label=pgettext_lazy("vault", "Possible offence"),
        help_text=_("An analyst checks it. Nothing is decided by it."),
    )
    facts_on = DayField(label=_("Last day that something happened"))
    place = forms.CharField(
        label=pgettext_lazy("vault", "Place or service"),
        help_text=_("The service and the account, or an address. No name of the young person."),
        max_length=LONGEST_PLACE,
    )
    rationale = LongTextField(
        label=_("Facts, in one or two sentences"),
        help_text=_("The police read this. Only what they agreed to tell: no name, no school."),
        rows=5,
        max_length=MAX_WORDS,
    )
    urgent = forms.BooleanField(
        label=_("Someone may be in danger now"),
        help_text=_("For an emergency, call the police first: no dossier is read at once."),
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(one.code, one.words) for one in offences(today(), country=settings.COUNTRY)]
        self.fields["offence"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]

    def said(self) -> Said:
        """Return what the centre says."""
        return Said(**self.cleaned_data)


def _named(card: Card) -> str:
    came = date_format(localtime(card.received_at), "SHORT_DATETIME_FORMAT")
    item = pgettext("vault", "Item %(number)s, received %(at)s")
    if card.handed_at:
        item = pgettext("vault", "Item %(number)s, received %(at)s (already handed over)")
    return item % {"number": card.number, "at": came}


# The staff door: note a young person's yes, read the paper, hand over what it is about.


AGREE = "helpline/vault/agree.html"
YES = "helpline/vault/yes.html"
HEADERS = {"X-Content-Type-Options": "nosniff"}
_AT = {
    "vault-no-yes": "said_at",
    "vault-item-elsewhere": "shares",
    "vault-already-handed": "shares",
}
_SAID_AT = {
    "facts-refused": "rationale",
    "offence-unknown": "offence",
    "offence-not-in-force": "offence",
    "offence-annulled": "offence",
}


@staff.form
def agree(request: Request, case_id: UUID) -> HttpResponse:
    """Choose items of a case, and note the yes to them; go on to what was noted."""
    access.require(request.actor, access.HAND_OVER)
    queries.require_sees(case_id, who=request.actor)
    shelf = there(queries.of_case(case_id, language=language(), seen_by=request.actor))
    named = [(one.code, str(one.name)) for one in ports.receivers.ask()]
    form = YesForm(posted(request), cards=shelf.cards, receivers=named)
    if form.is_valid():
        with attempt(request, form, said=gettext("Their agreement is noted."), at=_AT):
            found = handing.note_yes(case_id=case_id, yes=form.yes(), by=request.actor)
            return redirect("staff:vault:yes", found)
    context = {"shelf": shelf, "reference": reference(case_id.hex), "form": form}
    return render(request, AGREE, context, status=status_of(form))


@staff.form
def hand_over(request: Request, handing_id: UUID) -> HttpResponse:
    """Show a yes and what became of it; while it stands, hand over what it is about."""
    row = queries.handing(handing_id, seen_by=request.actor)
    form = SaidForm(posted(request))
    if form.is_valid():
        said = gettext("Handed over. An analyst checks the dossier before it goes to the police.")
        with attempt(request, form, said=said, at=_SAID_AT):
            handing.hand_over(handing_id=handing_id, said=form.said(), by=request.actor)
            return redirect("staff:vault:yes", handing_id)
    context = {
        "yes": row,
        "reference": reference(row.case.hex),
        "form": form,
        "hands_over": queries.hands_over(),
    }
    return render(request, YES, context, status=status_of(form))


@staff.post
def paper(request: Request, handing_id: UUID) -> HttpResponse:
    """Open the paper that the authority would read; the items count as opened."""
    with attempt(request):
        octets = handing.read_paper(handing_id=handing_id, by=request.actor)
        name = f'inline; filename="evidence-{reference(handing_id.hex)}.pdf"'
        headers = {**HEADERS, "Content-Disposition": name}
        return HttpResponse(octets, content_type="application/pdf", headers=headers)
    return redirect("staff:vault:yes", handing_id)


@staff.post
def take_back(request: Request, handing_id: UUID) -> HttpResponse:
    """Note that they took their yes back."""
    with attempt(request, said=gettext("Noted: nothing is handed over.")):
        handing.take_back(handing_id=handing_id, by=request.actor)
    return redirect("staff:vault:yes", handing_id)
