"""The staff door: the files one is on, one file, who is on it, and how it is opened."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, pgettext

from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.pages import parts_of
from balise.helpline.cases import access
from balise.helpline.cases.actions import handshakes, joining, opening
from balise.helpline.cases.queries import duties, files as queries, sent
from balise.helpline.cases.rules.files import CaseState, NotOnCase, reference
from balise.helpline.cases.rules.sections import SINGLE, Section
from balise.helpline.cases.web.forms.files import (
    CodeForm,
    ColleagueForm,
    EndForm,
    ReasonForm,
    TitleForm,
)
from balise.helpline.contacts.web.back import back_or

_LIST = "helpline/cases/cases.html"


def on_file[V: Callable[..., HttpResponse]](view: V) -> V:
    """Show whoever is not on a file that it is locked, and how the glass is broken."""

    @wraps(view)
    def for_those_on_it(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotOnCase as refusal:
            case_id = kwargs.get("case_id")
            if case_id is None:
                messages.error(request, refusal.message)
                return redirect("staff:cases:cases")
            answer = _locked(request, case_id, ReasonForm())
            answer.status_code = HTTPStatus.FORBIDDEN
            return answer

    return cast("V", for_those_on_it)


@staff.get
def cases(request: Request) -> HttpResponse:
    """List the files that one is on, what is due, and, for supervisors, who broke the glass."""
    return _show_list(request)


@staff.post
def open_case(request: Request) -> HttpResponse:
    """Open a file, alone or from a contact."""
    form = TitleForm(request.POST)
    if form.is_valid():
        with attempt(request, form, conflict=True):
            case_id = opening.open_case(
                title=form.cleaned_data["title"], contact_id=_contact(request), by=request.actor
            )
            return back_or(request, "staff:cases:case", case_id)
    return _show_list(request, title_form=form)


@staff.post
def open_with_code(request: Request) -> HttpResponse:
    """Open the file of a young person who gives their code."""
    form = CodeForm(request.POST)
    if form.is_valid():
        with attempt(request, form, at="code", conflict=True):
            case_id = opening.open_with_code(
                code=form.cleaned_data["code"], contact_id=_contact(request), by=request.actor
            )
            return back_or(request, "staff:cases:case", case_id)
    return _show_list(request, code_form=form)


@staff.get
@on_file
def case(request: Request, case_id: UUID) -> HttpResponse:
    """Show a file to who is on it; the reading is written down."""
    return show_case(request, case_id)


@staff.get
def contacts(request: Request, case_id: UUID) -> HttpResponse:
    """List the contacts of a case, or those before the one that it is asked from; no word."""
    try:
        found = queries.earlier_contacts(
            case_id, seen_by=request.actor, before=_uuid(request.GET.get("contact", ""))
        )
    except NotOnCase as refusal:
        raise Http404 from refusal
    context = {
        "reference": reference(case_id.hex),
        "case_url": reverse("staff:cases:case", args=[case_id]),
        "contacts": found,
    }
    return render(request, "helpline/cases/contacts.html", context)


@staff.post
@on_file
def call(request: Request, case_id: UUID) -> HttpResponse:
    """Call a file otherwise."""
    form = TitleForm(request.POST)
    if not form.is_valid():
        return show_case(request, case_id, title_form=form)
    title = form.cleaned_data["title"]
    with attempt(request):
        opening.call(case_id=case_id, title=title, by=request.actor)
    return redirect("staff:cases:case", case_id)


@staff.post
@on_file
def move(request: Request, case_id: UUID) -> HttpResponse:
    """Take a file up, close it, take it up again."""
    to = request.POST.get("to", "")
    if to not in CaseState:
        raise Http404
    outcome, form = None, EndForm(request.POST)
    if to == CaseState.CLOSED:
        if not form.is_valid():
            return show_case(request, case_id, end_form=form)
        outcome = form.cleaned_data["outcome"]
    with attempt(request):
        joining.move(case_id=case_id, to=CaseState(to), outcome=outcome, by=request.actor)
    return redirect("staff:cases:case", case_id)


@staff.post
@on_file
def add_colleague(request: Request, case_id: UUID) -> HttpResponse:
    """Put a colleague on a file."""
    account = request.POST.get("account", "")
    with attempt(request):
        joining.add(case_id=case_id, account=account, by=request.actor)
    return redirect("staff:cases:case", case_id)


@staff.post
@on_file
def leave(request: Request, case_id: UUID) -> HttpResponse:
    """Leave a file."""
    with attempt(request):
        joining.leave(case_id=case_id, by=request.actor)
        return redirect("staff:cases:cases")
    return redirect("staff:cases:case", case_id)


@staff.post
@on_file
def make_code(request: Request, case_id: UUID) -> HttpResponse:
    """Show eight new words, this once."""
    with attempt(request):
        words = opening.make_code(
            case_id=case_id, language=(get_language() or "fr")[:2], by=request.actor
        )
        context = {"row": queries.row(case_id, seen_by=request.actor), "words": words}
        return render(request, "helpline/cases/code.html", context)
    return redirect("staff:cases:case", case_id)


@staff.form
def break_glass(request: Request, case_id: UUID) -> HttpResponse:
    """Say why one must read a file that one is not on; then read it."""
    if request.method != "POST":
        return _locked(request, case_id, ReasonForm())
    form = ReasonForm(request.POST)
    if form.is_valid():
        with attempt(request, form, at="reason"):
            joining.break_glass(
                case_id=case_id, reason=form.cleaned_data["reason"], by=request.actor
            )
            return redirect("staff:cases:case", case_id)
    return _locked(request, case_id, form)


@staff.post
def see_glass(request: Request, glass_id: UUID) -> HttpResponse:
    """Show a supervisor why the glass was broken; they have seen it from now on."""
    reason = joining.see_glass(glass_id=glass_id, by=request.actor)
    return render(request, "helpline/cases/glass_seen.html", {"reason": reason})


def show_case(request: Request, case_id: UUID, **filled: Form) -> HttpResponse:
    """Draw a file, with a form that was filled in as it was."""
    opened = handshakes.read_case(case_id=case_id, by=request.actor)
    may_write = request.actor.may(access.WORK) and opened.row.state is not CaseState.CLOSED
    context = {
        "opened": opened,
        "row": opened.row,
        "sections": [
            (section, opened.of(section), section in SINGLE)
            for section in Section
            if section is not Section.COMPLAINT
        ],
        "complaint": opened.of(Section.COMPLAINT),
        "duties": duties.duties_of_case(case_id, seen_by=request.actor),
        "sent": sent.sent_of_case(case_id, seen_by=request.actor),
        "parts": parts_of("cases.case", case_id, seen_by=request.actor),
        "may_write": may_write,
        "may_work": request.actor.may(access.WORK),
        "colleague_form": ColleagueForm(
            colleagues=queries.colleagues(case_id, seen_by=request.actor)
        )
        if may_write
        else None,
        "title_form": TitleForm(initial={"title": opened.title}),
        "end_form": EndForm(),
        **filled,
    }
    return render(request, "helpline/cases/case.html", context, status=status_of(*filled.values()))


def _show_list(request: Request, **filled: Form) -> HttpResponse:
    who = request.actor
    which = request.GET.get("which", "")
    closed, everyone = which == "closed", which == "all" and who.may(access.SUPERVISE)
    rows = (
        queries.all_cases(seen_by=who)
        if everyone
        else queries.own_cases(seen_by=who, closed=closed)
    )
    titles = {} if everyone else handshakes.read_titles(closed=closed, by=who)
    named = request.GET.get("reference", "")
    here = reverse("staff:cases:cases")
    tabs = [(_("Mine"), here, not closed and not everyone)]
    tabs.append((_("Closed cases"), f"{here}?which=closed", closed))
    if who.may(access.SUPERVISE):
        tabs.append((pgettext("case", "Everyone’s"), f"{here}?which=all", everyone))
    context = {
        "rows": [(row, titles.get(row.id, "")) for row in rows],
        "tabs": tabs,
        "due": queries.own_due(seen_by=who),
        "waiting": sent.own_waiting(seen_by=who),
        "to_sign": duties.to_sign(seen_by=who) if who.may(access.SUPERVISE) else (),
        "glasses": queries.unseen_glasses(seen_by=who) if who.may(access.SUPERVISE) else (),
        "may_work": who.may(access.WORK),
        "may_break": who.may(access.BREAK_GLASS),
        "title_form": TitleForm(),
        "code_form": CodeForm(),
        "contact": request.POST.get("contact", ""),
        "named": queries.named(named, seen_by=who) if named and who.may(access.BREAK_GLASS) else (),
        "reference": named,
        **filled,
    }
    return render(request, _LIST, context, status=status_of(*filled.values()))


def _locked(request: Request, case_id: UUID, form: ReasonForm) -> HttpResponse:
    row = queries.row(case_id, seen_by=request.actor)
    context = {"row": row, "form": form, "may_break": request.actor.may(access.BREAK_GLASS)}
    return render(request, "helpline/cases/locked.html", context, status=status_of(form))


def _contact(request: Request) -> UUID | None:
    return _uuid(request.POST.get("contact", ""))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
