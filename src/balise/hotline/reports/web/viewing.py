"""The staff door: one's own views of the queue, saved from its filters."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt, say_undoable, status_of
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import claiming, viewing
from balise.hotline.reports.queries import views
from balise.hotline.reports.web.beside import kept, listed
from balise.hotline.reports.web.forms.content import AssignForm, FilterForm, ViewForm
from balise.hotline.reports.web.staff import QUEUE, show


@staff.post
def save(request: Request) -> HttpResponse:
    """Save the filters that the form carries, and show what they leave."""
    filters, form = FilterForm(request.POST).kept, ViewForm(request.POST, auto_id="view-%s")
    if form.is_valid():
        with attempt(request, form, said=_("View saved."), at="name"):
            viewing.save_view(filters=filters, by=request.actor, **form.cleaned_data)
            return _queue(filters)
    return _again(request, filters, form)


@staff.post
def rename(request: Request, view_id: UUID) -> HttpResponse:
    """Give a view another name, and show it."""
    filters = views.own_view(view_id=view_id, seen_by=request.actor).filters
    form = ViewForm(request.POST, auto_id="view-%s")
    if form.is_valid():
        with attempt(request, form, said=_("View renamed."), at="name"):
            viewing.rename_view(view_id=view_id, by=request.actor, **form.cleaned_data)
            return _queue(filters)
    return _again(request, filters, form)


@staff.post
def delete(request: Request, view_id: UUID) -> HttpResponse:
    """Delete a view, and show the whole queue; that can be undone."""
    one = viewing.delete_view(view_id=view_id, by=request.actor)
    again = reverse("staff:hotline:restore-view", args=[view_id])
    say_undoable(request, _("View deleted: %(name)s") % {"name": one.name}, by=again)
    return _queue({})


@staff.post
def restore(request: Request, view_id: UUID) -> HttpResponse:
    """Undo that a view was deleted, and show it."""
    with attempt(request):
        one = viewing.restore_view(view_id=view_id, by=request.actor)
        messages.success(request, _("The view is back."))
        return _queue(one.filters)
    return _queue(kept(request))


def _queue(filters: Mapping[str, str]) -> HttpResponse:
    queue = reverse("staff:hotline:queue")
    return HttpResponseRedirect(f"{queue}?{urlencode(filters)}" if filters else queue)


def _again(request: Request, filters: Mapping[str, str], form: Form) -> HttpResponse:
    """Draw the queue with a name as it was typed, and why it is refused."""
    drawn = listed(request, asked=filters)
    drawn["queue"]["view_form"] = form
    return render(request, QUEUE, drawn, status=status_of(form))


# The staff door: hand a piece of content to a colleague.


@staff.post
def assign(request: Request, content_id: UUID) -> HttpResponse:
    """Hand it to the colleague who was chosen, and stay on its page."""
    among = views.colleagues(seen_by=request.actor)
    form = AssignForm(request.POST, among=among, auto_id="assign-%s")
    if form.is_valid():
        to = form.cleaned_data["to"]
        said = _("%(name)s has it now.") % {"name": dict(among)[str(to)]}
        with attempt(request, form, said=said):
            claiming.assign(content_id=content_id, to=to, by=request.actor)
            return redirect("staff:hotline:content", content_id)
    return show(request, content_id, assign_form=form)
