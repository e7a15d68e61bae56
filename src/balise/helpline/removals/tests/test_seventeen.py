"""The seventeen invented platforms, told for real: by API and by mail, over the loopback."""

import re
from importlib import import_module
from pathlib import Path

import httpx
import pytest
from django.apps import apps
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.foundation.mail.tests.makers import Postmaster
from balise.foundation.tasks.running import run_due
from balise.helpline.removals import queries
from balise.helpline.removals.actions import asking, hearing, sending
from balise.helpline.removals.doubles.behaviours import BEHAVIOURS, Behaviour, Manner, Way
from balise.helpline.removals.doubles.desks import Desks
from balise.helpline.removals.doubles.platforms import Platforms
from balise.helpline.removals.models import Item
from balise.helpline.removals.rules.states import RemovalState
from balise.helpline.removals.tasks import working
from balise.helpline.removals.tests.makers import (
    get,
    make_given,
    make_ready,
    moved_to,
    state_of,
    work,
)
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.directory.rules.entries import EVERYWHERE, read_pack
from balise.takedown.directory.tests.makers import make_contact
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.outcomes import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener() -> Actor:
    return make_actor("listener")


def named(host: str) -> str:
    """Return the name of the platform at a host."""
    pack = read_pack(EVERYWHERE, "demonstration")
    return next(one.name for one in pack if one.domains == (host,))


def leaves(listener: Actor, host: str, *, urgency: Urgency = Urgency.IMMEDIATE) -> Item:
    """Return an item on its way to a platform, by its first way."""
    platform = next(one.id for one in queries.platforms() if one.name == named(host))
    item = make_ready(listener, platform=platform, urgency=urgency, url=f"https://{host}/p/1")
    sending.send(item_id=item.id, by=listener)
    return get(item)


def asked() -> None:
    """Ask each platform where things stand, as the worker does every minute."""
    working.ask_platforms.func()
    run_due()
    work()


class TestThePrograms:
    def test_pack_and_program_know_the_same_seventeen(self) -> None:
        pack = {one.domains[0]: one.channels[0] for one in read_pack(EVERYWHERE, "demonstration")}
        assert len(pack) == len(BEHAVIOURS) == 17
        assert {host: channel.kind.value for host, channel in pack.items()} == {
            host: one.way.value for host, one in BEHAVIOURS.items()
        }

    def test_each_way_and_each_manner_is_there(self) -> None:
        assert {one.way for one in BEHAVIOURS.values()} == set(Way)
        assert {one.manner for one in BEHAVIOURS.values()} == set(Manner)

    @pytest.mark.parametrize("behaviour", BEHAVIOURS.values(), ids=lambda one: one.host)
    def test_each_is_told_by_its_own_way(
        self, seventeen: Platforms, listener: Actor, behaviour: Behaviour
    ) -> None:
        item = leaves(listener, behaviour.host)
        assert item.way_kind == behaviour.way.value
        assert item.stands is RemovalState.SENDING


