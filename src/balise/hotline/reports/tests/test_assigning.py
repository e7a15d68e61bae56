"""Content handed to a colleague: who may, to whom, and that they see it at once."""

from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import claiming
from balise.hotline.reports.actions.claiming import NoColleague
from balise.hotline.reports.models import Assessment, Content
from balise.hotline.reports.rules.assessing import AlreadyAssessed, SameEyes
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LEAD,
    LISTENER,
    SECOND_ANALYST,
    make_content,
    make_decided,
    take_and_open,
)
from balise.hotline.reports.tests.test_queue import make_looked_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague() -> Account:
    return make_account("analyst", email="colleague@centre.example")


def holder() -> str:
    return Content.objects.get().claimed_by


class TestTheAction:
    def test_hands_on_one_s_own_and_writes_it_down(self, colleague: Account) -> None:
        content = make_content()
        take_and_open(content.id)

        claiming.assign(content_id=content.id, to=colleague.pk, by=ANALYST)

        found = Content.objects.get()
        assert (found.claimed_by, found.opened_at) == (str(colleague.pk), None)
        fact = Entry.objects.get(event="hotline.content.assigned")
        assert (fact.subject, fact.actor_key) == (content.id, ANALYST.key)
        assert fact.facts == {"to": str(colleague.pk)}

    def test_lets_a_lead_hand_out_what_is_free_or_another_s(self, colleague: Account) -> None:
        content = make_content()
        claiming.assign(content_id=content.id, to=colleague.pk, by=LEAD)
        assert holder() == str(colleague.pk)
        claiming.release(content_id=content.id, by=LEAD)
        claiming.claim(content_id=content.id, by=ANALYST)
        claiming.assign(content_id=content.id, to=colleague.pk, by=LEAD)
        assert holder() == str(colleague.pk)

    def test_refuses_an_analyst_what_is_not_theirs(self, colleague: Account) -> None:
        content = make_content()
        with pytest.raises(PermissionDenied):
            claiming.assign(content_id=content.id, to=colleague.pk, by=ANALYST)
        claiming.claim(content_id=content.id, by=SECOND_ANALYST)
        with pytest.raises(PermissionDenied):
            claiming.assign(content_id=content.id, to=colleague.pk, by=ANALYST)
        assert holder() == SECOND_ANALYST.key
        assert not Entry.objects.filter(event="hotline.content.assigned").exists()

    def test_refuses_another_role_and_a_colleague_of_another_role(self) -> None:
        content = make_content()
        listener = make_account("listener")
        with pytest.raises(PermissionDenied):
            claiming.assign(content_id=content.id, to=listener.pk, by=LISTENER)
        for nobody in (listener.pk, uuid4()):
            with pytest.raises(NoColleague):
                claiming.assign(content_id=content.id, to=nobody, by=LEAD)
        assert holder() == ""

    def test_refuses_what_is_decided(self, colleague: Account) -> None:
        content = make_decided()
        with pytest.raises(AlreadyAssessed):
            claiming.assign(content_id=content.id, to=colleague.pk, by=LEAD)

    def test_refuses_a_second_review_to_the_first_analyst(self, colleague: Account) -> None:
        looked = make_looked_at()
        Assessment.objects.update(by=str(colleague.pk))
        with pytest.raises(SameEyes):
            claiming.assign(content_id=looked.id, to=colleague.pk, by=LEAD)


class TestTheDoor:
    def test_hands_it_on_and_the_colleague_finds_it(
        self, client: Client, colleague: Account
    ) -> None:
        content = make_content()
        page = f"/staff/hotline/contents/{content.id}/"
        sign_in(client, make_account("hotline_lead"))
        assert f"{page}assign/" in client.get(page).text

        done = client.post(f"{page}assign/", {"to": str(colleague.pk)}, follow=True)
        assert colleague.name in done.text
        wrong = client.post(f"{page}assign/", {"to": str(UUID(int=9))})
        assert wrong.status_code == 422

        sign_in(client, colleague)
        assert str(content.id) in client.get("/staff/hotline/queue/?mine=on").text

    def test_offers_an_analyst_their_own_alone(self, client: Client, colleague: Account) -> None:
        content = make_content()
        page = f"/staff/hotline/contents/{content.id}/"
        sign_in(client, make_account("analyst"))
        assert f"{page}assign/" not in client.get(page).text
        assert client.post(f"{page}assign/", {"to": str(colleague.pk)}).status_code == 404
        client.post(f"{page}claim/")
        assert f"{page}assign/" in client.get(page).text
