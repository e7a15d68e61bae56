"""A bare page for our modules of JavaScript, served under the policy of our public pages.

The journeys and the benches of a library need a browser and no centre.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[1]
_SOURCE: Final = _ROOT / "src/balise"
_ROOMS: Final = {
    **{each.name: each for each in _SOURCE.glob("**/static/*")},
    "tests": _SOURCE / "helpline/vault/tests/js",
    "drawn": _SOURCE / "hotline/matching/signals/tests/js",
    "bench": _ROOT / "bench",
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' blob:;"
    " media-src 'self' blob:; base-uri 'none'; form-action 'none';"
    " require-trusted-types-for 'script'; trusted-types balise"
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cache-Control": "no-store",
}
_PAGE: Final = b"<!doctype html><html lang=en><title>Notes</title><p>Notes</p>"


class _Serving(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer with a module, of a static folder, the tests or the bench, or with the page."""
        file = _file(self.path)
        if file.suffix == ".js" and file.is_file():
            self._answer(file.read_bytes(), "text/javascript")
        elif self.path == "/":
            self._answer(_PAGE, "text/html")
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing of each request."""


def _file(path: str) -> Path:
    room, _, rest = path.removeprefix("/static/").partition("/")
    return _ROOMS.get(room, _ROOT / "nowhere") / rest


@contextmanager
def bare_page(port: int = 0) -> Iterator[str]:
    """Serve the page on this machine; give its address, such as `http://127.0.0.1:8330`."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Serving)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
