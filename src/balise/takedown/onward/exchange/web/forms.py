"""Read what a person writes about hotlines abroad."""

import re
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import CodeField, LongTextField
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.actions.iccam import exporting
from balise.takedown.onward.exchange.queries import iccam as queries
from balise.takedown.onward.exchange.rules.cards import LONGEST
from balise.takedown.onward.exchange.rules.iccam.bodies import (
    LARGEST_NUMBER,
    CaseState,
    NumbersRefused,
    Receipt,
    StepState,
)
from balise.takedown.onward.exchange.rules.words import Reason

_COUNTRIES = re.compile(r"[A-Za-z]{2}([\s,]+[A-Za-z]{2}){0,29}")


class CardForm(forms.Form):
    """A card that another hotline gave."""

    card_text = LongTextField(
        label=_("Their card"),
        help_text=_("The whole text, as they gave it to you."),
        rows=8,
        attrs={"spellcheck": "false"},
        max_length=LONGEST,
    )


class PeerForm(CardForm):
    """A hotline and the countries that it answers for."""

    serves = forms.CharField(
        label=_("Countries it covers"),
        help_text=_("Two letters each, such as NL BE. Leave empty for its own country."),
        max_length=120,
        required=False,
    )

    def clean_serves(self) -> tuple[str, ...]:
        text: str = self.cleaned_data["serves"].strip()
        if not text:
            return ()
        if not _COUNTRIES.fullmatch(text):
            raise forms.ValidationError(_("Enter countries with two letters, such as NL BE."))
        return tuple(dict.fromkeys(re.split(r"[\s,]+", text.upper())))


class RefuseForm(forms.Form):
    """Why a content is turned away."""

    reason = CodeField(
        Reason,
        label=_("Why is it not for us?"),
        choices=[
            (one.value, one.label) for one in (Reason.ELSEWHERE, Reason.NOT_OURS, Reason.OTHER)
        ],
        widget=forms.RadioSelect,
    )


class DoubtForm(forms.Form):
    """What a person found in ICCAM under our reference."""

    is_there = forms.ChoiceField(
        label=_("Is it there?"),
        choices=(("yes", _("Yes, with these numbers")), ("no", _("No: send it"))),
        widget=forms.RadioSelect,
    )
    report = forms.IntegerField(
        label=_("Number of the report"), min_value=1, max_value=LARGEST_NUMBER, required=False
    )
    content = forms.IntegerField(
        label=_("Number of the content"), min_value=1, max_value=LARGEST_NUMBER, required=False
    )

    def clean(self) -> dict[str, object]:
        given: dict[str, object] = super().clean() or {}
        if given.get("is_there") == "yes" and not (given.get("report") and given.get("content")):
            self.add_error("report", _("Both numbers are needed."))
        return given

    @property
    def found(self) -> Receipt | None:
        """Return the numbers that were found; None if it is not there."""
        given = self.cleaned_data
        if given["is_there"] == "no":
            return None
        return Receipt(report=given["report"], content=given["content"])


# ICCAM, for the people of the line: what is there, what is to be done there, what is in doubt.


TONES = {
    CaseState.QUEUED: "note",
    CaseState.IN_DOUBT: "danger",
    CaseState.EXPORTED: "good",
    CaseState.REFUSED: "warn",
    CaseState.TAKEN_IN: "good",
    CaseState.WITHDRAWN: "plain",
}
STEP_TONES = {
    StepState.WAITING: "note",
    StepState.DONE: "good",
    StepState.NEEDLESS: "plain",
    StepState.REFUSED: "warn",
}


@staff.get
def cases(request: Request) -> HttpResponse:
    """List what is in ICCAM of ours, and here of theirs."""
    found = queries.cases(seen_by=request.actor)
    context = {"rows": [(one, TONES[one.stands]) for one in found], "is_on": queries.is_on()}
    return render(request, "takedown/exchange/iccam.html", context)


@staff.get
def case(request: Request, case_id: UUID) -> HttpResponse:
    """Show one content in ICCAM: how it stands, and each step."""
    return _show(request, case_id, DoubtForm())


@staff.post
def settle(request: Request, case_id: UUID) -> HttpResponse:
    """Say what is in ICCAM under our reference."""
    form = DoubtForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=gettext("Noted."), at={NumbersRefused.code: "content"}):
            exporting.settle_doubt(case_id=case_id, found=form.found, by=request.actor)
            return redirect("staff:exchange:iccam-case", case_id)
    return _show(request, case_id, form)


@staff.post
def withdraw(request: Request, case_id: UUID) -> HttpResponse:
    """Give an export up."""
    exporting.withdraw(case_id=case_id, by=request.actor)
    return redirect("staff:exchange:iccam-case", case_id)


def _show(request: Request, case_id: UUID, form: DoubtForm) -> HttpResponse:
    one = there(queries.case(case_id, seen_by=request.actor))
    may_send = request.actor.may(access.SEND)
    context = {
        "one": one,
        "tone": TONES[one.stands],
        "steps": [(step, STEP_TONES[step.stands]) for step in one.steps.all()],
        "content_url": (
            reverse("staff:hotline:content", args=[one.subject])
            if one.line == "hotline" and one.subject
            else ""
        ),
        "form": form,
        "may_settle": (may_send and one.stands is CaseState.IN_DOUBT) or form.is_bound,
        "may_withdraw": may_send and one.stands in {CaseState.QUEUED, CaseState.REFUSED},
    }
    return render(request, "takedown/exchange/iccam_case.html", context, status=status_of(form))
