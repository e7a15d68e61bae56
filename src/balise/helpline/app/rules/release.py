"""A release of the app: the list of its files with their hashes, signed, that a phone checks.

    release.json  {"version", "made_at", "files": [{"path", "sha256", "bytes", "headers"?}],
                   "headers": {…}, "keys": {"sharing": base64 of an SPKI},
                   "origins"?: {"app", "public"}}
    release.sig   its exact bytes signed on P-256 (`foundation/encryption/p256.py`)
    release.key   the public half

`docs/decisions/0069` says what it can and cannot do.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from posixpath import dirname, join, normpath
from typing import Any, Final

_STYLED: Final = re.compile(r"""url\(["']?(?!data:|#)([^"')?#\s]+)""")
_NAMED: Final = re.compile(r"/static/([\w./@-]+)")
_IMPORTED: Final = re.compile(r"""["'](\.{1,2}/[^"'?#\s]+)["']""")
_PAGE_LINKS: Final = re.compile(r"""\bhref="(/[a-z]{2}/app/[^"?#]*)["?#]""")


_WORKER: Final = "/worker.js"
_ASSETS: Final = "/static/"
_LASTING: Final = "public, max-age=31536000, immutable"
_KINDS: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "woff2": "font/woff2",
}


class ReleaseFaulty(ValueError):
    """A release is not what it must be."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a release; `headers` are those in which a page differs from the others."""

    path: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def told(self) -> Mapping[str, Any]:
        """Return its entry in the manifest."""
        told = {
            "path": self.path,
            "sha256": sha256(self.content).hexdigest(),
            "bytes": len(self.content),
        }
        return {**told, "headers": dict(self.headers)} if self.headers else told


def manifest(
    files: Sequence[Listed],
    *,
    made_at: datetime,
    headers: Mapping[str, str],
    keys: Mapping[str, str],
    origins: Mapping[str, str] | None = None,
) -> bytes:
    """Return the exact bytes to sign; files in the order of their paths, their hash the version.

    `origins` are the app's own and the public one, where there are two. ValueError where a path is
    listed twice.
    """
    listed = [each.told for each in sorted(files, key=lambda one: one.path)]
    if len({each["path"] for each in listed}) < len(listed):
        raise ReleaseFaulty("a path is listed twice")
    body = {"files": listed, "headers": dict(headers), "keys": dict(keys)}
    body |= {"origins": dict(origins)} if origins else {}
    version = sha256(_bytes(body)).hexdigest()[:16]
    moment = made_at.astimezone(UTC).isoformat(timespec="seconds")
    return _bytes({"version": version, "made_at": moment, **body})


def version_of(told: bytes) -> str:
    """Return the version that a manifest bears; ReleaseFaulty where it is none."""
    try:
        found = json.loads(told)
        return str(found["version"])
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseFaulty("this is no release") from error


def headers_of(told: Mapping[str, Any], usual: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a file on the app's own origin, as `worker.js` gives them too.

    A file that is no page has the usual ones too; a kind that the app does not run is octets.
    """
    path = str(told["path"])
    if not path.startswith(_ASSETS) and path != _WORKER:
        return {**usual, **told.get("headers", {})}
    kind = _KINDS.get(path.rpartition(".")[2], "application/octet-stream")
    return {
        **usual,
        "Content-Type": kind,
        "Cache-Control": _LASTING if path != _WORKER else "no-store",
    }


def links(page: str) -> Iterator[str]:
    """Yield the pages of the app to which a page leads, as paths."""
    yield from (unescape(each) for each in _PAGE_LINKS.findall(page))


def named_files(page: str) -> Iterator[str]:
    """Yield the static files that a page names, as paths below `/static/`."""
    yield from _NAMED.findall(unescape(page))


def needed_by(path: str, content: bytes) -> Iterator[str]:
    """Yield what a style sheet or a module fetches, as paths beside its own."""
    pattern = {"css": _STYLED, "js": _IMPORTED, "mjs": _IMPORTED}.get(path.rpartition(".")[2])
    if pattern is not None:
        for found in pattern.findall(content.decode()):
            yield normpath(join(dirname(path), found))


def _bytes(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
