from datetime import timedelta

import pytest

from balise.foundation.clock import now
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.helpline.cases.models import Referral
from balise.helpline.cases.tests.makers import make_closed, make_referral

pytestmark = pytest.mark.django_db


class TestForgetting:
    def test_forgets_two_years_after_closing(self) -> None:
        old, recent, waiting = make_closed(), make_closed(), make_referral()
        Referral.objects.filter(id=old.id).update(closed_at=now() - timedelta(days=731))

        due = rows_due("helpline.referrals", now())
        assert due == [old.id]
        assert erase_rows("helpline.referrals", due) == 1

        assert set(Referral.objects.values_list("id", flat=True)) == {recent.id, waiting.id}
        assert not KeyWrap.objects.filter(record=old.id).exists()
        assert Entry.objects.filter(subject=old.id).exists()
