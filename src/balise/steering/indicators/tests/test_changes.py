"""Breaks and targets: noted, changed, removed, written down; and their pages."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from importlib import import_module
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.indicators import IndicatorUnknown
from balise.steering.indicators import actions
from balise.steering.indicators.models import Break, Target
from balise.steering.indicators.rules.refusals import ConcernsNothing, ValueFaulty
from balise.steering.indicators.tests.orchard import STAFF

pytestmark = pytest.mark.django_db

PAGE = "/staff/steering/indicators/"
WIDER = {"on": date(2023, 2, 8), "name_fr": "7 j/7", "name_en": "Every day"}
AIM = {"indicator": "PICK-N", "plan": "2023-2026", "objective": "9", "year": 2024}


def told(event: str) -> dict[str, object]:
    return dict(Entry.objects.get(event=event).facts)


class TestActions:
    def test_a_break_is_noted_changed_and_removed(self) -> None:
        made = actions.note_break(**WIDER, lines=["orchard"], by=STAFF)  # type: ignore[arg-type]
        assert told("steering.break.noted")["lines"] == "orchard"

        changed = {**WIDER, "on": date(2023, 2, 9)}
        actions.change_break(break_id=made, **changed, indicators=["TREES"], by=STAFF)  # type: ignore[arg-type]
        assert told("steering.break.changed")["was_on"] == "2023-02-08"
        assert Break.objects.get().indicators == ["TREES"]

        actions.remove_break(break_id=made, by=STAFF)
        assert told("steering.break.removed")["on"] == "2023-02-09"
        assert not Break.objects.exists()

    def test_a_target_is_set_set_again_and_removed(self) -> None:
        made = actions.set_target(**AIM, value=Decimal(80), by=STAFF)  # type: ignore[arg-type]
        actions.set_target(**AIM, value=Decimal(90), by=STAFF)  # type: ignore[arg-type]
        assert Target.objects.get().value == 90
        actions.remove_target(target_id=made, by=STAFF)
        assert told("steering.target.removed")["indicator"] == "PICK-N"

    @pytest.mark.parametrize(
        "act",
        [
            lambda: actions.note_break(**WIDER, lines=["orchard"], by=ANYONE),  # type: ignore[arg-type]
            lambda: actions.change_break(break_id=uuid4(), **WIDER, by=ANYONE),  # type: ignore[arg-type]
            lambda: actions.remove_break(break_id=uuid4(), by=ANYONE),
            lambda: actions.set_target(**AIM, value=Decimal(1), by=ANYONE),  # type: ignore[arg-type]
            lambda: actions.remove_target(target_id=uuid4(), by=ANYONE),
        ],
    )
    def test_who_may_not_is_refused(self, act: Callable[[], object]) -> None:
        with pytest.raises(PermissionDenied):
            act()
        assert not Entry.objects.exists()

    def test_what_makes_no_sense_is_refused(self) -> None:
        with pytest.raises(ConcernsNothing):
            actions.note_break(**WIDER, by=STAFF)  # type: ignore[arg-type]
        with pytest.raises(ConcernsNothing):
            actions.note_break(**WIDER, lines=["nowhere"], by=STAFF)  # type: ignore[arg-type]
        with pytest.raises(IndicatorUnknown):
            actions.note_break(**WIDER, indicators=["NOTHING"], by=STAFF)  # type: ignore[arg-type]
        with pytest.raises(ValueFaulty):
            actions.set_target(**AIM, value=Decimal(0), by=STAFF)  # type: ignore[arg-type]
        with pytest.raises(NotHere):
            actions.remove_break(break_id=uuid4(), by=STAFF)


class TestPages:
    def test_anyone_and_another_role_are_kept_out(self, client: Client) -> None:
        assert "/staff/account/" in client.get(PAGE).headers["Location"]
        sign_in(client, make_account("analyst"))
        assert client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
        assert client.get(f"{PAGE}breaks/add/").status_code == HTTPStatus.FORBIDDEN

    def test_steering_notes_a_break_and_takes_it_back(self, client: Client) -> None:
        sign_in(client, make_account("steering"))
        typed = {"on": "2023-02-08", "name_fr": "7 j/7", "name_en": "Every day"}
        refused = client.post(f"{PAGE}breaks/add/", typed)
        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Every day" in refused.text

        client.post(f"{PAGE}breaks/add/", {**typed, "lines": ["orchard"]})
        row = Break.objects.get()
        assert "Every day" in client.get(PAGE).text
        assert "Every day" in client.get(f"{PAGE}breaks/{row.id}/").text
        client.post(f"{PAGE}breaks/{row.id}/remove/")
        assert not Break.objects.exists()

    def test_steering_sets_a_target_and_takes_it_back(self, client: Client) -> None:
        sign_in(client, make_account("steering"))
        client.post(f"{PAGE}targets/add/", {**AIM, "value": "80"})
        row = Target.objects.get()
        assert "2023-2026" in client.get(PAGE).text
        client.post(f"{PAGE}targets/{row.id}/remove/")
        assert not Target.objects.exists()


@pytest.mark.parametrize(("event", "breaks"), [("helpline.topic.met", ["HEL-TOPIC"]), ("", [])])
def test_a_centre_that_counted_topics_says_when_grave_ones_became_cases(
    event: str, breaks: list[str]
) -> None:
    if event:
        Entry.objects.create(
            at=clock.now(), line="helpline", event=event, subject=uuid4(), facts_text="{}"
        )
    migration = import_module("balise.steering.indicators.migrations.0002_gravest_topics")
    migration.say_it(apps, SimpleNamespace(connection=connection))
    assert [code for one in Break.objects.all() for code in one.indicators] == breaks
