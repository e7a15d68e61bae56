"""Read what an analyst writes to a hotline abroad."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.web.fields import LongTextField
from balise.takedown.onward.exchange.rules.letters import LONGEST_WORDS


class HandOverAbroadForm(forms.Form):
    """To whom, and why it is illegal."""

    peer_id = forms.TypedChoiceField(label=_("To"), coerce=UUID)
    words = LongTextField(
        label=_("Content, and why it is illegal"),
        help_text=_(
            "The other hotline reads this, in your language. Describe, never copy. Do not name a "
            "victim or a reporter. It starts with the reasons of your verdict: check them."
        ),
        rows=4,
        max_length=LONGEST_WORDS,
    )

    def __init__(self, *args: object, hotlines: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["peer_id"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = hotlines