class TestByApi:
    def test_a_quick_one_takes_it_and_removes_it(
        self, seventeen: Platforms, listener: Actor
    ) -> None:
        item = leaves(listener, "papotin.example")
        work()
        taken = get(item)
        assert (taken.stands, taken.ticket) == (RemovalState.SENT, "papotin-1")
        ((_host, key),) = seventeen.told
        assert key == str(taken.notice)
        body = seventeen.told[("papotin.example", key)].body
        assert body["locations"] == ["https://papotin.example/p/1"]
        assert "13 ans" not in str(body)
        asked()
        assert get(item).decided_as is Outcome.REMOVED

    def test_a_flaky_one_is_told_again_and_has_it_once(
        self, seventeen: Platforms, listener: Actor
    ) -> None:
        seventeen.drops_first = True  # it takes it, and falls silent before it says so
        item = leaves(listener, "zigzago.example")
        work(tolerate=True)
        assert state_of(item) is RemovalState.SENDING
        for _again in range(2):
            working.call_left_behind.func()
            run_due(tolerate=True)
        assert state_of(item) is RemovalState.SENT
        assert len(seventeen.told) == 1
        assert len(moved_to("sent")) == 1

    def test_one_that_never_answers_gives_it_back_to_a_person(
        self, seventeen: Platforms, listener: Actor
    ) -> None:
        seventeen.failures = 100
        item = leaves(listener, "zigzago.example")
        work(tolerate=True)
        for _again in range(sending.MOST_ATTEMPTS):
            working.call_left_behind.func()
            run_due(tolerate=True)
        failed = get(item)
        assert (failed.stands, failed.failure) == (RemovalState.READY, sending.NOT_TAKEN)
        calls = [path for method, path in seventeen.calls if method == "PUT"]
        assert len(calls) == sending.MOST_ATTEMPTS
        assert queries.next_of(failed).value == "send-anew"

    def test_a_platform_that_is_away_is_no_loss(
        self, seventeen: Platforms, listener: Actor, settings: Settings
    ) -> None:
        item = leaves(listener, "papotin.example")
        settings.PLATFORMS_LOOPBACK = 1
        work(tolerate=True)
        assert state_of(item) is RemovalState.SENDING
        settings.PLATFORMS_LOOPBACK = seventeen.port
        working.call_left_behind.func()
        run_due(tolerate=True)
        assert state_of(item) is RemovalState.SENT

    def test_a_refusal_is_a_decision_and_comes_to_a_person(
        self, seventeen: Platforms, listener: Actor
    ) -> None:
        item = leaves(listener, "mirador.example")
        work()
        asked()
        assert get(item).decided_as is Outcome.REFUSED
        assert queries.next_of(get(item)).value == "insist"

    def test_a_silent_one_stays_silent(self, seventeen: Platforms, listener: Actor) -> None:
        item = leaves(listener, "vagolo.example")
        work()
        asked()
        assert state_of(item) is RemovalState.SENT

    def test_a_question_is_kept_answered_and_passed_on(
        self, seventeen: Platforms, listener: Actor
    ) -> None:
        item = leaves(listener, "bullette.example")
        work()
        asked()
        assert state_of(item) is RemovalState.INFO_REQUESTED
        asked()  # asked again it still asks: that is one question
        opened = asking.read(request_id=item.request_id, by=listener)
        assert len(opened.items[0].said) == 1
        hearing.answer(item_id=item.id, text="La deuxième image.", by=listener)
        work()
        (held,) = seventeen.told.values()
        assert held.answers == ["La deuxième image."]
        asked()
        assert get(item).decided_as is Outcome.REMOVED

    def test_what_is_hidden_in_some_countries_is_not_removed(
        self, seventeen: Platforms, listener: Actor
    ) -> None:
        item = leaves(listener, "cachette.example")
        work()
        asked()
        assert get(item).decided_as is Outcome.GEO_BLOCKED

    def test_a_second_way_by_mail(
        self, seventeen: Platforms, listener: Actor, office: Postmaster
    ) -> None:
        item = leaves(listener, "vagolo.example")
        work()
        Item.objects.filter(id=item.id).update(reached="other-way")
        mail = next(way for way in queries.other_ways(get(item)) if way.kind is ContactKind.MAIL)
        sending.climb(item_id=item.id, rung=Rung.OTHER_WAY, contact_id=mail.id, by=listener)
        work()
        assert [str(one["To"]) for one in office.mails] == ["legal@vagolo.example"]
        assert state_of(item) is RemovalState.SENT

    @pytest.mark.parametrize("is_sent", [True, False])
    def test_after_a_second_way_it_is_still_asked_where_it_was_told_first(
        self, seventeen: Platforms, listener: Actor, *, is_sent: bool
    ) -> None:
        item = leaves(listener, "papotin.example")
        work()
        first = get(item)
        Item.objects.filter(id=item.id).update(reached="other-way")
        form = "https://papotin.example/legal"
        way = make_contact(first.request.platform, form, kind=ContactKind.FORM)
        sending.climb(item_id=item.id, rung=Rung.OTHER_WAY, contact_id=way, by=listener)
        if is_sent:
            sending.note_sent_by_hand(item_id=item.id, by=listener)
        asked()
        decided = get(item)
        assert decided.decided_as is Outcome.REMOVED
        second = Item.objects.get(id=item.id).notice if is_sent else first.notice
        assert decided.notice == second
        (heard,) = [one for one in queries.of_round(decided, seen_by=listener) if one.outcome]
        assert heard.id == first.notice

    def test_a_number_from_before_is_that_of_its_notice(
        self, seventeen: Platforms, listener: Actor
    ) -> None:
        item = leaves(listener, "papotin.example")
        work()
        Item.objects.update(ticket_notice=None)
        import_module("balise.helpline.removals.migrations.0003_ticket_notice").fill(apps, None)
        assert get(item).ticket_notice == get(item).notice


