"""The staff door: the queue, and a content without what is sealed of it (see `web.bar.reveal`)."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from balise.foundation.clock import today
from balise.foundation.web.attempts import attempt, say_undoable, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.pages import parts_of
from balise.hotline.reports import access
from balise.hotline.reports.actions import (
    assessing,
    claiming,
    consulting,
    correcting as corrections,
    correcting as reports_correcting,
    dialogue,
    referring,
)
from balise.hotline.reports.actions.consulting import Proposed
from balise.hotline.reports.queries import closing, listing, views
from balise.hotline.reports.queries.correcting import correcting
from balise.hotline.reports.queries.listing import ContentRow
from balise.hotline.reports.queries.page import page as content_page
from balise.hotline.reports.rules.assessing import AlreadyAssessed
from balise.hotline.reports.rules.words import LOOKED_AT, ContentState
from balise.hotline.reports.web.bar import keep_typed, lines
from balise.hotline.reports.web.beside import (
    after_row,
    alone,
    keep,
    kept,
    listed,
    rows_again,
    to_list,
)
from balise.hotline.reports.web.forms.content import (
    AnswerForm,
    AnswersField,
    AssignForm,
    FilterForm,
    HandOverForm,
    NoticeForm,
    VerdictForm,
    language_here,
)
from balise.hotline.reports.web.forms.correcting import CorrectionForm
from balise.hotline.reports.web.forms.describing import ItemForm
from balise.hotline.reports.web.forms.ending import GivenUpForm, GoneForm
from balise.hotline.reports.web.forms.police import PoliceForm, PoliceNowForm
from balise.takedown.law.rules.facts import CitedLaw
from balise.takedown.law.rules.qualification import qualification
from balise.takedown.law.rules.trees import Walk, walk
from balise.takedown.watch import access as watching

QUEUE = "hotline/reports/queue.html"
CONTENT = "hotline/reports/content.html"
NEXT = "hotline/reports/parts.html#next"
_PLACE = "content-work"  # the part of the page that another content takes


@staff.get
def queue(request: Request) -> HttpResponse:
    """Show what waits, in the order in which to look at it; to a page, its list if it changed."""
    if request.htmx:
        return rows_again(request)
    keep(request)
    return render(request, QUEUE, listed(request, asked=request.GET))


@staff.post
def next_one(request: Request) -> HttpResponse:
    """Claim the first content of the list that is free, and open it; from a content, another."""
    another = bool(request.POST.get("here")) or "next" in request.POST
    among = FilterForm(kept(request)).filters
    content_id = claiming.claim_next(another=another, among=among, by=request.actor)
    if content_id is None:
        if kept(request):
            messages.info(request, _("Nothing more to take in this list."))
        elif views.is_any_left(seen_by=request.actor):
            left = _("Nothing to take now: all that waits is taken, or is for someone else.")
            messages.info(request, left)
        else:
            messages.success(request, _("Nothing to do: the queue is empty."))
        nothing = to_list(request)
        return HttpResponseClientRedirect(nothing.url) if request.htmx else nothing
    if request.htmx:
        return show(request, content_id)
    return redirect("staff:hotline:content", content_id)


@staff.get
def content(request: Request, content_id: UUID) -> HttpResponse:
    """Show what is known of a content without opening what is sealed."""
    return show(request, content_id)


@staff.post
def claim(request: Request, content_id: UUID) -> HttpResponse:
    """Take a content to work on; from its row of the list, without opening it."""
    with attempt(request):
        claiming.claim(content_id=content_id, by=request.actor)
    return after_row(request) or redirect("staff:hotline:content", content_id)


@staff.post
def release(request: Request, content_id: UUID) -> HttpResponse:
    """Give a content back to the queue, and say so; one who released their own can undo it."""
    was_mine = listing.content(content_id=content_id, seen_by=request.actor).is_mine
    with attempt(request):
        claiming.release(content_id=content_id, by=request.actor)
        released = _("Released: anyone can take it.")
        if was_mine and not request.htmx:
            again = reverse("staff:hotline:claim", args=[content_id])
            say_undoable(request, released, by=again)
        elif not request.htmx:
            messages.success(request, released)
        return after_row(request) or redirect("staff:hotline:queue")
    return after_row(request) or redirect("staff:hotline:content", content_id)


@staff.post
def put_back(request: Request, content_id: UUID) -> HttpResponse:
    """Put a decided content back in the queue."""
    with attempt(request, said=_("Reopened, with its history.")):
        reports_correcting.reopen(content_id=content_id, by=request.actor)
    return redirect("staff:hotline:content", content_id)


@staff.post
def assess(request: Request, content_id: UUID) -> HttpResponse:
    """Save a verdict, and take the next content if `next` is asked; with script, in its place.

    If another was quicker, say so and show what was typed, answers included. What is refused is
    kept as it was typed: the page may be left before its own draft is sent.
    """
    form = VerdictForm(request.POST)
    if form.is_valid():
        with attempt(request, form, conflict=True):
            decision = form.decision
            state = assessing.assess(content_id=content_id, decision=decision, by=request.actor)
            saved = _("Verdict saved: %(state)s.") % {"state": state.label}
            if "next" in request.POST:
                back = reverse("staff:hotline:content", args=[content_id])
                see = format_html('{} <a href="{}">{}</a>', saved, back, _("See it, or undo it"))
                if _has_copies(request, content_id):
                    copies_of = reverse("staff:hotline:copies", args=[content_id])
                    its = _("Decide its copies too")
                    see = format_html('{} <a href="{}">{}</a>', see, copies_of, its)
                messages.success(request, see)
                return next_one(request)
            messages.success(request, saved)
            page = "copies" if _has_copies(request, content_id) else "content"
            return redirect(f"staff:hotline:{page}", content_id)
    refusal = keep_typed(request, content_id)
    if isinstance(refusal, AlreadyAssessed):  # nothing is missing from what is saved
        form.errors.clear()
        with attempt(request, form, conflict=True):
            raise refusal
    return show(request, content_id, _step(form), form=form)


@staff.post
def answer(request: Request, content_id: UUID, report_id: UUID) -> HttpResponse:
    """Answer a reporter."""
    form = AnswerForm(request.POST, auto_id=f"answer-{report_id}-%s")
    if form.is_valid():
        with attempt(request, form, said=_("Answer sent to the reporter.")):
            dialogue.write_as_hotline(report_id=report_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:hotline:content", content_id)
    return show(request, content_id, **{f"answer-{report_id}": form})


@staff.post
def hand_over(request: Request, content_id: UUID, report_id: UUID) -> HttpResponse:
    """Hand a reporter to the helpline."""
    form = HandOverForm(request.POST, auto_id=f"hand-{report_id}-%s")
    if form.is_valid():
        with attempt(request, form, said=_("The helpline now has this report.")):
            referring.refer_to_helpline(report_id=report_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:hotline:content", content_id)
    return show(request, content_id, **{f"hand-{report_id}": form})


def show(
    request: Request,
    content_id: UUID,
    step: Walk | None = None,
    cited: CitedLaw | None = None,
    /,
    **filled: Form,
) -> HttpResponse:
    """Draw one content, with the forms that were filled in as they were, by their names there."""
    page = content_page(content_id=content_id, seen_by=request.actor)
    row, facts, police, watched = page.row, page.days, page.police, page.watch
    may_assess = request.actor.may(access.ASSESS)
    typed = (
        views.typed(content_id=content_id, seen_by=request.actor)
        if may_assess and row.is_mine
        else None
    )
    before = {
        "category": row.category.code,
        "facts_on": facts.last,
        "facts_from": facts.first,
        "certainty": facts.certainty,
        "written_in": language_here(),
        **(typed.fields if typed else {}),
    }
    given = filled.get("form")
    form = given if isinstance(given, VerdictForm) else VerdictForm(initial=before)
    # Who was too late for a verdict still finds the text they wrote.
    asks_verdict = may_assess and ("form" in filled or row.state in LOOKED_AT)
    in_place = request.htmx.target == _PLACE
    may_notify = row.state is ContentState.REMOVING and may_assess
    asks_reasons = may_notify or (police is not None and police.may_prepare)
    proposed = (
        consulting.propose(content_id=content_id, by=request.actor)
        if asks_reasons and may_assess
        else Proposed()
    )
    context = {
        **page._asdict(),
        "notice_form": NoticeForm(initial={"explanation": proposed.notice}),
        "may_notify": may_notify,
        "may_take_up": may_assess and (row.is_given_up or row.is_removed),
        "gone_form": GoneForm(initial={"gone_on": today()}),
        "given_up_form": GivenUpForm(),
        **_correcting(request, row),
        "correction_form": CorrectionForm(auto_id="correct-%s"),
        "police_now_form": PoliceNowForm(auto_id="now-%s"),
        "police_form": PoliceForm(initial={"rationale": proposed.dossier}),
        "form": form,
        "lines": (
            lines(
                row,
                form,
                asked=page.asked,
                watched=watched.watched.state if watched else None,
                seen_by=request.actor,
            )
            if asks_verdict
            else []
        ),
        "typed": typed,
        "step": step,
        "cited": cited,
        "item_form": ItemForm(initial=page.described.last.codes()),
        "reporters": [
            (
                one,
                filled.get(f"answer-{one.report}") or AnswerForm(auto_id=f"answer-{one.report}-%s"),
                filled.get(f"hand-{one.report}") or HandOverForm(auto_id=f"hand-{one.report}-%s"),
            )
            for one in listing.reporters(content_id=content_id, seen_by=request.actor)
            if one.may_answer or not one.is_with_helpline
        ],
        "parts": parts_of("hotline.content", row, seen_by=request.actor),
        "may_watch": request.actor.may(watching.WATCH),
        "may_assess": may_assess,
        "may_undo": may_assess and row.state is ContentState.CLOSED and not row.is_given_up,
        "may_answer": request.actor.may(access.ANSWER),
        "may_release": row.is_mine or request.actor.may(access.RELEASE_OTHERS),
        **_assigning(request, row, filled),
        "asks_verdict": asks_verdict,
        # Who was too late to end a removal reads why on the form they sent.
        "was_asked": not filled.keys().isdisjoint({"notice_form", "gone_form", "given_up_form"}),
        **(
            alone(request, content_id)
            if in_place
            else listed(request, asked=kept(request), current=content_id)
        ),
        **filled,
    }
    status = status_of(*filled.values())
    page_or_part = CONTENT
    if in_place:
        page_or_part = NEXT
        context["is_refused"] = status is not HTTPStatus.OK
        if status is HTTPStatus.CONFLICT:  # which a page says as a failure, without drawing it
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif request.htmx and step is not None:
        page_or_part = "hotline/reports/parts.html#asked"
    return render(request, page_or_part, context, status=status)


def _correcting(request: Request, row: ContentRow) -> dict[str, object]:
    """Return what one may do about a final verdict, with the reason of one who asks already."""
    found = correcting(row, seen_by=request.actor)
    if found is None or found.asked is None:
        return {"correcting": found}
    reason = corrections.read_reason(correction_id=found.asked.id, by=request.actor)
    return {"correcting": found, "correction_reason": reason}


def _has_copies(request: Request, content_id: UUID) -> bool:
    return closing.waiting_copies(content_id, seen_by=request.actor) > 0


def _assigning(request: Request, row: ContentRow, filled: Mapping[str, Form]) -> dict[str, object]:
    """Return the form that hands a content to a colleague, for one who may."""
    may_assess, leads = request.actor.may(access.ASSESS), request.actor.may(access.RELEASE_OTHERS)
    if "assign_form" in filled or not (row.is_looked_at and may_assess and (row.is_mine or leads)):
        return {}
    among = views.colleagues(seen_by=request.actor)
    return {"assign_form": AssignForm(among=among, auto_id="assign-%s")} if among else {}


def _step(form: VerdictForm) -> Walk | None:
    """Return how far the questions had come on the page that was sent; None if they were closed."""
    if "asking" not in form.data:
        return None
    answers = AnswersField().to_python(form.data.get("answers", ""))
    facts_on = form.cleaned_data.get("facts_on") or today()
    return walk(qualification(settings.COUNTRY), answers, facts_on)
