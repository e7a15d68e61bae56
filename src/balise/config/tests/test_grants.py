"""What each process may do in the database: as declared, as deployed, as PostgreSQL has it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.db.utils import ProgrammingError
from django_tasks_db.models import DBTaskResult
from psycopg.errors import InsufficientPrivilege
from pytest_django.fixtures import Settings
from tests.architecture.reading import ROOT
from tests.architecture.test_events import EVENTS
from tests.processes import rights_of
from tests.walks import of_each

from balise.config.grants import RIGHTS, facts_of, of_kind, roles_sql
from balise.config.modules import modules
from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.grants import (
    ALL,
    API,
    PBX,
    PUBLIC,
    STAFF,
    WORKER,
    Grant,
    Kept,
    Process,
    Queues,
    Tells,
)
from balise.foundation.journal.models import Entry
from balise.foundation.tasks import running
from balise.foundation.tasks.models import DeadLetter
from balise.foundation.tasks.tests import jobs
from balise.helpline.telephony.actions import following
from balise.helpline.telephony.rules.calls import Happening
from balise.helpline.telephony.rules.exchanges import Heard
from balise.hotline.reports.tasks.working import trace

SOURCE = ROOT / "src" / "balise"
LIBRARIES = {"django_tasks_database_dbtaskresult": "foundation.tasks"}  # whose the table is

GRANTED = {
    name.removeprefix("balise."): module.grants
    for name, module in modules().items()
    if module.grants
}

needs_roles = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")


def models() -> dict[str, type[Model]]:
    """Return the model of each table; a proxy has the table of another."""
    every = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in every if not model._meta.proxy}


def columns(table: str) -> set[str]:
    return {str(field.column) for field in models()[table]._meta.local_concrete_fields}


class TestWhatIsDeclared:
    def test_is_what_is_deployed_where_nothing_is_turned_on(self, settings: Settings) -> None:
        settings.MODULES = []
        deployed = (ROOT / "deploy" / "roles.sql").read_text(encoding="utf-8")
        assert deployed == roles_sql(), "python -m balise.config.grants > deploy/roles.sql"

    def test_is_read_from_every_module(self) -> None:
        found = {
            ".".join(path.parent.relative_to(SOURCE).parts)
            for path in (*SOURCE.rglob("module.py"), *SOURCE.rglob("grants.py"))
            if re.search(r"^GRANTS\b", path.read_text(), re.MULTILINE)
        }
        assert GRANTED.keys() == found

    @of_each("module", GRANTED)
    def test_is_about_tables_and_columns_of_the_module(self, module: str) -> None:
        for one in GRANTED[module]:
            for table in () if isinstance(one, Queues | Tells) else one.on:
                app = models()[table]._meta.app_config.name
                assert LIBRARIES.get(table, app.removeprefix("balise.")) == module
                if isinstance(one, Grant):
                    assert {*one.read, *one.change} - {"*"} <= columns(table)

    def test_names_kinds_of_tasks_that_there_are(self) -> None:
        assert all(running.find(one.job) for one in of_kind(Queues))

    def test_names_facts_of_the_module(self) -> None:
        homes = {event.name: event.__module__ for event in EVENTS}
        for module, declared in GRANTED.items():
            for one in declared:
                for fact in one.facts if isinstance(one, Tells) else ():
                    assert homes[fact].startswith(f"balise.{module}."), fact

    def test_lets_no_public_process_change_a_whole_row(self) -> None:
        for one in of_kind(Grant):
            assert PUBLIC not in one.to or one.change != ALL, one.on


def declared(process: Process, table: str, right: str) -> set[str]:
    """Return the columns of a table for which a process has a right."""
    own, everything = {process}, columns(table)
    if process is API:
        own.add(PUBLIC)  # it is a member
    allowed: set[str] = set()
    if process in {STAFF, WORKER}:
        kept = any(
            table in one.on and process in one.from_ and right in one.rights
            for one in of_kind(Kept)
        )
        allowed = set() if kept else everything
    for one in of_kind(Grant):
        if table in one.on and own & set(one.to):
            given = {
                "SELECT": one.read,
                "INSERT": ALL if one.add else (),
                "UPDATE": one.change,
                "DELETE": ALL if one.remove else (),
            }[right]
            allowed |= everything if given == ALL else set(given)
    return allowed


@needs_roles
@pytest.mark.django_db
class TestTheDatabase:
    @pytest.mark.parametrize("process", Process)
    def test_lets_a_process_do_what_is_declared_and_nothing_else(self, process: Process) -> None:
        """T009, T085: every right of every process on every table and column."""
        wrong = []
        with connection.cursor() as cursor:
            for table, right in product(models(), (*RIGHTS, "TRUNCATE", "TRIGGER")):
                if right in {"SELECT", "INSERT", "UPDATE"}:
                    cursor.execute(
                        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
                        " AND attnum > 0 AND NOT attisdropped"
                        " AND has_column_privilege(%s, attrelid, attnum, %s)",
                        [f'"{table}"', process, right],
                    )
                    found = {name for (name,) in cursor.fetchall()}
                else:
                    cursor.execute(
                        "SELECT has_table_privilege(%s, %s, %s)", [process, f'"{table}"', right]
                    )
                    found = columns(table) if cursor.fetchone()[0] else set()
                expected = declared(process, table, right) if right in RIGHTS else set()
                if found != expected:
                    wrong.append((table, right, found ^ expected))
        assert not wrong

    @pytest.mark.parametrize(
        ("process", "statement"),
        [
            (PUBLIC, "UPDATE hotline_reports_content SET verdict = ''"),
            (PUBLIC, "DELETE FROM hotline_reports_report"),
            (PUBLIC, "UPDATE helpline_conversations_said SET author = ''"),
            (PUBLIC, "UPDATE helpline_queue_item SET subject = gen_random_uuid()"),
            (PUBLIC, "SELECT sealed FROM helpline_removals_request"),
            (PUBLIC, "SELECT asked_by FROM helpline_contacts_block"),
            (PUBLIC, "DELETE FROM encryption_keywrap"),
            (PUBLIC, "SELECT * FROM journal_entry"),
            (PUBLIC, "SELECT * FROM accounts_account"),
            (PUBLIC, "SELECT * FROM accounts_session"),
            (API, "UPDATE accounts_apitoken SET scopes = '[]'"),
            (API, "SELECT password FROM accounts_account"),
            (PBX, "SELECT * FROM hotline_reports_report"),
            (STAFF, "DELETE FROM journal_entry"),
            (STAFF, "TRUNCATE journal_entry"),
            (STAFF, "ALTER TABLE journal_entry DISABLE TRIGGER ALL"),
            (STAFF, "DROP POLICY worked ON django_tasks_database_dbtaskresult"),
            (WORKER, "UPDATE journal_entry SET event = ''"),
        ],
    )
    def test_refuses_what_is_not_a_process_s_own(self, process: Process, statement: str) -> None:
        """T009, T085: tried, not asked about."""
        with pytest.raises(ProgrammingError) as refused, transaction.atomic(), rights_of(process):
            connection.cursor().execute(statement)
        assert isinstance(refused.value.__cause__, InsufficientPrivilege)


@contextmanager
def refused() -> Iterator[None]:
    not_allowed = pytest.raises(ProgrammingError, match=r"row-level|permission denied|no fact of")
    with not_allowed, transaction.atomic():
        yield


@needs_roles
@pytest.mark.django_db
class TestTheQueue:
    """Who broke into a process could otherwise have the worker do anything with any id."""

    @pytest.mark.parametrize("process", [PUBLIC, API, PBX])
    def test_takes_no_task_from_a_public_process(self, process: Process) -> None:
        with refused(), rights_of(process):
            trace.later(content_id=uuid4())

    def test_takes_the_kinds_of_tasks_that_staff_may_queue(self) -> None:
        with rights_of(STAFF):
            trace.later(content_id=uuid4())
        with refused(), rights_of(STAFF):
            jobs.ring_bell.later(bell=uuid4())

    def test_takes_back_what_was_given_up_and_only_as_it_was(self) -> None:
        bell = uuid4()
        letter = DeadLetter.objects.create(
            id=uuid4(),
            job=jobs.poison.module_path,
            ids={"bell": str(bell)},
            attempts=3,
            error="Unlucky",
            enqueued_at=clock.now(),
            died_at=clock.now(),
        )
        with refused(), rights_of(STAFF):
            jobs.poison.later(bell=uuid4())
        with refused(), rights_of(STAFF):
            DeadLetter.objects.filter(id=letter.id).update(ids={"bell": str(uuid4())})
        with rights_of(STAFF):
            running.retry(letters=[letter.id], by=SYSTEM)
        assert DBTaskResult.objects.get().args_kwargs["kwargs"] == {"bell": str(bell)}

    def test_lets_the_worker_take_and_end_a_task(self) -> None:
        with rights_of(WORKER):
            jobs.ring_bell.later(bell=uuid4())
            row = running.claim("worker")
            assert row is not None
            assert running.run(row) is None
            assert running.claim("worker") is None


@needs_roles
@pytest.mark.django_db
class TestTheJournal:
    """Work follows from facts: who may write any fact may have anything done."""

    @pytest.mark.parametrize(
        ("process", "kind"), [(PUBLIC, "public"), (API, "partner"), (PBX, "system")]
    )
    def test_takes_from_a_public_process_its_own_facts_alone(
        self, process: Process, kind: str
    ) -> None:
        own, other = facts_of(process)[0], "accounts.invitation.sent"
        written = (
            "INSERT INTO journal_entry"
            " (at, line, event, subject, actor_kind, actor_key, facts_text)"
            " VALUES (now(), 'hotline', %s, gen_random_uuid(), %s, '', '{}')"
        )
        with rights_of(process):
            connection.cursor().execute(written, [own, kind])
        for event, actor in ((other, kind), (own, "staff")):
            with refused(), rights_of(process):
                connection.cursor().execute(written, [event, actor])
        with rights_of(STAFF):
            connection.cursor().execute(written, [other, "staff"])


@needs_roles
@pytest.mark.django_db
def test_an_exchange_is_heard_with_the_rights_of_its_process_alone() -> None:
    began = clock.now() - timedelta(minutes=1)
    calls = {
        "answered": (Happening.QUEUED, Happening.ANSWERED, Happening.ENDED),
        "abandoned": (Happening.QUEUED, Happening.ENDED),
    }
    with rights_of(PBX):
        for ref, happens in calls.items():
            for place, happening in enumerate(happens):
                at = began + timedelta(seconds=place)
                heard = Heard(f"{ref}-{place}", ref, happening, at, number="+33123456789")
                assert following.hear(heard=heard, source="pbx", by=SYSTEM)
        assert following.settle_present(present=(), heard_since=(), source="pbx", by=SYSTEM) == 0
    assert Entry.objects.filter(event="helpline.call.ended").count() == len(calls)
    assert Entry.objects.filter(event="helpline.item.withdrawn").count() == len(calls)
