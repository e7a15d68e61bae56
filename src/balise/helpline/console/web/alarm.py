"""A life in danger: the numbers, the checklist, what happened so far."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.helpline.console import access, queries
from balise.helpline.console.actions import danger
from balise.helpline.console.rules import NotHeld
from balise.helpline.console.web.forms import ChecklistForm


@staff
@require_GET
def in_danger(request: Request, item_id: UUID) -> HttpResponse:
    """Show the numbers, the checklist and what happened so far."""
    try:
        found = queries.checklist(item_id, seen_by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("staff:console:console")
    if found is None:
        return redirect("staff:console:person", item_id)
    form = ChecklistForm(initial={**found.answers, "version": found.version})
    context = {"danger": found, "form": form, "is_mine": found.item.held_by == request.actor.key}
    return render(request, "helpline/console/danger.html", context)


@staff
@require_POST
def checklist(request: Request, item_id: UUID) -> HttpResponse:
    """Keep the answers; where another wrote meanwhile, nothing is overwritten."""
    access.require(request.actor, access.WORK)
    form = ChecklistForm(request.POST)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        try:
            danger.keep_checklist(
                item_id=item_id, version=answers.pop("version"), answers=answers, by=request.actor
            )
            messages.success(request, _("Kept."))
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        except NotHeld as refusal:
            messages.error(request, refusal.message)
            return redirect("staff:console:console")
        except Refused as refusal:
            found = queries.checklist(item_id, seen_by=request.actor)
            if found is None:
                raise Http404 from refusal
            form.add_error(None, refusal.message)
            is_mine = found.item.held_by == request.actor.key
            context = {"danger": found, "form": form, "is_mine": is_mine}
            status = HTTPStatus.CONFLICT
            return render(request, "helpline/console/danger.html", context, status=status)
    return redirect("staff:console:danger", item_id)
