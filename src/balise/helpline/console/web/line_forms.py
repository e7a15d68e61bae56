"""What a listener asks of the exchange, about the call that they have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.actors import Actor
from balise.foundation.web.fields import CodeField
from balise.helpline.console import queries
from balise.helpline.console.queries.dangers import Held
from balise.helpline.telephony.rules.calls import Command

_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": 6}


def extension_field(**more: Any) -> forms.CharField:
    """Return the field of one's own telephone."""
    return forms.CharField(
        label=pgettext_lazy("telephone", "Your extension"),
        max_length=6,
        widget=forms.TextInput(attrs=_NUMBER | {"autocomplete": "tel-extension"}),
        **more,
    )


class CommandForm(forms.Form):
    """What the exchange is to do."""

    command = CodeField(Command)


class TransferForm(forms.Form):
    """To whom a call goes, and where one is rung again if nobody picks up there."""

    colleague = forms.ChoiceField(label=_("To a colleague on duty"), required=False)
    to = forms.CharField(
        label=_("Or to an extension"),
        max_length=6,
        required=False,
        widget=forms.TextInput(attrs=_NUMBER),
    )
    own = extension_field(
        help_text=_("If nobody picks up, the caller comes back to you: your telephone rings.")
    )

    def __init__(self, given: Any = None, *, own: str, colleagues: list[tuple[str, str]]) -> None:
        super().__init__(given, initial={"own": own}, prefix="line")
        nobody = [("", pgettext_lazy("colleague", "Choose a colleague"))]
        self.fields["colleague"].choices = [*nobody, *colleagues]  # type: ignore[attr-defined]
        if not colleagues:
            del self.fields["colleague"]
            self.fields["to"].label = _("To an extension")

    def clean(self) -> dict[str, Any]:
        """Return one extension and one's own; one that was typed comes before a colleague."""
        given = super().clean() or {}
        to = given.get("to") or given.get("colleague", "")
        if not to:
            self.add_error("to", _("Choose a colleague or enter an extension."))
        return {"to": to, "own": given.get("own", "")}


def transfer_form(one: Held, *, seen_by: Actor, given: Any = None) -> TransferForm | None:
    """Return the form that transfers one's call; None where the exchange takes no command."""
    if one.line is None:
        return None
    own, colleagues = queries.telephones(seen_by=seen_by)
    return TransferForm(given, own=own, colleagues=colleagues)
