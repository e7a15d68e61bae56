"""The staff door: must I report? The questions, the decision, the co-signature; the complaint."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.cases import access
from balise.helpline.cases.actions import complaining, handshakes, writing
from balise.helpline.cases.queries import duties as queries, sent
from balise.helpline.cases.rules.duties import End, Signature, read_answers
from balise.helpline.cases.rules.files import reference
from balise.helpline.cases.rules.receivers import Receiver, ReceiverUnknown
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.web.files import on_file
from balise.helpline.cases.web.forms.files import ComplaintForm, DecisionForm, SignatureForm


@staff.form
@on_file
def ask(request: Request, case_id: UUID) -> HttpResponse:
    """Ask one question after the other; at the end, write down what is decided and why."""
    opened = handshakes.read_case(case_id=case_id, by=request.actor)
    given, tree = request.POST.get("answers", ""), queries.tree()
    if request.POST.get("answer"):
        given = f"{given},{request.POST['answer']}".strip(",")
    with attempt(request):
        answers = read_answers(given)
        at = tree.walk(answers)
        form = DecisionForm(request.POST if "decide" in request.POST else None)
        if form.is_valid():
            with attempt(request, form, said=_("Saved, waiting for a supervisor.")):
                duty_id = writing.decide(
                    case_id=case_id, answers=answers, by=request.actor, **form.cleaned_data
                )
                return redirect("staff:cases:duty", duty_id)
        context = {
            "row": opened.row,
            "title": opened.title,
            "tree": tree,
            "at": at,
            "is_end": isinstance(at, End),
            "answers": given,
            "said": tree.said(answers),
            "receivers": _receivers(at.receivers) if isinstance(at, End) else (),
            "form": form,
        }
        return render(request, "helpline/cases/ask.html", context, status=status_of(form))
    return redirect("staff:cases:ask", case_id)


@staff.get
@on_file
def duty(request: Request, duty_id: UUID) -> HttpResponse:
    """Show what was decided and why, to who reads the file and who co-signs."""
    return _show(request, duty_id, SignatureForm())


@staff.post
@on_file
def sign(request: Request, duty_id: UUID) -> HttpResponse:
    """Co-sign, or say that one disagrees and why."""
    access.require(request.actor, access.SUPERVISE)
    form = SignatureForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Saved."), at="words"):
            writing.sign(
                duty_id=duty_id,
                agrees=request.POST.get("agrees") == "1",
                words=form.cleaned_data["words"],
                by=request.actor,
            )
            return redirect("staff:cases:duty", duty_id)
    return _show(request, duty_id, form)


@staff.form
@on_file
def complaint(request: Request, case_id: UUID) -> HttpResponse:
    """Choose what goes into a complaint, and hand it over as a package."""
    opened = handshakes.read_case(case_id=case_id, by=request.actor)
    form = ComplaintForm(posted(request), opened=opened)
    if form.is_valid():
        with attempt(request, form):
            package = complaining.make_complaint(
                case_id=case_id,
                entry_ids=form.chosen(),
                language=(get_language() or "fr")[:2],
                by=request.actor,
            )
            name = f"complaint-{reference(case_id.hex)}.zip"
            return HttpResponse(
                package,
                content_type="application/zip",
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )
    context = {
        "row": opened.row,
        "title": opened.title,
        "own": next(iter(opened.of(Section.COMPLAINT)), None),
        "form": form,
    }
    return render(request, "helpline/cases/complaint.html", context, status=status_of(form))


def _show(request: Request, duty_id: UUID, form: SignatureForm) -> HttpResponse:
    opened = writing.read_duty(duty_id=duty_id, by=request.actor)
    row = opened.row
    context = {
        "opened": opened,
        "row": row,
        "receivers": _receivers(row.end.receivers) if row.end else (),
        "form": form,
        "may_sign": request.actor.may(access.SUPERVISE)
        and not row.is_mine
        and row.signature is Signature.WAITING,
    }
    return render(request, "helpline/cases/duty.html", context, status=status_of(form))


def _receivers(codes: tuple[str, ...]) -> list[Receiver]:
    found = []
    for code in codes:
        try:
            found.append(sent.receiver(code))
        except ReceiverUnknown:
            continue
    return found
