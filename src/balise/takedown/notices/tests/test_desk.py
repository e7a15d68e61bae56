"""The desk, a notice's clock, answers, objections and recipients, behind the staff door."""

import re
from datetime import timedelta
from html import unescape
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget
from balise.foundation.mail.tests.makers import Postmaster
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import queries
from balise.takedown.notices.actions import (
    answering,
    climbing,
    contesting,
    ending,
    holding,
    mailing,
)
from balise.takedown.notices.models import Answer, Contest, Hold, Notice, OwnCustoms, Told
from balise.takedown.notices.queries import Tab
from balise.takedown.notices.rules.inbound import Via
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.redress import Contester, Ruling
from balise.takedown.notices.rules.states import Impediment, NoticeState, Outcome
from balise.takedown.notices.tests.mails import make_mail, read_mail
from balise.takedown.notices.tests.makers import (
    ANALYST,
    LISTENER,
    SECOND_ANALYST,
    another_contact,
    get,
    make_notice,
    make_sent,
    state_of,
    work,
)

pytestmark = pytest.mark.django_db

DESK = "/staff/takedown/notices/"
GROUNDS = "C'est une œuvre d'art, exposée dans un musée."


@pytest.fixture
def analyst(client: Client) -> Client:
    sign_in(client, make_account("analyst"))
    return client


@pytest.fixture
def sent(office: Postmaster) -> UUID:
    return make_sent(office)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, address
    return unescape(answer.content.decode())


def make_answer(sent: UUID, text: str = "The content has been removed.") -> UUID:
    inbound = read_mail(make_mail(subject=f"Re: {get(sent).number}", text=text))
    answer_id = answering.receive_mail(inbound=inbound, by=SYSTEM)
    assert answer_id is not None
    return answer_id


def make_contest(sent: UUID, contester: Contester = Contester.AUTHOR) -> UUID:
    return contesting.contest(
        notice_id=sent, contester=contester, grounds=GROUNDS, via=Via.PAGE, by=ANYONE
    )


class TestTheDoor:
    def test_sends_anyone_to_sign_in(self, client: Client, sent: UUID) -> None:
        for part in ("", "answers/", "contests/", "recipients/", f"{sent}/"):
            assert "/login/" in client.get(f"{DESK}{part}").headers["Location"]

    def test_shows_another_role_nothing(self, client: Client, sent: UUID) -> None:
        answer_id, contest_id = make_answer(sent), make_contest(sent)
        sign_in(client, make_account("listener"))
        number = get(sent).number
        for part in ("", "answers/", "contests/", "recipients/"):
            shown = page(client, f"{DESK}{part}")
            assert number not in shown
            assert "Hébergeur Exemple" not in shown
        for part in (f"answers/{answer_id}/", f"contests/{contest_id}/", f"{sent}/"):
            assert client.get(f"{DESK}{part}").status_code == HTTPStatus.NOT_FOUND
        steps = (
            *("plea", "reply", "hold", "lift", "climb", "know"),
            *("stay", "leave", "object", "withdraw"),
        )
        for step in steps:
            answer = client.post(f"{DESK}{sent}/{step}/", {"says": "received"})
            assert answer.status_code == HTTPStatus.NOT_FOUND, step
        for part in (f"answers/{answer_id}/", f"answers/{answer_id}/attach/"):
            assert client.post(f"{DESK}{part}").status_code == HTTPStatus.NOT_FOUND
        ruling = {"ruling": "upheld", "reasons": "x" * 40}
        answer = client.post(f"{DESK}contests/{contest_id}/", ruling)
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert state_of(sent) is NoticeState.SENT

    def test_knows_nothing_that_is_not_there(self, analyst: Client) -> None:
        for part in ("answers", "contests", "recipients"):
            answer = analyst.get(f"{DESK}{part}/{uuid4()}/")
            assert answer.status_code == HTTPStatus.NOT_FOUND
        for step in ("plea", "reply", "hold", "lift", "climb", "know", "leave", "object"):
            answer = analyst.post(f"{DESK}{uuid4()}/{step}/", {"says": "received"})
            assert answer.status_code == HTTPStatus.NOT_FOUND
        assert analyst.post(f"{DESK}answers/{uuid4()}/attach/").status_code == HTTPStatus.NOT_FOUND


class TestTheDesk:
    def test_shows_each_part(self, analyst: Client, sent: UUID) -> None:
        held = make_notice(contact_id=another_contact())
        notice = get(held)
        holding.hold(
            line="hotline", subject=notice.subject, until=now() + timedelta(hours=1), by=ANALYST
        )
        for tab, number in (
            (Tab.ALL, get(sent).number),
            (Tab.HELD, notice.number),
            (Tab.TO_SEND, notice.number),
        ):
            assert number in page(analyst, f"{DESK}?tab={tab.value}")
        assert get(sent).number not in page(analyst, f"{DESK}?tab={Tab.STOPPED.value}")
        assert page(analyst, f"{DESK}?tab=nonsense")

    def test_begins_with_what_presses(self, analyst: Client, sent: UUID) -> None:
        Notice.objects.filter(id=sent).update(ran_out_at=now(), due_at=None, proposed="upstream")
        found = page(analyst, DESK)
        assert get(sent).number in found
        assert "Délai dépassé" in found

    def test_counts_each_part(self, sent: UUID) -> None:
        counted = queries.counts(seen_by=ANALYST)
        assert (counted[Tab.ALL], counted[Tab.RAN_OUT]) == (1, 0)

    def test_says_which_mails_did_not_leave(
        self, analyst: Client, sent: UUID, office: Postmaster
    ) -> None:
        office.content_answer = "550 no"
        rejected = "L’infraction est bien constituée."
        contesting.rule(
            contest_id=make_contest(sent, Contester.HOST),
            ruling=Ruling.REJECTED,
            reasons=rejected,
            by=SECOND_ANALYST,
        )
        work()
        (failed,) = queries.mails_that_failed(seen_by=ANALYST)
        assert "Ces e-mails ne sont pas partis" in page(analyst, DESK)
        office.content_answer = "250 OK"
        analyst.post(f"{DESK}mails/{failed.id}/again/")
        work()
        assert queries.mails_that_failed(seen_by=ANALYST) == []
        assert rejected in office.mails[-1].get_content()
        with pytest.raises(PermissionDenied):
            mailing.try_again(mailing_id=failed.id, by=LISTENER)
        assert analyst.post(f"{DESK}mails/{uuid4()}/again/").status_code == HTTPStatus.NOT_FOUND

    def test_says_who_must_hear_of_a_retraction(self, analyst: Client, sent: UUID) -> None:
        climbing.climb(notice_id=sent, rung=Rung.POLICE, by=ANALYST)
        contesting.rule(
            contest_id=make_contest(sent),
            ruling=Ruling.UPHELD,
            reasons="L’infraction n'est pas constituée.",
            by=SECOND_ANALYST,
        )
        told = Told.objects.get()
        assert f"{DESK}told/{told.id}/" in page(analyst, DESK)
        analyst.post(f"{DESK}told/{told.id}/")
        assert f"{DESK}told/{told.id}/" not in page(analyst, DESK)


