"""The days of the facts and the offence, as a verdict and a request for removal ask for them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.refusals import Refused
from balise.foundation.web.fields import CodeField, DayField
from balise.takedown.law.rules import (
    Certainty,
    Facts,
    Offence,
    check_citable,
    check_days,
    law,
    offence_on,
    offences,
)
from balise.takedown.law.rules.facts import days_of

DAYS = ("certainty", "facts_on", "facts_from")


class OffenceForm(forms.Form):
    """When it happened, how sure that is, and what the law of that day calls it.

    Without a word on how sure it is, it happened on the day given at the latest; without a day, it
    is there today. Only the texts of the day are offered; one of another day is refused with its
    reason.
    """

    certainty = CodeField(
        Certainty,
        label=_("Days of the facts"),
        required=False,
        empty_value=Certainty.AT_LATEST,
        initial=Certainty.AT_LATEST,
        widget=forms.RadioSelect,
    )
    facts_on = DayField(
        label=_("Date of the facts, the last one if there are several"),
        help_text=_(
            "The law of that date applies. If it is unknown: the date when it was seen there."
        ),
        required=False,
        initial=today,
    )
    facts_from = DayField(label=_("First date, if it lasted or may be older"), required=False)
    offence = forms.ChoiceField(label=_("Offence"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(_("None"))

    def offer(self, none: str | Promise, *, only: Callable[[Offence], bool] = bool) -> None:
        """Offer the texts of the day of the facts, those of a line alone."""
        field: Any = self.fields["offence"]
        field.choices = [("", none), *((code, code) for code in law(settings.COUNTRY).histories)]
        of_the_day = offences(self._day(), country=settings.COUNTRY)
        field.widget.choices = [
            ("", none),
            *((one.code, _named(one)) for one in of_the_day if only(one)),
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse days to come or out of order, and an offence that cannot be cited for them."""
        cleaned = super().clean() or self.cleaned_data
        if "facts_on" not in cleaned or "facts_from" not in cleaned:
            return cleaned
        if cleaned["facts_on"] is None:
            if cleaned.get("certainty") is Certainty.EXACT:
                self.add_error("facts_on", _("Enter the date, or choose that it is unknown."))
                return cleaned
            cleaned["facts_on"] = today()
        try:
            check_days(self.facts, today=today())
        except Refused as refusal:
            self.add_error("facts_on", refusal.message)
            return cleaned
        try:
            if code := cleaned.get("offence"):
                check_citable(offence_on(code, on=cleaned["facts_on"], country=settings.COUNTRY))
        except Refused as refusal:
            self.add_error("offence", refusal.message)
        return cleaned

    @property
    def chosen(self) -> Offence | None:
        """The offence that is chosen so far, in the text of its day; None where there is none."""
        code = self["offence"].value()
        if not code:
            return None
        try:
            return offence_on(str(code), on=self._day(), country=settings.COUNTRY)
        except Refused:
            return None

    @property
    def days_so_far(self) -> str:
        """The days of the facts as they are filled in so far, in one sentence."""
        given = self["certainty"].value()
        certainty = Certainty(given) if given in Certainty.values else Certainty.AT_LATEST
        first = _read(self["facts_from"].value())
        last = self._day()
        return days_of(Facts(last, first if first and first <= last else None, certainty))

    @property
    def facts(self) -> Facts:
        """The days that were given."""
        given = self.cleaned_data
        return Facts(given["facts_on"], given["facts_from"], given["certainty"])

    def _day(self) -> date:
        """Return the day whose texts are offered: as it was posted, else as it was filled in."""
        return _read(self["facts_on"].value()) or today()


def _read(given: object) -> date | None:
    try:
        return given if isinstance(given, date) else parse_date(str(given or ""))
    except ValueError:
        return None


def _named(one: Offence) -> str:
    said = f"{one.words} — {one.article}"
    if one.annulled:
        return str(_("%(offence)s (annulled: it cannot be cited)") % {"offence": said})
    return said
