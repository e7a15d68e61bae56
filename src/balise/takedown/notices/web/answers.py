"""What came back: answers to be settled, objections to be decided, by the people of the desk."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions import answering, contesting
from balise.takedown.notices.rules.states import ANSWERABLE, WAITING
from balise.takedown.notices.web.forms.desk import DecisionForm, NumberForm, RulingForm


@staff.get
def answers(request: Request) -> HttpResponse:
    """List the answers that wait for a person, and the last that were settled."""
    access.require_ability(request.actor, access.READ)
    context = {
        "waiting": queries.answers_that_wait(seen_by=request.actor),
        "settled": queries.answers_settled(seen_by=request.actor),
    }
    return render(request, "takedown/notices/answers.html", context)


@staff.form
def answer(request: Request, answer_id: UUID) -> HttpResponse:
    """Show what an answer says; decide, notice by notice, what it means."""
    found = there(queries.answer(answer_id, seen_by=request.actor))
    may_settle = request.actor.may(access.RECORD) and found.settled_at is None
    notices = [one for one in queries.answered_notices(found) if one.stands in ANSWERABLE]
    given = posted(request)
    forms = {
        one: DecisionForm(
            given, prefix=str(one.id), said=found.says, has_closed=one.stands not in WAITING
        )
        for one in notices
    }
    is_valid = [form.is_valid() for form in forms.values()]  # each, so that each says its fault
    if given is not None and all(is_valid):
        decisions = {
            one.id: decision
            for one, form in forms.items()
            if (decision := form.decision()) is not None
        }
        with attempt(request, said=_("Handled.")):
            answering.settle(answer_id=answer_id, decisions=decisions, by=request.actor)
            return redirect("staff:notices:answers")
    context = {
        "answer": found,
        "message": answering.read_answer(answer_id=answer_id, by=request.actor),
        "notices": queries.answered_notices(found),
        "forms": forms.items(),
        "faulty": list(forms.values()),
        "number_form": NumberForm(),
        "may_settle": may_settle,
    }
    status = HTTPStatus.OK if given is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "takedown/notices/answer.html", context, status=status)


@staff.post
def attach(request: Request, answer_id: UUID) -> HttpResponse:
    """Say which notice an answer is about."""
    form = NumberForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else ""
    with attempt(request, said=_("Noted.")):
        answering.attach(answer_id=answer_id, number=number, by=request.actor)
    return redirect("staff:notices:answer", answer_id)


@staff.get
def contests(request: Request) -> HttpResponse:
    """List the objections that wait, and the last that were decided."""
    access.require_ability(request.actor, access.READ)
    context = {
        "waiting": queries.contests_that_wait(seen_by=request.actor),
        "ruled": queries.contests_ruled(seen_by=request.actor),
    }
    return render(request, "takedown/notices/contests.html", context)


@staff.form
def contest(request: Request, contest_id: UUID) -> HttpResponse:
    """Show an objection beside the notice it is about; a second person decides."""
    found = there(queries.contest(contest_id, seen_by=request.actor))
    form = RulingForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("Decision saved. Everyone concerned is told.")):
            contesting.rule(contest_id=contest_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:notices:contests")
    had_a_hand = request.actor.key in queries.hands_in(found)
    context = {
        "contest": found,
        "grounds": contesting.read_contest(contest_id=contest_id, by=request.actor),
        "reasons": _reasons(request, contest_id),
        "form": form,
        "may_judge": (
            request.actor.may(access.JUDGE) and found.came_of_it is None and not had_a_hand
        ),
        "had_a_hand": had_a_hand,
    }
    return render(request, "takedown/notices/contest.html", context, status=status_of(form))


def _reasons(request: Request, contest_id: UUID) -> str:
    found = queries.contest(contest_id, seen_by=request.actor)
    try:
        return queries.reasons_of(found) if found is not None else ""
    except KeyForgotten:
        return ""
