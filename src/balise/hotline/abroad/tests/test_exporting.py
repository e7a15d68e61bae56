"""A content of the hotline in ICCAM: exported with what its items show, acted on as we act here."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.tasks.running import run_due
from balise.hotline.abroad import actions
from balise.hotline.abroad.actions import NotToExport
from balise.hotline.reports import access
from balise.hotline.reports.actions import describing, removal
from balise.hotline.reports.models import Content
from balise.hotline.reports.rules.words import Verdict
from balise.hotline.reports.tests.makers import (
    ADDRESS,
    ANALYST,
    SECOND_ANALYST,
    give_verdict,
    make_content,
    make_decision,
)
from balise.takedown.law.rules.items import Act, AgeGroup, Item, Reality
from balise.takedown.onward.exchange import access as exchange
from balise.takedown.onward.exchange.rules.iccam.fields import ActionType, read_assessment
from balise.takedown.onward.exchange.rules.letters import Age, Classification
from balise.takedown.onward.exchange.tasks.iccam import client as connections, working
from balise.takedown.onward.exchange.tests.iccam.double import PASSWORD, USER, IccamDouble, an_iccam
from balise.takedown.onward.exchange.tests.makers import work

pytestmark = pytest.mark.django_db

SENDER = Actor(
    ActorKind.STAFF,
    str(UUID(int=1)),
    frozenset({access.READ, access.ASSESS, exchange.READ, exchange.SEND}),
)


@pytest.fixture
def double(settings: Settings) -> Iterator[IccamDouble]:
    """An ICCAM of our own."""
    with an_iccam() as running:
        settings.ICCAM_URL = running.url
        settings.ICCAM_USER, settings.ICCAM_PASSWORD = USER, PASSWORD
        connections.disconnect()
        yield running
        connections.disconnect()


def describe(content: Content) -> None:
    item = Item(age=AgeGroup.PUBESCENT, act=Act.POSING, reality=Reality.GENERATED)
    describing.describe_items(content_id=content.id, items=[item], by=ANALYST)


def decide(content: Content, verdict: Verdict = Verdict.ILLEGAL) -> None:
    offence = "csam-sharing" if verdict is Verdict.ILLEGAL else ""
    decision = make_decision(verdict, category="csam", offence=offence)
    give_verdict(content.id, decision)
    if verdict is Verdict.ILLEGAL:
        give_verdict(content.id, decision, by=SECOND_ANALYST)


def hosted_abroad(*, described: bool = True) -> Content:
    content = make_content()
    if described:
        describe(content)
    decide(content)
    removal.note_hosting(content_id=content.id, country="NL", network=64_500, by=ANALYST)
    return content


def later() -> None:
    work()
    with clock.at(now() + timedelta(hours=1)):
        working.work_due.func()
        run_due()


class TestExport:
    def test_says_what_the_items_show(self, double: IccamDouble) -> None:
        content = hosted_abroad()
        actions.export_to_iccam(content_id=content.id, by=SENDER)
        work()
        (held,) = double.contents.values()
        assert (held["urlString"], held["hostingCountryCode"]) == (ADDRESS, "NL")
        found = read_assessment(held["assessment"])
        assert found.classification is Classification.NATIONAL
        assert (found.age, found.is_virtual, found.is_self_generated) == (
            Age.PUBESCENT,
            True,
            False,
        )

    def test_asks_for_items_an_address_and_a_country(self, double: IccamDouble) -> None:
        for content in (make_content(), hosted_abroad(described=False)):
            with pytest.raises(NotToExport):
                actions.export_to_iccam(content_id=content.id, by=SENDER)
        reader = Actor(ActorKind.STAFF, str(UUID(int=5)), frozenset({access.READ}))
        with pytest.raises(PermissionDenied):
            actions.export_to_iccam(content_id=content.id, by=reader)

    def test_what_is_done_here_is_done_there(self, double: IccamDouble) -> None:
        content = hosted_abroad()
        actions.export_to_iccam(content_id=content.id, by=SENDER)
        work()
        actions.note_action(content_id=content.id, action=ActionType.REPORTED_TO_LEA, by=SENDER)
        removal.note_hosting(content_id=content.id, country="NL", network=1, by=ANALYST)
        removal.note_hosting(content_id=content.id, country="DE", network=2, by=ANALYST)
        removal.note_removed(content_id=content.id, at=now(), by=ANALYST)
        later()
        (held,) = double.contents.values()
        assert [each["actionType"] for each in held["actions"]] == [1, 3]
        assert held["assignedCountryCode"] == "DE"
        assert double.faults == []


class TestAssigned:
    @pytest.mark.parametrize(
        ("verdict", "action"),
        [
            (Verdict.HARMFUL, 6),
            (Verdict.OUT_OF_SCOPE, 6),
            (Verdict.GONE, 4),
            (Verdict.UNVERIFIABLE, 4),
        ],
    )
    def test_our_verdict_goes_back(
        self, double: IccamDouble, verdict: Verdict, action: int
    ) -> None:
        double.assign("https://pictures.example/album/9")
        working.take_in_assigned.func()
        decide(Content.objects.get(), verdict)
        later()
        assert [each["actionType"] for each in double.contents[1]["actions"]] == [action]

    def test_our_assessment_goes_back(self, double: IccamDouble) -> None:
        double.assign("https://pictures.example/album/9")
        working.take_in_assigned.func()
        content = Content.objects.get()
        describe(content)
        decide(content)
        later()
        found = read_assessment(double.contents[1]["assessment"])
        assert found.classification is Classification.NATIONAL
        assert double.contents[1]["hotlineReference"]


class TestThePage:
    def test_offers_it_where_iccam_is_on(self, client: Client, double: IccamDouble) -> None:
        content = hosted_abroad()
        page = f"/staff/hotline/contents/{content.id}/"
        sign_in(client, make_account("analyst"))
        assert f"{page}iccam/" in client.get(page).content.decode()
        client.post(f"{page}iccam/")
        client.post(f"{page}iccam/")  # said again: it is there
        work()
        assert len(double.contents) == 1
        found = client.get(page).content.decode()
        assert f"{page}iccam/" not in found
        assert "/staff/takedown/exchange/iccam/" in found

    def test_is_for_the_hotline(self, client: Client, double: IccamDouble) -> None:
        content = hosted_abroad()
        sign_in(client, make_account("listener"))
        assert client.post(f"/staff/hotline/contents/{content.id}/iccam/").status_code == 403
