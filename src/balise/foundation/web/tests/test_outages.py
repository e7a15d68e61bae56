"""A machine that gives up: a 503 that says when to come back, and nothing half written."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from django.db import ProgrammingError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.db.utils import ConnectionHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from redis.exceptions import ConnectionError as ValkeyIsDown

from balise.foundation.failures import is_outage
from balise.foundation.web.doors import public
from balise.foundation.web.urls import outside_languages

BIG = "x" * 500_000
_work: list[Callable[[], object]] = []


@public
def work(_request: HttpRequest) -> HttpResponse:
    _work[-1]()
    return HttpResponse(status=204)


class FailingMiddleware:
    """Fails before any view, as a session whose database is gone does."""

    def __init__(self, _get_response: object) -> None: ...

    def __call__(self, _request: HttpRequest) -> HttpResponse:
        _work[-1]()
        return HttpResponse(status=204)


handler500 = "balise.foundation.web.errors.server_error"
urlpatterns = [*outside_languages, path("fr/does/", work), path("api/v1/does/", work)]


class Ledger:
    """A SQLite file of its own, as Django opens it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
        handler = ConnectionHandler({"default": settings, "ledger": settings})
        self.connection = SQLite(handler.settings["ledger"] | {"OPTIONS": {"timeout": 0.05}})
        self.run("CREATE TABLE line (words TEXT)")

    def run(self, statement: str, *values: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)

    def write_two(self) -> None:
        """Write two lines or none."""
        try:
            self.connection.set_autocommit(False)
            self.run("INSERT INTO line VALUES (%s)", "a")
            self.run("INSERT INTO line VALUES (%s)", BIG)
            self.connection.commit()
        except Exception:
            self.connection.rollback()
            raise
        finally:
            self.connection.set_autocommit(True)

    def count(self) -> int:
        with closing(sqlite3.connect(self.file)) as reader:
            return int(reader.execute("SELECT count(*) FROM line").fetchone()[0])


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    kept = Ledger(tmp_path / "ledger.sqlite3")
    yield kept
    kept.connection.close()


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def asked(client: Client, does: Callable[[], object], at: str = "/fr/does/") -> HttpResponse:
    _work.append(does)
    with override_settings(ROOT_URLCONF=__name__):
        return cast("HttpResponse", client.get(at))


@pytest.mark.django_db
class TestAView:
    def test_that_meets_a_locked_database(self, client: Client, ledger: Ledger) -> None:
        other = sqlite3.connect(ledger.file, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        answer = asked(client, ledger.write_two)
        other.execute("ROLLBACK")
        other.close()
        assert answer.status_code == 503
        assert answer["Retry-After"] == "30"
        assert "3018" in answer.content.decode()
        assert ledger.count() == 0

    def test_that_was_sent_a_form_gives_back_what_was_written(
        self, client: Client, ledger: Ledger
    ) -> None:
        ledger.run("PRAGMA query_only = ON")
        _work.append(ledger.write_two)
        with override_settings(ROOT_URLCONF=__name__):
            answer = client.post(
                "/fr/does/", {"text": "J’ai peur"}, headers={"Sec-Fetch-Site": "same-origin"}
            )
        page = answer.content.decode()
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert '<form method="post" action="/fr/does/">' in page
        assert "J’ai peur" in page
        assert "3018" in page

    def test_that_fills_the_disk_writes_nothing(self, client: Client, ledger: Ledger) -> None:
        ledger.run("PRAGMA max_page_count = 10")
        assert asked(client, ledger.write_two).status_code == 503
        assert ledger.count() == 0

    def test_that_may_only_read(self, client: Client, ledger: Ledger) -> None:
        ledger.run("PRAGMA query_only = ON")
        assert asked(client, ledger.write_two).status_code == 503

    def test_that_finds_no_postgresql(self, client: Client) -> None:
        def connect() -> None:
            absent = {"ENGINE": "django.db.backends.postgresql", "NAME": "balise"}
            handler = ConnectionHandler({"default": absent})
            place = {"HOST": "127.0.0.1", "PORT": "1", "OPTIONS": {"connect_timeout": 2}}
            wrapper: BaseDatabaseWrapper = PostgreSQL(handler.settings["default"] | place)
            wrapper.connect()

        assert asked(client, connect).status_code == 503

    def test_that_has_a_mistake_of_ours_is_a_500(self, client: Client, ledger: Ledger) -> None:
        answer = asked(client, lambda: ledger.run("INSERT INTO nowhere VALUES (1)"))
        assert answer.status_code == 500
        assert "Retry-After" not in answer

    def test_of_the_api_says_it_to_a_machine(self, client: Client, ledger: Ledger) -> None:
        ledger.run("PRAGMA query_only = ON")
        answer = asked(client, ledger.write_two, at="/api/v1/does/")
        assert answer.status_code == 503
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Retry-After"] == "30"

    def test_leaves_no_words_in_the_log(
        self, client: Client, ledger: Ledger, caplog: pytest.LogCaptureFixture
    ) -> None:
        ledger.run("PRAGMA query_only = ON")
        asked(client, ledger.write_two)
        (written,) = [each.getMessage() for each in caplog.records if each.name == "balise.web"]
        assert written.startswith("out_of_order ")
        assert "OperationalError" in written
        assert "readonly" not in written
        assert "/fr/does/" not in written


@pytest.mark.django_db
def test_a_middleware_that_meets_it_answers_503_too(client: Client, ledger: Ledger) -> None:
    ledger.run("PRAGMA query_only = ON")
    middleware = [
        "balise.foundation.web.doors.HeadersMiddleware",
        "balise.foundation.web.errors.OutageMiddleware",
        f"{__name__}.FailingMiddleware",
    ]
    with override_settings(MIDDLEWARE=middleware):
        answer = asked(client, ledger.write_two)
    assert answer.status_code == 503
    assert answer["Cache-Control"] == "no-store"


class TestWhatIsAnOutage:
    def test_a_full_disk_is(self) -> None:
        assert is_outage(OSError(errno.ENOSPC, "no room"))

    def test_a_lost_valkey_is(self) -> None:
        assert is_outage(ValkeyIsDown())

    def test_a_cause_counts(self) -> None:
        error = ValueError()
        error.__cause__ = OSError(errno.ENOSPC, "no room")
        assert is_outage(error)

    def test_a_missing_file_is_not(self) -> None:
        assert not is_outage(FileNotFoundError(errno.ENOENT, "not there"))

    def test_a_wrong_statement_is_not(self) -> None:
        assert not is_outage(ProgrammingError("syntax"))
        assert not is_outage(transaction.TransactionManagementError())
        assert not is_outage(None)
