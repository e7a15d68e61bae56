"""Briefings for staff: drafts, editions, who receives them."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy, override

from balise.awareness.partnership.trends import access
from balise.awareness.partnership.trends.actions import briefings as actions, readers as reading
from balise.awareness.partnership.trends.queries import briefings as queries, notebook, rises
from balise.awareness.partnership.trends.rules.briefings import Chosen
from balise.awareness.partnership.trends.web.forms import ChoiceForm, DraftForm, ReaderForm
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.web.attempts import Way, attempt, check_sender, posted, several, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import among


@staff.form
def briefings(request: Request) -> HttpResponse:
    """List drafts and editions; begin a briefing."""
    found = queries.briefings(seen_by=request.actor)
    form = DraftForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            drafted = actions.draft(by=request.actor, **form.cleaned_data)
            return redirect("staff:trends:briefing", drafted)
    shown = {"briefings": found, "form": form, "may_write": request.actor.may(access.WRITE)}
    return render(request, "network/trends/briefings.html", shown, status=status_of(form))


@staff.form
def briefing(request: Request, briefing_id: UUID) -> HttpResponse:
    """Show a draft with what there is to choose from, or an edition with its link."""
    check_sender(request, access.WRITE)
    found = queries.briefing(briefing_id, seen_by=request.actor)
    if found.sent_at is not None:
        return _edition(request, found)
    initial = {
        "title": found.title,
        "intro": found.intro,
        "uses": found.chosen.get("uses", ()),
        "rising": found.chosen.get("rises", ()),
        "references": found.chosen.get("references", ()),
    }
    offered = _offered(initial["rising"], seen_by=request.actor)
    ways = {
        "choose": Way(
            partial(among, ChoiceForm, offered, initial=initial),
            actions.choose,
            gettext_lazy("Saved."),
        ),
        "send": Way(Form, actions.send, gettext_lazy("The briefing is sent.")),
    }
    forms = several(request, ways, briefing_id=briefing_id)
    if forms is None:
        return redirect("staff:trends:briefing", briefing_id)
    shown = {
        "briefing": found,
        "forms": forms,
        "readers": sum(one.is_confirmed for one in queries.readers(seen_by=request.actor)),
        "may_write": request.actor.may(access.WRITE),
    }
    status = status_of(*forms.values())
    return render(request, "network/trends/draft.html", shown, status=status)


@staff.form
def readers(request: Request) -> HttpResponse:
    """List who receives briefings; add a contact who asked."""
    found = queries.readers(seen_by=request.actor)
    form = ReaderForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("A message asks them to confirm the address.")):
            reading.ask(by=request.actor, **form.cleaned_data)
            return redirect("staff:trends:readers")
    shown = {"readers": found, "form": form, "may_write": request.actor.may(access.WRITE)}
    return render(request, "network/trends/readers.html", shown, status=status_of(form))


def _edition(request: Request, found: queries.BriefingRead) -> HttpResponse:
    ways = {
        "correct": Way(
            DraftForm,
            partial(actions.draft, corrects=found.id),
            gettext_lazy("A correction is begun."),
        )
    }
    forms = several(request, ways)
    if forms is None:
        return redirect("staff:trends:briefings")
    with override(found.language):
        path = reverse("trends:briefing", args=[access.briefing_token(found.id)])
    shown = {
        "briefing": found,
        "told": found.told,
        "link": f"{settings.PUBLIC_ADDRESS}{path}",
        "forms": forms,
        "may_write": request.actor.may(access.WRITE),
    }
    status = status_of(*forms.values())
    return render(request, "network/trends/sent.html", shown, status=status)


def _offered(chosen: object, *, seen_by: Actor) -> dict[str, list[tuple[str, str]]]:
    """Return what there is to choose from: entries, rises of this month and of the last."""
    yesterday = today() - timedelta(days=1)
    last_month = today().replace(day=1) - timedelta(days=1)
    ends = {yesterday, last_month}
    if isinstance(chosen, list):
        ends |= {date.fromisoformat(Chosen.read(each).until) for each in chosen}
    rising = [
        (
            Chosen(of.figure.board, of.figure.code, one.reading.code, until.isoformat()).written,
            f"{of.figure.title} – {one.label} ({date_format(until)})",
        )
        for until in sorted(ends, reverse=True)
        for of, one in rises.rises(until, seen_by=seen_by).rising
    ]
    return {
        "uses": [
            (str(one.id), f"{one.title} ({one.state.label})")
            for one in notebook.uses(seen_by=seen_by)
        ],
        "rising": rising,
        "references": [(str(one.id), one.title) for one in notebook.references(seen_by=seen_by)],
    }
