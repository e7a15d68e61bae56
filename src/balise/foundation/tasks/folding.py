"""Copy SQLite's write-ahead log into its file, at the same time as others write.

Without this, the writer that fills the log copies it into the file and waits for the disk: about
one reporter in a hundred waited a tenth of a second. It also brings to the disk what was written,
which a commit in WAL mode leaves to this moment.
"""

from django.db import connection

RENEWED_AT = 16_384  # pages (4 KB) of log from which it starts again
_PATIENCE = 50  # milliseconds that writers wait for one that still reads the log


def fold() -> int:
    """Copy the log into the file; return how many pages the log had.

    Nobody waits for it, except where the log has grown: while it starts again, others write a
    moment later. For a thread that does nothing else, because it shortens its connection's waiting
    time.
    """
    pages = _checkpoint("PASSIVE")
    if pages >= RENEWED_AT:
        _checkpoint("PASSIVE")  # what came meanwhile, so that the last step is short
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        _checkpoint("RESTART")
    return pages


def _checkpoint(how: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA wal_checkpoint({how})")
        _is_busy, pages, _copied = cursor.fetchone()
    return max(int(pages), 0)  # -1 where another process is doing it