class TestANotice:
    def test_shows_its_clock_and_its_history(self, analyst: Client, sent: UUID) -> None:
        found = page(analyst, f"{DESK}{sent}/")
        assert "Délai" in found
        assert "Pour accuser réception" in found
        assert "Mise en route" in found

    def test_is_acknowledged_asked_answered(self, analyst: Client, sent: UUID) -> None:
        address = f"{DESK}{sent}/"
        analyst.post(f"{address}plea/", {"says": "received"})
        assert get(sent).acknowledged_at is not None
        analyst.post(f"{address}plea/", {"says": "information"})
        assert state_of(sent) is NoticeState.INFO_ASKED
        found = page(analyst, address)
        assert "Suspendu" in found
        assert 'name="text"' in found
        analyst.post(f"{address}reply/", {"text": "C'est la troisième image."})
        assert state_of(sent) is NoticeState.SENT
        analyst.post(f"{address}plea/", {"says": Impediment.IMPOSSIBLE.value})
        assert state_of(sent) is NoticeState.HINDERED
        analyst.post(f"{address}reply/", {"text": ""})
        assert state_of(sent) is NoticeState.SENT
        wrong = analyst.post(f"{address}plea/", {"says": "nothing"})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_is_held_and_let_go(self, analyst: Client, sent: UUID) -> None:
        address = f"{DESK}{sent}/"
        until = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        analyst.post(f"{address}hold/", {"until": until, "reason": "police", "whole": "on"})
        assert Hold.objects.get().notice_id is None
        assert "En attente : rien n’est envoyé".replace(" :", "\u00a0:") in page(analyst, address)
        analyst.post(f"{address}lift/")
        assert Hold.objects.get().ended_at is not None
        past = {"until": "2020-01-01T10:00", "reason": "police"}
        wrong = analyst.post(f"{address}hold/", past)
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        analyst.post(f"{address}hold/", {"until": until, "reason": "doubt"})
        assert Hold.objects.get(ended_at=None).notice_id == sent

    def test_is_taken_up_the_ladder(self, analyst: Client, sent: UUID) -> None:
        address = f"{DESK}{sent}/"
        Notice.objects.filter(id=sent).update(ran_out_at=now(), due_at=None, proposed="upstream")
        network = another_contact("Réseau", "abuse@reseau.example")
        assert "abuse@reseau.example" in page(analyst, address)
        wrong = analyst.post(f"{address}climb/", {"rung": "upstream"})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        answer = analyst.post(f"{address}climb/", {"rung": "upstream", "contact": str(network)})
        following = Notice.objects.get(follows_id=sent)
        assert answer.headers["Location"].endswith(f"{following.id}/")
        assert get(sent).number in page(analyst, f"{DESK}{following.id}/")
        analyst.post(f"{address}climb/", {"rung": "police"})
        assert Told.objects.get().on_rung is Rung.POLICE

    def test_says_who_stands_above_and_keeps_who_is_known(
        self, analyst: Client, sent: UUID
    ) -> None:
        address = f"{DESK}{sent}/"
        network = another_contact("Réseau", "abuse@reseau.example")
        assert "inconnu" in page(analyst, address)
        given = {"known-rung": "upstream", "known-contact": ""}
        wrong = analyst.post(f"{address}know/", given)
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        kept = r'<input[^>]*name="known-rung"[^>]*value="upstream"[^>]*checked'
        assert re.search(kept, wrong.text)
        given["known-contact"] = str(uuid4())
        refused = analyst.post(f"{address}know/", given)
        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "deux personnes" in refused.text
        given["known-contact"] = str(network)
        assert analyst.post(f"{address}know/", given).headers["Location"] == address
        assert queries.known_rungs(get(sent)) == {Rung.UPSTREAM: network}
        (above, *_rest) = queries.rungs_above(get(sent))
        assert "abuse@reseau.example" in above.who

    def test_takes_down_an_objection(self, analyst: Client, sent: UUID) -> None:
        address = f"{DESK}{sent}/"
        analyst.post(f"{address}object/", {"contester": "author", "grounds": GROUNDS})
        assert Contest.objects.get().via == "hand"
        assert "Cette notification est contestée" in page(analyst, address)
        wrong = analyst.post(f"{address}object/", {"contester": "author"})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_is_closed_in_the_words_of_the_database(self, analyst: Client, sent: UUID) -> None:
        given = {"outcome": "geo-blocked", "account": "suspended", "impediment": "", "at": ""}
        analyst.post(f"{DESK}{sent}/outcome/", given)
        assert state_of(sent) is NoticeState.ANSWERED
        assert "DECISION_VISIBILITY_CONTENT_DISABLED" in page(analyst, f"{DESK}{sent}/")

    def test_leaves_at_once_when_it_is_asked(self, analyst: Client) -> None:
        notice_id = make_notice(offence="hate-incitement")
        analyst.post(f"{DESK}{notice_id}/send/", {"at_once": "1"})
        leave_at = get(notice_id).leave_at
        assert leave_at is not None
        assert leave_at <= now()


