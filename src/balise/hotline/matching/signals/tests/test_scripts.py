"""The hashing that a browser does: its tests under Node, against the same vectors as Python's."""

import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image

from balise.hotline.matching.signals.tests import drawn

_JS: Final = Path(__file__).with_name("js")
_STATIC: Final = Path(__file__).parents[1] / "static/signals"
_PROGRAMS: Final = sorted(each.name for each in _JS.glob("*.test.mjs"))
_READS: Final = """
import { readFileSync } from "node:fs";
import { readHeader } from "%s";
console.log(JSON.stringify(readHeader(new Uint8Array(readFileSync(0)))));
"""


def _node(*words: str, given: bytes = b"") -> bytes:
    done = subprocess.run(  # noqa: S603 - our own programs
        [str(shutil.which("node")), *words], input=given, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return done.stdout


def header(file: bytes) -> Any:
    """Return what `header.js` reads at the beginning of a file."""
    reads = _READS % (_STATIC / "header.js").as_uri()
    return json.loads(_node("--input-type=module", "--eval", reads, given=file))


def written(kind: str, mode: str = "RGB", **how: Any) -> bytes:
    """Return a drawing of 301 by 97 pixels as a file of a kind."""
    file = io.BytesIO()
    pixels = drawn.pixels(drawn.hills("a strip", 301, 97))
    Image.fromarray(pixels).convert(mode).save(file, kind, **how)
    return file.getvalue()


@pytest.mark.parametrize("program", _PROGRAMS)
def test_the_scripts_pass_their_own_tests(program: str) -> None:
    _node("--test", str(_JS / program))


def test_there_are_tests_of_pdq() -> None:
    assert "pdq.test.mjs" in _PROGRAMS


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (written("JPEG"), "jpeg"),
        (written("JPEG", progressive=True, exif=b"Exif\0\0" + bytes(60_000)), "jpeg"),
        (written("JPEG", "CMYK"), "jpeg"),
        (written("PNG", "RGBA"), "png"),
        (written("GIF", "P"), "gif"),
        (written("BMP"), "bmp"),
        (written("WEBP"), "webp"),
        (written("WEBP", lossless=True), "webp"),
        (written("WEBP", exif=b"Exif\0\0" + bytes(100)), "webp"),
        (written("AVIF"), "avif"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_header_tells_kind_and_size(file: bytes, kind: str) -> None:
    assert header(file) == {"type": kind, "width": 301, "height": 97}


def test_a_header_that_ends_early_has_no_size_and_a_text_is_no_picture() -> None:
    assert header(written("JPEG")[:40]) == {"type": "jpeg", "width": 0, "height": 0}
    assert header(written("PNG")[:18]) == {"type": "png", "width": 0, "height": 0}
    assert header(b"") is None
    assert header(b"<svg xmlns='http://www.w3.org/2000/svg'/>") is None


def test_nothing_of_it_is_sent_kept_or_said() -> None:
    """The recorder of `tests/journeys` sees it happen; here the words for it are looked for."""
    scripts = "".join(each.read_text("utf-8") for each in _STATIC.glob("*.js"))
    for word in ("fetch", "XMLHttpRequest", "sendBeacon", "WebSocket", "RTC", "console."):
        assert word not in scripts
    for word in ("localStorage", "sessionStorage", "indexedDB", "caches", "cookie", "innerHTML"):
        assert word not in scripts
