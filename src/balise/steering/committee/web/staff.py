"""The committee for staff: its meetings, seats, decisions."""

from functools import partial
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.statistics.indicators import INDICATORS
from balise.foundation.web.attempts import Way, attempt, check_sender, posted, several, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.foundation.web.pages import Part
from balise.steering.committee import access, actions, queries
from balise.steering.committee.rules import OPEN, DecisionState, in_language

# Forms of the committee: words in each language of the centre, days, seats, figures.


_LONGEST: Final = 2_000


class WordsForm(forms.Form):
    """Words in each language, given to the action as `words`; one at least is asked by it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = dict(settings.LANGUAGES)
        written = {
            f"words_{code}": LongTextField(
                label=_("Words (%(language)s)") % {"language": name},
                required=False,
                max_length=_LONGEST,
                rows=2,
            )
            for code, name in languages.items()
        }
        self.fields = {**written, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Return what was sent, its words by language."""
        cleaned = super().clean() or {}
        words = {code: cleaned.pop(f"words_{code}", "") for code, _name in settings.LANGUAGES}
        return {**cleaned, "words": {code: text for code, text in words.items() if text}}


class MeetingForm(forms.Form):
    day = DayField(label=_("Day"))
    place = forms.CharField(label=pgettext_lazy("meeting", "Place"), max_length=120, required=False)


class MemberForm(forms.Form):
    organisation = forms.CharField(label=_("Organisation"), max_length=120)
    function = forms.CharField(
        label=_("Function"),
        max_length=120,
        required=False,
        help_text=_("Never a person’s name."),
    )


class ItemForm(WordsForm):
    pass


class DocumentForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    address = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")


class DecisionForm(WordsForm):
    """A decision; `members` are the seats that may own it, by id."""

    owner_id = forms.TypedChoiceField(
        label=pgettext_lazy("decision", "In charge"), required=False, coerce=str, empty_value=None
    )
    due = DayField(label=_("Until"), required=False)
    cites = forms.MultipleChoiceField(
        label=_("Figures that it is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, members: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner, cites = self.fields["owner_id"], self.fields["cites"]
        owner.choices = [("", "—"), *members]  # type: ignore[attr-defined]
        cites.choices = [(one.code, str(one.name)) for one in INDICATORS.values()]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    state = CodeField(DecisionState, label=pgettext_lazy("decision", "State"))
    day = DayField(label=_("Day"))
    words = LongTextField(
        label=pgettext_lazy("decision", "Progress"), required=False, max_length=_LONGEST, rows=2
    )


_SAVED = _("Saved.")


@staff.form
def committee(request: Request) -> HttpResponse:
    """List the meetings and the seats; plan a meeting, give a seat."""
    check_sender(request, access.WRITE)
    found = queries.meetings(seen_by=request.actor)
    ways = {
        "meeting": Way(MeetingForm, actions.plan, _SAVED),
        "member": Way(MemberForm, actions.seat, _SAVED),
    }
    forms = several(request, ways)
    if forms is None:
        return redirect("staff:committee:committee")
    shown = {
        "meetings": found,
        "members": queries.members(seen_by=request.actor),
        "forms": forms,
        "today": today(),
        "may_write": request.actor.may(access.WRITE),
    }
    return render(
        request, "steering/committee/committee.html", shown, status=status_of(*forms.values())
    )


@staff.post
def unseat(request: Request, member_id: UUID) -> HttpResponse:
    """End a seat."""
    with attempt(request, said=str(_("The membership has ended."))):
        actions.unseat(member_id=member_id, by=request.actor)
    return redirect("staff:committee:committee")


@staff.form
def meeting(request: Request, meeting_id: UUID) -> HttpResponse:
    """Show a meeting; write its agenda, add a document, note a decision."""
    check_sender(request, access.WRITE)
    found = queries.meeting(meeting_id, seen_by=request.actor)
    members = [(str(one.id), str(one)) for one in queries.members(seen_by=request.actor)]
    ways = {
        "item": Way(ItemForm, actions.add_item, _SAVED),
        "document": Way(DocumentForm, actions.add_document, _SAVED),
        "decision": Way(partial(DecisionForm, members=members), actions.decide, _SAVED),
    }
    forms = several(request, ways, meeting_id=meeting_id)
    if forms is None:
        return redirect("staff:committee:meeting", meeting_id)
    shown = {
        "meeting": found.meeting,
        "items": [
            (one.id, in_language(one.words), in_language(one.minutes)) for one in found.items
        ],
        "documents": found.documents,
        "lists": [
            (_("Decisions of this meeting"), _rows(found.decisions)),
            (_("Decisions before it"), _rows(found.before)),
        ],
        "forms": forms,
        "may_write": request.actor.may(access.WRITE),
    }
    return render(
        request, "steering/committee/meeting.html", shown, status=status_of(*forms.values())
    )


@staff.form
def minutes(request: Request, item_id: UUID) -> HttpResponse:
    """Write what was said of a point of the agenda."""
    found = queries.item(item_id, seen_by=request.actor)
    initial = {f"words_{code}": words for code, words in found.minutes.items()}
    form = ItemForm(posted(request), initial=initial)
    if form.is_valid():
        with attempt(request, form, said=str(_SAVED)):
            actions.note_minutes(item_id=item_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:committee:meeting", found.meeting_id)
    shown = {"item": in_language(found.words), "meeting": found.meeting, "form": form}
    return render(request, "steering/committee/minutes.html", shown, status=status_of(form))


@staff.form
def decision(request: Request, decision_id: UUID) -> HttpResponse:
    """Show a decision; note what became of it."""
    found, steps, meeting_id = queries.decision(decision_id, seen_by=request.actor)
    form: Form = StepForm(posted(request), initial={"day": today()})
    if form.is_valid():
        with attempt(request, form, said=str(_SAVED)):
            actions.move(decision_id=decision_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:committee:decision", decision_id)
    [row] = _rows([found])
    shown = {
        "decision": row,
        "steps": steps,
        "meeting_id": meeting_id,
        "form": form,
        "is_open": found.state in OPEN,
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "steering/committee/decision.html", shown, status=status_of(form))


def _rows(decisions: queries.Decisions) -> list[dict[str, object]]:
    on = today()
    return [
        {
            "id": one.id,
            "number": one.number,
            "words": in_language(one.words),
            "owner": one.owner,
            "due": one.due,
            "is_late": one.is_late(on),
            "state": one.state.label,
            "since": one.since,
            "taken_on": one.taken_on,
            "cites": [str(INDICATORS[code].name) for code in one.cites if code in INDICATORS],
        }
        for one in decisions
    ]


# What the committee adds to the page of a figure: the decisions that cite it.


def citing(found: Any, seen_by: Actor) -> Part | None:
    """Return the decisions that cite a figure; None where there are none to read."""
    if not seen_by.may(access.READ):
        return None
    rows = [
        (one.id, one.number, in_language(one.words), one.state.label)
        for one in queries.citing(found.now.indicator.code, seen_by=seen_by)
    ]
    return Part("steering/committee/citing.html", rows) if rows else None
