"""What analysts fill in: filters of the queue, a verdict, an answer."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy as _, pgettext_lazy

from balise.foundation.web.fields import CodeField, LongTextField
from balise.hotline.reports.actions.assessing import Decision
from balise.hotline.reports.queries.listing import Filters, host_code
from balise.hotline.reports.rules.assessing import LONGEST_RATIONALE, Look, belongs
from balise.hotline.reports.rules.categories import categories
from balise.hotline.reports.rules.given import LONGEST_CONTACT, LONGEST_MESSAGE
from balise.hotline.reports.rules.known import Filter
from balise.hotline.reports.rules.views import LONGEST_NAME
from balise.hotline.reports.rules.words import (
    ASKED_GROUNDS,
    REASONS_UNSEEN,
    Confidence,
    ContentState,
    Ground,
    LookedWhere,
    LookedWith,
    Verdict,
)
from balise.takedown.law.rules.qualification import qualification
from balise.takedown.law.rules.trees import kept
from balise.takedown.law.web.forms import DAYS, OffenceForm

_AGES = {
    "1d": (_("More than a day"), timedelta(days=1)),
    "3d": (_("More than 3 days"), timedelta(days=3)),
    "7d": (_("More than a week"), timedelta(days=7)),
}

# The verdict bar is no part of the form's place on the page.
_IN_THE_BAR = {"form": "verdict-form"}

_NAMED = [(one.code, one.name) for one in categories(settings.COUNTRY)]


class FilterForm(forms.Form):
    """What to show of the queue. A filter that says nothing readable shows all."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("All waiting for a review")),
            *ContentState.choices,
            ("any", pgettext_lazy("queue", "Any state")),
        ],
        required=False,
    )
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("All categories")), *_NAMED], required=False
    )
    age = forms.ChoiceField(
        label=_("Waiting for"),
        choices=[("", _("Any time")), *((code, label) for code, (label, _span) in _AGES.items())],
        required=False,
    )
    host = forms.CharField(
        label=_("Host or domain"),
        required=False,
        max_length=253,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    known = forms.ChoiceField(
        label=pgettext_lazy("queue", "Fingerprints"),
        choices=[("", _("With or without")), *Filter.choices],
        required=False,
    )
    of = forms.RegexField(r"\A[0-9a-f]{64}\Z", required=False, widget=forms.HiddenInput)
    ref = forms.RegexField(r"\A[0-9a-f]{8}\Z", required=False, widget=forms.HiddenInput)
    mine = forms.BooleanField(label=_("Only what I have taken"), required=False)

    @property
    def kept(self) -> dict[str, str]:
        """Return what was chosen, as the parameters of an address: a host by its code alone."""
        if not self.is_valid():
            return {}
        chosen = self.cleaned_data
        of = host_code(chosen["host"]) or chosen["of"]
        mine = "on" if chosen["mine"] else ""
        kept = {name: chosen[name] for name in ("state", "category", "age", "known", "ref")}
        return {name: code for name, code in {**kept, "of": of, "mine": mine}.items() if code}

    @property
    def filters(self) -> Filters:
        """Return the filters that were chosen."""
        chosen = self.kept
        age = chosen.get("age", "")
        return Filters(
            state=ContentState(chosen["state"]) if chosen.get("state", "any") != "any" else None,
            # What is known is decided, and nothing decided waits.
            any_state=chosen.get("state") == "any"
            or ("state" not in chosen and chosen.get("known") == Filter.KNOWN),
            reference=chosen.get("ref", ""),
            category=chosen.get("category", ""),
            older_than=_AGES[age][1] if age else None,
            of_host=chosen.get("of", ""),
            mine_only="mine" in chosen,
            known=chosen.get("known", ""),
        )


class ViewForm(forms.Form):
    """The name of a saved view."""

    name = forms.CharField(
        label=pgettext_lazy("view", "Name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AnswersField(forms.CharField):
    """Answers to the questions, by question, as the page carries them along: `a=b&c=d`."""

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, dict) else dict(parse_qsl(str(value or "")))

    def prepare_value(self, value: Any) -> Any:
        return urlencode(value) if isinstance(value, dict) else value


def language_here() -> str:
    """Return the language of the page, one of the two that reasons are written in."""
    here = (get_language() or "")[:2]
    return here if here in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def other_language(language: str) -> str:
    """Return the language that reasons are written in as well."""
    return next(code for code, _name in settings.LANGUAGES if code != language)


class VerdictForm(OffenceForm):
    """A verdict, and why. Only the offences of the day of the facts are offered.

    Each verdict takes what belongs to it: an offence if it is illegal, a reason why nobody can look
    if it cannot be verified. What was chosen for another verdict before is left out.
    """

    verdict = CodeField(Verdict, label=_("Verdict"), widget=forms.RadioSelect)
    category = forms.ChoiceField(label=_("Category"), choices=_NAMED)
    offence = forms.ChoiceField(
        label=_("Offence"), required=False, widget=forms.Select(attrs=_IN_THE_BAR)
    )
    confidence = CodeField(Confidence, label=_("How sure are you?"), widget=forms.RadioSelect)
    ground = CodeField(
        Ground,
        label=_("How do you know?"),
        choices=[
            ("", _("Choose")),
            *((one.value, one.label) for one in ASKED_GROUNDS),
            (
                _("Nobody can look"),
                [(one.value, one.label) for one in Ground if one in REASONS_UNSEEN],
            ),
        ],
        empty_value=None,
        required=False,
        widget=forms.Select(attrs=_IN_THE_BAR),
    )
    rationale = LongTextField(
        label=_("Why"),
        help_text=_("Facts that match the legal definition. You can reuse them in the notice."),
        required=False,
        max_length=LONGEST_RATIONALE,
        rows=4,
    )
    translation = LongTextField(
        label=_("The same in the other language"),
        help_text=_("For a host that reads this language. Written with the questions; check it."),
        required=False,
        max_length=LONGEST_RATIONALE,
        rows=4,
    )
    written_in = forms.ChoiceField(
        choices=settings.LANGUAGES, required=False, widget=forms.HiddenInput
    )
    answers = AnswersField(required=False, widget=forms.HiddenInput)
    looked_on = forms.DateTimeField(
        label=_("When did you look?"),
        help_text=_("Empty: now."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    looked_where = CodeField(
        LookedWhere, label=_("Where?"), required=False, empty_value=LookedWhere.PUBLIC
    )
    looked_with = CodeField(
        LookedWith, label=_("With what?"), required=False, empty_value=LookedWith.BROWSER
    )

    def clean(self) -> dict[str, Any]:
        """Keep what belongs to the verdict, and the answers that the law of the day asks for."""
        cleaned = super().clean()
        if cleaned.get("verdict") is not Verdict.ILLEGAL:
            cleaned["offence"] = ""
        if not belongs(cleaned.get("ground"), cleaned.get("verdict")):
            cleaned["ground"] = None
        if cleaned.get("facts_on"):
            tree = qualification(settings.COUNTRY)
            cleaned["answers"] = kept(tree, cleaned.get("answers", {}), cleaned["facts_on"])
        return cleaned

    @property
    def category_so_far(self) -> str:
        """The name of the category that is chosen so far."""
        return str(dict(_NAMED).get(self["category"].value(), ""))

    @property
    def facts_wrong(self) -> bool:
        """Whether what is folded away has something to put right."""
        return bool({"category", *DAYS} & self.errors.keys()) if self.is_bound else False

    def ground_of(self, verdict: Verdict) -> Ground | None:
        """Return how one knows, as it is chosen so far, if it belongs to a verdict."""
        given = self["ground"].value()
        said = Ground(given) if given in Ground.values else None
        return said if belongs(said, verdict) else None

    @property
    def look_so_far(self) -> str:
        """Say where, when and with what one looked, as it is chosen so far."""
        where = self["looked_where"].value() or LookedWhere.PUBLIC.value
        tool = self["looked_with"].value() or LookedWith.BROWSER.value
        said = (
            dict(LookedWhere.choices).get(where, ""),
            dict(LookedWith.choices).get(tool, ""),
            self["looked_on"].value() or _("now"),
        )
        return " · ".join(str(one) for one in said if one)

    @property
    def decision(self) -> Decision:
        """Return the decision of a valid form."""
        given = dict(self.cleaned_data)
        written_in = given.pop("written_in") or language_here()
        translation = given.pop("translation")
        look = Look(
            at=given.pop("looked_on"),
            where=given.pop("looked_where") or LookedWhere.PUBLIC,
            tool=given.pop("looked_with") or LookedWith.BROWSER,
        )
        translations = {other_language(written_in): translation} if translation else {}
        return Decision(**given, look=look, written_in=written_in, translations=translations)


class AssignForm(forms.Form):
    """Who is to have a piece of content: one of some colleagues, (id, name) each."""

    to = forms.TypedChoiceField(label=pgettext_lazy("queue", "Colleague"), coerce=UUID)

    def __init__(self, *args: Any, among: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].choices = [("", _("Choose")), *among]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The hotline's message to a reporter."""

    text = LongTextField(label=_("Your answer to the reporter"), max_length=LONGEST_MESSAGE, rows=3)


class HandOverForm(forms.Form):
    """Hand a reporter to the helpline, with their consent."""

    contact = forms.CharField(
        label=_("How can the helpline reach this person?"),
        help_text=_("Left empty: what they gave themselves, if they did."),
        required=False,
        max_length=LONGEST_CONTACT,
    )
    consented = forms.BooleanField(label=_("The reporter agreed in the dialogue"), required=False)


class NoticeForm(forms.Form):
    """What an analyst puts into the notice about a content."""

    explanation = LongTextField(
        label=_("Why it is illegal"),
        help_text=_(
            "Describe the content and the words of the law it matches, in sentences. The host "
            "reads it as it stands. It begins with the reasons of the verdict."
        ),
        required=False,
        max_length=LONGEST_RATIONALE,
        rows=4,
    )
    details = LongTextField(
        label=_("Details to find it"),
        help_text=_("An account, a post, a minute of the video"),
        required=False,
        max_length=LONGEST_RATIONALE,
        rows=2,
    )
    in_good_faith = forms.BooleanField(
        label=_("I believe in good faith that this notice is accurate and complete"),
        required=False,
    )
    names_notifier = forms.BooleanField(
        label=_("Name the centre as the sender (required except for child sexual abuse)"),
        required=False,
        initial=True,
    )
