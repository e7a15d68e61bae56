"""Conversations that are brought in leave what the actions leave, at the moments that are told."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.statistics.testing import left_by
from balise.helpline.contacts.rules.forms import FieldWrong
from balise.helpline.conversations import queries
from balise.helpline.conversations.actions import bringing, passing, saying
from balise.helpline.conversations.actions.bringing import Brought
from balise.helpline.conversations.models import LINE, Conversation, Said
from balise.helpline.conversations.rules import NothingSaid, Side

pytestmark = pytest.mark.django_db

BEGUN = datetime(2023, 3, 4, 16, 40, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return BEGUN + timedelta(minutes=minutes)


def make_brought(**changed: Any) -> Brought:
    said = ((Side.YOUNG, "Bonjour", at(3)), (Side.STAFF, "Bonjour, je t'écoute.", at(4)))
    return Brought(
        **{
            "begun_at": BEGUN,
            "joined_at": at(2),
            "said": said,
            "ended_at": at(38),
            "nickname": "Lou",
            "language": "fr",
            **changed,
        }
    )


def act(one: Brought, by: Actor) -> None:
    with clock.at(one.begun_at):
        begun = saying.begin(nickname=one.nickname, language=one.language, age_band=one.age_band)
    with clock.at(one.joined_at):
        passing.join(conversation_id=begun.id, by=by)
    for side, text, moment in one.said:
        with clock.at(moment):
            if side is Side.YOUNG:
                saying.say(token=begun.token, text=text, client_id=uuid4())
            else:
                saying.answer(conversation_id=begun.id, text=text, client_id=uuid4(), by=by)
    with clock.at(one.ended_at):
        if one.ended_by is Side.YOUNG:
            passing.end_own(token=begun.token)
        else:
            passing.end(conversation_id=begun.id, by=by)


@pytest.mark.parametrize(
    "one",
    [
        make_brought(),
        make_brought(said=(), nickname="", language="", joined_at=BEGUN),
        make_brought(ended_by=Side.STAFF, nickname="L" * 400, age_band="12-14"),
    ],
)
def test_it_leaves_the_same_rows_facts_and_tallies_as_the_actions(one: Brought) -> None:
    by = make_actor("listener")
    by_hand = left_by(lambda: act(one, by), Conversation, Said)
    at_once = left_by(
        lambda: bringing.bring_in(conversations=[(one, by)], by=SYSTEM), Conversation, Said
    )
    assert not [
        line for line in at_once.unlike(by_hand) if "client_id" not in line and line[0] in "+-"
    ][2:]
    assert by_hand.tallies


def test_the_line_reads_it() -> None:
    by = make_actor("listener")
    first, second = bringing.bring_in(
        conversations=[(make_brought(), by), (make_brought(), by)], by=SYSTEM
    )
    assert first != second
    key = key_of_line(LINE, second)
    rows = queries.rows_after({second: 0})[second]
    read = [queries.read(row, second, key) for row in rows]
    assert [one.text for one in read if one.text] == ["Bonjour", "Bonjour, je t'écoute."]


def test_what_the_actions_refuse_brings_nothing_in() -> None:
    by = make_actor("listener")
    for wrong, refusal in (
        (make_brought(said=((Side.YOUNG, "  ", at(3)),)), NothingSaid),
        (make_brought(age_band="99"), FieldWrong),
    ):
        with pytest.raises(refusal):
            bringing.bring_in(conversations=[(make_brought(), by), (wrong, by)], by=SYSTEM)
    with pytest.raises(PermissionDenied):
        bringing.bring_in(conversations=[(make_brought(), make_actor("analyst"))], by=SYSTEM)
    assert not Conversation.objects.exists()
