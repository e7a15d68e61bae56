"""What a reader of the journal may ask for."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.oversight import queries
from balise.foundation.oversight.queries import Narrowing
from balise.foundation.oversight.web.words import chain_name


class NarrowingForm(forms.Form):
    """Line, event, record and actor; each may stay empty."""

    line = forms.ChoiceField(label=_("Line"), required=False)
    event = forms.ChoiceField(label=_("Event"), required=False)
    subject = forms.UUIDField(label=_("Object (its id)"), required=False)
    actor = forms.CharField(
        label=_("Person (e-mail address or id)"), required=False, max_length=254
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = queries.event_names()
        lines = sorted({name.partition(".")[0] for name in names})
        everything = [("", _("All"))]
        _choices(self, "line", everything + [(line, chain_name(line)) for line in lines])
        _choices(self, "event", everything + [(name, name) for name in names])

    def clean_actor(self) -> str:
        """Return the actor's key that the words name; refuse a person nobody knows."""
        words: str = self.cleaned_data["actor"].strip()
        if not words:
            return ""
        if "@" in words:
            key = queries.account_key(words)
            if key is None:
                raise forms.ValidationError(_("Nobody here has this address."))
            return key
        try:
            return str(UUID(words))
        except ValueError:
            raise forms.ValidationError(
                _("Enter an e-mail address, or an id from the audit log.")
            ) from None

    def narrowing(self) -> Narrowing:
        """Return what is asked for."""
        return Narrowing(**self.cleaned_data)


def _choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices
