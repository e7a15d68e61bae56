"""Work on several machines, the nodes of a Ray cluster: functions mapped, objects held.

The library is an extra (`balise[ray]`). A function, or a class, stands at the top of a module that
imports neither settings, tables nor keys; it is given a document. Only ids, codes, numbers and
dates are sent in one: any other word is refused. An object that a node holds is asked with hashes
and answers with ids, as octets. What a node needs beyond that, as the keys of a bucket, stands in
its own environment.
"""

import logging
import os
import re
import secrets
import signal
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate

import orjson

from balise.foundation.held import Asking, Held
from balise.foundation.limited.child import CannotWork

if TYPE_CHECKING:
    from types import FrameType

TOKEN = ("RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH")
CERTIFICATES = ("RAY_TLS_SERVER_CERT", "RAY_TLS_SERVER_KEY", "RAY_TLS_CA_CERT")
LONGEST = 1 << 26  # octets of an answer
_RETRIES = 3  # of a task whose node was lost
_GREETING = 5.0  # seconds for a cluster to answer
_NOBODY = 30.0  # seconds without any node that takes tasks
_OVERTIME = 60.0  # seconds beyond those of a task: a worker starts, a lost node is noticed
_LOOK = 2.0  # seconds between two looks at the nodes
_SPACE = "balise"  # of the names of what is held
_SHARE = 0.01  # of a processor that holding takes: a node that gives none holds nothing
_ADDRESS = re.compile(r"(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\]):(?P<port>[0-9]{1,5})")
_WORD = re.compile(r"[A-Za-z0-9_.:/+-]{0,300}")

type Document = Any  # what JSON can say
type Work = Callable[[Document], Document]


class ClusterFailed(Exception):
    """The cluster cannot be used, or did not end its work; the message says why."""


class TaskRefused(Exception):
    """A function raised `CannotWork` with this code, on the task in this place."""

    def __init__(self, place: int, code: str) -> None:
        self.place, self.code = place, code
        super().__init__(f"{place}: {code}")


@dataclass(frozen=True, slots=True)
class Lack:
    """What a safe use of the cluster lacks: a code, and what to do."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a task may use: seconds, and octets of memory, of which a node has to have so many."""

    seconds: int
    memory: int


def lacks(address: str, environment: Mapping[str, str]) -> Iterator[Lack]:
    """Yield what is missing to use the cluster at an address safely; nothing where all is there.

    Ray itself accepts anyone and speaks in clear, unless its own variables say otherwise.
    """
    if not _ADDRESS.fullmatch(address):
        yield Lack("address", "BALISE_RAY is no address.", "Write host:port of the head node.")
    if find_spec("ray") is None:
        yield Lack("library", "Ray is not installed.", "Install balise[ray], or leave BALISE_RAY.")
    tokens = [environment.get(name, "") for name in TOKEN]
    if environment.get("RAY_AUTH_MODE") != "token" or not (tokens[0] or _reads(tokens[1])):
        yield Lack(
            "token",
            "The Ray cluster would be used without a token.",
            "Set RAY_AUTH_MODE=token, and RAY_AUTH_TOKEN_PATH to a file that this process reads.",
        )
    has_tls = environment.get("RAY_USE_TLS", "").lower() in {"1", "true"}
    if not has_tls or not all(_reads(environment.get(name, "")) for name in CERTIFICATES):
        yield Lack(
            "tls",
            "The Ray cluster would be used without TLS.",
            f"Set RAY_USE_TLS=1, and {', '.join(CERTIFICATES)} to files that this process reads.",
        )


@contextmanager
def cluster(address: str) -> Iterator["Cluster"]:
    """Give the cluster at `host:port`, of which this machine has to be a node; leave it at the end.

    Raises `ClusterFailed`: it is not safe, does not answer, refuses the token, has a dashboard.
    """
    for lack in lacks(address, os.environ):
        raise ClusterFailed(f"{lack.message} {lack.hint}")
    _greet(address)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_ENABLE_AUTO_CONNECT"] = "0"  # once it is lost, Ray would start one of its own
    import ray  # noqa: PLC0415 - an extra, and seconds to load

    try:
        context = ray.init(address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ray.exceptions.RayError) as error:
        raise ClusterFailed(
            f"The Ray cluster at {address} refuses us ({type(error).__name__}): is the token the "
            "same, and is this machine one of its nodes?"
        ) from error
    try:
        if context.dashboard_url:
            raise ClusterFailed("The cluster has a dashboard: start it without one.")
        yield Cluster(ray)
    finally:
        ray.shutdown()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the copies of one object, one after another until one answers."""

    copies: Sequence[Any]
    document: Document
    octets: bytes


def _said[**P, R](
    act: Callable[Concatenate["Cluster", P], R],
) -> Callable[Concatenate["Cluster", P], R]:
    """Raise `ClusterFailed` where Ray itself fails: a node is lost, or this machine's own is."""

    @wraps(act)
    def acted(self: "Cluster", /, *given: P.args, **named: P.kwargs) -> R:
        try:
            return act(self, *given, **named)
        except (OSError, RuntimeError, self._ray.exceptions.RayError) as error:
            name = type(error).__name__
            raise ClusterFailed(f"The Ray cluster does not answer ({name}).") from error

    return acted


