"""Fold SQLite's log into its file, beside those who write.

Left to itself, SQLite lets whoever fills the log copy it into the file and wait for the disk: one
reporter in some hundred waited a tenth of a second for all. It also brings what was written to the
disk itself, which a commit in WAL mode leaves to this moment.
"""

from django.db import connection

RENEWED_AT = 16_384  # pages (4 KB) of log from which it begins anew
_PATIENCE = 50  # milliseconds that those who write wait for one who still reads the log


def fold() -> int:
    """Copy the log into the file; return how many pages the log had.

    Nobody waits for it, but where the log has grown: while it begins anew, others write a moment
    later. For a thread that does nothing else: its connection waits for nobody afterwards.
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
    return max(int(pages), 0)  # -1 where someone else is at it
