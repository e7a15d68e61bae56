"""The staff door: hand a piece of content to a colleague."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import assigning
from balise.hotline.reports.queries import views
from balise.hotline.reports.web.forms.desk import AssignForm
from balise.hotline.reports.web.staff import show


@staff.post
def assign(request: Request, content_id: UUID) -> HttpResponse:
    """Hand it to the colleague who was chosen, and stay on its page."""
    among = views.colleagues(seen_by=request.actor)
    form = AssignForm(request.POST, among=among, auto_id="assign-%s")
    if form.is_valid():
        to = form.cleaned_data["to"]
        said = _("%(name)s has it now.") % {"name": dict(among)[str(to)]}
        with attempt(request, form, said=said):
            assigning.assign(content_id=content_id, to=to, by=request.actor)
            return redirect("staff:hotline:content", content_id)
    return show(request, content_id, assign_form=form)
