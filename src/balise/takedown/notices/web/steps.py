"""What people of the desk do with a notice that is on its way: its clock, its holds, its ladder."""

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.takedown.notices import queries
from balise.takedown.notices.actions import climbing, clocking, contesting, holding, mailing
from balise.takedown.notices.rules.inbound import Via
from balise.takedown.notices.rules.states import Impediment, NoticeState
from balise.takedown.notices.web.forms.desk import (
    ClimbForm,
    HoldForm,
    KnownForm,
    ObjectionForm,
    PleaForm,
    ReplyForm,
)
from balise.takedown.notices.web.staff import show


class _Found(NamedTuple):
    """What a step needs of its notice."""

    line: str
    subject: UUID
    stands: NoticeState
    language: str


@staff.post
def plea(request: Request, notice_id: UUID) -> HttpResponse:
    """Take note of what a recipient says without ending the notice."""
    form = PleaForm(request.POST)
    if not form.is_valid():
        return show(request, notice_id, plea_form=form)
    says: str = form.cleaned_data["says"]
    with attempt(request, said=_("Noted.")):
        if says == "received":
            clocking.acknowledge(notice_id=notice_id, by=request.actor)
        elif says == "information":
            clocking.ask_information(notice_id=notice_id, by=request.actor)
        else:
            clocking.plead(notice_id=notice_id, impediment=Impediment(says), by=request.actor)
    return redirect("staff:notices:notice", notice_id)


@staff.post
def reply(request: Request, notice_id: UUID) -> HttpResponse:
    """Answer what a recipient asked, or say that what hindered it is gone: its clock runs again."""
    found = _found(request, notice_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return show(request, notice_id, reply_form=form)
    text = form.cleaned_data["text"]
    step = (
        clocking.give_information
        if found.stands is NoticeState.INFO_ASKED
        else clocking.lift_impediment
    )
    with attempt(request, said=_("Deadline resumed.")):
        step(notice_id=notice_id, text=text, by=request.actor)
    return redirect("staff:notices:notice", notice_id)


@staff.post
def hold(request: Request, notice_id: UUID) -> HttpResponse:
    """Let nothing leave until a moment."""
    found = _found(request, notice_id)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return show(request, notice_id, hold_form=form)
    with attempt(request, said=_("On hold: nothing is sent until then.")):
        holding.hold(
            line=found.line,
            subject=found.subject,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            notice_id=None if form.cleaned_data["whole"] else notice_id,
            by=request.actor,
        )
    return redirect("staff:notices:notice", notice_id)


@staff.post
def lift(request: Request, notice_id: UUID) -> HttpResponse:
    """Let things leave again."""
    found = _found(request, notice_id)
    with attempt(request, said=_("Hold ended.")):
        for only in (None, notice_id):
            holding.lift(line=found.line, subject=found.subject, notice_id=only, by=request.actor)
    return redirect("staff:notices:notice", notice_id)


@staff.post
def climb(request: Request, notice_id: UUID) -> HttpResponse:
    """Tell the next rung: draft its notice and go on to it, or note that it is told by hand."""
    form = ClimbForm(request.POST, ladder=_ladder(request, notice_id))
    if form.is_valid():
        with attempt(request, form):
            following = climbing.climb(
                notice_id=notice_id,
                rung=form.cleaned_data["rung"],
                contact_id=form.cleaned_data["contact"],
                by=request.actor,
            )
            said = _("The notice for the next step is drafted. Read it, then send it.")
            messages.success(request, said if following else _("Saved: told by hand."))
            return redirect("staff:notices:notice", following or notice_id)
    return show(request, notice_id, climb_form=form)


@staff.post
def know(request: Request, notice_id: UUID) -> HttpResponse:
    """Keep which contact stands on a rung above."""
    form = KnownForm(request.POST, ladder=_ladder(request, notice_id))
    if form.is_valid():
        with attempt(request, form, said=_("Saved: this step now goes to this contact point.")):
            climbing.know_rung(
                notice_id=notice_id,
                rung=form.cleaned_data["rung"],
                contact_id=form.cleaned_data["contact"],
                by=request.actor,
            )
            return redirect("staff:notices:notice", notice_id)
    return show(request, notice_id, known_form=form)


@staff.post
def stay(request: Request, notice_id: UUID) -> HttpResponse:
    """Wait once more rather than climb."""
    with attempt(request, said=_("Their deadline restarts.")):
        climbing.stay(notice_id=notice_id, by=request.actor)
    return redirect("staff:notices:notice", notice_id)


@staff.post
def leave(request: Request, notice_id: UUID) -> HttpResponse:
    """Tell nobody else for now about what was refused or left unanswered."""
    with attempt(request, said=_("Nobody else is told for now.")):
        climbing.leave_at_that(notice_id=notice_id, by=request.actor)
    return redirect("staff:notices:notice", notice_id)


@staff.post
def object_to(request: Request, notice_id: UUID) -> HttpResponse:
    """Write down an objection that came by mail, by letter or by telephone."""
    found = _found(request, notice_id)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return show(request, notice_id, objection_form=form)
    with attempt(request, said=_("Saved: someone who did not take part in the notice decides.")):
        contesting.contest(
            notice_id=notice_id,
            via=Via.HAND,
            language=found.language,
            by=request.actor,
            **form.cleaned_data,
        )
    return redirect("staff:notices:notice", notice_id)


@staff.post
def retraction_told(request: Request, told_id: UUID) -> HttpResponse:
    """Take note that someone who was told by hand knows that the notice was taken back."""
    climbing.note_retraction_told(told_id=told_id, by=request.actor)
    messages.success(request, _("Noted."))
    return redirect("staff:notices:notices")


@staff.post
def send_mail_again(request: Request, mailing_id: UUID) -> HttpResponse:
    """Have a reply, a retraction, a ruling or a first contact sent that did not leave."""
    mailing.try_again(mailing_id=mailing_id, by=request.actor)
    messages.success(request, _("Trying again."))
    return redirect("staff:notices:notices")


def _ladder(request: Request, notice_id: UUID) -> queries.Ladder:
    found = there(queries.notice(notice_id, seen_by=request.actor))
    return queries.ladder_of(found, queries.steps_above(found))


def _found(request: Request, notice_id: UUID) -> _Found:
    found = there(queries.notice(notice_id, seen_by=request.actor))
    language = found.contact.organisation.language
    return _Found(found.line, found.subject, found.stands, language)