class Cluster:
    """A cluster that answers; where it no longer does, its methods raise `ClusterFailed`."""

    def __init__(self, ray: Any) -> None:
        self._ray = ray
        self._suspects: dict[Any, float] = {}

    def map(
        self, work: Work, tasks: Sequence[Document], *, bounds: Bounds
    ) -> Iterator[tuple[int, Document]]:
        """Yield place and answer of each task, as they come; a task whose node is lost is retried.

        Raises ValueError where a task holds more than ids, codes, numbers and dates, `TaskRefused`
        where the function refuses, and `ClusterFailed` where no node is left, or nothing comes.
        """
        sent = [orjson.dumps(checked(task)) for task in tasks]
        self._wait_for_nodes(time.monotonic())
        remote = self._ray.remote(_answer).options(
            num_cpus=1, memory=bounds.memory, max_retries=_RETRIES, retry_exceptions=False
        )
        pending = {
            remote.remote(work.__module__, work.__name__, octets, bounds.seconds): place
            for place, octets in enumerate(sent)
        }
        try:
            while pending:
                ref = self._next(list(pending), bounds)
                place = pending.pop(ref)
                yield place, self._read(place, ref)
        finally:
            if self._ray.is_initialized():  # asked once it is left, Ray would start a cluster
                for ref in pending:
                    self._ray.cancel(ref, force=True)

    @_said
    def hold(
        self, name: str, kind: type[Any], document: Document, *, memory: int, copies: int
    ) -> list[Any]:
        """Have so many copies of an object held, each on a node of its own; return them.

        It is made as `kind(document)`, and again after its process or its node was lost; it is
        asked by `answer(document, octets)`. What is held under the name already is returned. Who
        calls it sees to it that one process does at a time.
        """
        octets = orjson.dumps(checked(document))
        groups = self._groups(name)
        label = next(iter(groups.values()), f"{name}@{secrets.token_hex(4)}")
        if groups:
            group = self._ray.util.get_placement_group(label)
        else:
            group = self._ray.util.placement_group(
                [{"CPU": _SHARE, "memory": memory}] * copies,
                strategy="STRICT_SPREAD",
                name=label,
                lifetime="detached",
            )
        strategy = self._ray.util.scheduling_strategies.PlacementGroupSchedulingStrategy
        options = {
            "namespace": _SPACE,
            "get_if_exists": True,
            "lifetime": "detached",
            "max_restarts": -1,
            "num_cpus": _SHARE,
            "memory": memory,
        }
        made = self._ray.remote(Held)
        return [
            made.options(
                name=f"{label}-{copy}",
                scheduling_strategy=strategy(group, placement_group_bundle_index=copy),
                **options,
            ).remote(kind.__module__, kind.__name__, octets)
            for copy in range(copies)
        ]

    @_said
    def held(self) -> set[str]:
        """Return the names of what is held."""
        return {label.partition("@")[0] for label in self._groups().values()}

    @_said
    def release(self, name: str) -> None:
        """End all copies of an object."""
        for label in self._groups(name).values():
            self._ray.util.remove_placement_group(self._ray.util.get_placement_group(label))
        while self._groups(name):
            time.sleep(0.01)

    def _groups(self, name: str = "") -> dict[str, str]:
        """Return the groups of copies by their ids, of one object or of all."""
        return {
            group["placement_group_id"]: group["name"]
            for group in self._ray.util.placement_group_table().values()
            if group["state"] != "REMOVED" and group["name"].startswith(f"{name}@" if name else "")
        }

    @_said
    def ask(
        self, questions: Sequence[Question], *, patience: float, seconds: float
    ) -> list[bytes | None]:
        """Return the answer to each question, None where no copy has answered in these seconds.

        One copy is asked; the next as well where it fails, or has not answered within `patience`.
        """
        asking = Asking(
            self._ray,
            self._suspects,
            [(one.copies, orjson.dumps(checked(one.document)), one.octets) for one in questions],
        )
        asking.until(time.monotonic() + min(patience, seconds))
        asking.hurry()
        asking.until(time.monotonic() + max(0.0, seconds - patience))
        return asking.answers

    def _next(self, refs: list[Any], bounds: Bounds) -> Any:
        """Return the first that is ready."""
        began = seen = time.monotonic()
        while time.monotonic() < began + bounds.seconds + _OVERTIME:
            ready, _rest = self._ray.wait(refs, num_returns=1, timeout=_LOOK)
            if ready:
                return ready[0]
            seen = self._wait_for_nodes(seen)
        raise ClusterFailed(
            f"No task of the cluster has ended for {bounds.seconds + _OVERTIME:.0f} s: has a node "
            f"{bounds.memory / 1e9:.1f} GB of memory to give?"
        )

    def _wait_for_nodes(self, seen: float) -> float:
        """Return when a node was last seen that takes tasks; raise if that is too long ago."""
        while True:
            if any(node["Alive"] and node["Resources"].get("CPU") for node in self._ray.nodes()):
                return time.monotonic()
            if time.monotonic() > seen + _NOBODY:
                raise ClusterFailed("The cluster has no node that takes tasks.")
            time.sleep(_LOOK)

    def _read(self, place: int, ref: Any) -> Document:
        try:
            code, answer = self._ray.get(ref)
        except self._ray.exceptions.RayError as error:
            cause = getattr(error, "cause", None) or error
            raise ClusterFailed(f"A node failed at a task ({type(cause).__name__}).") from error
        if code:
            raise TaskRefused(place, code)
        return orjson.loads(answer)


