"""What platforms say, beside our notices: settle what is proposed, note a platform's number."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.takedown.statements import access
from balise.takedown.statements.actions import settling
from balise.takedown.statements.queries import comparing
from balise.takedown.statements.rules.matching import ReferenceKind


class ReferenceForm(forms.Form):
    """A number under which a platform or a trade knows the content."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("statement", "Number"),
        choices=lambda: [(kind.value, kind.label) for kind in ReferenceKind],
    )
    value = forms.CharField(
        label=pgettext_lazy("statement", "Number"),
        help_text=gettext_lazy("As the platform wrote it in its decision."),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@staff.get
def overview(request: Request) -> HttpResponse:
    """Show where word and fact differ, and what waits for a person."""
    found = comparing.overview(seen_by=request.actor)
    context = {"found": found, "may_settle": request.actor.may(access.COMPARE)}
    return render(request, "takedown/statements/overview.html", context)


@staff.get
def dump(request: Request, dump_id: UUID) -> HttpResponse:
    """Show one file that was read, and its rows that could not be."""
    found = there(comparing.dump(dump_id, seen_by=request.actor))
    return render(request, "takedown/statements/dump.html", {"dump": found})


@staff.form
def notice(request: Request, notice_id: UUID) -> HttpResponse:
    """Show what platforms say of one notice; note the platform's own number."""
    found = there(comparing.about_notice(notice_id, seen_by=request.actor))
    form = ReferenceForm(posted(request))
    if form.is_valid():
        with attempt(request, form, at="value"):
            settled = settling.note_reference(
                notice_id=notice_id,
                kind=ReferenceKind(form.cleaned_data["kind"]),
                value=form.cleaned_data["value"],
                by=request.actor,
            )
            said = ngettext(
                "Noted. %(count)d statement answers this notice.",
                "Noted. %(count)d statements answer this notice.",
                settled,
            )
            messages.success(request, said % {"count": settled})
            return redirect("staff:statements:notice", notice_id)
    context = {"found": found, "form": form, "may_settle": request.actor.may(access.COMPARE)}
    return render(request, "takedown/statements/notice.html", context, status=status_of(form))


@staff.post
def confirm(request: Request, match_id: UUID) -> HttpResponse:
    """Say that a statement answers a notice."""
    with attempt(request, said=_("Confirmed: the statement answers the notice.")):
        settling.confirm(match_id=match_id, by=request.actor)
    return redirect("staff:statements:overview")


@staff.post
def reject(request: Request, match_id: UUID) -> HttpResponse:
    """Say that a statement does not answer a notice."""
    with attempt(request, said=_("Noted: the statement answers another notice, or none of ours.")):
        settling.reject(match_id=match_id, by=request.actor)
    return redirect("staff:statements:overview")
