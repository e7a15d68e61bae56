"""What an analyst says that items of a content show."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.hotline.reports.rules.describing import MOST_AT_ONCE
from balise.takedown.law.rules.items import FACTS, NAMES, Item


class ItemForm(forms.Form):
    """One item, or several that show the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact, codes in FACTS.items():
            self.fields[fact] = forms.ChoiceField(label=NAMES[fact], choices=codes.choices)
        self.fields["count"] = forms.IntegerField(
            label=_("How many like this?"), min_value=1, max_value=MOST_AT_ONCE, initial=1
        )

    @property
    def items(self) -> list[Item]:
        """Return the items of a valid form."""
        codes = {fact: self.cleaned_data[fact] for fact in FACTS}
        return [Item.of_codes(codes)] * int(self.cleaned_data["count"])
