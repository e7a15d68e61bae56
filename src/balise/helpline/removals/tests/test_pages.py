from datetime import date
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.encryption.worded import new_receipt, shown
from balise.helpline.console.tests.makers import make_accepted
from balise.helpline.conversations.actions import saying
from balise.helpline.queue.actions import seating
from balise.helpline.removals import queries
from balise.helpline.removals.actions import asking, hearing, verifying
from balise.helpline.removals.models import Item, Request
from balise.helpline.removals.queries import Pile
from balise.helpline.removals.rules.api import Telling, Tells
from balise.helpline.removals.rules.requests import ItemKind
from balise.helpline.removals.rules.states import RemovalState, Step, may
from balise.helpline.removals.rules.tracking import Truth
from balise.helpline.removals.tests.makers import (
    URL,
    WORDS,
    make_item,
    make_platform,
    make_sent,
    prepare,
    state_of,
)
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.outcomes import Outcome

pytestmark = pytest.mark.django_db

DESK = "/staff/helpline/removals/"
FOLLOW = "/fr/removal/"


@pytest.fixture
def listener(client: Client) -> Account:
    return sign_in(client, make_account("listener"))


def filled(**given: str) -> dict[str, str]:
    """Return a form of a new request, complete but for what is given otherwise."""
    return {
        "key": str(uuid4()),
        "platform": str(make_platform()),
        "consent": "victim",
        "agreed": "on",
        "urgency": "urgent",
        "shows_abuse": "no",
        "kind": "content",
        "content_type": "image",
        "url": URL,
        "offence": "harassment",
        "words": WORDS,
    } | given


