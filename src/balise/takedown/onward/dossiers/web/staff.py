"""Dossiers, for the people of the line that they are for: the list, and one with what it says."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from balise.foundation.clock import now
from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.foundation.web.pages import parts_of
from balise.takedown.onward.dossiers import access, queries
from balise.takedown.onward.dossiers.actions import drafting
from balise.takedown.onward.dossiers.queries import OpenedDossier
from balise.takedown.onward.dossiers.rules.facts import MAX_WORDS, DossierFacts
from balise.takedown.onward.dossiers.rules.states import (
    IN_THE_HOUSE,
    WAITING,
    Answer,
    Channel,
    DossierState,
    Refusal,
)

# Read what a person writes into a dossier, and what an authority said of it.


LONGEST_NUMBER = 60


class WordsForm(forms.Form):
    """What a draft says, in words."""

    rationale = LongTextField(
        label=_("Content, and why it is illegal"),
        help_text=_(
            "The police read this. Describe, never copy. Do not name a victim or a reporter."
        ),
        rows=6,
        max_length=MAX_WORDS,
    )
    urgent = forms.BooleanField(
        label=_("Someone may be in danger now"),
        help_text=_("For an emergency, call the police first: no dossier is read at once."),
        required=False,
    )

    @classmethod
    def of(cls, facts: DossierFacts) -> "WordsForm":
        """Return the form filled with a draft's words."""
        return cls(initial={"rationale": facts.rationale, "urgent": facts.urgent})


class AcknowledgedForm(forms.Form):
    """The authority has it."""

    authority_number = forms.CharField(
        label=_("Number given by the authority"),
        help_text=_("Encrypted like the dossier itself."),
        max_length=LONGEST_NUMBER,
    )


class AnswerForm(forms.Form):
    """What came of it."""

    answer = CodeField(Answer, label=_("Answer of the authority"), widget=forms.RadioSelect)
    words = LongTextField(label=_("Its text"), rows=2, max_length=MAX_WORDS, required=False)


class RefusalForm(forms.Form):
    """The authority does not take it."""

    refusal = CodeField(Refusal, label=_("Reason"), widget=forms.RadioSelect)
    words = LongTextField(label=_("Its text"), rows=2, max_length=MAX_WORDS, required=False)


class HoldForm(forms.Form):
    """The authority asks that the host is not told before a day."""

    until = DayField(
        label=_("Do not tell the host before"),
        help_text=_("At most three months; it can be renewed."),
    )


PAGE = "takedown/dossiers/dossier.html"
LIST = "takedown/dossiers/dossiers.html"
PART = "takedown.dossier"  # what other modules add to a dossier that can be read


@staff.get
def dossiers(request: Request) -> HttpResponse:
    """List the dossiers under way and what the year has brought; or, with `?ended`, the others."""
    access.require_ability(request.actor, access.READ)
    ended = "ended" in request.GET
    found = queries.listed(seen_by=request.actor, ended=ended)
    overview = queries.overview(seen_by=request.actor)
    moment = now()
    here = reverse("staff:dossiers:dossiers")
    context = {
        "dossiers": [(one, queries.authority_of(one), one.is_overdue(moment)) for one in found],
        "overview": overview,
        "median": _span(overview.median_time) if overview.median_time is not None else "",
        "ended": ended,
        "ways": [(gettext("In progress"), here, not ended), (gettext("Ended"), "?ended", ended)],
    }
    return render(request, LIST, context)


@staff.form
def dossier(request: Request, dossier_id: UUID) -> HttpResponse:
    """Show what a dossier says and where it stands; change its words while it is a draft."""
    if request.method != "POST":
        return show(request, dossier_id)
    form = WordsForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=gettext("Saved."), at="rationale"):
            drafting.revise(dossier_id=dossier_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:dossiers:dossier", dossier_id)
    return show(request, dossier_id, words_form=form)


def show(request: Request, dossier_id: UUID, **filled: Form) -> HttpResponse:
    """Draw one dossier, with a form that was filled in as it was."""
    found = there(queries.dossier(dossier_id, seen_by=request.actor))
    opened = _opened(request, dossier_id)
    may = request.actor.may
    ways = queries.ways_to(found.authority)
    is_draft = found.stands is DossierState.DRAFT and opened is not None
    can_go = found.stands is DossierState.APPROVED and found.packed_at is not None
    context = {
        "dossier": found,
        "opened": opened,
        "offence": queries.offence_of(found),
        "law": queries.cited_law(found),
        "authority": queries.authority_of(found),
        "hold": queries.hold_on(line=found.line, subject=found.subject),
        "is_overdue": found.is_overdue(now()),
        "words_form": WordsForm.of(opened.facts) if opened else None,
        "acknowledged_form": AcknowledgedForm(),
        "answer_form": AnswerForm(),
        "refusal_form": RefusalForm(),
        "hold_form": HoldForm(),
        "taken_back": queries.taken_back(found, seen_by=request.actor),
        "may_withdraw": found.stands in IN_THE_HOUSE and may(access.DRAFT),
        "may_change": is_draft and may(access.DRAFT),
        "may_approve": is_draft and may(access.APPROVE),
        "may_approve_alone": is_draft
        and found.before_verdict
        and found.urgent
        and may(access.APPROVE),
        "may_note_reading": found.waits_for_reader
        and found.approved_by != request.actor.key
        and may(access.APPROVE),
        "is_mine": found.drafted_by == request.actor.key,
        "must_change": "words_form" in filled,
        "may_take": found.packed_at is not None and bool(found.package) and may(access.HAND_OVER),
        "by_portal": can_go and Channel.PORTAL in ways and may(access.HAND_OVER),
        "by_mail": can_go and Channel.MAIL in ways and found.is_sealed and may(access.HAND_OVER),
        "parts": []
        if found.brought_from or opened is None
        else parts_of(PART, opened, seen_by=request.actor),
        "may_acknowledge": found.stands is DossierState.HANDED_OVER and may(access.RECORD),
        "may_end": found.stands in WAITING and may(access.RECORD),
        "may_hold": found.stands is not DossierState.WITHDRAWN
        and not found.brought_from
        and may(access.RECORD),
        **filled,
    }
    return render(request, PAGE, context, status=status_of(*filled.values()))


def _span(took: timedelta) -> str:
    """Return a span of time in words: minutes under an hour, hours under two days, then days."""
    minutes = round(took.total_seconds() / 60)
    if took < timedelta(hours=1):
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    if took < timedelta(days=2):
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _opened(request: Request, dossier_id: UUID) -> OpenedDossier | None:
    """Return what a dossier says, or None where it has been erased."""
    try:
        return drafting.read(dossier_id=dossier_id, by=request.actor)
    except KeyForgotten:
        return None
