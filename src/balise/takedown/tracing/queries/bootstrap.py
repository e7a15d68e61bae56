"""Which registers to ask: IANA's bootstrap files, from a folder or fetched daily and kept on disk.

A file that cannot be fetched is used as it was; one that was never there leaves WHOIS.
"""

import json
import os
import time
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from balise.foundation.clock import now
from balise.takedown.tracing.queries.asking import ask_tracer
from balise.takedown.tracing.rules.bootstrap import Bootstrap, BootstrapFaulty, read_bootstrap

FRESH_FOR = timedelta(days=1)
TRY_AGAIN_AFTER = 600.0  # seconds
NOTHING = Bootstrap("", ())
_try_again_at: dict[str, float] = {}


def bootstrap(name: str) -> Bootstrap:
    """Return one of IANA's files (dns, ipv4, ipv6, asn); NOTHING where none could ever be had."""
    source = settings.RDAP_BOOTSTRAP
    if not source.startswith(("https://", "http://")):
        return _read(Path(source) / f"{name}.json")
    kept = settings.HOME / "rdap" / f"{name}.json"
    if not _is_fresh(kept):
        _refresh(kept, f"{source.rstrip('/')}/{name}.json")
    return _read(kept)


def _is_fresh(file: Path) -> bool:
    try:
        age = now().timestamp() - file.stat().st_mtime
    except OSError:
        return False
    return age < FRESH_FOR.total_seconds()


def _refresh(kept: Path, url: str) -> None:
    """Fetch a file through the tracer; whatever goes wrong leaves what is there, for a while."""
    if time.monotonic() < _try_again_at.get(url, 0.0):
        return
    _try_again_at[url] = time.monotonic() + TRY_AGAIN_AFTER
    answer = ask_tracer({"do": "bootstrap", "url": url})
    try:
        read_bootstrap(answer)
    except BootstrapFaulty:
        return
    with suppress(OSError):  # a process that may not write does without
        kept.parent.mkdir(mode=0o750, exist_ok=True)
        with NamedTemporaryFile("w", dir=kept.parent, delete=False) as written:
            json.dump(answer, written)
        os.replace(written.name, kept)  # noqa: PTH105 - in one step, or not at all


def _read(file: Path) -> Bootstrap:
    try:
        return _parsed(file, file.stat().st_mtime_ns)
    except (OSError, ValueError):
        return NOTHING


@lru_cache(maxsize=8)
def _parsed(file: Path, _of: int) -> Bootstrap:
    return read_bootstrap(json.loads(file.read_text(encoding="utf-8")))