class TestTheWalk:
    """anyone → another role → the right role."""

    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        assert "/staff/account/" in client.get(DESK).headers["Location"]

    @pytest.mark.parametrize("role", ["analyst", "editor", "steering", "data_protection"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        item = make_item()
        sign_in(client, make_account(role))
        for page in ("", "new/", "figures/", f"{item.request_id}/", f"item/{item.id}/"):
            assert client.get(f"{DESK}{page}").status_code == HTTPStatus.FORBIDDEN, page
        for page in (
            "new/",
            "completeness/",
            f"{item.request_id}/add/",
            f"{item.request_id}/code/",
        ):
            assert client.post(f"{DESK}{page}").status_code == HTTPStatus.FORBIDDEN, page
        for page in ("revise", "send", "heard", "answer", "climb"):
            answer = client.post(f"{DESK}item/{item.id}/{page}/")
            assert answer.status_code == HTTPStatus.FORBIDDEN, page
        act = client.post(f"{DESK}item/{item.id}/act/", {"act": "complete"})
        assert act.status_code == HTTPStatus.FORBIDDEN
        assert state_of(item) is RemovalState.DRAFT

    def test_a_listener_asks_sends_and_sees_it_gone(
        self, client: Client, listener: Account
    ) -> None:
        written = client.post(f"{DESK}new/", filled())
        assert "copier le code" in written.text.lower()
        item = Item.objects.get()
        assert f'href="{DESK}{item.request_id}/"' in written.text.partition("receipt code")[2]
        page = f"{DESK}item/{item.id}/"
        client.post(f"{page}act/", {"act": "complete"})
        client.post(f"{page}send/")
        assert state_of(item) is RemovalState.SENDING
        by_hand = client.get(page).text
        assert "Ouvrir la fiche" in by_hand
        notice = Item.objects.get().notice
        sheet = client.get(f"/staff/takedown/notices/{notice}/documents/sheet/").text
        assert URL in sheet
        client.post(f"{page}act/", {"act": "sent"})
        client.post(
            f"{page}heard/", {"tells": "decided", "decision": "removed", "words": "C’est fait."}
        )
        assert "C’est fait." in client.get(page).text
        client.post(f"{page}act/", {"act": "gone"})
        assert state_of(item) is RemovalState.VERIFIED_GONE
        assert "Papotage" in client.get(DESK, {"pile": "gone"}).text
        assert "Papotage" not in client.get(DESK).text


class TestNew:
    def test_nothing_typed_is_lost(self, client: Client, listener: Account) -> None:
        page = client.post(f"{DESK}new/", filled(url="pas une adresse", handle="@faux"))
        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "@faux" in page.text
        assert WORDS.partition("'")[0] in page.text
        assert not Request.objects.exists()

    def test_an_address_with_spaces_is_shown_as_it_was_read_before_it_is_kept(
        self, client: Client, listener: Account
    ) -> None:
        asked = client.post(f"{DESK}new/", filled(url="https://x.example/Mes images/a.png"))
        read = "https://x.example/Mes%20images/a.png"

        assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert f'value="{read}"' in asked.text
        assert client.post(f"{DESK}new/", filled(url=read)).status_code == HTTPStatus.OK
        assert Item.objects.count() == 1

    def test_without_agreement_nothing_is_written(self, client: Client, listener: Account) -> None:
        page = client.post(f"{DESK}new/", filled(agreed=""))
        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Request.objects.exists()

    def test_sent_twice_it_is_one(self, client: Client, listener: Account) -> None:
        form = filled()
        client.post(f"{DESK}new/", form)
        again = client.post(f"{DESK}new/", form)
        assert again.headers["Location"] == f"{DESK}{form['key']}/"
        assert Request.objects.count() == 1

    def test_what_may_be_abuse_goes_to_the_hotline_unseen(
        self, client: Client, listener: Account
    ) -> None:
        client.post(f"{DESK}new/", filled(shows_abuse="yes", offence="", words=""))
        item = Item.objects.get()
        page = client.get(f"{DESK}item/{item.id}/").text
        assert item.state == RemovalState.HANDED_OVER
        assert URL not in page
        assert "plateforme de signalement" in page

    def test_whether_it_is_abuse_must_be_said(self, client: Client, listener: Account) -> None:
        page = client.post(f"{DESK}new/", filled(shows_abuse=""))
        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_completeness_is_said_as_it_is_written(self, client: Client, listener: Account) -> None:
        half = client.post(f"{DESK}completeness/", {"kind": "account", "url": URL}).text
        assert "50 points sur 100" in half
        assert "Le nom du compte" in half
        whole = client.post(f"{DESK}completeness/", {"kind": "content", "url": URL, "words": WORDS})
        assert "La plateforme a tout" in whole.text

    def test_it_begins_in_a_contact_of_ones_own(self, client: Client) -> None:
        account = sign_in(client, make_account("listener"))
        seating.sit(skills=(), chat_cap=2, by=actor_of(account))
        accepted = make_accepted(actor_of(account))
        person = client.get(f"/staff/helpline/{accepted.item}/").text
        assert f"{DESK}new/?contact={accepted.contact}" in person
        client.post(f"{DESK}new/?contact={accepted.contact}", filled())
        one = Request.objects.get()
        assert (one.contact, one.conversation) == (accepted.contact, accepted.subject)
        assert f"{DESK}{one.id}/" in client.get(f"/staff/helpline/{accepted.item}/").text


class TestItem:
    def test_the_second_look_is_not_offered_to_who_wrote_it(
        self, client: Client, listener: Account
    ) -> None:
        item = make_item(actor_of(listener), kind=ItemKind.ACCOUNT, handle="@faux")
        page = f"{DESK}item/{item.id}/"
        client.post(f"{page}act/", {"act": "complete"})
        client.post(f"{page}act/", {"act": "ask-second"})
        assert 'value="approve"' not in client.get(page).text
        client.post(f"{page}act/", {"act": "approve"})
        assert state_of(item) is RemovalState.SECOND_LOOK
        sign_in(client, make_account("listener"))
        assert 'value="approve"' in client.get(page).text
        client.post(f"{page}act/", {"act": "approve"})
        assert state_of(item) is RemovalState.READY

    def test_every_state_has_its_page(self, client: Client, listener: Account) -> None:
        item = make_sent(actor_of(listener))
        for state in (
            RemovalState.SENT,
            RemovalState.ACKNOWLEDGED,
            RemovalState.DECIDED,
            RemovalState.STILL_UP,
            RemovalState.CLOSED,
        ):
            Item.objects.filter(id=item.id).update(state=state)
            assert client.get(f"{DESK}item/{item.id}/").status_code == HTTPStatus.OK

    @pytest.mark.parametrize("state", RemovalState)
    def test_it_can_be_given_up_wherever_the_rules_allow_it(
        self, client: Client, listener: Account, state: RemovalState
    ) -> None:
        item = make_sent(actor_of(listener))
        Item.objects.filter(id=item.id).update(state=state, gone_at=item.round_at)
        page = client.get(f"{DESK}item/{item.id}/").text
        assert ('value="close"' in page) is may(Step.CLOSE, state, is_gone=True)

    def test_a_ladder_without_a_rung_for_me_is_not_shown(
        self, client: Client, listener: Account
    ) -> None:
        item = make_sent(actor_of(listener))
        Item.objects.filter(id=item.id).update(reached=Rung.COORDINATOR, taken="complaint")
        page = f"{DESK}item/{item.id}/"
        assert f"{page}climb/" not in client.get(page).text
        sign_in(client, make_account("helpline_lead"))
        assert f"{page}climb/" in client.get(page).text

    def test_a_complaint_has_its_letter(self, client: Client, listener: Account) -> None:
        item = make_sent(actor_of(listener))
        page = f"{DESK}item/{item.id}/"
        at = f"{page}letter/complaint/"
        assert client.get(at).status_code == HTTPStatus.NOT_FOUND
        Item.objects.filter(id=item.id).update(state=RemovalState.STILL_UP)
        client.post(f"{page}climb/", {"rung": "complaint"})
        assert at in client.get(page).text
        answer = client.get(at)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert client.get(f"{page}letter/coordinator/").status_code == HTTPStatus.FORBIDDEN
        sign_in(client, make_account("helpline_lead"))
        assert client.get(f"{page}letter/coordinator/").status_code == HTTPStatus.NOT_FOUND
        client.post(f"{page}climb/", {"rung": "coordinator"})
        assert client.get(f"{page}letter/coordinator/").content.startswith(b"%PDF")

    def test_what_was_given_up_is_taken_up_again(self, client: Client, listener: Account) -> None:
        item = make_item(actor_of(listener))
        page = f"{DESK}item/{item.id}/"
        client.post(f"{page}act/", {"act": "close"})
        closed = client.get(page).text
        assert 'value="resume"' in closed
        assert 'value="back"' not in closed
        client.post(f"{page}act/", {"act": "resume"})
        assert state_of(item) is RemovalState.DRAFT

    @pytest.mark.parametrize(
        ("form", "given"),
        [
            ("heard", {"tells": "asks", "words": ""}),
            ("climb", {"rung": "reminder"}),
            ("answer", {"text": "Rien n’est demandé."}),
            ("send", {}),
        ],
    )
    def test_a_refusal_is_said_in_its_form(
        self, client: Client, listener: Account, form: str, given: dict[str, str]
    ) -> None:
        item = make_sent(actor_of(listener))
        page = client.post(f"{DESK}item/{item.id}/{form}/", given)
        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert 'class="error-summary' in page.text or "error" in page.text

    def test_what_is_not_there_is_not_found(self, client: Client, listener: Account) -> None:
        for page in (f"{DESK}{uuid4()}/", f"{DESK}item/{uuid4()}/"):
            assert client.get(page).status_code == HTTPStatus.NOT_FOUND
        act = client.post(f"{DESK}item/{uuid4()}/act/", {"act": "complete"})
        assert act.status_code == HTTPStatus.NOT_FOUND
        item = make_item()
        unheard_of = client.post(f"{DESK}item/{item.id}/act/", {"act": "explode"})
        assert unheard_of.status_code == HTTPStatus.NOT_FOUND

    def test_one_more_thing(self, client: Client, listener: Account) -> None:
        prepared = prepare(actor_of(listener))
        form = filled(platform="", url="https://reseau.example/p/2")
        client.post(f"{DESK}{prepared.id}/add/", form)
        assert [item.number for item in Item.objects.all()] == [1, 2]
        refused = client.post(f"{DESK}{prepared.id}/add/", form | {"url": "rien"})
        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


class TestDesk:
    @pytest.mark.parametrize("pile", [*Pile, "unheard-of"])
    def test_an_empty_part_says_so(self, client: Client, listener: Account, pile: str) -> None:
        assert 'class="empty"' in client.get(DESK, {"pile": pile}).text

    def test_the_most_urgent_comes_first(self, client: Client, listener: Account) -> None:
        for name, urgency in (("Lento", Urgency.STEADY), ("Presto", Urgency.IMMEDIATE)):
            make_sent(platform=make_platform(name), urgency=urgency)
        page = client.get(DESK, {"pile": "waiting"}).text
        assert page.index("Presto") < page.index("Lento")


class TestFollow:
    def test_a_code_shows_how_far_it_is_and_nothing_else(self, client: Client) -> None:
        who = make_actor("listener")
        prepared = prepare(who)
        assert prepared.code is not None
        code = shown(prepared.code).lower()
        page = client.post(FOLLOW, {"code": code}, follow=True)
        assert "On prépare ta demande" in page.text
        for secret in ("Papotage", URL, WORDS[:20], "13 ans"):
            assert secret not in page.text
        assert page.headers["Cache-Control"] == "no-store"

    def test_removed_is_said_once_someone_looked(self, client: Client) -> None:
        who = make_actor("listener")
        item = make_sent(who)
        code = asking.renew_code(request_id=item.request_id, by=who)
        assert "C’est fait" not in client.post(FOLLOW, {"code": code}, follow=True).text
        verifying.see_gone(item_id=item.id, by=who)
        assert "C’est fait" in client.post(FOLLOW, {"code": code}, follow=True).text

    def test_removed_stays_removed_once_it_is_closed(self, client: Client) -> None:
        who = make_actor("listener")
        item = make_sent(who)
        code = asking.renew_code(request_id=item.request_id, by=who)
        verifying.see_gone(item_id=item.id, by=who)
        asking.close(item_id=item.id, by=who)
        assert "C’est fait" in client.post(FOLLOW, {"code": code}, follow=True).text

    def test_what_was_given_up_says_so_whatever_the_platform_said(self, client: Client) -> None:
        who = make_actor("listener")
        item = make_sent(who)
        code = asking.renew_code(request_id=item.request_id, by=who)
        removed = Telling(tells=Tells.DECIDED, decision=Outcome.REMOVED)
        hearing.hear(item_id=item.id, telling=removed, by=who)
        verifying.see_up(item_id=item.id, by=who)
        asking.close(item_id=item.id, by=who)
        page = client.post(FOLLOW, {"code": code}, follow=True).text
        assert str(Truth.STOPPED.label) in page
        assert "Pas encore retiré" not in page
        for false in ("C’est fait", "On s’en occupe"):
            assert false not in page

    def test_what_came_back_is_removed_no_more(self, client: Client) -> None:
        who = make_actor("listener")
        item = make_sent(who)
        code = asking.renew_code(request_id=item.request_id, by=who)
        verifying.see_gone(item_id=item.id, by=who)
        verifying.see_back(item_id=item.id, by=who)
        page = client.post(FOLLOW, {"code": code}, follow=True).text
        assert "Pas encore retiré" in page
        assert "C’est fait" not in page

    @pytest.mark.parametrize(
        "code", ["", "ABCD", shown(new_receipt())], ids=["empty", "mistyped", "unknown"]
    )
    def test_a_wrong_code_is_said_to_be_so(self, client: Client, code: str) -> None:
        page = client.post(FOLLOW, {"code": code}, follow=True)
        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert code in page.text

    def test_the_conversations_own_code_leads_there_too(self, client: Client) -> None:
        begun = saying.begin()
        prepared = prepare(make_actor("listener"))
        Request.objects.filter(id=prepared.id).update(conversation=begun.id)
        assert "On s’en occupe" in client.post(FOLLOW, {"code": begun.token}, follow=True).text
        client.cookies["talk"] = begun.token
        assert "On s’en occupe" in client.get(FOLLOW).text

    def test_the_conversations_page_leads_there_once_there_is_one(self, client: Client) -> None:
        begun, other = saying.begin(), saying.begin()
        client.cookies["talk"] = begun.token
        script = {"X-Talk": "1"}
        assert not client.post("/fr/talk/seen/", headers=script).json()["has_removal"]
        assert "data-removal hidden" in client.get("/fr/talk/room/").text
        assert FOLLOW not in client.get("/fr/talk/end/").text
        prepared = prepare(make_actor("listener"))
        Request.objects.filter(id=prepared.id).update(conversation=begun.id)
        assert client.post("/fr/talk/seen/", headers=script).json()["has_removal"]
        assert "data-removal hidden" not in client.get("/fr/talk/room/").text
        assert FOLLOW in client.get("/fr/talk/end/").text
        client.cookies["talk"] = other.token
        assert FOLLOW not in client.get("/fr/talk/end/").text

    def test_without_a_code_it_asks_for_one(self, client: Client) -> None:
        page = client.get(FOLLOW)
        assert "Ton code" in page.text
        assert "quick" in page.text or "Quitter" in page.text


class TestFigures:
    def test_they_need_the_ability(self) -> None:
        with pytest.raises(PermissionDenied):
            queries.figures(
                since=date(2026, 1, 1), until=date(2026, 2, 1), seen_by=make_actor("analyst")
            )

    def test_an_empty_period_says_so(self, client: Client, listener: Account) -> None:
        assert 'class="empty"' in client.get(f"{DESK}figures/").text
