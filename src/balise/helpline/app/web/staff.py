"""The staff door of the app: words about danger, and the sites that show our button."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.app.actions import sites as listing
from balise.helpline.app.queries import sites as queries, words as wordings
from balise.helpline.app.rules.platforms import platforms
from balise.helpline.app.web.forms import EndForm, SiteForm

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
        with attempt(request, form, said=_("The site is on the signed list.")):
            listing.add(by=request.actor, **form.cleaned_data)
            return redirect("staff:app:sites")
    return _show(request, form)


@staff.post
def end(request: Request, site_id: UUID) -> HttpResponse:
    """Write down the last day of a site."""
    form = EndForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("The last day is on the signed list.")):
            listing.end(site_id=site_id, by=request.actor, **form.cleaned_data)
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
