"""A record says the highest risk of its contact; lowering it asks why, and is a fact."""

import re
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.journal.models import Entry
from balise.helpline.console.actions import accepting, passing_on, wrapping
from balise.helpline.console.tests.makers import (
    WORK,
    end_danger,
    make_accepted,
    make_asking,
    make_listener,
    one_taken,
    posts,
)
from balise.helpline.contacts.models import Contact, Fact
from balise.helpline.contacts.rules.forms import FieldWrong
from balise.helpline.contacts.rules.lowering import ReasonNeeded, is_lower
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import dangers, waiting
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import Reason, Risk, Skill
from balise.helpline.queue.rules.dangers import NotADanger

pytestmark = pytest.mark.django_db

KIND = "information"


def lowered() -> list[dict[str, object]]:
    rows = Entry.objects.filter(event="helpline.contact.risk-lowered").order_by("id")
    return [dict(one.facts) for one in rows]


@pytest.mark.parametrize(
    ("risk", "than", "lower"),
    [("F", "A", True), ("F", "E", True), ("B", "A", True), ("A", "B", False), ("D", "D", False)],
)
def test_not_judged_is_lower_than_all(risk: str, than: str, lower: bool) -> None:
    assert is_lower(Risk(risk), than=Risk(than)) is lower


class TestWhoIsThere:
    def test_two_judged_a_and_nobody_says_more_so_it_stays_a(self) -> None:
        listener = make_listener()
        one = make_accepted(listener)
        waiting.judge_risk(item_id=one.item, risk=Risk.A, by=listener)
        end_danger(one.item, first=listener, second=make_actor("helpline_lead"))
        assert one.contact is not None
        wrapping.wrap_up(item_id=one.item, contact_id=one.contact, contact_type=KIND, by=listener)
        assert (Fact.objects.get().risk, Contact.objects.get().risk) == ("A", "A")
        assert not lowered()

    def test_lower_without_a_reason_is_refused_and_with_one_it_is_a_fact(self) -> None:
        listener = make_listener()
        one = make_accepted(listener)
        assert one.contact is not None
        waiting.judge_risk(item_id=one.item, risk=Risk.B, by=listener)
        wrap_up = partial(
            wrapping.wrap_up,
            item_id=one.item,
            contact_id=one.contact,
            contact_type=KIND,
            risk=Risk.D,
            by=listener,
        )
        for reason, refusal in (("", ReasonNeeded), ("because", FieldWrong)):
            with pytest.raises(refusal):
                wrap_up(lowered=reason)
        assert Contact.objects.get().closed_at is None
        wrap_up(lowered="joke", lowered_words="Une chanson.")
        assert lowered() == [{"before": "B", "after": "D", "reason": "joke"}]
        assert Fact.objects.get().risk == "D"
        assert b"chanson" not in bytes(Contact.objects.get().sealed_body)
        assert "chanson" not in str(list(Entry.objects.values_list("facts_text")))

    def test_what_words_raised_counts_until_a_listener_corrects_it(self) -> None:
        listener, begun = make_listener(), make_asking()
        saying.say(token=begun.token, text="je veux mourir ce soir", client_id=uuid4())
        item = Item.objects.get()
        since = item.queued_at
        assert queue.worst_about(begun.id, since=since) is Risk.A
        dangers.set_aside(item_id=item.id, why=NotADanger.GAME, by=make_actor("helpline_lead"))
        waiting.judge_risk(item_id=item.id, risk=Risk.C, by=listener)
        assert queue.worst_about(begun.id, since=since) is Risk.C

    def test_it_counts_over_a_transfer(self) -> None:
        listener, other = make_listener(), make_listener(Skill.LAWYER)
        one = make_accepted(listener)
        waiting.judge_risk(item_id=one.item, risk=Risk.A, by=listener)
        end_danger(one.item, first=listener, second=make_actor("helpline_lead"))
        passing_on.transfer(item_id=one.item, brief="A.", skill=Skill.LAWYER, by=listener)
        again = accepting.accept(item_id=one.item, by=other)
        assert again is not None
        assert again.contact is not None
        with pytest.raises(ReasonNeeded):
            wrapping.wrap_up(
                item_id=one.item,
                contact_id=again.contact,
                contact_type=KIND,
                risk=Risk.C,
                by=other,
            )


class TestWhoHasGone:
    def test_an_hour_later_someone_else_finds_a_and_lowering_asks_why(self) -> None:
        listener, lead = make_listener(), make_actor("helpline_lead")
        begun = make_asking()
        saying.be_in_danger(token=begun.token)
        one = accepting.accept(by=listener)
        assert one is not None
        assert one.contact is not None
        passing.end_own(token=begun.token)
        waiting.withdraw(item_id=one.item, reason=Reason.LEFT)
        with clock.at(clock.now() + timedelta(hours=1)):
            wrapping.take_over(contact_id=one.contact, by=lead)
            with pytest.raises(ReasonNeeded):
                wrapping.finish_record(
                    contact_id=one.contact, contact_type=KIND, risk=Risk.E, by=lead
                )
            wrapping.finish_record(contact_id=one.contact, contact_type=KIND, by=lead)
        assert Fact.objects.get().risk == "A"

    def test_what_came_before_this_contact_is_another_one(self) -> None:
        listener = make_listener()
        one = make_accepted(listener)
        assert one.contact is not None
        waiting.judge_risk(item_id=one.item, risk=Risk.A, by=listener)
        wrapping.wrap_up(item_id=one.item, contact_id=one.contact, contact_type=KIND, by=listener)
        assert queue.worst_about(one.subject, since=clock.now()) is Risk.F


@pytest.mark.usefixtures("listener")
def test_the_page_asks_why_and_keeps_what_was_typed(client: Client) -> None:
    item = one_taken(client)
    page = f"{WORK}{item.id}/"
    assert "wrap-lowered" not in client.get(page).text
    client.post(f"/staff/helpline/wallboard/{item.id}/risk/", {"risk": "B"})
    shown = client.get(page).text
    assert 'data-lowering="B"' in shown
    assert 'name="wrap-lowered"' in shown
    given = {
        "record-contact_type": KIND,
        "record-risk": "D",
        "record-place": "school",
        "wrap-lowered_words": "Mes mots.",
    }
    answer = client.post(f"{posts(page)}wrap-up/", given)
    assert answer.status_code == 422
    assert "Mes mots." in answer.text
    assert re.search(r'name="record-place" value="school"[^>]* checked', answer.text)
    assert (
        client.post(f"{posts(page)}wrap-up/", given | {"wrap-lowered": "resolved"}).status_code
        == 302
    )
    assert lowered()[0]["reason"] == "resolved"
