"""A life in danger: the numbers, the checklist, what happened so far."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from balise.foundation.accounts import visits
from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.helpline.console import access
from balise.helpline.console.actions import danger
from balise.helpline.console.queries import dangers
from balise.helpline.console.queries.dangers import Checklist
from balise.helpline.console.rules import ChecklistChanged, NotHeld, Question
from balise.helpline.console.web.forms import ChecklistForm
from balise.helpline.telephony import access as telephony
from balise.helpline.telephony.actions import numbers

# What the timeline says of the journal; anything else that happened is left out.
_SAYS = {
    "helpline.conversation.begun": gettext_lazy("A conversation began"),
    "helpline.conversation.joined": gettext_lazy("A listener joined"),
    "helpline.conversation.dropped": gettext_lazy("Their line dropped"),
    "helpline.conversation.resumed": gettext_lazy("They are back"),
    "helpline.conversation.ended": gettext_lazy("The conversation ended"),
    "helpline.message.received": gettext_lazy("They wrote"),
    "helpline.message.answered": gettext_lazy("A listener answered in writing"),
    "helpline.message.failed": gettext_lazy("An answer did not arrive"),
    "helpline.thread.erased": gettext_lazy("They erased what they wrote"),
    "helpline.item.queued": gettext_lazy("They began to wait"),
    "helpline.item.risk-judged": gettext_lazy("The risk was judged"),
    "helpline.item.risk-judged:judged": gettext_lazy("The risk was judged"),
    "helpline.item.risk-judged:declared": gettext_lazy("They said that they are not safe"),
    "helpline.item.risk-judged:words": gettext_lazy("Words of theirs raised the risk"),
    "helpline.item.claimed": gettext_lazy("A listener took them"),
    "helpline.item.returned": gettext_lazy("They wait again, in front"),
    "helpline.item.put-back": gettext_lazy("Put back in line, in its place"),
    "helpline.item.handed-over": gettext_lazy("Passed on to a colleague"),
    "helpline.hand.raised": gettext_lazy("The listener called for help"),
    "helpline.hand.lowered": gettext_lazy("Someone came to help"),
    "helpline.danger.declared": gettext_lazy("A life is in danger: supervisors were called"),
    "helpline.danger.answered": gettext_lazy("The questions were answered"),
    "helpline.danger.joined": gettext_lazy("A supervisor joined"),
    "helpline.danger.ended": gettext_lazy("The danger is over"),
    "helpline.number.held": gettext_lazy("Their number is kept for a day"),
    "helpline.number.asked": gettext_lazy("Their number was asked for"),
    "helpline.number.released": gettext_lazy("A second person agreed to the number"),
    "helpline.number.read": gettext_lazy("Their number was read"),
}


@staff
@require_GET
def in_danger(request: Request, item_id: UUID) -> HttpResponse:
    """Show the numbers, the checklist and what happened so far."""
    try:
        found = dangers.checklist(item_id, seen_by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("staff:console:console")
    if found is None:
        return redirect("staff:console:person", item_id)
    form = ChecklistForm(initial={**found.answers, "version": found.version})
    return render(request, "helpline/console/danger.html", _context(request, found, form))


@staff
@require_POST
def checklist(request: Request, item_id: UUID) -> HttpResponse:
    """Keep the answers. What cannot be kept stays as it was typed, and nothing is overwritten."""
    access.require(request.actor, access.WORK)
    form = ChecklistForm(request.POST)
    if not form.is_valid():
        return _show_typed(request, item_id, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    answers = dict(form.cleaned_data)
    try:
        danger.keep_checklist(
            item_id=item_id, version=answers.pop("version"), answers=answers, by=request.actor
        )
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        return _show_typed(request, item_id, form, refusal)
    messages.success(request, _("Kept."))
    return redirect("staff:console:danger", item_id)


@staff
@visits.unattended
@require_GET
def number(request: Request, item_id: UUID) -> HttpResponse:
    """Return who asks for the number of a call, as it is now, for the page that shows it."""
    try:
        found = dangers.number_of(item_id, seen_by=request.actor)
    except (ObjectDoesNotExist, Refused) as missing:
        raise Http404 from missing
    if found is None:
        raise Http404
    context = {"number": found, "item_id": item_id, "may_agree": _may_agree(request)}
    return render(request, "helpline/console/parts/number.html", context)


@staff
@require_POST
def ask_number(request: Request, item_id: UUID) -> HttpResponse:
    """Ask for the number of a call."""
    try:
        danger.ask_number(item_id=item_id, by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("staff:console:danger", item_id)


@staff
@require_POST
def agree(request: Request, item_id: UUID, request_id: UUID) -> HttpResponse:
    """Agree, as the second person, that whoever asked reads the number."""
    try:
        numbers.release_number(request_id=request_id, by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("You agreed: they can open the number now."))
    if request.actor.may(access.SUPERVISE):
        return redirect("staff:console:danger", item_id)
    return redirect("staff:console:wallboard")


@staff
@require_POST
def read_number(request: Request, item_id: UUID, request_id: UUID) -> HttpResponse:
    """Show the number once, in this answer alone; the reading is written down first."""
    try:
        opened = numbers.read_number_of(request_id=request_id, by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("staff:console:danger", item_id)
    context = {"number": opened, "item_id": item_id}
    return render(request, "helpline/console/number.html", context)


def _show_typed(
    request: Request,
    item_id: UUID,
    form: ChecklistForm,
    refusal: Refused | None = None,
    *,
    status: int = HTTPStatus.CONFLICT,
) -> HttpResponse:
    """Show what was typed again; beside it what another wrote meanwhile, if that is why."""
    try:
        found = dangers.checklist(item_id, seen_by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except NotHeld as shut:
        return _give_back(request, form, shut)
    if found is None:
        raise Http404
    theirs = []
    if isinstance(refusal, ChecklistChanged):
        given = request.POST.copy()
        given["version"] = str(found.version)  # what is kept next is kept knowingly
        form = ChecklistForm(given)
        form.is_valid()
        theirs = [
            (Question(code).label, text)
            for code, text in found.answers.items()
            if text and text != form.cleaned_data.get(code, "")
        ]
    if refusal is not None:
        form.add_error(None, refusal.message)
    context = {**_context(request, found, form), "theirs": theirs}
    return render(request, "helpline/console/danger.html", context, status=status)


def _give_back(request: Request, form: ChecklistForm, refusal: NotHeld) -> HttpResponse:
    """Show what was typed to whom the checklist is shut now, so that they can tell a supervisor."""
    typed = [
        (question.label, words)
        for question in Question
        if (words := str(form[question.value].value() or "").strip())
    ]
    context = {"says": refusal.message, "typed": typed}
    status = HTTPStatus.CONFLICT
    return render(request, "helpline/console/typed.html", context, status=status)


def _context(request: Request, found: Checklist, form: ChecklistForm) -> dict[str, object]:
    return {
        "danger": found,
        "item_id": found.item.id,
        "number": found.number,
        "may_agree": _may_agree(request),
        "form": form,
        "is_mine": found.item.held_by == request.actor.key,
        "happened": [
            (at, _SAYS[event], who) for at, event, who in found.timeline if event in _SAYS
        ],
    }


def _may_agree(request: Request) -> bool:
    return request.actor.may(telephony.UNSEAL)