class TestByMail:
    def test_it_is_sent_once_the_platforms_server_took_it(
        self, seventeen: Platforms, listener: Actor, office: Postmaster
    ) -> None:
        item = leaves(listener, "tchatcha.example")
        work()
        work()
        assert state_of(item) is RemovalState.SENT
        (mail,) = office.mails
        assert str(mail["To"]) == "signaleurs@tchatcha.example"
        assert "https://tchatcha.example/p/1" in mail.get_content()
        assert "13 ans" not in mail.get_content()

    def test_one_dossier_leaves_in_one_mail(
        self, seventeen: Platforms, listener: Actor, office: Postmaster
    ) -> None:
        first = leaves(listener, "tchatcha.example")
        second = asking.add_item(
            request_id=first.request_id,
            given=make_given(url="https://tchatcha.example/p/2"),
            by=listener,
        )
        asking.complete(item_id=second, by=listener)
        sending.send(item_id=second, by=listener)
        work()
        (mail,) = office.mails
        assert len(re.findall(r"https://tchatcha\.example/p/\d", mail.get_content())) == 2

    def test_a_server_that_refuses_gives_it_back_to_a_person(
        self, seventeen: Platforms, listener: Actor, office: Postmaster
    ) -> None:
        office.recipient_answer = "550 no such desk"
        item = leaves(listener, "ploufette.example")
        work(tolerate=True)
        failed = get(item)
        assert failed.stands is RemovalState.READY
        assert failed.failure
        office.recipient_answer = "250 OK"
        sending.send(item_id=item.id, by=listener)
        work()
        assert (state_of(item), len(office.mails)) == (RemovalState.SENT, 1)


class OurDoor(httpx.BaseTransport):
    """The public door of this very process, CSRF checks and all."""

    def __init__(self) -> None:
        self._client = Client(enforce_csrf_checks=True)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of httpx as the door does."""
        answer = self._client.generic(
            request.method,
            request.url.raw_path.decode(),
            request.read(),
            request.headers.get("Content-Type", ""),
            headers={"Referer": request.headers.get("Referer", "")},
        )
        location = {"Location": answer.headers["Location"]} if answer.has_header("Location") else {}
        return httpx.Response(answer.status_code, headers=location, content=answer.content)


class TestTheMailDesks:
    """What a platform says on the answer page, as its own program comes there."""

    @pytest.mark.parametrize(
        ("host", "said", "state"),
        [
            ("tchatcha.example", ["received", "removed"], RemovalState.ACKNOWLEDGED),
            ("ploufette.example", ["refused"], RemovalState.ACKNOWLEDGED),
            ("rebondi.example", ["needs-information"], RemovalState.INFO_REQUESTED),
            ("grisou.example", [], RemovalState.SENT),
        ],
    )
    def test_each_answers_in_its_manner(
        self,
        seventeen: Platforms,
        listener: Actor,
        office: Postmaster,
        tmp_path: Path,
        host: str,
        said: list[str],
        state: RemovalState,
    ) -> None:
        item = leaves(listener, host)
        work()
        (octets,) = office.kept
        (tmp_path / "1.eml").write_bytes(octets)
        with httpx.Client(transport=OurDoor(), follow_redirects=True) as http:
            desks = Desks(tmp_path, http, hurry=1_000_000)
            desks.look()
            assert len(desks.owed) in {0, len(said)}
            desks.look()
        work()
        answers = Entry.objects.filter(event="takedown.answer.received").order_by("id")
        assert [entry.facts["said"] for entry in answers] == said
        assert state_of(item) is state


class TestByHand:
    @pytest.mark.parametrize("host", ["azurin.example", "lucarne.example"])
    def test_portal_and_form_take_what_a_person_puts_there(
        self, seventeen: Platforms, listener: Actor, host: str
    ) -> None:
        item = leaves(listener, host)
        url = f"http://127.0.0.1:{seventeen.port}/{host}/form"
        assert "<form" in httpx.get(url).text
        httpx.post(url, data={"url": f"https://{host}/p/1"})
        assert seventeen.told[(host, "0")].body["url"] == [f"https://{host}/p/1"]
        sending.note_sent_by_hand(item_id=item.id, by=listener)
        assert state_of(item) is RemovalState.SENT
