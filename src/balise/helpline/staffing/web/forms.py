"""What a lead asks of a what-if, and sets of the team; what a listener says of their own week."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.web.fields import CodeField, DayField
from balise.helpline.queue.rules import MOST_CHATS, Skill
from balise.helpline.staffing.queries.history import words_of
from balise.helpline.staffing.rules.needs import Manner
from balise.helpline.staffing.rules.rota import MOST_WEEK_HOURS, Wish

_MOST_PER_HOUR = 500
_MOST_MINUTES = 240


def _number(label: Any, *, most: int, least: float = 0, hint: Any = "") -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=hint,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class WhatIfForm(forms.Form):
    """An hour: who comes, how long it takes, how long they wait."""

    calls = _number(_("Calls an hour"), most=_MOST_PER_HOUR)
    chats = _number(_("Chats an hour"), most=_MOST_PER_HOUR)
    call_minutes = _number(
        _("Minutes per call"), least=1, most=_MOST_MINUTES, hint=_("With the wrap-up.")
    )
    chat_minutes = _number(_("Minutes per chat"), least=1, most=_MOST_MINUTES)
    patience_minutes = _number(
        _("Minutes of waiting before someone gives up"), least=0.1, most=_MOST_MINUTES
    )
    concurrency = forms.TypedChoiceField(
        label=_("Chats at once"),
        choices=[(n, str(n)) for n in range(1, MOST_CHATS + 1)],
        coerce=int,
    )

    @property
    def manner(self) -> Manner:
        """Return how contacts are, as it was asked."""
        given = self.cleaned_data
        return Manner(
            call_s=given["call_minutes"] * 60,
            chat_s=given["chat_minutes"] * 60,
            patience_s=given["patience_minutes"] * 60,
            concurrency=given["concurrency"],
        )


class ContractForm(forms.Form):
    """How long someone works each week, and as what."""

    hours = _number(
        _("Hours a week"),
        most=MOST_WEEK_HOURS,
        hint=_("Working time without breaks. 0: no longer planned."),
    )
    skills = forms.TypedMultipleChoiceField(
        label=_("Professions"),
        choices=Skill.choices,
        coerce=Skill,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ShiftForm(forms.Form):
    """From when someone works on a day, and for how long."""

    begins = forms.TypedChoiceField(label=pgettext_lazy("shift", "From"), coerce=int)
    halves = forms.TypedChoiceField(
        label=pgettext_lazy("shift", "Hours, the break included"),
        coerce=int,
        help_text=_("A break, if due, is placed in the middle."),
    )

    def __init__(
        self, *args: Any, open_halves: Sequence[int], lengths: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        begins = [(half, words_of(half)) for half in open_halves]
        self.fields["begins"].choices = begins  # type: ignore[attr-defined]
        hours = [(halves, floatformat(halves / 2, -1)) for halves in lengths]
        self.fields["halves"].choices = hours  # type: ignore[attr-defined]


class WishForm(forms.Form):
    """At which time of the day one would rather work."""

    wish = CodeField(Wish, label=_("I would rather work"), widget=forms.RadioSelect)


class AbsenceForm(forms.Form):
    """Days away, both included; why is not asked."""

    first = DayField(label=_("First day off"))
    last = DayField(label=_("Last day off"))
