"""Forms of working groups and their advice. Their fields are named as the actions name them."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.awareness.partnership.partners.actions.advice import Said
from balise.awareness.partnership.partners.queries.register import choices
from balise.awareness.partnership.partners.rules.advice import RecommendationState, Votes
from balise.awareness.partnership.partners.rules.groups import MOST_HEADS, Band, GroupKind
from balise.awareness.partnership.partners.rules.mandates import Sector
from balise.awareness.places.structures import queries as structures
from balise.foundation.clock import today
from balise.foundation.web.fields import CodeField, DayField, LongTextField, OneOf

_MOST_WORDS = 20_000


class GroupForm(forms.Form):
    """A new group."""

    kind = CodeField(GroupKind, label=pgettext_lazy("group", "Kind"), widget=forms.RadioSelect)
    name = forms.CharField(label=pgettext_lazy("group", "Name"), max_length=160)
    mandate = LongTextField(
        label=pgettext_lazy("group", "Task"),
        help_text=_("What it is asked, and by whom."),
        rows=4,
        max_length=4_000,
    )
    since = DayField(label=_("Formed on"), initial=today)


class EndForm(forms.Form):
    """The last day of a group."""

    until = DayField(label=_("Last day"), initial=today)


class SeatForm(forms.Form):
    """A new member."""

    role = forms.CharField(
        label=pgettext_lazy("group", "Role"),
        help_text=_("As it is said in public, without a name."),
        max_length=120,
    )
    organisation_id = OneOf(
        label=pgettext_lazy("group", "Organisation"),
        choices=lambda: [("", pgettext_lazy("organisation", "None")), *choices()],
        required=False,
    )
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        help_text=_("Encrypted, and deleted 24 months after they leave."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    since = DayField(label=pgettext_lazy("member", "Since"), initial=today)
    is_public = forms.BooleanField(label=_("They agreed that their name is public"), required=False)


class SeatsForm(forms.Form):
    """How many young people of a structure a panel has."""

    structure_id = OneOf(
        label=pgettext_lazy("network", "Structure"),
        choices=structures.choices,
    )
    band = CodeField(Band, label=pgettext_lazy("group", "Ages"))
    heads = forms.IntegerField(
        label=_("Number of young people"),
        help_text=_("0 removes them. Nobody is named."),
        min_value=0,
        max_value=MOST_HEADS,
    )


class InterestForm(forms.Form):
    """An interest that a member declares."""

    text = LongTextField(
        label=_("Declared interest"),
        help_text=_("In their own words. Encrypted; each reading is logged."),
        rows=3,
        max_length=2_000,
    )


class MeetingForm(forms.Form):
    """A meeting that took place."""

    day = DayField(label=_("Day"), initial=today)
    agenda = LongTextField(
        label=_("Agenda"), help_text=_("Without names."), rows=3, max_length=4_000
    )
    present = forms.IntegerField(label=_("People present"), min_value=1, max_value=MOST_HEADS)


class OpinionForm(forms.Form):
    """An opinion as a meeting adopted it."""

    language = forms.ChoiceField(
        label=pgettext_lazy("opinion", "Language"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )
    title = forms.CharField(label=pgettext_lazy("opinion", "Title"), max_length=200)
    text = LongTextField(label=pgettext_lazy("opinion", "Text"), rows=10, max_length=_MOST_WORDS)
    votes_for = forms.IntegerField(
        label=_("Votes for"), min_value=0, max_value=MOST_HEADS, initial=0
    )
    votes_against = forms.IntegerField(
        label=_("Votes against"), min_value=0, max_value=MOST_HEADS, initial=0
    )
    votes_abstained = forms.IntegerField(
        label=_("Abstentions"), min_value=0, max_value=MOST_HEADS, initial=0
    )
    minority = LongTextField(
        label=_("Minority opinion"),
        help_text=_("In the words of those who voted against. It is published with the opinion."),
        rows=5,
        max_length=_MOST_WORDS,
        required=False,
    )
    is_waived = forms.BooleanField(
        label=_("Those who voted against give no minority opinion"), required=False
    )

    @property
    def said(self) -> Said:
        """What was written."""
        of = dict(self.cleaned_data)
        votes = Votes(*(of.pop(name) for name in ("votes_for", "votes_against", "votes_abstained")))
        return Said(votes=votes, **of)


class RecommendationForm(forms.Form):
    """What was asked of a company."""

    company_id = OneOf(
        label=pgettext_lazy("organisation", "Company"),
        choices=lambda: choices(sector=Sector.COMPANY),
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("opinion", "Language"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )
    text = LongTextField(
        label=_("Recommendation"),
        help_text=_("It does not change once it is saved."),
        rows=5,
        max_length=_MOST_WORDS,
    )
    sent_on = DayField(label=pgettext_lazy("recommendation", "Sent on"), initial=today)
    answer_by = DayField(label=_("Answer expected by"))
    opinion_id = OneOf(label=_("From the opinion"), required=False)


class StepForm(forms.Form):
    """What became of a recommendation."""

    state = CodeField(
        RecommendationState, label=pgettext_lazy("recommendation", "Outcome"), choices=()
    )
    day = DayField(label=_("Day"), initial=today)
    words = LongTextField(
        label=pgettext_lazy("recommendation", "In short"),
        help_text=_("What they answered or did. Shown on the public page."),
        rows=3,
        max_length=4_000,
        required=False,
    )
