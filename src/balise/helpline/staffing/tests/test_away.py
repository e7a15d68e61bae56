"""Someone falls ill, or leaves, after the week was published: their seats are open again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import Actor
from balise.helpline.staffing.actions import editing, people, planning
from balise.helpline.staffing.models import Shift
from balise.helpline.staffing.queries import rotas
from balise.helpline.staffing.rules.rota import GapKind, RotaWrong
from balise.helpline.staffing.tests.test_people import PAGES, make_draft, make_member, next_monday

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_actor("helpline_lead")


class TestAwayFromWhatIsPublished:
    def test_its_seats_are_open_again_and_it_is_said_first(
        self, lead: Actor, client: Client
    ) -> None:
        member = make_member()
        rota_id = make_draft(lead, [[0, 0, 36, 44, -1], [0, 2, 36, 44, -1]])
        planning.publish_rota(rota_id=rota_id, by=lead)
        before, _making = rotas.sheet(next_monday(), seen_by=lead)
        absence = people.note_absence(first=next_monday(), last=next_monday(), by=member)
        after, _making = rotas.sheet(next_monday(), seen_by=lead)
        assert before is not None
        assert after is not None
        assert not before.of_kind(GapKind.AWAY)
        (said,) = after.of_kind(GapKind.AWAY)
        assert after.left[0] == said
        assert (said.day, said.begins) == (next_monday(), "18:00")
        assert (before.covered[0][36], after.covered[0][36]) == (1, 0)
        assert after.covered[2][36] == 1
        assert rotas.planned_on(next_monday()) == [0] * 48
        assert not rotas.own_planned_on(next_monday(), seen_by=member)
        assert [turn.is_away for turn in rotas.own_week(next_monday(), seen_by=member).turns] == [
            True,
            False,
        ]
        sign_in(client, make_account("helpline_lead"))
        page = client.get(f"{PAGES}rota/", {"day": next_monday().isoformat()}).text
        above = page.partition('id="open"')[0]
        assert f"{PAGES}rota/{rota_id}/{member.key}/{next_monday()}/" in above
        people.withdraw_absence(absence_id=absence, by=member)
        again, _making = rotas.sheet(next_monday(), seen_by=lead)
        assert again == before

    def test_who_has_left_the_team_is_away(self, lead: Actor) -> None:
        member = make_member()
        planning.publish_rota(rota_id=make_draft(lead, [[0, 0, 36, 44, -1]]), by=lead)
        Account.objects.filter(id=member.key).update(is_active=False)
        sheet, _making = rotas.sheet(next_monday(), seen_by=lead)
        assert sheet is not None
        assert [each.gap.key for each in sheet.of_kind(GapKind.AWAY)] == [member.key]
        assert rotas.planned_on(next_monday()) == [0] * 48

    def test_on_another_day_one_may_still_be_put(self, lead: Actor) -> None:
        member = make_member()
        rota_id = make_draft(lead, [[0, 0, 36, 44, -1]])
        planning.publish_rota(rota_id=rota_id, by=lead)
        people.note_absence(first=next_monday(), last=next_monday(), by=member)
        where: dict[str, Any] = {"rota_id": rota_id, "account": UUID(member.key), "by": lead}
        later = next_monday() + timedelta(days=3)
        editing.set_shift(**where, day=later, begins=36, halves=8)
        with pytest.raises(RotaWrong):
            editing.set_shift(**where, day=next_monday(), begins=36, halves=8)
        assert Shift.objects.count() == 2
