"""Read what a person writes about hotlines abroad."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.web.fields import CodeField, LongTextField
from balise.takedown.onward.exchange.rules.cards import LONGEST
from balise.takedown.onward.exchange.rules.iccam.bodies import Receipt
from balise.takedown.onward.exchange.rules.iccam.conduct import LARGEST_NUMBER
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