def checked(document: Document) -> Document:
    """Return a document of ids, codes, numbers and dates; raise ValueError for any other word."""
    match document:
        case None | bool() | int() | float():
            pass
        case str():
            if not _WORD.fullmatch(document):
                raise ValueError("only ids, codes, numbers and dates leave for a cluster")
        case list() | tuple():
            for part in document:
                checked(part)
        case dict():
            for name, part in document.items():
                checked(name)
                checked(part)
        case _:
            raise ValueError(f"{type(document).__name__} is not sent to a cluster")
    return document


def _answer(module: str, function: str, octets: bytes, seconds: int) -> tuple[str, bytes]:
    """Do one task, on a node; return the code of a refusal, or "" and the answer."""
    is_late = False

    def give_up(_signal: int, _frame: "FrameType | None") -> None:
        nonlocal is_late
        is_late = True
        raise CannotWork("time")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        work: Work = getattr(import_module(module), function)
        answer = orjson.dumps(work(orjson.loads(octets)))
    except CannotWork as refusal:
        return refusal.code, b""
    except MemoryError:
        return "memory", b""
    except Exception:
        if is_late:  # a library made another exception of it
            return "time", b""
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return ("answer", b"") if len(answer) > LONGEST else ("", answer)


def _greet(address: str) -> None:
    """Say hello by TLS, as a node does: Ray itself asks for minutes where nobody answers."""
    read = _ADDRESS.fullmatch(address)
    if read is None:
        raise ClusterFailed(f"{address} is no address")
    certificate, key, authority = (os.environ[name] for name in CERTIFICATES)
    host, port = read["host"].strip("[]"), int(read["port"])
    try:
        context = ssl.create_default_context(cafile=authority)
        context.load_cert_chain(certificate, key)
        context.set_alpn_protocols(["h2"])
        with (
            socket.create_connection((host, port), timeout=_GREETING) as line,
            context.wrap_socket(line, server_hostname=host),
        ):
            pass
    except ssl.SSLError as error:
        reason = getattr(error, "verify_message", "") or error.reason
        raise ClusterFailed(f"No TLS with the Ray cluster at {address}: {reason}.") from error
    except (OSError, OverflowError) as error:
        raise ClusterFailed(
            f"No Ray cluster answers at {address}: {getattr(error, 'strerror', '') or error}."
        ) from error


def _reads(file: str) -> bool:
    try:
        return bool(file) and bool(Path(file).read_bytes().strip())
    except OSError:
        return False
