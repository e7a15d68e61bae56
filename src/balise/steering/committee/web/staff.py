"""The committee for staff: its meetings, seats, decisions."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.statistics.indicators import INDICATORS
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.several import Way, check_sender, several
from balise.steering.committee import access, actions, queries
from balise.steering.committee.rules import OPEN, in_language
from balise.steering.committee.web.forms import (
    DecisionForm,
    DocumentForm,
    ItemForm,
    MeetingForm,
    MemberForm,
    StepForm,
)

_SAVED = _("Saved.")


@staff.form
def committee(request: Request) -> HttpResponse:
    """List the meetings and the seats; plan a meeting, give a seat."""
    check_sender(request, access.WRITE)
    found = queries.meetings(seen_by=request.actor)
    ways = {
        "meeting": Way(MeetingForm, actions.plan, _SAVED),
        "member": Way(MemberForm, actions.seat, _SAVED),
    }
    forms = several(request, ways)
    if forms is None:
        return redirect("staff:committee:committee")
    shown = {
        "meetings": found,
        "members": queries.members(seen_by=request.actor),
        "forms": forms,
        "today": today(),
        "may_write": request.actor.may(access.WRITE),
    }
    return render(
        request, "steering/committee/committee.html", shown, status=status_of(*forms.values())
    )


@staff.post
def unseat(request: Request, member_id: UUID) -> HttpResponse:
    """End a seat."""
    with attempt(request, said=str(_("The membership has ended."))):
        actions.unseat(member_id=member_id, by=request.actor)
    return redirect("staff:committee:committee")


@staff.form
def meeting(request: Request, meeting_id: UUID) -> HttpResponse:
    """Show a meeting; write its agenda, add a document, note a decision."""
    check_sender(request, access.WRITE)
    found = queries.meeting(meeting_id, seen_by=request.actor)
    members = [(str(one.id), str(one)) for one in queries.members(seen_by=request.actor)]
    ways = {
        "item": Way(ItemForm, actions.add_item, _SAVED),
        "document": Way(DocumentForm, actions.add_document, _SAVED),
        "decision": Way(partial(DecisionForm, members=members), actions.decide, _SAVED),
    }
    forms = several(request, ways, meeting_id=meeting_id)
    if forms is None:
        return redirect("staff:committee:meeting", meeting_id)
    shown = {
        "meeting": found.meeting,
        "items": [
            (one.id, in_language(one.words), in_language(one.minutes)) for one in found.items
        ],
        "documents": found.documents,
        "lists": [
            (_("Decisions of this meeting"), _rows(found.decisions)),
            (_("Decisions before it"), _rows(found.before)),
        ],
        "forms": forms,
        "may_write": request.actor.may(access.WRITE),
    }
    return render(
        request, "steering/committee/meeting.html", shown, status=status_of(*forms.values())
    )


@staff.form
def minutes(request: Request, item_id: UUID) -> HttpResponse:
    """Write what was said of a point of the agenda."""
    found = queries.item(item_id, seen_by=request.actor)
    initial = {f"words_{code}": words for code, words in found.minutes.items()}
    form = ItemForm(posted(request), initial=initial)
    if form.is_valid():
        with attempt(request, form, said=str(_SAVED)):
            actions.note_minutes(item_id=item_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:committee:meeting", found.meeting_id)
    shown = {"item": in_language(found.words), "meeting": found.meeting, "form": form}
    return render(request, "steering/committee/minutes.html", shown, status=status_of(form))


@staff.form
def decision(request: Request, decision_id: UUID) -> HttpResponse:
    """Show a decision; note what became of it."""
    found, steps, meeting_id = queries.decision(decision_id, seen_by=request.actor)
    form: Form = StepForm(posted(request), initial={"day": today()})
    if form.is_valid():
        with attempt(request, form, said=str(_SAVED)):
            actions.move(decision_id=decision_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:committee:decision", decision_id)
    [row] = _rows([found])
    shown = {
        "decision": row,
        "steps": steps,
        "meeting_id": meeting_id,
        "form": form,
        "is_open": found.state in OPEN,
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "steering/committee/decision.html", shown, status=status_of(form))


def _rows(decisions: queries.Decisions) -> list[dict[str, object]]:
    on = today()
    return [
        {
            "id": one.id,
            "number": one.number,
            "words": in_language(one.words),
            "owner": one.owner,
            "due": one.due,
            "is_late": one.is_late(on),
            "state": one.state.label,
            "since": one.since,
            "taken_on": one.taken_on,
            "cites": [str(INDICATORS[code].name) for code in one.cites if code in INDICATORS],
        }
        for one in decisions
    ]
