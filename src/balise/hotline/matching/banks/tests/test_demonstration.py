"""The demonstration has two banks, look-ups of each outcome, and a hash in quarantine."""

import pytest

from balise.foundation.accounts.tests.makers import make_actor
from balise.hotline.matching.banks.actions.looking import look_up
from balise.hotline.matching.banks.demonstration import LIST, LOGOS, fill
from balise.hotline.matching.banks.models import Bank, Entry, LookUp
from balise.hotline.matching.banks.rules.deciding import EntryState, Rule
from balise.hotline.matching.signals.rules.kinds import WEAK, HashKind, Signal

pytestmark = pytest.mark.django_db


def test_it_has_a_past() -> None:
    lead, analyst = make_actor("hotline_lead"), make_actor("analyst")
    many = fill({"hotline_lead": lead, "analyst": analyst})

    assert Entry.objects.count() == many
    assert dict(Bank.objects.values_list("code", "is_negative")) == {LIST: False, LOGOS: True}
    assert Entry.objects.filter(quality__lt=WEAK).count() == 0
    assert list(LookUp.objects.order_by("at").values_list("rule", flat=True)) == [
        *(Rule.NEAR, Rule.NEGATIVE, Rule.CLIP, ""),
    ]
    stopped = Entry.objects.get(state=EntryState.QUARANTINED)
    asked = Signal(HashKind.PDQ, bytes(stopped.value), stopped.quality)
    verdict = look_up(signals=[asked], by=analyst).verdict
    assert verdict is not None
    assert verdict.rule is Rule.QUARANTINED
    assert {EntryState.OFF, EntryState.WITHDRAWN} < set(
        Entry.objects.values_list("state", flat=True)
    )
