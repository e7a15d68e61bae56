"""The life of an edition for staff: the second reader, embargo, correction, withdrawal."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.actors import Actor
from balise.foundation.web.attempts import Way, attempt, several, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import LongTextField
from balise.steering.editions import access
from balise.steering.editions.actions import correcting, freezing, preparing, reviewing
from balise.steering.editions.queries import showing
from balise.steering.editions.queries.showing import LifeRead
from balise.steering.editions.rules.life import (
    EditionState,
    Erratum,
    Step,
    Tick,
    may_follow,
)


class MomentField(forms.DateTimeField):
    """A day and an hour in the centre's zone, from a browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        calendar = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        super().__init__(widget=calendar, input_formats=formats, **options)


class ApproveForm(forms.Form):
    ticks = forms.TypedMultipleChoiceField(
        label=_("Looked at"),
        choices=Tick.choices,
        coerce=Tick,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    digest = forms.CharField(widget=forms.HiddenInput)


class PublishForm(forms.Form):
    publish_at = MomentField(
        label=_("From when everyone reads it"),
        help_text=_("Empty: now. Until then it is under embargo."),
        required=False,
    )


class ReasonsForm(forms.Form):
    """A reason in each language, given as `reasons`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[f"reason_{code}"] = LongTextField(
                label=_("Reason (%(language)s)") % {"language": name}, max_length=600, rows=2
            )

    def clean(self) -> dict[str, Any]:
        """Return the reasons by language."""
        cleaned = super().clean() or {}
        reasons = {code: cleaned.pop(f"reason_{code}", "") for code, _n in settings.LANGUAGES}
        return {**cleaned, "reasons": reasons}


class CorrectForm(ReasonsForm):
    erratum = forms.TypedChoiceField(
        label=_("Kind of error"),
        choices=Erratum.choices,
        coerce=lambda value: Erratum(int(value)),
    )


class WithdrawForm(ReasonsForm):
    at_once = forms.BooleanField(
        label=_("It tells what it must not: nobody reads it from now"),
        help_text=_("Otherwise it stays until a second person confirms."),
        required=False,
    )


class EarlyForm(forms.Form):
    seat = forms.CharField(
        label=pgettext_lazy("link", "For whom"),
        max_length=250,
        help_text=_("An organisation and a function, never a person’s name."),
    )
    purpose = forms.CharField(label=_("Purpose"), max_length=250)
    from_at = MomentField(
        label=_("From when"), help_text=_("At most 24 hours before everyone reads it.")
    )


type Can = Callable[[LifeRead, Actor], bool]


def _step(step: Step, ability: str) -> Can:
    return lambda found, actor: actor.may(ability) and may_follow(step, found.edition.state)


def _asked(found: LifeRead, actor: Actor) -> bool:
    row = found.edition
    is_asked = row.withdrawal_at is not None and not row.confirmed_by
    return is_asked and actor.may(access.PUBLISH)


# A step by its form's name: when it is offered, its form, its action, and what is said.
_STEPS: Final[Mapping[str, tuple[Can, Callable[[LifeRead], Way]]]] = {
    "review": (
        _step(Step.ASK_REVIEW, access.WRITE),
        lambda _found: Way(forms.Form, reviewing.ask_review, _("A second reader is asked for.")),
    ),
    "approve": (
        _step(Step.APPROVE, access.APPROVE),
        lambda found: Way(
            partial(ApproveForm, initial={"digest": found.edition.digest}),
            reviewing.approve,
            _("The edition is approved."),
        ),
    ),
    "hold": (
        _step(Step.HOLD, access.PUBLISH),
        lambda _found: Way(forms.Form, freezing.hold, _("The embargo is given up.")),
    ),
    "correct": (
        lambda found, actor: (
            actor.may(access.WRITE)
            and may_follow(Step.CORRECT, found.edition.state)
            and not found.has_correction
        ),
        lambda _found: Way(CorrectForm, correcting.correct, _("The correction is open.")),
    ),
    "withdraw": (
        _step(Step.WITHDRAW, access.PUBLISH),
        lambda _found: Way(WithdrawForm, correcting.ask_withdrawal, _("Saved.")),
    ),
    "confirm": (
        _asked,
        lambda _found: Way(forms.Form, correcting.confirm_withdrawal, _("It is withdrawn.")),
    ),
}


@staff.form
def life(request: Request, edition_id: UUID) -> HttpResponse:
    """Show what happened to an edition, and take the next step."""
    found = showing.life(edition_id, seen_by=request.actor)
    row = found.edition
    ways = {name: way(found) for name, (_can, way) in _STEPS.items()}
    filled = several(request, ways, edition_id=edition_id)
    if filled is None:
        return redirect("staff:editions:life", edition_id)
    offered = {
        name: filled[name] for name, (can, _way) in _STEPS.items() if can(found, request.actor)
    }
    shown = {
        "edition": row,
        "versions": found.versions,
        "ticks": [Tick(one).label for one in row.ticks],
        "forms": offered,
        "early_form": EarlyForm()
        if row.state is EditionState.EMBARGOED and request.actor.may(access.PUBLISH)
        else None,
        "links": found.early,
    }
    return render(request, "steering/editions/life.html", shown, status=status_of(*filled.values()))


@staff.post
def early(request: Request, edition_id: UUID) -> HttpResponse:
    """Make a link by which a seat reads under embargo, and show it once."""
    access.require(request.actor, access.PUBLISH)
    form = EarlyForm(request.POST)
    shown: dict[str, object] = {"edition_id": edition_id, "form": form}
    if form.is_valid():
        with attempt(request, form):
            number, token = preparing.give_early(
                edition_id=edition_id, by=request.actor, **form.cleaned_data
            )
            path = reverse("editions:draft", args=[token])
            shown |= {"number": number, "address": request.build_absolute_uri(path)}
    return render(request, "steering/editions/link.html", shown, status=status_of(form))