class TestAnAnswer:
    def test_is_read_and_settled(self, analyst: Client, sent: UUID) -> None:
        answer_id = make_answer(sent)
        assert get(sent).number in page(analyst, f"{DESK}answers/")
        found = page(analyst, f"{DESK}answers/{answer_id}/")
        assert "The content has been removed." in found
        assert '<option value="removed" selected>' in found
        assert state_of(sent) is NoticeState.SENT
        given = {f"{sent}-means": "disabled", f"{sent}-account": "terminated"}
        analyst.post(f"{DESK}answers/{answer_id}/", given)
        assert get(sent).came_of_it is Outcome.DISABLED
        assert "Traitée" in page(analyst, f"{DESK}answers/{answer_id}/")

    @pytest.mark.parametrize(
        ("means", "state"),
        [
            ("", NoticeState.SENT),
            ("received", NoticeState.SENT),
            ("information", NoticeState.INFO_ASKED),
            ("plea:manifest-error", NoticeState.HINDERED),
            ("refused", NoticeState.REFUSED),
            ("objects", NoticeState.SENT),
        ],
    )
    def test_may_mean_anything(
        self, analyst: Client, sent: UUID, means: str, state: NoticeState
    ) -> None:
        answer_id = make_answer(sent)
        analyst.post(f"{DESK}answers/{answer_id}/", {f"{sent}-means": means})
        assert state_of(sent) is state
        assert Answer.objects.get().settled_at is not None

    def test_of_nonsense_is_refused(self, analyst: Client, sent: UUID) -> None:
        answer_id = make_answer(sent)
        wrong = analyst.post(f"{DESK}answers/{answer_id}/", {f"{sent}-means": "burnt"})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_that_nobody_recognised_is_given_its_notice(self, analyst: Client, sent: UUID) -> None:
        answer_id = answering.receive_mail(inbound=read_mail(make_mail()), by=SYSTEM)
        address = f"{DESK}answers/{answer_id}/"
        assert 'name="number"' in page(analyst, address)
        analyst.post(f"{address}attach/", {"number": "N-nothing"})
        assert Answer.objects.get().notice_id is None
        analyst.post(f"{address}attach/", {"number": get(sent).number.lower()})
        assert Answer.objects.get().notice_id == sent

    def test_stands_without_its_words_once_they_are_erased(
        self, analyst: Client, sent: UUID
    ) -> None:
        answer_id = make_answer(sent)
        forget([answer_id])
        Answer.objects.update(sealed=b"")
        assert "effacé" in page(analyst, f"{DESK}answers/{answer_id}/")


class TestAnObjection:
    def test_is_decided_by_someone_else(self, analyst: Client, sent: UUID) -> None:
        contest_id = make_contest(sent)
        address = f"{DESK}contests/{contest_id}/"
        assert get(sent).number in page(analyst, f"{DESK}contests/")
        assert GROUNDS in page(analyst, address)
        wrong = analyst.post(address, {"ruling": "upheld", "reasons": "Oui."})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        empty = analyst.post(address)
        assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        analyst.post(address, {"ruling": "rejected", "reasons": "L’infraction est constituée."})
        assert Contest.objects.get().came_of_it is Ruling.REJECTED
        assert "L’infraction est constituée." in page(analyst, address)
        assert "maintenue" in page(analyst, f"{DESK}contests/")

    def test_is_not_decided_by_the_first(self, client: Client, office: Postmaster) -> None:
        account = make_account("analyst")
        sign_in(client, account)
        notice_id = make_sent(office)
        Notice.objects.update(drafted_by=str(account.pk))
        contest_id = make_contest(notice_id)
        address = f"{DESK}contests/{contest_id}/"
        assert 'name="ruling"' not in page(client, address)
        answer = client.post(address, {"ruling": "rejected", "reasons": "x" * 40})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert Contest.objects.get().came_of_it is None

    def test_stands_without_its_words_once_they_are_erased(
        self, analyst: Client, sent: UUID
    ) -> None:
        contest_id = make_contest(sent)
        forget([contest_id])
        Contest.objects.update(sealed=b"")
        assert "effacé" in page(analyst, f"{DESK}contests/{contest_id}/")


class TestRecipients:
    def test_are_shown_with_their_times(self, analyst: Client, sent: UUID) -> None:
        sent_at = get(sent).sent_at
        assert sent_at is not None
        ending.record_outcome(
            notice_id=sent, outcome=Outcome.REMOVED, at=sent_at + timedelta(hours=5), by=ANALYST
        )
        found = page(analyst, f"{DESK}recipients/")
        assert "Hébergeur Exemple" in found
        assert "5\N{NO-BREAK SPACE}h" in found
        assert "Hébergeur Exemple" not in page(
            analyst, f"{DESK}recipients/?since=2020-01-01&until=2020-01-31"
        )
        assert page(analyst, f"{DESK}recipients/?since=nonsense")

    def test_have_customs_that_the_head_alone_sets(self, client: Client) -> None:
        contact_id = make_contact(make_host())
        address = f"{DESK}recipients/{contact_id}/"
        sign_in(client, make_account("analyst"))
        assert "Arcom" in page(client, address)
        assert 'name="most_items"' not in page(client, address)
        assert client.post(address, {"most_items": "3"}).status_code == HTTPStatus.FORBIDDEN
        sign_in(client, make_account("hotline_lead"))
        client.post(address, {"most_items": "3", "climbs_alone": ["upstream"]})
        own = OwnCustoms.objects.get()
        assert (own.most_items, own.climbs_alone) == (3, ["upstream"])
        wrong = client.post(address, {"most_items": "3", "quiet_begins": "20:00"})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
