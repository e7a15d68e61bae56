"""One item: what it says, where it stands, what to do next."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.clock import now
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import asking, hearing, sending, verifying
from balise.helpline.removals.documents.letter import Letter, drawn
from balise.helpline.removals.rules.next_steps import COMPLAINTS, LADDER
from balise.helpline.removals.tasks.calling import reached_at
from balise.helpline.removals.web.forms import AnswerForm, ClimbForm, HeardForm, ItemForm, WayForm
from balise.takedown.law.rules.facts import days_of
from balise.takedown.notices.rules.ladder import Rung, Step
from balise.takedown.notices.rules.letters import number_of

# What one button does, and what is said then.
_ACTS: dict[str, tuple[Callable[..., None], Any]] = {
    "complete": (asking.complete, gettext_lazy("Complete.")),
    "ask-second": (sending.ask_second, gettext_lazy("Someone else will review it.")),
    "approve": (sending.approve, gettext_lazy("Agreed: it can be sent.")),
    "send-back": (sending.send_back, gettext_lazy("It is a draft again.")),
    "sent": (sending.note_sent_by_hand, gettext_lazy("Noted as sent: the deadline runs.")),
    "put-back": (sending.put_back, gettext_lazy("Ready to be sent through another channel.")),
    "gone": (verifying.see_gone, gettext_lazy("Noted: the young person sees that it is removed.")),
    "up": (verifying.see_up, gettext_lazy("Noted: it is still there.")),
    "back": (verifying.see_back, gettext_lazy("Noted: it came back.")),
    "reopen": (verifying.reopen, gettext_lazy("It can be sent again, as it was written.")),
    "resume": (verifying.resume, gettext_lazy("It is a draft again.")),
    "hand-over": (asking.hand_over, gettext_lazy("The hotline has received the address.")),
    "close": (asking.close, pgettext_lazy("removal", "Closed.")),
}


@staff.get
def item(request: Request, item_id: UUID) -> HttpResponse:
    """Show one item; reading it is written down."""
    return _show(request, item_id)


@staff.post
def act(request: Request, item_id: UUID) -> HttpResponse:
    """Take the step whose button was pressed."""
    action, says = there(_ACTS.get(request.POST.get("act", "")))
    with attempt(request, said=str(says)):
        action(item_id=item_id, by=request.actor)
    return redirect("staff:removals:item", item_id)


@staff.post
def revise(request: Request, item_id: UUID) -> HttpResponse:
    """Change what an item says; what was typed stays where it is refused."""
    access.require(request.actor, access.WORK)
    form = ItemForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Saved.")):
            asking.revise_item(item_id=item_id, given=form.given(), by=request.actor)
            return redirect("staff:removals:item", item_id)
    return _show(request, item_id, item_form=form)


@staff.post
def send(request: Request, item_id: UUID) -> HttpResponse:
    """Let it leave by the way that was chosen."""
    access.require(request.actor, access.WORK)
    form = WayForm(request.POST, ways=queries.ways_of(item_id))
    if form.is_valid():
        with attempt(request, form, said=_("Sent.")):
            sending.send(item_id=item_id, contact_id=form.cleaned_data["way"], by=request.actor)
            return redirect("staff:removals:item", item_id)
    return _show(request, item_id, way_form=form)


@staff.post
def heard(request: Request, item_id: UUID) -> HttpResponse:
    """Note what the platform told us."""
    access.require(request.actor, access.WORK)
    form = HeardForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Noted.")):
            hearing.hear(item_id=item_id, telling=form.telling(), by=request.actor)
            return redirect("staff:removals:item", item_id)
    return _show(request, item_id, heard_form=form)


@staff.post
def answer(request: Request, item_id: UUID) -> HttpResponse:
    """Answer what the platform asked."""
    access.require(request.actor, access.WORK)
    form = AnswerForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Answered: the deadline resumes.")):
            hearing.answer(item_id=item_id, text=form.cleaned_data["text"], by=request.actor)
            return redirect("staff:removals:item", item_id)
    return _show(request, item_id, answer_form=form)


@staff.post
def climb(request: Request, item_id: UUID) -> HttpResponse:
    """Take a rung of the ladder."""
    access.require(request.actor, access.WORK)
    form = ClimbForm(request.POST, steps=LADDER, ways=queries.ways_of(item_id))
    if form.is_valid():
        with attempt(request, form, said=_("Noted.")):
            sending.climb(
                item_id=item_id,
                rung=form.cleaned_data["rung"],
                contact_id=form.cleaned_data.get("way"),
                by=request.actor,
            )
            return redirect("staff:removals:item", item_id)
    return _show(request, item_id, climb_form=form)


def _show(request: Request, item_id: UUID, **filled: Form) -> HttpResponse:
    access.require(request.actor, access.READ)
    request_id = there(queries.request_of(item_id))
    opened = asking.read(request_id=request_id, by=request.actor)
    one = next(each for each in opened.items if each.id == item_id)
    ways = queries.ways_of(item_id)
    others = tuple(way for way in ways if way.is_usable and way.id != one.way)
    context = {
        "opened": opened,
        "one": one,
        "ways": ways,
        "barred": [way for way in ways if not way.is_usable],
        "is_own": one.written_by == request.actor.key,
        "may_work": request.actor.may(access.WORK),
        "offence": queries.offence_words(one.offence, one.days),
        "days": days_of(one.days),
        "form_address": reached_at(next((way.address for way in ways if way.id == one.way), "")),
        "item_form": ItemForm.of(one),
        "way_form": WayForm(ways=ways),
        "heard_form": HeardForm(),
        "answer_form": AnswerForm(),
        "climb_form": ClimbForm(
            steps=_steps(request, one.open),
            ways=others if any(step.rung is Rung.OTHER_WAY for step in one.open) else (),
        ),
        **filled,
    }
    status = status_of(*filled.values())
    return render(request, "helpline/removals/item.html", context, status=status)


def _steps(request: Request, steps: Sequence[Step]) -> list[Step]:
    """Return the steps that this person may take."""
    may_complain = request.actor.may(access.COMPLAIN)
    return [step for step in steps if may_complain or step.rung not in COMPLAINTS]


# The staff door: the letter of a complaint that was taken.


@staff.get
def letter(request: Request, item_id: UUID, rung: str) -> HttpResponse:
    """Return the letter of a rung that was taken, as PDF; reading the item is written down."""
    is_complaint = rung in COMPLAINTS
    access.require(request.actor, access.COMPLAIN if is_complaint else access.WORK)
    request_id = there(queries.request_of(item_id))
    opened = asking.read(request_id=request_id, by=request.actor)
    one = next(each for each in opened.items if each.id == item_id)
    if all(step.rung != rung for step in one.letters):
        raise Http404
    octets = drawn(
        Letter(
            rung=Rung(rung),
            language=(get_language() or "fr")[:2],
            made_at=now(),
            platform=opened.platform.name if opened.platform else "",
            number=number_of(one.notice) if one.notice else "",
            sent_at=one.sent_at,
            decided_at=one.decided_at,
            decision=str(one.decision.label) if one.decision else "",
            address=one.told.url,
            account=one.told.handle,
            offence=queries.offence_words(one.offence, one.days),
            words=one.told.words,
        )
    )
    name = f"complaint-{rung}-{item_id.hex[:8]}.pdf"
    return HttpResponse(
        octets,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
