"""A listener asks in a chat; the vault takes it up once, by the session of that chat alone."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from tests.own import APP, beside
from tests.processes import rights_of

from balise.foundation import clock
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.signatures import is_signed_by, published
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.finding import NotYours
from balise.foundation.grants import APP as APP_DOOR, PUBLIC, Grant
from balise.foundation.journal.models import Entry
from balise.foundation.web import quick_exit
from balise.helpline.cases.tests.makers import make_case, make_listener
from balise.helpline.conversations import queries as talks
from balise.helpline.conversations.actions import passing
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.conversations.rules import ChatEventKind, ConversationOver, TokenUnknown
from balise.helpline.conversations.tests.makers import make_conversation
from balise.helpline.vault import queries
from balise.helpline.vault.actions import inviting
from balise.helpline.vault.models import Ask, CaseKey, Share
from balise.helpline.vault.module import GRANTS, RULES
from balise.helpline.vault.rules.asking import (
    ASKED_FOR,
    TOLD_WITHIN,
    AskState,
    NoCase,
    NotAsked,
    check_stands,
    is_past,
    stands,
)
from balise.helpline.vault.rules.sharing import said_of
from balise.helpline.vault.tests.makers import an_item, asked, invited, shared, talking

HANDING, ROOM = "/app/vault/handing/", "/fr/talk/room/"
STAFF = "/staff/helpline/vault/of/"
MOMENT = datetime(2026, 10, 5, 17, tzinfo=UTC)


@pytest.fixture
def listener() -> Actor:
    return make_listener()


def told(name: str) -> list[Entry]:
    return list(Entry.objects.filter(event=f"helpline.vault.{name}"))


def news(begun: Begun) -> list[str]:
    one, key = talks.opened(begun.token)
    return [
        each.code for each in talks.after(one.id, 0, key=key) if each.kind is ChatEventKind.VAULT
    ]


def child(begun: Begun, **more: Any) -> Client:
    browser = Client(**more)
    browser.cookies["talk"] = str(begun.token)
    return browser


class TestTheRule:
    @pytest.mark.parametrize(
        "given",
        [
            {"state": AskState.HANDED},
            {"state": AskState.DECLINED},
            {"state": AskState.BACK},
            {"state": AskState.SHARED},
            {"at": MOMENT + ASKED_FOR},
            {"listener": "another"},
            {"listener": ""},
        ],
    )
    def test_what_was_asked_stands_until_it_is_answered_late_or_somebody_else_s(
        self, given: dict[str, Any]
    ) -> None:
        right: dict[str, Any] = {"state": AskState.ASKED, "at": MOMENT, "until": MOMENT + ASKED_FOR}
        right |= {"asked_by": "me", "listener": "me"}
        assert stands(**right)
        check_stands(**right)
        assert not stands(**right | given)
        with pytest.raises(NotAsked):
            check_stands(**right | given)

    def test_what_was_taken_up_and_never_came_is_not_on_its_way_for_ever(self) -> None:
        until = MOMENT + ASKED_FOR
        for state, over in ((AskState.ASKED, until), (AskState.HANDED, until + TOLD_WITHIN)):
            assert not is_past(state, at=over - timedelta(seconds=1), until=until)
            assert is_past(state, at=over, until=until)
        for state in (AskState.DECLINED, AskState.BACK, AskState.SHARED):
            assert not is_past(state, at=until + timedelta(days=1), until=until)


@pytest.mark.django_db
class TestAsking:
    def test_tells_both_sides_and_is_written_down(self, listener: Actor) -> None:
        begun, case = asked(listener)
        assert queries.is_asked(begun.token)
        assert news(begun) == ["asked"]
        (entry,) = told("asked")
        assert (entry.subject, entry.actor_key) == (begun.id, listener.key)
        assert entry.facts["case"] == str(case)
        assert CaseKey.objects.get().case == case

    def test_anew_is_one_that_can_be_taken_up_again(self, listener: Actor) -> None:
        begun, _case = asked(listener)
        inviting.take_up(token=begun.token)
        inviting.ask(conversation_id=begun.id, by=listener)
        assert Ask.objects.count() == CaseKey.objects.count() == 1
        assert inviting.take_up(token=begun.token).recipient == CaseKey.objects.get().recipient

    def test_is_for_the_listener_of_the_conversation_alone(self, listener: Actor) -> None:
        begun, _case = talking(listener)
        with pytest.raises(NotYours):
            inviting.ask(conversation_id=begun.id, by=make_listener(name="Alix"))
        with pytest.raises(PermissionDenied):
            inviting.ask(conversation_id=begun.id, by=make_listener("analyst"))
        assert not told("asked")

    def test_needs_a_case_that_one_is_on(self, listener: Actor) -> None:
        begun = make_conversation(with_=listener)
        make_case(by=listener)
        with pytest.raises(NoCase):
            inviting.ask(conversation_id=begun.id, by=listener)
        assert not Ask.objects.exists()

    def test_is_refused_once_it_has_ended(self, listener: Actor) -> None:
        begun, _case = talking(listener)
        passing.end(conversation_id=begun.id, by=listener)
        with pytest.raises(ConversationOver):
            inviting.ask(conversation_id=begun.id, by=listener)
        assert not Ask.objects.exists()

    def test_is_taken_back_by_who_asked(self, listener: Actor) -> None:
        begun, _case = asked(listener)
        with pytest.raises(NotYours):
            inviting.take_back(conversation_id=begun.id, by=make_listener(name="Alix"))
        inviting.take_back(conversation_id=begun.id, by=listener)
        assert news(begun) == ["asked", "back"]
        assert [entry.subject for entry in told("ask-taken-back")] == [begun.id]
        with pytest.raises(NotAsked):
            inviting.take_back(conversation_id=begun.id, by=listener)

    def test_is_answered_with_no_and_nothing_else_changes(self, listener: Actor) -> None:
        begun, _case = asked(listener)
        inviting.decline(token=begun.token)
        assert news(begun) == ["asked", "declined"]
        assert [entry.subject for entry in told("ask-declined")] == [begun.id]
        assert not queries.is_asked(begun.token)
        with pytest.raises(NotAsked):
            inviting.decline(token=begun.token)
        with pytest.raises(TokenUnknown):
            inviting.decline(token=new_receipt())

    def test_is_forgotten_a_day_after(self, listener: Actor) -> None:
        asked(listener)
        (rule,) = (one for one in RULES if one.forgets is Ask)
        assert not rule.due(now() + ASKED_FOR + timedelta(hours=23)).exists()
        assert rule.due(now() + ASKED_FOR + timedelta(hours=25)).exists()


@pytest.mark.django_db
@pytest.mark.safety
class TestTakingUp:
    """What a hostile session, clock or page tries; the words of a refusal are the same for all."""

    def test_tells_the_signed_key_of_the_case_and_is_written_down(self, listener: Actor) -> None:
        begun, _case = asked(listener)
        known = inviting.take_up(token=begun.token)
        pem = next(iter(published("helpline").values()))
        der = base64.b64decode(b"".join(pem.splitlines()[1:-1]))[-32:]
        assert is_signed_by(der, said_of(known.case, known.recipient), known.signature)
        assert [entry.subject for entry in told("ask-taken-up")] == [begun.id]

    def test_serves_once(self, listener: Actor) -> None:
        begun, _case = asked(listener)
        inviting.take_up(token=begun.token)
        with pytest.raises(NotAsked):
            inviting.take_up(token=begun.token)
        assert len(told("ask-taken-up")) == 1

    def test_that_never_came_leaves_the_listener_free_to_ask_again(self, listener: Actor) -> None:
        begun, _case = asked(listener)
        inviting.take_up(token=begun.token)
        seen = queries.asked_in(begun.id, seen_by=listener)
        assert seen is not None
        assert seen.state is AskState.HANDED
        with clock.at(now() + ASKED_FOR + TOLD_WITHIN + timedelta(minutes=1)):
            later = queries.asked_in(begun.id, seen_by=listener)
        assert later is not None
        assert later.state is None

    @pytest.mark.parametrize("what", ["declined", "back", "ended", "erased", "passed on", "late"])
    def test_is_refused_after_it_was(self, listener: Actor, what: str) -> None:
        begun, _case = asked(listener)
        ways: dict[str, Callable[[], object]] = {
            "declined": lambda: inviting.decline(token=begun.token),
            "back": lambda: inviting.take_back(conversation_id=begun.id, by=listener),
            "ended": lambda: passing.end_own(token=begun.token),
            "erased": lambda: passing.erase_own(token=begun.token),
            "passed on": lambda: passing.join(
                conversation_id=begun.id, by=make_listener(name="Alix")
            ),
            "late": lambda: None,
        }
        ways[what]()
        with clock.at(now() + (ASKED_FOR if what == "late" else timedelta())):
            refusal = TokenUnknown if what == "erased" else NotAsked
            with pytest.raises(refusal):
                inviting.take_up(token=begun.token)
        assert not told("ask-taken-up")

    def test_is_of_one_s_own_session_alone(self, listener: Actor) -> None:
        begun, _case = asked(listener)
        other = make_conversation(with_=listener)
        with pytest.raises(NotAsked):
            inviting.take_up(token=other.token)
        with pytest.raises(TokenUnknown):
            inviting.take_up(token=new_receipt())
        assert queries.is_asked(begun.token)

    def test_is_told_in_the_chat_once_something_came(self, listener: Actor) -> None:
        begun, _case = asked(listener)
        known = inviting.take_up(token=begun.token)
        inviting.tell_shared(key_id=UUID(known.case))
        assert news(begun) == ["asked", "shared"]
        inviting.tell_shared(key_id=UUID(known.case))
        assert news(begun) == ["asked", "shared"]
        assert [entry.subject for entry in told("ask-shared")] == [begun.id]

    def test_is_not_told_of_what_words_brought(self, listener: Actor) -> None:
        begun, case = asked(listener)
        _case, _words, known = invited(listener, case)
        shared(known, an_item())
        inviting.tell_shared(key_id=UUID(known.case))
        assert news(begun) == ["asked"]
        assert queries.is_asked(begun.token)


@pytest.mark.django_db
class TestTheDoors:
    def test_of_the_listener_are_closed_to_others(self, client: Client) -> None:
        begun, _case = asked(make_listener())
        ways = (("post", "ask/"), ("post", "back/"), ("get", ""))

        def answers() -> set[int]:
            return {
                getattr(client, method)(f"{STAFF}{begun.id}/{way}").status_code
                for method, way in ways
            }

        assert answers() <= {302, 403}
        sign_in(client, make_account("analyst"))
        assert answers() <= {403, 404}
        sign_in(client, make_account("listener", name="Alix"))
        assert answers() == {404}
        assert news(begun) == ["asked"]

    def test_ask_from_the_page_of_the_conversation(self, client: Client) -> None:
        me = actor_of(sign_in(client, make_account("listener", name="Camille")))
        begun, case = talking(me)
        page = f"/staff/helpline/conversation/{begun.id}/"
        assert f"{STAFF}{begun.id}/ask/" in client.get(page).text
        assert client.post(f"{STAFF}{begun.id}/ask/")["Location"] == page
        assert f"{STAFF}{begun.id}/back/" in client.get(page).text
        known = inviting.take_up(token=begun.token)
        shared(known, an_item())
        inviting.tell_shared(key_id=UUID(known.case))
        assert f"/staff/helpline/cases/{case}/#vault" in client.get(f"{STAFF}{begun.id}/").text

    def test_say_that_a_case_is_needed_first(self, client: Client) -> None:
        me = actor_of(sign_in(client, make_account("listener", name="Camille")))
        begun = make_conversation(with_=me)
        assert f"{STAFF}{begun.id}/ask/" not in client.get(f"{STAFF}{begun.id}/").text
        assert client.post(f"{STAFF}{begun.id}/ask/").status_code == HTTPStatus.FOUND
        assert not Ask.objects.exists()

    def test_show_the_child_what_is_asked_and_take_a_no(self, listener: Actor) -> None:
        begun, _case = talking(listener)
        browser = child(begun)
        assert "/talk/vault/no/" not in browser.get(ROOM).text
        inviting.ask(conversation_id=begun.id, by=listener)
        page = browser.get(ROOM).text
        assert "/fr/app/vault/#chat" in page
        assert 'rel="noopener"' in page
        assert "/talk/vault/no/" in browser.get("/fr/talk/vault/").text
        assert browser.post("/fr/talk/vault/no/")["Location"] == ROOM
        assert "/talk/vault/no/" not in browser.get(ROOM).text
        assert Client().post("/fr/talk/vault/no/")["Location"] == "/fr/talk/"


@pytest.mark.django_db
@pytest.mark.safety
class TestTheFrame:
    def test_is_shown_by_the_app_alone_and_says_nothing(self, listener: Actor) -> None:
        begun, _case = asked(listener)
        for own, who in ((True, APP), (False, "'self'")):
            with beside() if own else clock.at(now()):
                answer = child(begun).get(HANDING)
            assert f"frame-ancestors {who}" in answer["Content-Security-Policy"]
            assert "X-Frame-Options" not in answer
            assert f'data-app="{APP if own else ""}"' in answer.text
            assert CaseKey.objects.get().recipient not in answer.text
        assert queries.is_asked(begun.token)

    def test_answers_the_origin_of_the_app_alone(self) -> None:
        static = Path(apps.get_app_config("helpline_vault").path, "static/vault")
        frame = (static / "handing.js").read_text("utf-8")
        assert "origin !== ours || source !== parent || !port" in frame
        asks = (static / "screens/frame.js").read_text("utf-8")
        assert "postMessage({ ask }, origin, [port2])" in asks

    def test_gives_the_key_to_the_session_of_the_chat_once(self, listener: Actor) -> None:
        begun, _case = asked(listener)
        browser = child(begun, enforce_csrf_checks=True)
        assert browser.post(HANDING).status_code == HTTPStatus.FORBIDDEN
        page = browser.get(HANDING).text
        said = page.split('data-csrf="')[1].split('"')[0]
        answer = browser.post(HANDING, headers={"X-CSRFToken": said})
        key = CaseKey.objects.get()
        assert answer.json()["case"] == str(key.id)
        assert answer.json()["recipient"] == key.recipient
        assert "no-store" in answer["Cache-Control"]
        again = browser.post(HANDING, headers={"X-CSRFToken": said})
        assert again.status_code == HTTPStatus.CONFLICT
        assert key.recipient not in again.text

    def test_tells_who_has_no_chat_what_it_tells_who_is_not_asked(self, listener: Actor) -> None:
        other = make_conversation(with_=listener)
        unknown = Client()
        unknown.cookies["talk"] = str(new_receipt())
        answers = {browser.post(HANDING).content for browser in (Client(), unknown, child(other))}
        assert len(answers) == 1
        assert json.loads(answers.pop())["type"].endswith(":vault-not-asked")

    def test_gives_nothing_to_who_has_left(self, listener: Actor) -> None:
        begun, _case = asked(listener)
        browser = child(begun)
        browser.cookies[quick_exit.AWAY_COOKIE] = "1"
        answer = browser.post(HANDING, headers={"Sec-Fetch-Dest": "empty"})
        assert (answer.status_code, answer.content) == (HTTPStatus.NO_CONTENT, b"")
        assert queries.is_asked(begun.token)

    def test_is_asked_by_a_vault_of_the_app_s_own_origin_or_where_there_is_one_origin(
        self, client: Client
    ) -> None:
        assert f'data-chat="{HANDING}"' in client.get("/fr/app/vault/").text
        with beside():
            assert "data-chat" not in client.get("/fr/app/vault/").text


class TestRights:
    def test_the_app_s_own_process_learns_nothing_of_a_chat(self) -> None:
        (ours,) = (one for one in GRANTS if isinstance(one, Grant) and "ask" in one.on[0][-4:])
        assert (ours.on, ours.to) == (("helpline_vault_ask",), (PUBLIC,))
        assert APP_DOOR not in ours.to
        assert not ours.add
        assert set(ours.change) == {"state", "taken_at"}

    @pytest.mark.django_db
    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")
    def test_the_public_door_can_do_what_a_chat_asks_for(self, listener: Actor) -> None:
        begun, _case = asked(listener)
        item = an_item()
        with rights_of(PUBLIC):
            assert queries.is_asked(begun.token)
            known = inviting.take_up(token=begun.token)
        share, _secret = shared(known, item)
        assert Share.objects.get().id == share
        inviting.ask(conversation_id=begun.id, by=listener)
        with rights_of(PUBLIC):
            inviting.decline(token=begun.token)
