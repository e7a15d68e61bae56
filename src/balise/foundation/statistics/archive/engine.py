"""DuckDB, which writes and reads the month files; installed with `balise[archive]`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MEMORY = "800MB"


class EngineFailed(Exception):
    """DuckDB is not installed, or could not do what it was asked."""


@contextmanager
def engine(folder: Path, *, threads: int = 0) -> Iterator[Any]:
    """Give a connection that holds nothing, fetches nothing, and spills into this folder.

    It uses so many processors, all of them for 0, and at most `MEMORY`.
    Raises `EngineFailed`, also for what DuckDB refuses while it is open.
    """
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise EngineFailed(
            "The archive is written and read by DuckDB: install balise[archive]."
        ) from error
    settings: dict[str, Any] = {
        "memory_limit": MEMORY,
        "temp_directory": str(folder / "spilled"),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
    }
    if threads:
        settings["threads"] = threads
    try:
        with duckdb.connect(config=settings) as database:
            yield database
    except duckdb.Error as error:
        raise EngineFailed(f"DuckDB refuses: {error}") from error


def named(column: str) -> str:
    """Return a column's name as SQL writes it."""
    return '"' + column.replace('"', '""') + '"'
