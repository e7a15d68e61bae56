"""The staff door: disputes and cases, without a picture and without a hash value."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import LongTextField
from balise.foundation.web.phrases import LetteredForm
from balise.hotline.laboratory import access
from balise.hotline.laboratory.actions import disputing
from balise.hotline.laboratory.actions.disputing import LONGEST_ANSWER
from balise.hotline.laboratory.ports import danger_in
from balise.hotline.laboratory.queries import tracking
from balise.hotline.laboratory.rules.standing import Ground, Outcome, Source
from balise.hotline.reports.rules.given import LONGEST_CONTACT
from balise.hotline.reports.rules.words import AgeBand

# What is filled in around fingerprints.


_LONGEST_LINKS = 20_000
_DANGER = frozenset({"A", "B"})  # levels that words tell of


class CodeForm(LetteredForm):
    """The code that opens a case."""

    label = pgettext_lazy("laboratory", "Your code")


class WrittenForm(forms.Form):
    """A form with a field in which someone may write what is no address."""

    @property
    def tells_of_danger(self) -> bool:
        """Return whether what was written tells of a danger; nothing of it is kept."""
        text = self.data.get("links", "")
        found = danger_in.ask(text) if text else None
        return found is not None and found.level in _DANGER


class SendForm(WrittenForm):
    """The claim, the threat, and where it was seen; fingerprints come with it, from a script."""

    claim = forms.BooleanField(
        label=_("It is me in these images, and I did not agree."),
        required=False,
    )
    threat = forms.BooleanField(
        label=_("Someone threatens to post them. Nothing is online that I know of."),
        required=False,
    )
    links = forms.CharField(
        label=_("Seen somewhere?"),
        help_text=_("One address a line. They become a report, and we ask for the removal."),
        required=False,
        max_length=_LONGEST_LINKS,
        widget=forms.Textarea(
            attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
        ),
    )


class LinksForm(WrittenForm):
    """Where it was seen, later."""

    links = SendForm.base_fields["links"]


class MinorForm(forms.Form):
    """How the helpline reaches a young person who asks for it."""

    contact = forms.CharField(
        label=pgettext_lazy("youth", "How can we reach you?"),
        help_text=pgettext_lazy("youth", "A phone number or an e-mail. Only we read it."),
        max_length=LONGEST_CONTACT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    age_band = forms.ChoiceField(
        label=pgettext_lazy("youth", "How old are you?"),
        choices=[
            (band.value, band.label)
            for band in (AgeBand.UNDER_13, AgeBand.FROM_13, AgeBand.FROM_15)
        ],
        widget=forms.RadioSelect,
    )
    threat = forms.BooleanField(
        label=pgettext_lazy("youth", "Someone threatens to post it."), required=False
    )
    origin = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"origin": uuid4()})
        super().__init__(*args, **kwargs)


class AnswerForm(forms.Form):
    """What the bearer of a code says to a dispute."""

    text = LongTextField(
        label=_("Your answer"), max_length=LONGEST_ANSWER, rows=4, attrs={"dir": "auto"}
    )


class DisputeForm(forms.Form):
    """Why a fingerprint is stopped, and on whose word."""

    ground = forms.TypedChoiceField(
        label=_("Reason"),
        choices=[(one.value, one.label) for one in (Ground.PUBLIC, Ground.MARK, Ground.OTHER)],
        coerce=Ground,
        widget=forms.RadioSelect,
    )
    source = forms.TypedChoiceField(
        label=pgettext_lazy("dispute", "Source"),
        choices=[(one.value, one.label) for one in (Source.PARTNER, Source.STAFF)],
        coerce=Source,
        widget=forms.RadioSelect,
    )


class OutcomeForm(forms.Form):
    """The decision about a dispute."""

    outcome = forms.TypedChoiceField(
        label=pgettext_lazy("dispute", "Decision"),
        choices=Outcome.choices,
        coerce=Outcome,
        widget=forms.RadioSelect,
    )


@staff.get
def disputes(request: Request) -> HttpResponse:
    """List the disputes to decide, and the latest cases."""
    context = {
        "disputes": tracking.open_disputes(seen_by=request.actor),
        "rows": tracking.latest(seen_by=request.actor),
    }
    return render(request, "hotline/laboratory/disputes.html", context)


@staff.get
def case(request: Request, case_id: UUID) -> HttpResponse:
    """Show one case."""
    return _show(request, case_id)


@staff.post
def dispute(request: Request, case_id: UUID, item_id: UUID) -> HttpResponse:
    """Stop a fingerprint first; its sender is asked after."""
    form = DisputeForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=gettext("Stopped. The person is asked on their page.")):
            disputing.dispute(item_id=item_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:laboratory:case", case_id)
    return _show(request, case_id, dispute=form)


@staff.post
def settle(request: Request, case_id: UUID, dispute_id: UUID) -> HttpResponse:
    """Decide about a dispute."""
    form = OutcomeForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=gettext("Decision saved.")):
            disputing.settle(dispute_id=dispute_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:laboratory:case", case_id)
    return _show(request, case_id, settle=form)


def _show(
    request: Request,
    case_id: UUID,
    *,
    dispute: DisputeForm | None = None,
    settle: OutcomeForm | None = None,
) -> HttpResponse:
    filled = [form for form in (dispute, settle) if form is not None]
    context = {
        "case": tracking.case(case_id, seen_by=request.actor),
        "may_decide": request.actor.may(access.DECIDE),
        "dispute_form": dispute or DisputeForm(),
        "settle_form": settle or OutcomeForm(),
        "filled": filled[0] if filled else OutcomeForm(),
    }
    return render(request, "hotline/laboratory/case_staff.html", context, status=status_of(*filled))
