"""A cluster is used only where it is safe; what is sent is plain, and a lost node loses nothing."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from balise.foundation import cluster as seam
from balise.foundation.cluster import (
    Bounds,
    Cluster,
    ClusterFailed,
    Question,
    TaskRefused,
    checked,
    cluster,
    lacks,
)
from balise.foundation.held import Held
from tests import cluster_works, temporary
from tests.ray_nodes import Nodes, secured
from tests.waiting import let_pass

BOUNDS = Bounds(seconds=20, memory=200_000_000)


@pytest.fixture
def safe(tmp_path: Path) -> dict[str, str]:
    """Return variables with which nothing is missing."""
    files = {name: tmp_path / name for name in ("RAY_AUTH_TOKEN_PATH", *seam.CERTIFICATES)}
    for file in files.values():
        file.write_text("something")
    named = {name: str(file) for name, file in files.items()}
    return {"RAY_AUTH_MODE": "token", "RAY_USE_TLS": "1", **named}


class TestLacks:
    def codes(self, variables: dict[str, str], address: str = "10.0.0.4:6379") -> set[str]:
        return {lack.code for lack in lacks(address, variables)} - {"library"}

    def test_nothing_with_a_token_and_certificates(self, safe: dict[str, str]) -> None:
        assert self.codes(safe) == set()
        assert self.codes(safe | {"RAY_AUTH_TOKEN": "x", "RAY_AUTH_TOKEN_PATH": ""}) == set()
        assert self.codes(safe, "[fd00::2]:6379") == set()

    def test_everything_where_nothing_is_said(self) -> None:
        assert self.codes({}) == {"token", "tls"}

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"RAY_AUTH_MODE": ""}, "token"),
            ({"RAY_AUTH_MODE": "disabled"}, "token"),
            ({"RAY_AUTH_TOKEN_PATH": "/nowhere"}, "token"),
            ({"RAY_AUTH_TOKEN_PATH": ""}, "token"),
            ({"RAY_USE_TLS": "0"}, "tls"),
            ({"RAY_TLS_CA_CERT": "/nowhere"}, "tls"),
            ({"RAY_TLS_SERVER_KEY": ""}, "tls"),
        ],
    )
    def test_one_thing(self, safe: dict[str, str], wrong: dict[str, str], code: str) -> None:
        assert self.codes(safe | wrong) == {code}

    def test_an_empty_token_is_none(self, safe: dict[str, str]) -> None:
        Path(safe["RAY_AUTH_TOKEN_PATH"]).write_text("\n")
        assert self.codes(safe) == {"token"}

    @pytest.mark.parametrize(
        "address", ["auto", "local", "ray://10.0.0.4:10001", "10.0.0.4", "a b:1"]
    )
    def test_an_address_is_a_host_and_a_port(self, safe: dict[str, str], address: str) -> None:
        assert self.codes(safe, address) == {"address"}

    def test_the_library(self, safe: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(seam, "find_spec", lambda _name: None)
        assert {lack.code for lack in lacks("10.0.0.4:6379", safe)} == {"library"}

    def test_nothing_is_asked_of_a_cluster_that_is_not_safe(self) -> None:
        with pytest.raises(ClusterFailed, match=r"Install balise|without a token"), cluster("a:1"):
            pass


class TestWhatIsSent:
    def test_ids_codes_numbers_and_dates(self) -> None:
        document = {
            "name": "archive/hotline/2026-03/hotline.report.received-5f0c.parquet",
            "id": str(uuid4()),
            "on": date(2026, 3, 1).isoformat(),
            "numbers": [1, -2, 2.5, None, True, (3,)],
        }
        assert checked(document) is document

    @pytest.mark.parametrize(
        "word",
        [
            "two words",
            "https://example.org/?q=1",
            "someone@example.org",
            "é",
            "x" * 301,
            ["a", {"b": "c d"}],
            {"a key": 1},
            {1},
            b"octets",
            date(2026, 3, 1),
            object(),
        ],
    )
    def test_nothing_else(self, word: Any) -> None:
        with pytest.raises(ValueError, match="cluster"):
            checked(word)


class TestNodes:
    def test_where_none_takes_tasks_it_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Idle:
            """A Ray whose only node has no processor to give, and another is lost."""

            def nodes(self) -> list[dict[str, Any]]:
                return [
                    {"Alive": True, "Resources": {"memory": 1.0}},
                    {"Alive": False, "Resources": {"CPU": 2.0}},
                ]

        monkeypatch.setattr(seam, "_NOBODY", 0.05)
        monkeypatch.setattr(seam, "_LOOK", 0.1)
        with pytest.raises(ClusterFailed, match="no node that takes tasks"):
            list(Cluster(Idle()).map(cluster_works.wait, [{"seconds": 0}], bounds=BOUNDS))


class Lost(Exception):
    """What Ray raises where a copy does not live."""


class Copy:
    """An actor that answers with its name, is lost, or says nothing: its name tells."""

    def __init__(self, name: str, asked: list[str]) -> None:
        self.name, self._asked = name, asked
        self.answer = self

    def remote(self, _document: bytes, _octets: bytes) -> str:
        """Take a question; return what it will be answered by."""
        self._asked.append(self.name)
        return f"{self.name}/{len(self._asked)}"


class Copies:
    """A Ray that has actors and no nodes."""

    exceptions = SimpleNamespace(RayError=Lost)

    def wait(self, refs: list[str], *, num_returns: int, timeout: float) -> tuple[list[str], None]:
        """Return the first that is not silent."""
        ready = [ref for ref in refs if not ref.startswith("silent")]
        if not ready:
            let_pass(timeout)
        return ready[:num_returns], None

    def get(self, ref: str) -> bytes:
        """Return the answer of a copy."""
        if ref.startswith("lost"):
            raise Lost
        return ref.partition("/")[0].encode()


class TestAsking:
    @pytest.fixture
    def asked(self) -> list[str]:
        """Give the names of the copies that were asked, in their order."""
        return []

    def answers(self, copies: Sequence[Copy], times: int = 1) -> set[bytes | None]:
        reached, question = Cluster(Copies()), Question(copies, {"within": 31}, b"")
        return {reached.ask([question], patience=0.01, seconds=0.05)[0] for _ in range(times)}

    def test_one_copy_is_asked_and_each_in_its_turn(self, asked: list[str]) -> None:
        copies = [Copy("first", asked), Copy("second", asked)]
        assert self.answers(copies, times=60) == {b"first", b"second"}
        assert len(asked) == 60

    @pytest.mark.parametrize("other", ["lost", "silent"])
    def test_where_one_fails_or_is_silent_the_other_answers(
        self, asked: list[str], other: str
    ) -> None:
        copies = [Copy(other, asked), Copy("well", asked)]
        assert self.answers(copies, times=60) == {b"well"}
        assert asked.count(other) <= 1, "it is asked last, from then on"

    @pytest.mark.parametrize("names", [(), ("lost",), ("silent", "lost"), ("silent", "silent")])
    def test_where_none_answers_it_is_said(self, asked: list[str], names: tuple[str, ...]) -> None:
        assert self.answers([Copy(name, asked) for name in names]) == {None}
        assert sorted(asked) == sorted(names)

    @pytest.mark.parametrize("error", [Lost, ConnectionError, RuntimeError])
    def test_where_ray_itself_fails_it_is_said(
        self, asked: list[str], error: type[Exception], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_given: object, **_named: object) -> None:
            raise error

        monkeypatch.setattr(Copies, "wait", fail)
        with pytest.raises(ClusterFailed, match=error.__name__):
            self.answers([Copy("well", asked)])

    def test_only_codes_leave_beside_the_octets(self, asked: list[str]) -> None:
        question = Question([Copy("well", asked)], {"name": "two words"}, b"")
        with pytest.raises(ValueError, match="cluster"):
            Cluster(Copies()).ask([question], patience=1.0, seconds=1.0)
        assert not asked

    def test_what_runs_on_a_node_imports_what_it_holds(self) -> None:
        held = Held("tests.cluster_works", "Holder", b'{"name": "it"}')
        assert held.answer(b'{"within": 31}', b"hashes") == b"it 31 hashes"


@pytest.mark.extra
class TestCluster:
    def test_a_node_that_is_killed_loses_nothing(self, ray_nodes: Nodes) -> None:
        started = ray_nodes.stored / "started"
        tasks = [{"seconds": 1, "started": started.name, "id": n} for n in range(40)]
        nodes: set[int] = set()
        found: list[int] = []
        with cluster(ray_nodes.address) as reached:
            for place, answer in reached.map(cluster_works.wait, tasks, bounds=BOUNDS):
                assert not answer["is_django_there"]
                assert answer["knows"] == ["BALISE_STORAGE"]
                found.append(place)
                nodes.add(answer["node"])
                if 0 not in nodes and answer["node"] in ray_nodes.last():
                    let_pass(0.5)  # it is in the middle of its next task
                    ray_nodes.kill_one()
                    nodes.add(0)
        assert len(nodes) == 4, "three nodes worked, and one was killed"
        assert sorted(found) == list(range(40))
        assert len(started.read_text()) > 40, "a task was begun again"

    def test_what_a_task_may_use_is_bounded(self, ray_nodes: Nodes) -> None:
        with cluster(ray_nodes.address) as reached:
            short = Bounds(seconds=1, memory=BOUNDS.memory)
            with pytest.raises(TaskRefused, match="time"):
                list(reached.map(cluster_works.wait, [{"seconds": 30}], bounds=short))
            with pytest.raises(TaskRefused, match="odd"):
                list(reached.map(cluster_works.refuse, [{"code": "odd"}], bounds=BOUNDS))
            with pytest.raises(ClusterFailed, match="ZeroDivisionError"):
                list(reached.map(cluster_works.fail, [{}], bounds=BOUNDS))
            with pytest.raises(ClusterFailed, match="WorkerCrashedError"):
                list(reached.map(cluster_works.end, [{}], bounds=BOUNDS))
            with pytest.raises(ValueError, match="leave"):
                list(reached.map(cluster_works.refuse, [{"code": "a word"}], bounds=BOUNDS))

    def test_more_memory_than_any_node_has(
        self, ray_nodes: Nodes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(seam, "_OVERTIME", 3.0)
        with cluster(ray_nodes.address) as reached:
            much = Bounds(seconds=1, memory=10**13)
            with pytest.raises(ClusterFailed, match=r"10000\.0 GB"):
                list(reached.map(cluster_works.wait, [{"seconds": 0}], bounds=much))

    def test_another_token_is_refused(self, ray_nodes: Nodes, tmp_path: Path) -> None:
        other = tmp_path / "token"
        other.write_text("0" * 64)
        asked = (
            "from balise.foundation.cluster import cluster\n"
            f"with cluster({ray_nodes.address!r}): print('let', 'in')"
        )
        variables = temporary.environment() | ray_nodes.variables
        refused = _python(asked, variables | {"RAY_AUTH_TOKEN_PATH": str(other)})
        assert "let in" not in refused
        assert "is the token the same" in refused

    def test_a_certificate_of_another_authority_is_refused(
        self, ray_nodes: Nodes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("RAY_TLS_CA_CERT", secured(tmp_path)["RAY_TLS_CA_CERT"])
        with pytest.raises(ClusterFailed, match="No TLS"), cluster(ray_nodes.address):
            pass

    def test_nobody_answers(self, ray_nodes: Nodes) -> None:
        with (
            pytest.raises(ClusterFailed, match="No Ray cluster answers"),
            cluster(f"127.0.0.1:{temporary.free_port()}"),
        ):
            pass


def _python(code: str, variables: dict[str, str]) -> str:
    """Return what Python says of some code in a process of its own."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], env=variables, check=False, capture_output=True, text=True
    )
    return done.stdout + done.stderr
