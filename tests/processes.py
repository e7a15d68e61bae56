"""On PostgreSQL, a view that a test asks for runs with the rights of its door's process alone.

So each test of a page or of the API is also one of `deploy/roles.sql`. On SQLite, which has no
roles, nothing changes.
"""

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from psycopg import DatabaseError

from balise.config.grants import roles_sql
from balise.foundation.grants import API, APP, PUBLIC, STAFF, Process
from balise.foundation.web.doors import Door
from tests.waiting import let_pass

_are_made = threading.Event()  # what is asked while tests are collected asks no database
_now = threading.local()  # whether this thread asks as a process
_PROCESSES = {Door.PUBLIC: PUBLIC, Door.API: API, Door.STAFF: STAFF}


def make_roles() -> None:
    """Make the roles as an administrator does, and grant them what `deploy/roles.sql` does."""
    if connection.vendor != "postgresql":
        return
    connection.ensure_connection()
    server = connection.connection
    for process in Process:
        member = f' IN ROLE "{PUBLIC}"' if process is API else ""
        server.execute(  # another run on this server may have made it, at this very moment
            f'DO $$ BEGIN CREATE ROLE "{process}"{member};'
            " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
    server.execute(roles_sql())
    _are_made.set()


@contextmanager
def rights_of(process: Process) -> Iterator[None]:
    """Ask the database as a process does; not counted among the questions that Django asked.

    A page that another one draws, as a preview does, is drawn by the process of the other.
    """
    if not _are_made.is_set() or getattr(_now, "is_asking", False):
        yield
        return
    try:
        connection.ensure_connection()
    except RuntimeError:  # the test asks no database, and a view that did would fail as here
        yield
        return
    server = connection.connection
    server.execute(f'SET ROLE "{process}"')
    _now.is_asking = True
    try:
        yield
    finally:
        _now.is_asking = False
        with suppress(DatabaseError):  # what failed is rolled back, and the role with it
            server.execute("RESET ROLE")


class RightsMiddleware:
    """The innermost middleware: sessions and accounts are looked up outside of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the rights of the door that the view hangs behind."""
        if not _are_made.is_set():
            return self._get_response(request)
        try:
            door = getattr(resolve(request.path_info).func, "door", None)
        except Resolver404:
            door = None
        if door is None:
            return self._get_response(request)
        with rights_of(APP if "app" in settings.DOORS else _PROCESSES[door]):
            return self._get_response(request)


def until_alone() -> None:
    """Wait for the sessions that threads of tests still close: PostgreSQL drops no database before.

    Two minutes; what is left then is said by the end of the run.
    """
    if connection.vendor != "postgresql":
        return
    gc.collect()  # a connection that nothing holds closes here
    with connection.cursor() as cursor:
        for _look in range(1_200):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            if cursor.fetchone() == (0,):
                return
            let_pass(0.1)
