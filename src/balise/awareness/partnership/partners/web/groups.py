"""Working groups for staff: members, meetings, opinions, recommendations."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy

from balise.awareness.partnership.partners import access
from balise.awareness.partnership.partners.actions import advice, groups as actions
from balise.awareness.partnership.partners.queries import advice as advised, groups as queries
from balise.awareness.partnership.partners.rules.groups import GroupKind
from balise.awareness.partnership.partners.web.group_forms import (
    EndForm,
    GroupForm,
    InterestForm,
    MeetingForm,
    OpinionForm,
    RecommendationForm,
    SeatForm,
    SeatsForm,
    StepForm,
)
from balise.foundation.web.attempts import Way, attempt, check_sender, posted, several, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import among

_SAVED = gettext_lazy("Saved.")


@staff.form
def groups(request: Request) -> HttpResponse:
    """List the groups; form one."""
    found = queries.groups(seen_by=request.actor)
    form = GroupForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            formed = actions.form(by=request.actor, **form.cleaned_data)
            return redirect("staff:partners:group", formed)
    shown = {"groups": found, "form": form, "may_write": request.actor.may(access.WRITE)}
    return render(request, "network/partners/groups.html", shown, status=status_of(form))


@staff.form
def group(request: Request, group_id: UUID) -> HttpResponse:
    """Show a group; seat members, note meetings and recommendations, end it."""
    check_sender(request, access.WRITE)
    found = queries.group(group_id, seen_by=request.actor)
    opinions = [("", "—"), *((one.id, one.title) for one in found.opinions)]
    ways = {
        "seat": Way(SeatForm, actions.seat, _SAVED),
        "seats": Way(SeatsForm, actions.note_seats, _SAVED),
        "meeting": Way(MeetingForm, actions.note_meeting, _SAVED),
        "recommendation": Way(
            partial(among, RecommendationForm, {"opinion_id": opinions}), advice.recommend, _SAVED
        ),
        "end": Way(EndForm, actions.end, gettext_lazy("The group has ended.")),
    }
    forms = several(request, ways, group_id=group_id)
    if forms is None:
        return redirect("staff:partners:group", group_id)
    shown = {
        "group": found,
        "forms": forms,
        "is_youth": found.kind is GroupKind.YOUTH,
        "may_write": request.actor.may(access.WRITE),
    }
    status = status_of(*forms.values())
    return render(request, "network/partners/group.html", shown, status=status)


@staff.form
def member(request: Request, member_id: UUID) -> HttpResponse:
    """Show a seat; open the name, note consent, an interest, or that they left."""
    check_sender(request, access.WRITE)
    found, group_id = queries.member(member_id, seen_by=request.actor)
    ways = {
        "consent": Way(Form, actions.consent, gettext_lazy("The name is public.")),
        "withdraw": Way(
            Form, actions.withdraw_consent, gettext_lazy("The name is public no longer.")
        ),
        "interest": Way(InterestForm, actions.note_interest, _SAVED),
        "leave": Way(Form, actions.leave, _SAVED),
    }
    forms = several(request, ways, member_id=member_id)
    if forms is None:
        return redirect("staff:partners:member", member_id)
    opened = None
    if request.POST.get("do") == "open":
        opened = actions.open_member(member_id=member_id, by=request.actor)
    shown = {
        "member": found,
        "group": queries.group(group_id, seen_by=request.actor),
        "opened": opened,
        "forms": forms,
        "may_write": request.actor.may(access.WRITE),
    }
    status = status_of(*forms.values())
    return render(request, "network/partners/member.html", shown, status=status)


@staff.form
def write(request: Request, meeting_id: UUID) -> HttpResponse:
    """Write down the opinion that a meeting adopted."""
    access.require(request.actor, access.WRITE)
    meeting, group_id = queries.meeting(meeting_id, seen_by=request.actor)
    form = OpinionForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            written = advice.write(meeting_id=meeting_id, said=form.said, by=request.actor)
            return redirect("staff:partners:opinion", written)
    shown = {
        "form": form,
        "meeting": meeting,
        "group": queries.group(group_id, seen_by=request.actor),
    }
    return render(request, "network/partners/write.html", shown, status=status_of(form))


@staff.form
def rewrite(request: Request, opinion_id: UUID) -> HttpResponse:
    """Change an opinion that is not public."""
    access.require(request.actor, access.WRITE)
    found = advised.opinion(opinion_id, seen_by=request.actor)
    votes = found.votes
    initial = {
        **{name: getattr(found, name) for name in ("language", "title", "text", "minority")},
        "is_waived": found.is_waived,
        "votes_for": votes.in_favour,
        "votes_against": votes.against,
        "votes_abstained": votes.abstained,
    }
    form = OpinionForm(posted(request), initial=initial)
    if form.is_valid():
        with attempt(request, form, said=_("Saved.")):
            advice.rewrite(opinion_id=opinion_id, said=form.said, by=request.actor)
            return redirect("staff:partners:opinion", opinion_id)
    meeting, group_id = queries.meeting(found.meeting_id, seen_by=request.actor)
    shown = {
        "form": form,
        "meeting": meeting,
        "group": queries.group(group_id, seen_by=request.actor),
        "opinion": found,
    }
    return render(request, "network/partners/write.html", shown, status=status_of(form))


@staff.form
def opinion(request: Request, opinion_id: UUID) -> HttpResponse:
    """Show an opinion as everyone will read it; publish it."""
    check_sender(request, access.WRITE)
    found = advised.opinion(opinion_id, seen_by=request.actor)
    ways = {"publish": Way(Form, advice.publish, gettext_lazy("The opinion is public."))}
    forms = several(request, ways, opinion_id=opinion_id)
    if forms is None:
        return redirect("staff:partners:opinion", opinion_id)
    shown = {"one": found, "forms": forms, "may_write": request.actor.may(access.WRITE)}
    status = status_of(*forms.values())
    return render(request, "network/partners/opinion.html", shown, status=status)


@staff.form
def recommendation(request: Request, recommendation_id: UUID) -> HttpResponse:
    """Show a recommendation; note what became of it, publish it."""
    check_sender(request, access.WRITE)
    found = advised.recommendation(recommendation_id, seen_by=request.actor)
    states = [(state.value, state.label) for state in found.next]
    ways = {
        "step": Way(partial(among, StepForm, {"state": states}), advice.note_step, _SAVED),
        "publish": Way(
            Form, advice.publish_recommendation, gettext_lazy("The recommendation is public.")
        ),
    }
    forms = several(request, ways, recommendation_id=recommendation_id)
    if forms is None:
        return redirect("staff:partners:recommendation", recommendation_id)
    shown = {"one": found, "forms": forms, "may_write": request.actor.may(access.WRITE)}
    status = status_of(*forms.values())
    return render(request, "network/partners/recommendation.html", shown, status=status)
