"""Read what a person writes about partners of the exchange of hashes."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.web.fields import DayField
from balise.hotline.matching.exchange.actions.contracts import MOST_A_DAY, MOST_A_MINUTE

_ASKS, HOLDS = "asks", "holds"


class ContractForm(forms.Form):
    """What a partner may do."""

    holds = forms.ChoiceField(
        label=_("Way of working"),
        choices=(
            (_ASKS, _("It asks, and holds nothing of ours")),
            (HOLDS, _("It holds our banks: its contract allows that")),
        ),
        initial=_ASKS,
        widget=forms.RadioSelect,
    )
    banks = forms.MultipleChoiceField(
        label=_("Banks that it may know of"), widget=forms.CheckboxSelectMultiple
    )
    a_day = forms.IntegerField(
        label=_("Different pictures a day"),
        help_text=_("Copies of one picture count once."),
        min_value=0,
        max_value=MOST_A_DAY,
        initial=200,
    )
    a_minute = forms.IntegerField(
        label=_("Fingerprints a minute"), min_value=0, max_value=MOST_A_MINUTE, initial=60
    )
    ends_on = DayField(
        label=pgettext_lazy("contract", "Last day"),
        help_text=_("Leave empty if none is agreed."),
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        banks: Mapping[str, str],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["banks"].choices = list(banks.items())  # type: ignore[attr-defined]

    def clean_holds(self) -> bool:
        return bool(self.cleaned_data["holds"] == HOLDS)


class PartnerForm(ContractForm):
    """A partner organisation, and what it may do."""

    partner_id = forms.TypedChoiceField(label=_("Partner"), coerce=UUID)
    field_order = ("partner_id",)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        banks: Mapping[str, str],
        partners: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data, banks=banks)
        self.fields["partner_id"].choices = list(partners)  # type: ignore[attr-defined]
