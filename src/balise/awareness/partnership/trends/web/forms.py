"""Forms of the notebook and of briefings."""

from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.awareness.partnership.partners.queries.register import choices
from balise.awareness.partnership.trends.actions.notebook import Sign
from balise.awareness.partnership.trends.rules.notebook import By, ReferenceKind, Source, UseState
from balise.awareness.partnership.trends.rules.topics import bik_topics, topics
from balise.foundation.clock import today
from balise.foundation.countries import country_name
from balise.foundation.web.fields import CodeField, DayField, LongTextField, OneOf


def _topics() -> list[tuple[str, object]]:
    return [("", "—"), *topics(settings.COUNTRY)]


class SignForm(forms.Form):
    """An emerging use. The day is never filled in: somebody saw it, on a day."""

    title = forms.CharField(label=pgettext_lazy("emerging use", "Title"), max_length=160)
    signal = LongTextField(
        label=gettext_lazy("Sign"),
        help_text=gettext_lazy("What was seen, without the name of anyone."),
        rows=4,
        max_length=4_000,
    )
    topic = forms.ChoiceField(label=pgettext_lazy("emerging use", "Topic"), choices=_topics)
    source = CodeField(Source, label=pgettext_lazy("emerging use", "Source"))
    first_seen = DayField(
        label=gettext_lazy("First seen on"),
        help_text=gettext_lazy("The day on which someone saw it. If nobody did, do not note it."),
    )
    seen_by = CodeField(By, label=gettext_lazy("Seen by"))
    evidence = forms.CharField(
        label=gettext_lazy("Address, as text"),
        help_text=gettext_lazy("Stays in the notebook: it is in no briefing, and is not a link."),
        max_length=400,
        required=False,
    )

    @property
    def sign(self) -> Sign:
        """What was written."""
        return Sign(**self.cleaned_data)


class MoveForm(forms.Form):
    """What an emerging use becomes."""

    state = CodeField(UseState, label=pgettext_lazy("emerging use", "State"), choices=())
    day = DayField(label=gettext_lazy("Since the day"), initial=today)


class ReferenceForm(forms.Form):
    """A national policy or a good practice."""

    kind = CodeField(ReferenceKind, label=pgettext_lazy("reference", "Kind"))
    day = DayField(label=pgettext_lazy("reference", "Date"))
    country = forms.CharField(
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("Two letters, such as FR."),
        max_length=2,
    )
    title = forms.CharField(label=pgettext_lazy("reference", "Title"), max_length=200)
    text = LongTextField(label=pgettext_lazy("reference", "In short"), rows=4, max_length=4_000)
    topic = forms.ChoiceField(label=pgettext_lazy("emerging use", "Topic"), choices=_topics)
    address = forms.URLField(
        label=gettext_lazy("Address of the source"),
        assume_scheme="https",
        max_length=400,
        required=False,
    )

    def clean_country(self) -> str:
        code = str(self.cleaned_data["country"]).upper()
        if country_name(code) == code:
            raise forms.ValidationError(_("No country has this code. Use two letters, such as FR."))
        return code


class SheetForm(forms.Form):
    """What is told to Insafe, in English."""

    issue = forms.CharField(label=gettext_lazy("Issue, in English"), max_length=160)
    topic = forms.ChoiceField(
        label=gettext_lazy("Topic, in the words of Insafe"),
        choices=lambda: [("", "—"), *((one, one) for one in bik_topics(settings.COUNTRY))],
    )
    description = LongTextField(
        label=gettext_lazy("Description, in English"), rows=5, max_length=4_000
    )
    done = LongTextField(label=gettext_lazy("Actions taken, in English"), rows=5, max_length=4_000)
    contact = forms.EmailField(
        label=gettext_lazy("Contact"),
        help_text=gettext_lazy("A shared address of the centre, not a person’s."),
        max_length=160,
    )


class MonthForm(forms.Form):
    """Up to which day a month is looked at: yesterday, or the last day of a month before."""

    until = DayField(label=gettext_lazy("Month, up to the day"), required=False)

    @property
    def until_day(self) -> date:
        """Return the day; yesterday where nothing else is asked, as today still runs."""
        yesterday = today() - timedelta(days=1)
        asked = self.cleaned_data.get("until") if self.is_valid() else None
        return min(asked, yesterday) if asked else yesterday


class DraftForm(forms.Form):
    """A new briefing."""

    language = forms.ChoiceField(
        label=pgettext_lazy("briefing", "Language"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )
    title = forms.CharField(label=pgettext_lazy("briefing", "Title"), max_length=160)


class ChoiceForm(forms.Form):
    """What a briefing is made of."""

    title = forms.CharField(label=pgettext_lazy("briefing", "Title"), max_length=160)
    intro = LongTextField(
        label=gettext_lazy("First words"), rows=4, max_length=4_000, required=False
    )
    uses = forms.MultipleChoiceField(
        label=gettext_lazy("Emerging uses"), widget=forms.CheckboxSelectMultiple, required=False
    )
    rising = forms.MultipleChoiceField(
        label=gettext_lazy("Rises"),
        help_text=gettext_lazy("A month that still runs is told without numbers."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    references = forms.MultipleChoiceField(
        label=gettext_lazy("Policies and practices"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ReaderForm(forms.Form):
    """A partner's contact who asked for briefings."""

    organisation_id = OneOf(
        label=pgettext_lazy("briefing", "Organisation"), choices=lambda: [("", "—"), *choices()]
    )
    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy(
            "Encrypted. They confirm it by a message, and leave by a link in each briefing."
        ),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("briefing", "Language"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )
