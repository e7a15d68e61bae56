"""Read what a recipient answers, and why someone contests a notice."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.web.fields import CodeField, LongTextField
from balise.takedown.notices.queries.mails import Asked
from balise.takedown.notices.rules.inbound import Said
from balise.takedown.notices.rules.redress import MAX_GROUNDS, MIN_GROUNDS, Contester


class AnswerForm(forms.Form):
    """What a recipient says about notices of one mail."""

    notices = forms.TypedMultipleChoiceField(
        label=_("Notices concerned"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    said = CodeField(Said, label=_("Your answer"), widget=forms.RadioSelect)
    text = LongTextField(
        label=_("Reason, or what you need"),
        help_text=_("Required if you do not act. Never send us the content itself."),
        rows=5,
        max_length=MAX_GROUNDS,
        required=False,
    )

    def __init__(self, *args: Any, asked: Iterable[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        notices = self.fields["notices"]
        choices = [(str(one.id), one.number) for one in asked]
        if isinstance(notices, forms.MultipleChoiceField):
            notices.choices = choices
            if len(choices) == 1:
                notices.initial = [choices[0][0]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said, text = cleaned.get("said"), cleaned.get("text", "")
        if isinstance(said, Said) and said.needs_words and len(text.split()) == 0:
            self.add_error("text", _("Give the reason, in a sentence or two."))
        return cleaned


class ContestForm(forms.Form):
    """Why someone contests a notice, and where the reasons of the decision go."""

    contester = CodeField(Contester, label=_("Who are you?"), widget=forms.RadioSelect)
    grounds = LongTextField(
        label=_("Reasons for your objection"),
        help_text=_("What is wrong, and how you know. You do not have to give your name."),
        rows=6,
        min_length=MIN_GROUNDS,
        max_length=MAX_GROUNDS,
    )
    answer_to = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_(
            "So that we can tell you the decision and the reasons. Without it, we cannot answer."
        ),
        required=False,
    )
