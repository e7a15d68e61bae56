"""Look-ups where a cluster holds the segments: one that fails is never "no match", nor an error."""

import logging
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings
from tests.waiting import until

from balise.foundation.cluster import ClusterFailed
from balise.hotline.matching.banks.actions.looking import look_up
from balise.hotline.matching.banks.memory import searching
from balise.hotline.matching.banks.memory.searching import Known
from balise.hotline.matching.banks.rules.deciding import Rule
from balise.hotline.matching.banks.tests.makers import (
    ANALYST,
    make_bank,
    make_entry,
    make_signal,
    make_value,
)
from balise.hotline.matching.index import spread
from balise.hotline.matching.index.local import LocalIndex
from balise.hotline.matching.index.spread import SpreadIndex
from balise.hotline.matching.index.tests.test_spread import Nearby

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "10.0.0.4:6379"


class Joining:
    """A cluster that is joined, or cannot be."""

    def __init__(self) -> None:
        self.nearby, self.is_lost, self.tries = Nearby(), False, 0

    def __call__(self, address: str) -> Nearby:
        """Join it."""
        assert address == ADDRESS
        self.tries += 1
        if self.is_lost:
            raise ClusterFailed("No Ray cluster answers.")
        return self.nearby


@pytest.fixture
def joining(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Joining:
    """Give the cluster that the settings name."""
    settings.RAY, settings.STORAGE = ADDRESS, str(tmp_path)
    monkeypatch.setenv("BALISE_STORAGE", str(tmp_path))
    monkeypatch.setattr("balise.hotline.matching.index.local.MERGE_AT", 1)
    made = Joining()
    monkeypatch.setattr(spread, "_joined", made)
    return made


@pytest.fixture
def known(joining: Joining, tmp_path: Path) -> Known:
    """Give what a process knows of the banks, in a folder of its own."""
    return Known(tmp_path / "index")


@pytest.fixture
def held(known: Known) -> list[int]:
    """Return the entries of a hash that nodes hold."""
    entries = make_entry(make_signal(1))
    known.refresh(at_once=True)
    until_merged(known)
    assert known.search([make_value(1)]).found[0].ids.tolist() == entries
    return entries


def until_merged(known: Known) -> None:
    """Wait for the thread that merges."""
    until(lambda: not known._is_merging)


def test_the_nodes_are_asked(known: Known, held: list[int], joining: Joining) -> None:
    assert type(known._index) is SpreadIndex
    (segment,) = joining.nearby.groups
    joining.nearby.silent = {segment}
    assert known.search([make_value(1)]).missing == (segment,)


def test_without_an_address_no_cluster_is_joined(
    known: Known, joining: Joining, settings: Settings
) -> None:
    settings.RAY = ""
    entries = make_entry(make_signal(1))
    assert known.search([make_value(1)]).found[0].ids.tolist() == entries
    assert type(known._index) is LocalIndex
    assert joining.tries == 0


def test_one_that_cannot_be_joined_is_said_once_and_tried_again_later(
    known: Known,
    joining: Joining,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    entries = make_entry(make_signal(1))
    joining.is_lost = True
    for _time in range(3):
        known.expire()
        assert known.search([make_value(1)]).missing == ("index",)
    assert joining.tries == 1
    monkeypatch.setattr(searching, "AWAY", 0.0)
    known._away_until = 0.0
    known.expire()
    assert known.search([make_value(1)]).missing == ("index",)
    assert warnings(caplog) == [
        "The cluster that holds fingerprints fails: No Ray cluster answers."
    ]

    joining.is_lost = False
    known.expire()
    answers = known.search([make_value(1)])
    assert (answers.found[0].ids.tolist(), answers.missing) == (entries, ())
    assert warnings(caplog)[1:] == ["The cluster that holds fingerprints answers again."]


def test_one_that_fails_is_never_no_match(
    known: Known, held: list[int], joining: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "known", lambda: known)
    whole = joining.nearby.ask
    monkeypatch.setattr(joining.nearby, "ask", failing)
    for _time in range(2):
        answer = look_up(signals=[make_signal(1)], by=ANALYST)
        assert answer.verdict is not None
        assert (answer.is_partial, answer.verdict.rule) == (True, Rule.PARTIAL)

    monkeypatch.setattr(joining.nearby, "ask", whole)
    known._away_until = 0.0
    assert look_up(signals=[make_signal(1)], by=ANALYST).is_known


def test_a_merge_that_fails_loses_nothing(
    known: Known, held: list[int], joining: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = joining.nearby.hold
    monkeypatch.setattr(joining.nearby, "hold", failing)
    more = make_entry(make_signal(2), bank="known")
    known.refresh(at_once=True)
    until_merged(known)
    assert known.merge() is False
    monkeypatch.setattr(joining.nearby, "hold", whole)
    known._away_until = 0.0
    assert [one.ids.tolist() for one in known.search([make_value(1), make_value(2)]).found] == [
        held,
        more,
    ]
    assert known.merge() is True


def test_one_that_is_made_again_is_held_by_the_nodes(
    known: Known, held: list[int], tmp_path: Path
) -> None:
    (tmp_path / "index" / "mark").unlink()
    known.refresh(at_once=True)
    assert known.search([make_value(1)]).found[0].ids.tolist() == held
    assert type(known._index) is SpreadIndex


def test_an_open_transaction_searches_the_tables_while_it_fails(
    known: Known, joining: Joining
) -> None:
    joining.is_lost = True
    make_bank()
    with transaction.atomic():
        entries = make_entry(make_signal(1), bank="known")
        answers = known.search([make_value(1)])
    assert (answers.found[0].ids.tolist(), answers.missing) == (entries, ())


def failing(*_given: object, **_named: object) -> None:
    raise ClusterFailed("The Ray cluster does not answer.")


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.name == searching.__name__ and record.levelno == logging.WARNING
    ]
