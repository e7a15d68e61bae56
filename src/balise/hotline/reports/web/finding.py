"""The staff door: find content in the queue by its address, a number, a host or a domain."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.foundation.web.desk import LONGEST
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.queries.finding import sought


@staff.post
def find(request: Request) -> HttpResponse:
    """List what was looked for. It is posted: an address does not stand in an address."""
    text = request.POST.get("sought", "")[:LONGEST]
    listed = sought(text, seen_by=request.actor)
    if not listed:
        messages.info(request, _("Nothing found: check the address, the number or the host."))
        return redirect("staff:hotline:queue")
    return HttpResponseRedirect(f"{reverse('staff:hotline:queue')}?{urlencode(listed)}")
