"""From our verdict to a hotline abroad, and from a hotline abroad into our queue and back."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.hotline.abroad import actions
from balise.hotline.abroad.actions import NotToHandOver
from balise.hotline.reports import access
from balise.hotline.reports.actions import removal
from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.rules.words import Channel, ContentState, Verdict
from balise.hotline.reports.tests.makers import (
    ADDRESS,
    ANALYST,
    give_verdict,
    make_content,
    make_decided,
    make_decision,
)
from balise.takedown.directory import actions as directory
from balise.takedown.onward.exchange import access as exchange
from balise.takedown.onward.exchange.queries import peers
from balise.takedown.onward.exchange.rules.letters import Age, Classification, Classified
from balise.takedown.onward.exchange.rules.words import (
    Direction,
    LetterKind,
    Outcome,
    Reason,
    TransferState,
)
from balise.takedown.onward.exchange.tests.makers import (
    Door,
    Neighbour,
    an_open_door,
    make_answer,
    make_peer,
    make_report_letter,
    work,
)

pytestmark = pytest.mark.django_db

SENDER = Actor(
    ActorKind.STAFF,
    str(UUID(int=1)),
    frozenset({access.READ, access.ASSESS, exchange.READ, exchange.SEND}),
)
CLASSIFIED = Classified(classification=Classification.NATIONAL, age=Age.PUBESCENT, is_virtual=True)


@pytest.fixture
def neighbour(tmp_path: Path) -> Neighbour:
    """A hotline abroad."""
    return Neighbour(tmp_path / "neighbour")


@pytest.fixture
def door(neighbour: Neighbour, settings: Settings) -> Iterator[Door]:
    """Its door."""
    settings.DEMONSTRATION = True
    with an_open_door() as opened:
        neighbour.address = opened.address
        yield opened


def hosted_abroad() -> Content:
    content = make_decided()
    removal.note_hosting(content_id=content.id, country="NL", network=64_500, by=ANALYST)
    return content


def the_transfer(direction: Direction) -> Any:
    (one,) = peers.transfers(direction, seen_by=SENDER)
    return one


class TestHandOver:
    def test_says_where_and_why_and_nothing_of_who_reported(
        self, neighbour: Neighbour, door: Door
    ) -> None:
        content = hosted_abroad()
        actions.hand_over(
            content_id=content.id,
            peer_id=make_peer(neighbour).id,
            words="Incites to violence.",
            classified=CLASSIFIED,
            by=SENDER,
        )
        work()
        letter = neighbour.opens(door.brought[0])
        said = letter.statement
        assert said is not None
        assert (said.address, said.words, said.country) == (ADDRESS, "Incites to violence.", "NL")
        assert said.dsa_keyword
        assert said.classified == CLASSIFIED

    def test_is_for_an_illegal_content_at_an_address(self, neighbour: Neighbour) -> None:
        peer = make_peer(neighbour)
        for content in (make_content(), make_decided(Verdict.HARMFUL, category="hate")):
            with pytest.raises(NotToHandOver):
                actions.hand_over(content_id=content.id, peer_id=peer.id, words="", by=SENDER)

    def test_is_for_who_may(self, neighbour: Neighbour) -> None:
        content, peer = hosted_abroad(), make_peer(neighbour)
        reader = Actor(ActorKind.STAFF, str(UUID(int=5)), frozenset({access.READ}))
        for actor in (reader, ANALYST):  # the second may assess, not send
            with pytest.raises(PermissionDenied):
                actions.hand_over(content_id=content.id, peer_id=peer.id, words="", by=actor)

    def test_what_they_had_removed_is_removed_here(self, neighbour: Neighbour, door: Door) -> None:
        content = hosted_abroad()
        number = actions.hand_over(
            content_id=content.id, peer_id=make_peer(neighbour).id, words="", by=SENDER
        )
        work()
        for turn, outcome in enumerate((Outcome.ILLEGAL, Outcome.REMOVED), 1):
            letter = make_answer(number, LetterKind.OUTCOME, turn=turn, outcome=outcome)
            neighbour.bring(neighbour.envelope(letter))
            work()
        found = Content.objects.get(id=content.id)
        assert (found.state, found.removed_at is not None) == (ContentState.REMOVED, True)
        assert the_transfer(Direction.OUT).stands is TransferState.CLOSED
        assert Entry.objects.filter(event="hotline.content.removed").count() == 1

    def test_what_is_not_illegal_there_stays_illegal_here(
        self, neighbour: Neighbour, door: Door
    ) -> None:
        content = hosted_abroad()
        number = actions.hand_over(
            content_id=content.id, peer_id=make_peer(neighbour).id, words="", by=SENDER
        )
        work()
        letter = make_answer(number, LetterKind.OUTCOME, outcome=Outcome.NOT_ILLEGAL)
        neighbour.bring(neighbour.envelope(letter))
        work()
        assert Content.objects.get(id=content.id).state == ContentState.REMOVING
        assert the_transfer(Direction.OUT).stands is TransferState.CLOSED


class TestTakeIn:
    def test_is_a_report_in_the_queue_by_its_own_channel(
        self, neighbour: Neighbour, door: Door
    ) -> None:
        peer, number = make_peer(neighbour), uuid4()
        neighbour.bring(neighbour.envelope(make_report_letter(number)))
        neighbour.bring(neighbour.envelope(make_report_letter(number)))  # another letter, the same
        work()
        report = Report.objects.get()
        content = report.contents.get()
        assert (report.channel, content.category) == (Channel.NETWORK, "hate")
        assert (content.state, content.report_count) == (ContentState.WAITING, 1)
        one = the_transfer(Direction.IN)
        assert (one.goes, one.peer, one.number) == (Direction.IN, peer, number)
        assert (one.line, one.subject) == ("hotline", content.id)
        (answer,) = [neighbour.opens(each) for each in door.brought]
        assert (answer.kind, answer.about) == (LetterKind.ACCEPTED, number)

    def test_our_decision_and_the_removal_go_back(self, neighbour: Neighbour, door: Door) -> None:
        make_peer(neighbour)
        neighbour.bring(neighbour.envelope(make_report_letter()))
        work()
        content = Content.objects.get()
        give_verdict(content.id, make_decision())
        work()
        removal.note_removed(content_id=content.id, at=now(), by=ANALYST)
        work()
        removal.note_reappeared(content_id=content.id, by=ANALYST)
        work()
        said = [neighbour.opens(each).answer for each in door.brought]
        assert [(each.turn, each.outcome) for each in said if each] == [
            (1, Outcome.NONE),
            (2, Outcome.ILLEGAL),
            (3, Outcome.REMOVED),
            (4, Outcome.ILLEGAL),
        ]
        assert the_transfer(Direction.IN).stands is TransferState.ACCEPTED

    @pytest.mark.parametrize(
        ("verdict", "outcome"),
        [
            (Verdict.HARMFUL, Outcome.NOT_ILLEGAL),
            (Verdict.OUT_OF_SCOPE, Outcome.OUT_OF_SCOPE),
            (Verdict.GONE, Outcome.GONE),
            (Verdict.UNVERIFIABLE, Outcome.UNVERIFIABLE),
        ],
    )
    def test_each_verdict_has_its_word(
        self, neighbour: Neighbour, door: Door, verdict: Verdict, outcome: Outcome
    ) -> None:
        make_peer(neighbour)
        neighbour.bring(neighbour.envelope(make_report_letter()))
        work()
        content = Content.objects.get()
        give_verdict(content.id, make_decision(verdict))
        work()
        said = neighbour.opens(door.brought[-1]).answer
        assert said is not None
        assert said.outcome is outcome
        assert the_transfer(Direction.IN).stands is TransferState.CLOSED

    def test_what_we_know_and_decided_is_answered_at_once(
        self, neighbour: Neighbour, door: Door
    ) -> None:
        make_decided()
        make_peer(neighbour)
        neighbour.bring(neighbour.envelope(make_report_letter()))
        work()
        said = [neighbour.opens(each).answer for each in door.brought]
        assert [each.outcome for each in said if each] == [Outcome.NONE, Outcome.ILLEGAL]

    def test_what_names_no_address_is_turned_away(self, neighbour: Neighbour, door: Door) -> None:
        make_peer(neighbour)
        neighbour.bring(neighbour.envelope(make_report_letter(address="nowhere at all")))
        work()
        assert not Report.objects.exists()
        one = the_transfer(Direction.IN)
        assert (one.stands, one.turned_away_for) == (TransferState.REFUSED, Reason.UNREADABLE)
        (answer,) = [neighbour.opens(each) for each in door.brought]
        assert answer.kind is LetterKind.REFUSED


class TestThePage:
    def test_says_whom_it_goes_to_and_why(self, client: Client, neighbour: Neighbour) -> None:
        directory.read_packs(country="fr")
        content = hosted_abroad()
        address = f"/staff/hotline/contents/{content.id}/"
        sign_in(client, make_account("analyst"))
        found = unescape(client.get(address).content.decode())
        assert "Pays d’hébergement : Pays-Bas." in found
        assert "à vérifier" in found
        assert f"{address}abroad/" not in found
        make_peer(neighbour)
        assert f"{address}abroad/" in client.get(address).content.decode()

    def test_sends_it_and_shows_how_it_stands(
        self, client: Client, neighbour: Neighbour, door: Door
    ) -> None:
        peer, content = make_peer(neighbour), hosted_abroad()
        address = f"/staff/hotline/contents/{content.id}/abroad/"
        sign_in(client, make_account("analyst"))
        page = client.get(address).content.decode()
        assert "Hotline NL" in page
        # The reasons of the verdict are there to start from; nothing has left yet.
        assert "Says what the law forbids.</textarea>" in page
        assert not door.brought
        wrong = client.post(address, {"peer_id": str(uuid4()), "words": "x"})
        assert wrong.status_code == 422
        given = {"peer_id": str(peer.id), "words": "Incites to violence."}
        assert client.post(address, given).status_code == 302
        assert client.post(address, given).status_code == 422  # they have it
        work()
        assert len(door.brought) == 1
        found = client.get(f"/staff/hotline/contents/{content.id}/").content.decode()
        assert f"/staff/takedown/exchange/{the_transfer(Direction.OUT).id}/" in found

    def test_is_not_there_for_what_stays_here(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        for content_id in (make_content().id, uuid4()):
            answer = client.get(f"/staff/hotline/contents/{content_id}/abroad/")
            assert answer.status_code == 404

    def test_is_for_the_hotline(self, client: Client) -> None:
        sign_in(client, make_account("listener"))
        answer = client.get(f"/staff/hotline/contents/{hosted_abroad().id}/abroad/")
        assert answer.status_code == 403
