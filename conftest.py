"""What every test stands on: no network but this machine, and the real Balise for the journeys."""

import gc
from collections.abc import Callable, Generator, Iterator
from fcntl import LOCK_EX, flock

import pytest
from django.apps import apps
from django.test import Client
from hypothesis import settings
from pytest_django import DjangoDbBlocker

# How long an example takes says something of the machine, not of the rule.
settings.register_profile("balise", deadline=None)
settings.load_profile("balise")

# Most of what tests make is dropped without a cycle: to look at each 2,000 finds next to nothing.
OBJECTS = 50_000
STACK = 2**17  # places of a frame, half of what CPython takes for it; none of them is written

# Each of these has a test that takes half a minute, and none commits. All fit into what a worker is
# given at once: the five tests of each address behind the staff door ask one walk.
LONGEST = {"test_staff_addresses.py", "test_leaving.py", "test_new_module.py", "test_countries.py"}

pytest_plugins = [
    *("tests.live", "tests.browser", "tests.valkey", "tests.doors", "tests.ray_nodes"),
    *("tests.days", "tests.reporting", "tests.asked"),
]


@pytest.fixture(autouse=True)
def nothing_is_counted() -> None:
    """Let no test spend what another one sent: this process counts octets in its memory."""
    if apps.ready:  # a run beside Django has none
        from balise.foundation.budgets.spending import forget_what_is_counted  # noqa: PLC0415

        forget_what_is_counted()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer a run of only what a second database could change."""
    parser.addoption(
        "--only-database", action="store_true", help="leave out what asks no database, and journeys"
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage among the tests while they are gathered, nor ever again.

    All of them stay to the end, and each look through all took half a second of a processor.
    """
    from balise.foundation.loading import loading  # noqa: PLC0415

    _keep_to_the_pack()
    with loading():
        found = yield
    gc.set_threshold(OBJECTS)
    return found


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """Run the tests below a frame that keeps a large piece of Python's stack.

    CPython 3.13 gives 16 kB of it back each time the call at their edge returns: tests that stand
    at such an edge took up to a third of their time to ask for them again.
    """
    plugins = session.config.pluginmanager
    this = plugins.get_plugin(__file__)
    return plugins.subset_hook_caller("pytest_runtestloop", [this])(session=session)


pytest_runtestloop.__code__ = pytest_runtestloop.__code__.replace(co_stacksize=STACK)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the longest first, that no processor waits for one; the journeys last.

    A running browser leaves an event loop that the ORM refuses. What is tried beside a library that
    set-up leaves out is asked for by `-m extra`.
    """
    items.sort(key=lambda item: 2 if _is_journey(item) else item.path.name not in LONGEST)
    if config.getoption("markexpr") != "extra":
        _keep(config, items, lambda item: item.get_closest_marker("extra") is None)
    if config.getoption("--only-database"):
        _keep(config, items, lambda item: not _is_journey(item) and _could_change(item))


def _keep(
    config: pytest.Config, items: list[pytest.Item], wanted: Callable[[pytest.Item], bool]
) -> None:
    apart: list[pytest.Item] = []
    kept: list[pytest.Item] = []
    for item in items:
        (kept if wanted(item) else apart).append(item)
    config.hook.pytest_deselected(items=apart)
    items[:] = kept


def _is_journey(item: pytest.Item) -> bool:
    return item.get_closest_marker("journey") is not None


def _could_change(item: pytest.Item) -> bool:
    """Return whether a test asks the database."""
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or any(
        name in fixtures for name in ("db", "transactional_db")
    )


@pytest.fixture(scope="session", autouse=True)
def _the_journal_can_be_emptied() -> None:
    """Between two tests that really commit, Django empties what the journal's triggers keep."""
    from balise.foundation.journal.testing import let_the_flush_through  # noqa: PLC0415

    let_the_flush_through()


@pytest.fixture(autouse=True)
def _each_begins_in_the_language_of_the_centre() -> None:
    """A page that a test asked for leaves its language active for the next test."""
    from django.utils import translation  # noqa: PLC0415

    translation.deactivate()


@pytest.fixture(autouse=True)
def _words_of_danger_are_those_of_the_pack() -> None:
    """No test reads another one's edits, nor asks the database for any; those of edits do."""
    _keep_to_the_pack()


def _keep_to_the_pack() -> None:
    from balise.helpline.queue.rules.danger_words.editing import SOURCE, none  # noqa: PLC0415

    SOURCE.ask = none


@pytest.fixture(scope="session", autouse=True)
def _the_keys_are_there() -> None:
    """Every test seals with real keys, made once for the run, whichever worker comes first."""
    from django.conf import settings as ours  # noqa: PLC0415

    from balise.foundation.encryption.turning import create_key_ring  # noqa: PLC0415

    with (ours.HOME / "keys.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        create_key_ring()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Begin with the migrated database that an earlier run left, where it is still true."""
    from tests import migrated  # noqa: PLC0415

    return migrated.lay_out()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Let the tests' database know the roles of our processes."""
    from django.db import connections  # noqa: PLC0415
    from tests.processes import make_roles, until_alone  # noqa: PLC0415

    from balise.foundation.loading import loading  # noqa: PLC0415

    with loading():  # each migration makes the classes of all tables anew
        request.getfixturevalue("django_db_setup")  # the one that this one stands before
    with django_db_blocker.unblock():
        make_roles()
    yield
    with django_db_blocker.unblock():
        until_alone()
        connections.close_all()


@pytest.fixture
def set_up(db: None) -> None:
    """Begin as `balise setup` does: those who hear from now on are there."""
    from balise.foundation.journal.clerk import open_from_now  # noqa: PLC0415

    open_from_now()


@pytest.fixture
def client() -> Client:
    """Read each page that a test asks for, strictly."""
    from balise.foundation.web.testing import StrictClient  # noqa: PLC0415

    return StrictClient()
