"""The forms of stories: where a play is kept, and the six words that open it."""

from typing import Any, Final

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from balise.awareness.activities.stories.rules.words import Keep
from balise.foundation.web.fields import CodeField
from balise.foundation.web.phrases import WordsForm

KEEPS: Final = (
    (Keep.NOWHERE, pgettext_lazy("youth", "Everything goes away when you leave.")),
    (Keep.DEVICE, pgettext_lazy("youth", "Not if others use it. It needs JavaScript.")),
    (Keep.CODE, pgettext_lazy("youth", "To continue elsewhere, for 180 days.")),
)


class BeginForm(forms.Form):
    """Where the play is kept; the page draws it with what each means (`KEEPS`)."""

    keep = CodeField(Keep, label=pgettext_lazy("youth", "Keep your story?"))


class ResumeForm(WordsForm):
    """The six words of a play, for the young."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].label = pgettext("youth", "Your six words")
