"""Campaigns, for those who plan them and those who read what carried their codes."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_lazy as _, pgettext_lazy

from balise.awareness.partnership.campaigns import access, actions, queries
from balise.awareness.partnership.campaigns.rules import LONGEST, LONGEST_HASHTAG, Facts, Medium
from balise.awareness.publications.queries.kits import choices as kits
from balise.foundation.clock import today
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import CodeField, DayField, LongTextField

# What someone fills in of a campaign, and of a number of its plan.


_MOST: Final = 10**10  # more than all people have screens
_LONGEST: Final = 120


def _kits() -> list[tuple[str, str]]:
    return list(kits(language=get_language() or ""))


class ChangeForm(forms.Form):
    """A campaign, without its code, which never changes."""

    name = forms.CharField(label=pgettext_lazy("campaign", "Name"), max_length=_LONGEST)
    edition = forms.IntegerField(
        label=_("Edition number"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("For a campaign that comes again."),
    )
    hashtag = forms.CharField(label=_("Hashtag"), max_length=LONGEST_HASHTAG + 1, required=False)
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))
    partners = LongTextField(
        label=pgettext_lazy("campaign", "Partners"),
        rows=3,
        required=False,
        max_length=4_000,
        help_text=_("One organisation a line."),
    )
    kits = forms.MultipleChoiceField(
        label=_("Kits"), choices=_kits, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean_partners(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["partners"].splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    @property
    def facts(self) -> Facts:
        """What was typed, once it is valid."""
        return Facts(**{name: self.cleaned_data[name] for name in ChangeForm.base_fields})


class AddForm(ChangeForm):
    """A new campaign."""

    code = forms.CharField(
        label=_("Code of the campaign"),
        max_length=LONGEST + 10,
        help_text=_("It is never changed. Figures carry it. Example: SID-2027."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    field_order = ("name", "code")


class DeclaredForm(forms.Form):
    """A number of a media plan."""

    medium = CodeField(Medium, label=_("Medium"))
    label = forms.CharField(
        label=_("Name of the network, channel or place"),
        max_length=_LONGEST,
        help_text=_("For an influencer: the channel or public pseudonym, not a civil name."),
    )
    number = forms.IntegerField(label=_("Declared number"), min_value=1, max_value=_MOST)
    declared_by = forms.CharField(label=_("Declared by"), max_length=_LONGEST)
    declared_on = DayField(label=_("Declared on"))


def initial_of(row: Any) -> dict[str, Any]:
    """Return what a campaign says now, as the form has it."""
    now = {name: getattr(row, name) for name in ChangeForm.base_fields}
    return {**now, "partners": "\n".join(row.partners)}


@staff.get
def campaigns(request: Request) -> HttpResponse:
    """List the campaigns."""
    shown = {
        "campaigns": queries.listed(seen_by=request.actor),
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "campaigns/list.html", shown)


@staff.form
def add(request: Request) -> HttpResponse:
    """Add a campaign."""
    access.require(request.actor, access.WRITE)
    form = AddForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=gettext("The campaign is added.")):
            code = form.cleaned_data["code"]
            made = actions.add(code=code, facts=form.facts, by=request.actor)
            return redirect("staff:campaigns:campaign", made)
    return render(request, "campaigns/edit.html", {"form": form}, status=status_of(form))


@staff.form
def campaign(request: Request, campaign_id: UUID) -> HttpResponse:
    """Show a campaign and what carried its code; declare a number of its plan."""
    form = DeclaredForm(posted(request), initial={"declared_on": today()})
    if form.is_valid():
        with attempt(request, form, said=gettext("Saved.")):
            actions.declare(campaign_id=campaign_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:campaigns:campaign", campaign_id)
    language = get_language() or ""
    shown = {
        "found": queries.shown(campaign_id, language=language, seen_by=request.actor),
        "form": form,
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "campaigns/campaign.html", shown, status=status_of(form))


@staff.form
def change(request: Request, campaign_id: UUID) -> HttpResponse:
    """Change a campaign."""
    access.require(request.actor, access.WRITE)
    row = queries.campaign(campaign_id, seen_by=request.actor)
    form = ChangeForm(posted(request), initial=initial_of(row))
    if form.is_valid():
        with attempt(request, form, said=gettext("Saved.")):
            actions.change(campaign_id=campaign_id, facts=form.facts, by=request.actor)
            return redirect("staff:campaigns:campaign", campaign_id)
    shown = {"form": form, "row": row}
    return render(request, "campaigns/edit.html", shown, status=status_of(form))


@staff.post
def withdraw(request: Request, campaign_id: UUID, declared_id: UUID) -> HttpResponse:
    """Take a number out of a campaign's plan."""
    with attempt(request, said=gettext("The number is withdrawn.")):
        actions.withdraw(campaign_id=campaign_id, declared_id=declared_id, by=request.actor)
    return redirect("staff:campaigns:campaign", campaign_id)
