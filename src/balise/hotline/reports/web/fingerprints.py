"""The staff door: fingerprints that the extension computed on the page an analyst is on.

They come after the # of this page's address, which no browser sends; a script takes them out of it
and into the form. Nothing of them is shown: one mark, and how many.
"""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports import access
from balise.hotline.reports.actions import submitting
from balise.hotline.reports.queries import known, listing
from balise.hotline.reports.web.forms.known import AddressForm, FingerprintsForm

PAGE = "hotline/reports/fingerprints.html"
OF_PAGE = "hotline/reports/fingerprints_of_page.html"


@staff.form
def fingerprints(request: Request, content_id: UUID) -> HttpResponse:
    """Show what a content has, and take what the form brings."""
    row = listing.content(content_id=content_id, seen_by=request.actor)
    form = FingerprintsForm(posted(request))
    if form.is_valid():
        with attempt(request, form, at="fingerprints"):
            signals = form.cleaned_data["fingerprints"]
            count = submitting.add_fingerprints(
                content_id=content_id, signals=signals, by=request.actor
            )
            said = ngettext(
                "%(count)d new fingerprint: the banks are being asked.",
                "%(count)d new fingerprints: the banks are being asked.",
                count,
            )
            with attempt(request, said=said % {"count": count}):
                return redirect("staff:hotline:content", content_id)
    found = known.known([content_id], seen_by=request.actor)
    context = {"row": row, "form": form, "known": found.get(content_id)}
    status = status_of(form) if request.method == "POST" else HTTPStatus.OK
    return render(request, PAGE, context, status=status)


@staff.form
def of_page(request: Request) -> HttpResponse:
    """Find the content at the address that the extension brings, and go on to its fingerprints.

    These stand after the # all the way: a browser takes that part along when it is redirected.
    """
    access.require(request.actor, access.READ)
    form = AddressForm(posted(request))
    if form.is_valid():
        found = listing.by_address(form.cleaned_data["address"], seen_by=request.actor)
        if found:
            return redirect("staff:hotline:fingerprints", found.id)
        form.add_error(
            "address", _("No content has this address. Copy it from the content’s page.")
        )
    status = status_of(form) if request.method == "POST" else HTTPStatus.OK
    return render(request, OF_PAGE, {"form": form}, status=status)
