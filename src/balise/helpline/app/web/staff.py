"""The staff door of the app: words about danger, and the sites that show our button."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balise.foundation.clock import today
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import DayField
from balise.helpline.app import actions
from balise.helpline.app.queries import sites as queries, words as wordings
from balise.helpline.app.rules.platforms import platforms
from balise.helpline.app.rules.sites import LONGEST_ADDRESS, LONGEST_NAME

# What is asked about the button: its platform, a site that shows it, a last day.


def _platforms() -> list[tuple[str, Any]]:
    return [("", "–"), *platforms(settings.COUNTRY).items()]


class PlatformForm(forms.Form):
    """The platform that a button is made for."""

    platform = forms.ChoiceField(label=_("Platform"), choices=_platforms)


class SiteForm(forms.Form):
    """A site that shows the button."""

    name = forms.CharField(
        label=pgettext_lazy("button", "Name of the site"), max_length=LONGEST_NAME
    )
    address = forms.URLField(
        label=pgettext_lazy("button", "Address of the site"),
        max_length=LONGEST_ADDRESS,
        assume_scheme="https",
    )
    platform = forms.ChoiceField(label=_("Platform"), choices=_platforms)
    since = DayField(label=pgettext_lazy("button", "Shown since"), initial=today)


class EndForm(forms.Form):
    """The last day of a site."""

    until = DayField(label=pgettext_lazy("button", "Last day"), initial=today)


PAGE = "helpline/app/button/sites.html"


@staff.get
def words(request: Request) -> HttpResponse:
    """Show the words that answer to danger, and whether a psychologist has signed them."""
    found = wordings.reviewed(seen_by=request.actor)
    return render(request, "helpline/app/words.html", {"found": found})


@staff.form
def sites(request: Request) -> HttpResponse:
    """Show the sites, and put one on the list."""
    form = SiteForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=gettext("The site is on the signed list.")):
            actions.add(by=request.actor, **form.cleaned_data)
            return redirect("staff:app:sites")
    return _show(request, form)


@staff.post
def end(request: Request, site_id: UUID) -> HttpResponse:
    """Write down the last day of a site."""
    form = EndForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=gettext("The last day is on the signed list.")):
            actions.end(site_id=site_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:app:sites")
    return _show(request, SiteForm(), ending={site_id: form})


def _show(
    request: Request, form: SiteForm, ending: dict[UUID, EndForm] | None = None
) -> HttpResponse:
    found, known = queries.sites(seen_by=request.actor), platforms(settings.COUNTRY)
    forms = ending or {}
    context = {
        "form": form,
        "sites": [
            (
                one,
                known.get(one.platform, one.platform),
                None
                if one.until
                else forms.get(one.id, EndForm(prefix=None, auto_id=f"{one.id}-%s")),
            )
            for one in found
        ],
    }
    return render(request, PAGE, context, status=status_of(form, *forms.values()))
