"""The banks where nodes of Ray hold the segments (`make test-extras`): what is banked is found.

Ray ends a process whose own node dies. What it said until then is right, and one that is started
after it finds the node again.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests import temporary
from tests.ray_nodes import SOON, Nodes
from tests.waiting import until

from balise.foundation.cluster import cluster
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.actions.looking import look_up, look_up_quickly
from balise.hotline.matching.banks.memory import searching
from balise.hotline.matching.banks.memory.searching import Known
from balise.hotline.matching.banks.rules.deciding import Rule
from balise.hotline.matching.banks.tests.makers import ANALYST, make_entry, make_signal
from balise.hotline.matching.banks.tests.test_on_a_cluster import until_merged
from balise.hotline.matching.index import spread
from balise.hotline.matching.index.spread import SpreadIndex

pytestmark = [pytest.mark.extra, pytest.mark.django_db(transaction=True)]

PATIENCE = 60.0  # seconds of a question: a busy machine is no lost node


@pytest.fixture
def known(
    ray_nodes: Nodes, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Known]:
    """Give what this process knows of the banks, as `BALISE_RAY` lets it."""
    settings.RAY, settings.STORAGE = ray_nodes.address, str(ray_nodes.stored)
    monkeypatch.setattr("balise.hotline.matching.index.local.MERGE_AT", 1)
    monkeypatch.setattr(spread, "SECONDS", PATIENCE)
    made = Known(tmp_path / "index")
    monkeypatch.setattr(searching, "known", lambda: made)
    with cluster(ray_nodes.address) as joined:
        monkeypatch.setattr(spread, "_joined", lambda _address: joined)
        yield made
        for name in joined.held():
            joined.release(name)


def held(known: Known) -> SpreadIndex:
    """Return the index, once its nodes hold all that was banked."""
    known.refresh(at_once=True)
    until_merged(known)
    assert isinstance(known._index, SpreadIndex)
    assert known._index.segments
    return known._index


def test_what_is_banked_is_found_until_it_is_withdrawn(known: Known) -> None:
    entries = make_entry(make_signal(1))
    held(known)
    asked = look_up(signals=[make_signal(1)], by=ANALYST)
    assert (asked.is_known, [hit.entry for hit in asked.hits]) == (True, entries)
    assert look_up_quickly(signals=[make_signal(2)], by=ANALYST).verdict is None

    keeping.withdraw(entries=entries, by=ANALYST)
    for look in (look_up, look_up_quickly):
        answer = look(signals=[make_signal(1)], by=ANALYST)
        assert (answer.hits, answer.verdict, answer.is_partial) == ((), None, False)


def test_what_no_node_holds_is_said_and_never_no_match(
    known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_entry(make_signal(1))
    index = held(known)
    monkeypatch.setattr(spread, "_AGAIN", float("inf"))  # it is not placed again meanwhile
    monkeypatch.setattr(spread, "SECONDS", 2.0)
    for name in index.segments:
        index._cluster.release(name)
    for look in (look_up, look_up_quickly):
        answer = look(signals=[make_signal(1)], by=ANALYST)
        assert answer.verdict is not None
        assert (answer.is_partial, answer.verdict.rule) == (True, Rule.PARTIAL)

    monkeypatch.setattr(spread, "_AGAIN", 0.0)
    monkeypatch.setattr(spread, "SECONDS", PATIENCE)
    until(lambda: look_up(signals=[make_signal(1)], by=ANALYST).is_known)


# As a process that serves pages: it joins by its own node, and is asked again and again.
ASKING = """
import sys
from pathlib import Path
import numpy as np
from balise.foundation.cluster import ClusterFailed, cluster
from balise.foundation.stored import Folder
from balise.hotline.matching.index.spread import SpreadIndex
folder, stored, address = sys.argv[1:]
one, asked = np.array([7], np.uint32), np.zeros((1, 4), np.uint64)
with cluster(address) as joined:
    index = SpreadIndex(Path(folder), joined, Folder(Path(stored)))
    index.add(one, asked)
    index.merge()
    while True:
        try:
            answers = index.search(asked)
        except ClusterFailed:
            sys.exit("it is said")
        if len(answers.found[0].ids):
            print("found", flush=True)
        elif not answers.missing:
            print("no match", flush=True)
"""


@pytest.fixture
def own(ray_nodes: Nodes) -> Iterator[Nodes]:
    """Give nodes of another cluster, of which none runs yet; the token is that of all tests."""
    with temporary.folder() as folder, ExitStack() as stack:
        made = Nodes(folder, stack)
        made.variables = ray_nodes.variables
        yield made
        made.kill_all()


def test_one_whose_own_node_dies_never_says_no_match(own: Nodes, tmp_path: Path) -> None:
    own.complete()
    command = [sys.executable, "-c", ASKING, str(tmp_path / "index"), str(own.stored), own.address]
    with subprocess.Popen(  # noqa: S603
        command,
        env=temporary.environment()
        | own.variables
        | SOON
        | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    ) as asking:
        assert asking.stdout is not None
        assert asking.stdout.readline() == "found\n"
        own.kill_all()
        said = {line.strip() for line in asking.stdout}  # some of it is Ray's
        assert asking.wait() != 0
    assert "no match" not in said


def test_one_that_starts_without_its_node_joins_once_it_is_there(
    own: Nodes,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.RAY, settings.STORAGE = own.address, str(own.stored)
    monkeypatch.setattr("balise.hotline.matching.index.local.MERGE_AT", 1)
    monkeypatch.setattr(spread, "SECONDS", PATIENCE)
    made = Known(tmp_path / "index")
    monkeypatch.setattr(searching, "known", lambda: made)
    make_entry(make_signal(1))
    with ExitStack() as stack:
        joined = cache(lambda address: stack.enter_context(cluster(address)))
        monkeypatch.setattr(spread, "_joined", joined)
        answer = look_up(signals=[make_signal(1)], by=ANALYST)
        assert answer.verdict is not None
        assert (answer.is_partial, answer.verdict.rule) == (True, Rule.PARTIAL)

        own.complete()
        monkeypatch.setattr(made, "_away_until", float("-inf"))
        made.expire()
        held(made)
        assert look_up(signals=[make_signal(1)], by=ANALYST).is_known
