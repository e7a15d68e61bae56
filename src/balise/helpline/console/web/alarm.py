"""An immediate danger: its steps, who is there, the number of whom it is about."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.accounts import visits
from balise.foundation.finding import there
from balise.foundation.refusals import Refused, refusals_as
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.console import access
from balise.helpline.console.actions import danger
from balise.helpline.console.queries import dangers
from balise.helpline.console.rules import ChecklistChanged, Question
from balise.helpline.console.web import person, steps
from balise.helpline.console.web.steps import AloneForm, ChecklistForm, EndingForm
from balise.helpline.queue.actions import dangers as ending
from balise.helpline.queue.rules import NotYours
from balise.helpline.queue.rules.dangers import NotADanger
from balise.helpline.telephony import access as telephony
from balise.helpline.telephony.actions import numbers


@staff.get
def in_danger(request: Request, item_id: UUID) -> HttpResponse:
    """Lead to whom it is about: the danger is on their page."""
    access.require(request.actor, access.WORK)
    return redirect("staff:console:person", item_id)


@staff.get
@visits.unattended
def band(request: Request, item_id: UUID) -> HttpResponse:
    """Return who came, what is known and whether it is over, for the page that shows it."""
    with refusals_as(Http404):
        found = there(dangers.checklist(item_id, seen_by=request.actor))
    return render(request, "helpline/console/parts/danger.html", steps.band(request, found))


@staff.post
def checklist(request: Request, item_id: UUID) -> HttpResponse:
    """Save the steps as they are typed. What cannot be saved stays, and nothing is overwritten."""
    access.require(request.actor, access.WORK)
    form, shown = ChecklistForm(request.POST), steps.shown_before(request)
    theirs: dict[str, str] = {}
    says, status = "", HTTPStatus.OK
    if form.is_valid():
        try:
            danger.keep_checklist(
                item_id=item_id, answers=form.cleaned_data, shown=shown, by=request.actor
            )
        except NotYours as shut:
            return _give_back(request, form, shut)
        except ChecklistChanged as changed:
            says, theirs, status = changed.message, changed.theirs, HTTPStatus.CONFLICT
        except Refused as refusal:
            says, status = refusal.message, HTTPStatus.CONFLICT
            form.add_error(None, says)
    else:
        says, status = _("Not saved: a step is too long."), HTTPStatus.UNPROCESSABLE_ENTITY
    said = steps.saved(form, shown, theirs, says)
    if request.htmx:  # it swaps what was answered well alone
        return render(
            request, "helpline/console/call_parts.html#steps_saved", {"steps_saved": said}
        )
    if says:
        return person.show(request, item_id, said, status, steps_form=form)
    messages.success(request, _("Saved."))
    return redirect("staff:console:person", item_id)


@staff.get
def happened(request: Request, item_id: UUID) -> HttpResponse:
    """Show what was done in a danger, on or over."""
    found = there(dangers.checklist(item_id, seen_by=request.actor))
    return person.show_danger(request, found)


@staff.post
def propose_end(request: Request, item_id: UUID) -> HttpResponse:
    """Propose that it is over; what cannot be stays as it was typed."""
    access.require(request.actor, access.WORK)
    form = EndingForm(request.POST)
    if form.is_valid():
        said = _("You proposed the end. A second person has to agree.")
        with attempt(request, form, said=said):
            ending.propose_end(item_id=item_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:console:person", item_id)
    return person.show(request, item_id, ending_form=form)


@staff.post
def answer_end(request: Request, item_id: UUID) -> HttpResponse:
    """Agree to the end as the second person, or say not yet."""
    acts = {"agree": ending.agree_to_end, "not-yet": ending.refuse_end}
    action = there(acts.get(request.POST.get("act", "")))
    with attempt(request):
        action(item_id=item_id, by=request.actor)
    return redirect("staff:console:person", item_id)


@staff.form
def end_alone(request: Request, item_id: UUID) -> HttpResponse:
    """End it alone with a reason, where no second person came."""
    access.require(request.actor, access.WORK)
    there(dangers.checklist(item_id, seen_by=request.actor))
    form = AloneForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            ending.end_alone(item_id=item_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:console:person", item_id)
    context = {"form": form, "item_id": item_id}
    return render(request, "helpline/console/end_alone.html", context, status=status_of(form))


@staff.post
def set_aside(request: Request, item_id: UUID) -> HttpResponse:
    """Say, with one key, why words of danger tell of none."""
    why = request.POST.get("why", "")
    if why not in NotADanger.values:
        raise Http404
    with attempt(request):
        ending.set_aside(item_id=item_id, why=NotADanger(why), by=request.actor)
    return redirect("staff:console:person", item_id)


@staff.post
def read_end(request: Request, danger_id: UUID) -> HttpResponse:
    """Note that one has read what another ended or set aside alone."""
    with attempt(request):
        ending.read(danger_id=danger_id, by=request.actor)
    return redirect("staff:console:wallboard")


@staff.get
@visits.unattended
def number(request: Request, item_id: UUID) -> HttpResponse:
    """Return who asks for the number of a call, as it is now, for the page that shows it."""
    with refusals_as(Http404):
        found = there(dangers.number_of(item_id, seen_by=request.actor))
    context = {"number": found, "item_id": item_id, "may_agree": _may_agree(request)}
    return render(request, "helpline/console/call_parts.html#number", context)


@staff.post
def ask_number(request: Request, item_id: UUID) -> HttpResponse:
    """Ask for the number of a call."""
    with attempt(request):
        danger.ask_number(item_id=item_id, by=request.actor)
    return redirect("staff:console:person", item_id)


@staff.post
def agree(request: Request, item_id: UUID, request_id: UUID) -> HttpResponse:
    """Agree, as the second person, that whoever asked reads the number."""
    with attempt(request, said=_("You agreed: the number can be opened now.")):
        numbers.release_number(request_id=request_id, by=request.actor)
    if request.actor.may(access.SUPERVISE):
        return redirect("staff:console:person", item_id)
    return redirect("staff:console:wallboard")


@staff.post
def read_number(request: Request, item_id: UUID, request_id: UUID) -> HttpResponse:
    """Show the number once, in this answer alone; the reading is written down first."""
    with attempt(request):
        opened = numbers.read_number_of(request_id=request_id, by=request.actor)
        context = {"number": opened, "item_id": item_id}
        return render(request, "helpline/console/number.html", context)
    return redirect("staff:console:person", item_id)


def _give_back(request: Request, form: ChecklistForm, refusal: NotYours) -> HttpResponse:
    """Show what was typed to whom the checklist is shut now, so that they can tell a supervisor."""
    typed = [
        (question.label, words)
        for question in Question
        if (words := str(form[question.value].value() or "").strip())
    ]
    context = {"says": refusal.message, "typed": typed}
    status = HTTPStatus.CONFLICT
    return render(request, "helpline/console/typed.html", context, status=status)


def _may_agree(request: Request) -> bool:
    return request.actor.may(telephony.UNSEAL)
