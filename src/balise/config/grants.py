"""`deploy/roles.sql`, made of what each module declares in its `module.py`."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill

from balise.config.modules import modules
from balise.foundation.grants import (
    ALL,
    STAFF,
    WORKER,
    Columns,
    Declared,
    Grant,
    Kept,
    Process,
    Queues,
    Tells,
)
from balise.foundation.journal.grants import ACTORS
from balise.foundation.tasks.grants import DEAD, QUEUE

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")

_WHOLE = (STAFF, WORKER)
_HEAD = """\
-- What each process may do in the database. Run as the owner of the tables, after `balise setup`
-- and after every upgrade:   psql -v ON_ERROR_STOP=1 -d balise -f deploy/roles.sql
-- The roles themselves are made by the database's administrator (docs/operations/install.md, 3).
-- Made from the `grants.py` of each module by `python -m balise.config.grants`; a test compares.
"""


# Words that PostgreSQL takes for its own where a column stands.
_RESERVED = frozenset({"end", "from", "group", "on", "order", "table", "to", "user"})


def of_kind[Kind](kind: type[Kind]) -> list[Kind]:
    """Return what all modules declare, of one kind."""
    return [one for module in modules().values() for one in module.grants if isinstance(one, kind)]


def roles_sql() -> str:
    """Return what `deploy/roles.sql` holds."""
    return "\n".join(_statements()) + "\n"


def _statements() -> Iterator[str]:
    everyone, whole = _names(Process), _names(_WHOLE)
    yield f"{_HEAD}\nBEGIN;"
    yield from _said("What an earlier version granted ends here: this file is all that one may do.")
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {everyone};"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {everyone};"
    yield f"GRANT USAGE ON SCHEMA public TO {everyone};"
    yield f"GRANT SELECT ON django_migrations TO {everyone};"
    yield from _said("Staff and worker do the centre's work, but for what is kept from them.")
    yield f"GRANT {', '.join(RIGHTS)} ON ALL TABLES IN SCHEMA public TO {whole};"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {whole};"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {whole};"
    for name, module in modules().items():
        if module.grants:
            yield f"\n-- {name.removeprefix('balise.')}"
        for one in module.grants:
            yield from _statement(one)
    yield from _policies(of_kind(Queues))
    yield from _facts()
    yield "\nCOMMIT;"


def _statement(one: Declared) -> Iterator[str]:
    match one:
        case Grant():
            yield from _said(one.why)
            rights = ", ".join(_rights(one))
            yield _filled(f"GRANT {rights} ON {', '.join(one.on)} TO {_names(one.to)};")
        case Kept():
            yield from _said(one.why)
            rights = ", ".join(one.rights)
            yield _filled(f"REVOKE {rights} ON {', '.join(one.on)} FROM {_names(one.from_)};")
        case Queues() | Tells():
            pass  # with those of all modules, at the end


def _rights(one: Grant) -> Iterator[str]:
    given: tuple[tuple[str, Columns], ...] = (
        ("SELECT", one.read),
        ("INSERT", ALL if one.add else ()),
        ("UPDATE", one.change),
        ("DELETE", ALL if one.remove else ()),
    )
    for right, columns in given:
        if columns:
            named = ", ".join(map(_column, columns))
            yield right if columns == ALL else f"{right} ({named})"


def _column(name: str) -> str:
    return f'"{name}"' if name in _RESERVED else name


def _policies(queued: Sequence[Queues]) -> Iterator[str]:
    """Yield who may queue which kinds of tasks; the owner of the table may do all."""
    yield "\n-- Kinds of tasks"
    yield f"ALTER TABLE {QUEUE} ENABLE ROW LEVEL SECURITY;"
    yield from _policy("worked", f"TO {_names([WORKER])} USING (true) WITH CHECK (true)")
    yield from _policy("seen", f"FOR SELECT TO {_names([STAFF])} USING (true)")
    for process in {one.by: None for one in queued}:
        own = [one for one in queued if one.by is process]
        for one in own:
            yield from _said(one.why)
        yield from _said("What was given up is put back with the ids that it had.")
        jobs = ",\n    ".join(f"'{one.job}'" for one in own)
        check = (
            f"FOR INSERT TO {_names([process])} WITH CHECK (task_path IN (\n    {jobs}\n"
            f"  ) OR EXISTS (SELECT FROM {DEAD}\n"
            "    WHERE job = task_path AND ids = args_kwargs -> 'kwargs'))"
        )
        yield from _policy(f"queued_by_{process.name.lower()}", check)


def facts_of(process: Process) -> list[str]:
    """Return the names of the facts that a process may write, sorted."""
    return sorted({fact for one in of_kind(Tells) if process in one.by for fact in one.facts})


def _facts() -> Iterator[str]:
    """Yield who may write which facts. A trigger, as COPY passes by no policy of rows."""
    yield "\n-- Kinds of facts: work follows from them, and figures"
    yield "CREATE OR REPLACE FUNCTION journal_not_own() RETURNS trigger LANGUAGE plpgsql AS"
    yield "  $$ BEGIN RAISE EXCEPTION 'no fact of this process: %', NEW.event"
    yield "  USING ERRCODE = 'insufficient_privilege'; END $$;"
    for process, actor in ACTORS.items():
        name = f"journal_entry_own_{process.name.lower()}"
        facts = ",\n    ".join(f"'{fact}'" for fact in facts_of(process))
        yield f"CREATE OR REPLACE TRIGGER {name} BEFORE INSERT ON journal_entry FOR EACH ROW"
        yield f"  WHEN (current_user = '{process}' AND (NEW.actor_kind <> '{actor}' OR"
        yield f"  NEW.event NOT IN (\n    {facts})))\n  EXECUTE FUNCTION journal_not_own();"


def _policy(name: str, words: str) -> Iterator[str]:
    yield f"DROP POLICY IF EXISTS {name} ON {QUEUE};"
    yield f"CREATE POLICY {name} ON {QUEUE} {words};"


def _said(why: str) -> Iterator[str]:
    yield fill(why, 100, initial_indent="-- ", subsequent_indent="-- ")


def _filled(statement: str) -> str:
    return fill(statement, 100, subsequent_indent="  ", break_on_hyphens=False)


def _names(processes: Iterable[Process]) -> str:
    return ", ".join(f'"{process}"' for process in processes)


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balise.config.settings")
    django.setup()  # what the modules tell is read once their tables are known
    print(roles_sql(), end="")  # noqa: T201 - its output is the file
